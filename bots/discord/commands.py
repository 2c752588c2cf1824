"""The bot's commands: `/bind`, `/status`, `/policy`, `/why`, and "Report to moderators" in a message's menu.

Binding needs no number typed: a code is given out in one channel and entered in another, by people who
manage the servers on both sides. The one of the two that not everybody can read becomes the room.
"""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bots.discord.answers import Interaction
from bots.discord.identity import PLATFORM, place_id, room_id
from bots.discord.raw import Raw, snowflake
from bots.discord.rights import ADMINISTRATOR, BITS, NEEDED, Rights
from bots.discord.wire import Wire
from bots.kit import Kit
from bots.wording import harmless, listed
from core.errors import Gone, NotPermitted

BIND: Final = "bind"
STATUS: Final = "status"
POLICY: Final = "policy"
WHY: Final = "why"
REPORT: Final = "Report to moderators"

CODE_LASTS: Final = timedelta(minutes=30)
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without signs that are taken for one another."""

_SLASH, _MESSAGE_MENU, _STRING, _FILE = 1, 3, 3, 11
_IN_SERVERS: Final = [0]
_MANAGE_SERVER: Final = BITS["Manage Server"]


def registrations() -> list[Raw]:
    """Return the commands as Discord registers them; each says who is shown it."""
    managing: Raw = {"default_member_permissions": _MANAGE_SERVER, "contexts": _IN_SERVERS}
    code = {"type": _STRING, "name": "code", "description": "The code that /bind gave on the other side"}
    bind = {"name": BIND, "type": _SLASH, "description": "Send this server's cards to a moderators' room"}
    status = {"name": STATUS, "type": _SLASH, "description": "What the bot watches here, and what it lacks"}
    file = {"type": _FILE, "name": "file", "description": "A policy file (.yaml) to put in its place"}
    policy = {"name": POLICY, "type": _SLASH, "description": "Which policy holds here, and what changed last"}
    case = {"type": _STRING, "name": "case", "description": "Its id, as the card has it", "required": True}
    why = {"name": WHY, "type": _SLASH, "description": "Why a case was judged as it was"}
    moderating: Raw = {"default_member_permissions": BITS["Manage Messages"], "contexts": _IN_SERVERS}
    report: Raw = {"name": REPORT, "type": _MESSAGE_MENU, "contexts": _IN_SERVERS}
    return [
        {**bind, "options": [code], **managing},
        {**status, **managing},
        {**policy, "options": [file], **managing},
        {**why, "options": [case], **moderating},
        report,
    ]


class Commands:
    """Answers `/bind` and `/status`."""

    def __init__(self, kit: Kit, wire: Wire, rights: Rights) -> None:
        self._kit = kit
        self._wire = wire
        self._rights = rights

    async def bind(self, asked: Interaction) -> Iterable[str]:
        """Give out a code, or take one in; returns what to say.

        Raises:
            TryLater: Discord is busy; nothing was bound.
        """
        if not asked.permissions & (_MANAGE_SERVER | BITS[ADMINISTRATOR]):
            return ["You need Manage Server to bind. Nothing was changed."]
        if asked.option:
            return await self._enter(asked)
        code = "".join(secrets.choice(_ALPHABET) for _ in range(6))
        side = f"{place_id(asked.guild)}/{asked.channel}"
        await self._kit.desk.offer(side, code=code, until=self._kit.clock() + CODE_LASTS)
        return [
            f"Code {code}, for 30 minutes and one use.",
            f"Enter it on the other side: /bind code:{code}",
            "If this is the moderators' room, enter it in any channel of the server to be watched.",
            "If this is the server to be watched, enter it in the moderators' room.",
        ]

    async def status(self, asked: Interaction) -> Iterable[str]:
        """Say what is watched, where cards go, and what is missing."""
        room = await self._kit.desk.room(place_id(asked.guild))
        lines = [f"Watching {self._called(asked.guild)}."]
        if room is None:
            lines.append("Cards go nowhere yet. Use /bind in the moderators' room.")
        elif room.startswith(f"{PLATFORM}:"):
            lines.append(f"Cards go to {await self._room_called(room)}.")
        watched = await self._kit.desk.places(room_id(asked.channel))
        if watched:
            names = [self._called(place.partition(":")[2]) for place in watched]
            lines.append(f"This channel gets the cards of {listed(names)}.")
        return [*lines, *await self.health(asked.guild)]

    async def health(self, guild: str) -> list[str]:
        """Say what is missing in a server, with where to mend it; nothing if all is well."""
        standing = await self._rights.standing(self._wire.user, guild)
        lines = []
        if missing := standing.lacks(NEEDED):
            lines.append(f"Missing: {listed(missing)}. Mend: Server Settings → Roles → the bot's role.")
        if not self._wire.sees_content:
            lines.append(
                "Message content is off: the bot sees only what mentions it and what members report. "
                "Mend: discord.com/developers → the application → Bot → Message Content Intent; restart."
            )
        if not self._wire.sees_members:
            lines.append(
                "Server members is off: the bot does not see who joins. "
                "Mend: discord.com/developers → the application → Bot → Server Members Intent; restart."
            )
        return lines

    async def _enter(self, asked: Interaction) -> Iterable[str]:
        """Take a code in and bind the two sides."""
        code = asked.option.strip().upper()
        side = await self._kit.desk.redeem(code, now=self._kit.clock())
        if side is None:
            return ["This code is unknown, used or too old. Get a new one with /bind on the other side."]
        if not side.startswith(f"{PLATFORM}:"):
            return ["This code was given out on another platform. Bind a room on Discord."]
        guild, _, channel = side.partition(":")[2].partition("/")
        other, here = (guild, channel), (asked.guild, asked.channel)
        if other == here:
            return ["This code was given out in this very channel. Enter it on the other side."]
        # Where both could be the room, it is the one in which /bind was asked for first.
        problems = []
        for (_, room), (place, _) in ((other, here), (here, other)):
            if problem := await self._unfit(room):
                problems.append(f"Not bound: {problem}")
                continue
            await self._kit.desk.bind(place_id(place), room_id(room))
            named = await self._room_called(room_id(room))
            return [f"Bound. Cards of {self._called(place)} go to {named}.", *await self.health(place)]
        return [*problems, "Cards name members and what they did: only moderators may read the room."]

    async def _unfit(self, channel: str) -> str:
        """Say why a channel cannot be a moderators' room, or ""."""
        try:
            found = await self._rights.channel(channel)
        except (Gone, NotPermitted):
            return "the bot cannot see the channel. Add it: Edit Channel → Permissions."
        name = f"#{harmless(str(found.get('name') or channel), 60)}"
        if not snowflake(found.get("guild_id")):
            return "a private conversation cannot be a moderators' room."
        if await self._rights.is_open(found):
            return f"everybody can read {name}. Mend: Edit Channel → Permissions → Private Channel."
        if missing := await self._rights.lacking_in(found):
            return f"in {name} the bot lacks {listed(missing)}. Mend: Edit Channel → Permissions."
        return ""

    def _called(self, guild: str) -> str:
        return harmless(self._wire.name_of(guild) or f"server {guild}", 60)

    async def _room_called(self, room: str) -> str:
        try:
            channel = await self._rights.channel(room.partition(":")[2])
        except (Gone, NotPermitted):
            return "a channel the bot can no longer see (bind another one)"
        return f"#{harmless(str(channel.get('name')), 60)}"
