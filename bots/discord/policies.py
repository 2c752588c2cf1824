"""Policies on Discord: `/policy`, with a file to propose one, `/why` with a case, and the answers' buttons.

Every answer is for one person's eyes. To change a policy takes what a person would need to do by hand what it
does, and to manage the server; that is asked for again at every tap.
"""

import json
from collections.abc import Sequence
from typing import Final

from bots.discord.answers import Answers, Interaction
from bots.discord.cards import LONGEST, answer_of
from bots.discord.files import CdnFiles
from bots.discord.identity import PLATFORM, bare, place_id, room_id
from bots.discord.raw import Raw, number, records, text
from bots.discord.rights import ADMINISTRATOR, BITS, Rights
from bots.discord.wire import Wire
from bots.kit import Kit
from bots.policies import words as policy_words
from bots.policies.desk import ENDS, GONE, LEFT, PolicyDesk, oversized
from bots.policies.words import Button, Said, Step
from bots.wording import listed, quoted
from core.case import Case
from core.errors import CannotLook, PlatformError, TryLater
from core.model import Attachment, Place

PREFIX: Final = f"{policy_words.PREFIX}:"

_TO_CHANGE: Final = ("Manage Server", "Manage Messages", "Ban Members")
"""What it takes to change a server's policy."""

NOT_A_BUTTON: Final = "This answer is from another time. Give the command again."
_NO_CASE: Final = "There is no such case here."
_NO_FILE: Final = f"A policy file's name ends with {', '.join(ENDS)}. Nothing was changed."
_SEVERAL: Final = (
    "This channel gets the cards of several servers. Give the command in the server that the policy is for."
)

_ROW, _BUTTON, _GREY, _GREEN = 1, 2, 2, 3
_LABEL: Final = 80
_IN_A_ROW: Final = 5
_MOST_BUTTONS: Final = 25


class Policies:
    """Answers commands and taps.

    Args:
        kit: The parts the platform stands on.
        wire: What servers are called.
        rights: Who may what.
        answers: To one person.
        files: Discord's file servers.
        desk: Where policies are proposed, made live and rolled back.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - the platform's parts, once
        self, kit: Kit, wire: Wire, rights: Rights, answers: Answers, files: CdnFiles, desk: PolicyDesk
    ) -> None:
        self._kit = kit
        self._wire = wire
        self._rights = rights
        self._answers = answers
        self._files = files
        self._desk = desk

    async def policy(self, asked: Interaction) -> None:
        """Say what holds, or take the file that came along.

        Raises:
            TryLater: Rights or the file could not be had yet.
        """
        said = await (self._proposed(asked) if asked.file else self._shown(asked))
        await self._answers.say(asked, message_of(said))

    async def why(self, asked: Interaction) -> None:
        """Explain a case to who may open its details: a moderator of its server."""
        case = await self._kit.desk.get(asked.option)
        if case is None or not await self._moderates(asked.user, case):
            await self._answers.say(asked, answer_of([_NO_CASE]))
            return
        told = await self._desk.why(case, await self._kit.designations.now())
        await self._answers.say(asked, answer_of(told))

    async def tap(self, tap: Interaction) -> None:
        """Take a tap.

        Raises:
            TryLater: Whether the person may could not be found out yet.
        """
        read = policy_words.pressed(tap.name)
        if read is None or not tap.on_private:
            # What answers a tap takes the place of the message: that must not be a card.
            await self._answers.say(tap, answer_of([NOT_A_BUTTON]))
            return
        step, numbers = read
        said = Said.of(LEFT) if step is Step.LEAVE else await self._decided(tap, step, numbers)
        if isinstance(said, str):
            await self._answers.say(tap, answer_of([said]))
        else:
            await self._answers.change(tap, message_of(said))

    async def _shown(self, asked: Interaction) -> Said:
        if not asked.permissions & (BITS["Manage Server"] | BITS[ADMINISTRATOR]):
            return Said.of("You need Manage Server to see the policy.")
        return policy_words.joined([await self._desk.shown(one) for one in await self._places(asked)])

    async def _proposed(self, asked: Interaction) -> Said:
        places = await self._places(asked)
        if len(places) > 1:
            return Said.of(_SEVERAL)
        (place,) = places
        if lacking := await self._lacking(asked.user, place):
            return Said.of(lacking)
        name, size = text(asked.file.get("filename")), number(asked.file.get("size"))
        if not name.casefold().endswith(ENDS):
            return Said.of(_NO_FILE)
        if too_large := oversized(name, size):
            return too_large
        # It is fetched at once; a command is no message that could be asked for a fresh address.
        ref = json.dumps([text(asked.file.get("url")), "", "", ""])
        try:
            raw = await self._files.fetch(Attachment(ref=ref, path="file", size=size, name=name))
        except CannotLook as exc:
            return Said.of(f"✘ {quoted(name)} cannot be fetched: {exc}. Send it again.")
        return await self._desk.propose(place, name, raw, asked.who)

    async def _decided(self, tap: Interaction, step: Step, numbers: Sequence[int]) -> Said | str:
        """Make a proposal live or roll a version back, for who may do so now."""
        about = await (self._desk.proposal if step is Step.LIVE else self._desk.live)(numbers[0])
        if about is None or not about.place.startswith(f"{PLATFORM}:"):
            return GONE
        place = self._place(about.place)
        if lacking := await self._lacking(tap.user, place):
            return lacking
        if step is Step.BACK:
            return await self._desk.roll_back(about, place, tap.who)
        return await self._desk.make_live(about, place, tap.who, seen=(*numbers, 0)[1])

    async def _places(self, asked: Interaction) -> Sequence[Place]:
        """Return the servers whose cards come to the channel; where it is no room, the server itself."""
        bound = await self._kit.desk.places(room_id(asked.channel))
        return [self._place(one) for one in bound or (place_id(asked.guild),)]

    def _place(self, place: str) -> Place:
        guild = bare(place)
        return Place(id=place, name=self._wire.name_of(guild) or f"server {guild}")

    async def _lacking(self, user: str, place: Place) -> str:
        """Say what somebody lacks to change a server's policy, or ""."""
        try:
            missing = (await self._rights.standing(user, bare(place.id))).lacks(_TO_CHANGE)
        except TryLater:
            raise
        except PlatformError as exc:
            return f"Your permissions in {quoted(place.name)} cannot be checked: {exc} Nothing was changed."
        if missing:
            return f"You need {listed(missing)} in {quoted(place.name)} for this. Nothing was changed."
        return ""

    async def _moderates(self, user: str, case: Case) -> bool:
        if not case.message.place.id.startswith(f"{PLATFORM}:"):
            return False
        try:
            return (await self._rights.standing(user, bare(case.message.place.id))).moderates
        except TryLater:
            raise
        except PlatformError:
            return False


def message_of(said: Said) -> Raw:
    """Return the message of an answer: one embed, the block in letters of one width, buttons below."""
    block = said.block.replace("```", "`\u200b``")
    fenced = f"\n```\n{block}\n```" if block else ""
    answer = answer_of(said.lines)
    (embed,) = records(answer.get("embeds"))
    lines = text(embed.get("description"))[: LONGEST - len(fenced)]
    buttons = [_button(one) for one in said.buttons[:_MOST_BUTTONS]]
    rows = [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]
    return {
        **answer,
        "embeds": [{**embed, "description": lines + fenced}],
        "components": [{"type": _ROW, "components": row} for row in rows],
    }


def _button(button: Button) -> Raw:
    return {
        "type": _BUTTON,
        "style": _GREEN if button.step is Step.LIVE else _GREY,
        "label": button.label[:_LABEL],
        "custom_id": button.press,
    }
