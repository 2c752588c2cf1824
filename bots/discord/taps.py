"""A tap on a card: who may, what it means, and the decision it becomes.

Rights are asked of the server the message was in, at that moment: neither the room a card is shown in nor
a right that was lost yesterday counts. A tap that is delivered twice decides once.
"""

import asyncio

from bots.card import Press, decision_of
from bots.details import details_of
from bots.discord.answers import Answers, Interaction
from bots.discord.cards import answer_of, drawn, pressed
from bots.discord.identity import bare
from bots.discord.rights import NOBODY, Rights
from bots.drawing import NAME, drawing_of
from bots.kit import Kit
from bots.wording import harmless, listed
from core.case import Case
from core.errors import TryLater, WrongChoice
from core.model import ActionKind, Status


class Taps:
    """Takes taps on cards."""

    def __init__(self, kit: Kit, rights: Rights, answers: Answers) -> None:
        self._kit = kit
        self._rights = rights
        self._answers = answers

    async def take(self, tap: Interaction) -> None:
        """Carry one tap out.

        Raises:
            TryLater: Whether the person may could not be found out yet.
        """
        meant = pressed(tap.name)
        case = await self._kit.desk.get(meant[0]) if meant else None
        if meant is None or case is None:
            await self._tell(tap, "This case is no longer kept.")
            return
        if refusal := await self._refusal(tap, case, meant[1]):
            await self._tell(tap, refusal)
        elif meant[1] is Press.DETAILS:
            await self._show_details(tap, case)
        elif not any(d.at == tap.at and d.moderator.id == tap.who.id for d in case.history):
            await self._decide(tap, case, meant[1])

    async def _show_details(self, tap: Interaction, case: Case) -> None:
        """Show everything to who asked, with the drawing where a picture was found."""
        known = await self._kit.designations.now()
        answer = answer_of(details_of(case, zone=self._kit.zone, directory=known))
        if drawing := drawing_of(case):
            png = await asyncio.to_thread(drawing.png)
            if await self._answers.say(tap, drawn(answer, drawing.caption), {NAME: png}):
                return
        await self._answers.say(tap, answer)

    async def _decide(self, tap: Interaction, case: Case, press: Press) -> None:
        decision = decision_of(case, press, moderator=tap.who, at=tap.at)
        if decision is None:
            return
        try:
            await self._kit.engine.decide(case.id, decision)
        except WrongChoice as exc:
            await self._tell(tap, f"{str(exc).capitalize()}.")
        except TryLater:
            await self._tell(tap, "Saved. Discord is busy; it will be carried out as soon as it can be.")

    async def _refusal(self, tap: Interaction, case: Case, press: Press) -> str:
        """Say why this person may not do this, or ""."""
        standing = await self._rights.standing(tap.user, bare(case.message.place.id))
        place = harmless(case.message.place.name or "that server", 60)
        if standing == NOBODY:
            return f"You are not a member of {place}: only its moderators decide. Nothing was changed."
        if not standing.moderates:
            return f"Only moderators of {place} decide here. Nothing was changed."
        missing = standing.lacks(_needed(case, press))
        if missing:
            return f"You need {listed(missing)} in {place} for this. Nothing was changed."
        return ""

    async def _tell(self, tap: Interaction, *lines: str) -> None:
        await self._answers.say(tap, answer_of(lines))


def _needed(case: Case, press: Press) -> tuple[str, ...]:
    """Return the permissions somebody needs to do by hand what a press does for them."""
    banned = any(a.kind is ActionKind.BAN and a.status is Status.DONE and not a.undone for a in case.actions)
    bans = press is Press.BAN or (press is Press.UNDO and banned)
    # Where an account only showed itself there is no message to manage: any moderator may dismiss that.
    deletes = press is not Press.DETAILS and not case.message.happening.shows_account
    return (*(("Manage Messages",) if deletes else ()), *(("Ban Members",) if bans else ()))
