"""Who may do what in a server, asked anew each time: present roles, present overwrites, no cache.

The names of permissions are those that Discord's own settings show, so that a person finds the switch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import discord

from bots.discord.raw import Raw, number, record, records, snowflake, text
from bots.discord.wire import Wire
from core.errors import Gone

ADMINISTRATOR: Final = "Administrator"
BITS: Final[Mapping[str, int]] = {
    ADMINISTRATOR: discord.Permissions(administrator=True).value,
    "View Channels": discord.Permissions(view_channel=True).value,
    "Send Messages": discord.Permissions(send_messages=True).value,
    "Embed Links": discord.Permissions(embed_links=True).value,
    "Read Message History": discord.Permissions(read_message_history=True).value,
    "Manage Messages": discord.Permissions(manage_messages=True).value,
    "Kick Members": discord.Permissions(kick_members=True).value,
    "Ban Members": discord.Permissions(ban_members=True).value,
    "Timeout Members": discord.Permissions(moderate_members=True).value,
    "Manage Server": discord.Permissions(manage_guild=True).value,
}
"""What the bot has to do with, by its name in the settings."""

NEEDED: Final = (
    "View Channels",
    "Read Message History",
    "Manage Messages",
    "Kick Members",
    "Ban Members",
    "Timeout Members",
)
"""What the bot needs in a server that it watches."""

NEEDED_IN_ROOM: Final = ("View Channels", "Send Messages", "Embed Links")
"""What the bot needs in a moderators' room."""

MODERATING: Final = ("Manage Messages", "Ban Members", "Timeout Members", "Manage Server")
"""Any one of these makes a member a moderator."""

_EVERYTHING: Final = -1


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's place in a server: what they hold, and how high.

    Attributes:
        held: Bits of all permissions; all set for the owner and administrators.
        rank: Position of the highest role; the owner is above every role.
    """

    held: int
    rank: int
    is_owner: bool

    def lacks(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return which of these permissions are missing."""
        return tuple(name for name in names if not self.held & BITS[name])

    @property
    def moderates(self) -> bool:
        """Whether any moderating permission is there."""
        return len(self.lacks(MODERATING)) < len(MODERATING)


NOBODY: Final = Standing(held=0, rank=-1, is_owner=False)
"""The standing of who is not in the server."""


class Rights:
    """Answers what members may do, by asking Discord."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def standing(self, user: str, guild: str) -> Standing:
        """Return a member's standing in a server; `NOBODY` for who is not in it.

        Raises:
            TryLater: Discord is busy or out of reach.
            NotPermitted: The bot is not in that server.
        """
        try:
            member = await self._wire.call(
                "GET", "/guilds/{guild_id}/members/{user_id}", {"guild_id": guild, "user_id": user}
            )
        except Gone:
            return NOBODY
        server = await self._wire.call("GET", "/guilds/{guild_id}", {"guild_id": guild})
        return _standing_of(record(member), record(server))

    async def channel(self, channel: str) -> Raw:
        """Return a channel whose overwrites count: a thread has its parent's.

        Raises:
            Gone: It is not there.
            NotPermitted: The bot cannot see it.
        """
        found = record(await self._wire.call("GET", "/channels/{channel_id}", {"channel_id": channel}))
        if record(found.get("thread_metadata")) and (parent := snowflake(found.get("parent_id"))):
            return await self.channel(parent)
        return found

    async def lacking_in(self, channel: Raw) -> tuple[str, ...]:
        """Return what the bot lacks to show cards in a channel."""
        guild, me = snowflake(channel.get("guild_id")), self._wire.user
        ids = {"guild_id": guild, "user_id": me}
        member = record(await self._wire.call("GET", "/guilds/{guild_id}/members/{user_id}", ids))
        server = record(await self._wire.call("GET", "/guilds/{guild_id}", {"guild_id": guild}))
        held = _held_in(channel, _standing_of(member, server), member)
        return tuple(name for name in NEEDED_IN_ROOM if not held & BITS[name])

    async def is_open(self, channel: Raw) -> bool:
        """Tell whether everybody in the server can read a channel."""
        guild = snowflake(channel.get("guild_id"))
        server = record(await self._wire.call("GET", "/guilds/{guild_id}", {"guild_id": guild}))
        anybody: Raw = {"user": {"id": "0"}, "roles": []}
        held = _held_in(channel, _standing_of(anybody, server), anybody)
        return bool(held & BITS["View Channels"])


def _standing_of(member: Raw, server: Raw) -> Standing:
    """Work a member's standing out from a server's roles."""
    guild, user = snowflake(server.get("id")), snowflake(record(member.get("user")).get("id"))
    mine = {guild, *_ids(member.get("roles"))}
    roles = [role for role in records(server.get("roles")) if snowflake(role.get("id")) in mine]
    held = 0
    for role in roles:
        held |= _bits(role.get("permissions"))
    is_owner = bool(user) and user == snowflake(server.get("owner_id"))
    rank = max((number(role.get("position")) or 0 for role in roles), default=0)
    if is_owner or held & BITS[ADMINISTRATOR]:
        held = _EVERYTHING
    return Standing(held=held, rank=rank, is_owner=is_owner)


def _held_in(channel: Raw, standing: Standing, member: Raw) -> int:
    """Apply a channel's overwrites in Discord's order: everyone, the member's roles together, the member."""
    held = standing.held
    if held == _EVERYTHING:
        return held
    guild, user = snowflake(channel.get("guild_id")), snowflake(record(member.get("user")).get("id"))
    steps = ({guild}, set(_ids(member.get("roles"))), {user})
    overwrites = list(records(channel.get("permission_overwrites")))
    for targets in steps:
        fitting = [one for one in overwrites if snowflake(one.get("id")) in targets]
        for one in fitting:
            held &= ~_bits(one.get("deny"))
        for one in fitting:
            held |= _bits(one.get("allow"))
    return held if held & BITS["View Channels"] else 0


def _ids(value: object) -> list[str]:
    return [snowflake(one) for one in cast("list[object]", value)] if isinstance(value, list) else []


def _bits(value: object) -> int:
    return int(text(value) or 0)
