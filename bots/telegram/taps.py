"""A tap on a card's button: who tapped is checked now, the decision is taken once, the tapper is told.

A tap may come from anyone in the room, from a card that is out of date, twice, or late. The rights that
count are those the tapper has at this moment in the group that the case is about. Telegram names the real
person behind a tap, also an administrator who posts anonymously.
"""

import asyncio
import logging

from bots.card import Press, decision_of
from bots.details import details_of
from bots.drawing import Drawing, drawing_of
from bots.kit import Kit
from bots.telegram.actions import BAN_RIGHT, DELETE_RIGHT
from bots.telegram.client import Client
from bots.telegram.identity import account_of
from bots.telegram.markup import pages_of, pressed
from bots.telegram.raw import Raw, number, record, text
from bots.telegram.standing import Standing
from bots.telegram.whereabouts import Whereabouts
from core.case import Case
from core.errors import PlatformError, TryLater, WrongChoice
from core.model import ActionKind, Status

log = logging.getLogger(__name__)

_SAID = {
    Press.DELETE: "Decided: delete.",
    Press.BAN: "Decided: ban.",
    Press.DISMISS: "Dismissed.",
    Press.UNDO: "Undone, as far as it can be.",
}

_RESTRAINING = frozenset({ActionKind.BAN, ActionKind.MUTE, ActionKind.NO_MEDIA})


class Taps:
    """Turns taps into decisions.

    Args:
        client: The Bot API.
        kit: The parts the platform stands on.
        whereabouts: Where a case's group is now.
    """

    def __init__(self, *, client: Client, kit: Kit, whereabouts: Whereabouts) -> None:
        self._client = client
        self._kit = kit
        self._whereabouts = whereabouts

    async def tap(self, query: Raw) -> None:
        """Take one tap.

        Raises:
            TryLater: The tapper's rights could not be asked for; nothing was decided.
        """
        read = pressed(text(query.get("data")))
        case = await self._kit.desk.get(read[1]) if read else None
        if read is None or case is None:
            await self._tell(query, "This card is from another time: there is no such case.")
            return
        press = read[0]
        refusal = await self._refusal(case, press, number(record(query.get("from")).get("id")) or 0)
        if refusal:
            await self._tell(query, refusal)
        elif press is Press.DETAILS:
            await self._tell(query, await self._show_details(case, query))
        else:
            await self._tell(query, await self._decide(case, press, query))

    async def _refusal(self, case: Case, press: Press, user_id: int) -> str:
        """Say why this person may not press this, or ""."""
        chat_id = await self._whereabouts.chat_id(case.message.place.id)
        try:
            standing = await self._client.standing(chat_id, user_id)
        except TryLater:
            raise
        except PlatformError as exc:
            return f"Nothing was done: your rights in the group cannot be checked. {exc}"
        missing = _missing(case, press, standing)
        return f"Nothing was done: you lack the right “{missing}” in the group." if missing else ""

    async def _decide(self, case: Case, press: Press, query: Raw) -> str:
        who = account_of(record(query.get("from")))
        decision = decision_of(case, press, moderator=who, at=self._kit.clock())
        if decision is None:
            return ""
        try:
            after = await self._kit.engine.decide(case.id, decision)
        except WrongChoice:
            return "Already decided: see the card."
        except TryLater:
            return "Decided. Telegram is busy: it will be carried out shortly."
        failed = any(a.status is Status.FAILED and a.by == who.name for a in after.actions)
        return "Decided, but not all of it could be carried out: see the card." if failed else _SAID[press]

    async def _show_details(self, case: Case, query: Raw) -> str:
        """Answer the card with everything, once for each state of the case."""
        note, state = f"telegram.details/{case.id}", str(case.version)
        if await self._kit.notes.note(note) == state:
            return "The details stand below the card."
        card = record(query.get("message"))
        chat_id = number(record(card.get("chat")).get("id")) or 0
        answered = number(card.get("message_id"))
        known = await self._kit.designations.now()
        for page in pages_of(details_of(case, zone=self._kit.zone, directory=known)):
            await self._client.send(chat_id, page, reply_to=answered)
        if drawing := drawing_of(case):
            await self._draw(drawing, chat_id, answered)
        await self._kit.notes.keep(note, state)
        return ""

    async def _draw(self, drawing: Drawing, chat_id: int, answered: int | None) -> None:
        """Send the drawing; a room that takes no pictures has the same in words."""
        png = await asyncio.to_thread(drawing.png)
        try:
            await self._client.send_drawing(chat_id, png, drawing.caption, reply_to=answered)
        except PlatformError as exc:
            # Asked again, it would send all the text once more.
            log.info("drawing not sent", extra={"why": str(exc)})

    async def _tell(self, query: Raw, words: str) -> None:
        """Answer the tap; one that is too old to be answered was decided all the same."""
        try:
            await self._client.answer(text(query.get("id")), words)
        except PlatformError as exc:
            log.info("tap not answered", extra={"why": str(exc)})


def _missing(case: Case, press: Press, standing: Standing) -> str:
    """Return the right that somebody lacks for a press, or ""."""
    restrains = press is Press.BAN
    if press is Press.UNDO:
        restrains = any(a.kind in _RESTRAINING and not a.undone for a in case.actions)
    deletes = press in {Press.DELETE, Press.BAN} and not case.message.happening.shows_account
    if deletes and not standing.may_delete:
        return DELETE_RIGHT
    if restrains and not standing.may_restrict:
        return BAN_RIGHT
    return "" if standing.moderates else f"{DELETE_RIGHT}” or “{BAN_RIGHT}"
