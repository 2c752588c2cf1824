"""The sweep: when an entry arrives, what is remembered of recent messages is asked about it.

What is found comes before the moderators like a find of today, and only as a report. How far the changes of
the banks are swept is a note, so that a restart goes on where it was; a sweep that is done twice has its
effect once, for a message has one case.
"""

import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from core.banks.banks import Banks
from core.banks.lookback import Late, lookback
from core.engine import Engine
from core.errors import TryLater
from core.judge import Judge
from core.keeping import BankStore, Change, Notes, Prints, Sighting
from core.model import Account, Message, Place
from core.periodic import periodically

log = logging.getLogger(__name__)

SWEPT: Final = "swept"
"""The note that holds the last revision of the banks that was swept."""

MOST: Final = 50
"""Late finds that become cases for one batch of changes: a list that hits more is a matter for `preview`."""

_AT_ONCE: Final = 5_000
_EVERY_S: Final = 1.0
_TIDY_EVERY: Final = timedelta(hours=1)


class Sweep:
    """Finds messages of before that the banks know since.

    Args:
        store: Where banks are kept.
        banks: The banks as the judge sees them; brought up to date before a message is judged.
        prints: What is remembered of messages.
        notes: Where it is noted how far the changes are swept.
        judge, engine: What a late find goes through.
        salted: How an author's identifier is kept.
        clock: The present moment.
        days: How far back.
        ask: What else is to be asked about the changes: the platforms' own searches.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        *,
        store: BankStore,
        banks: Banks,
        prints: Prints,
        notes: Notes,
        judge: Judge,
        engine: Engine,
        salted: Callable[[str], str],
        clock: Callable[[], datetime],
        days: int,
        ask: Callable[[Sequence[Change]], Awaitable[None]] | None = None,
    ) -> None:
        self._ask = ask
        self._store = store
        self._banks = banks
        self._prints = prints
        self._notes = notes
        self._judge = judge
        self._engine = engine
        self._salted = salted
        self._clock = clock
        self._days = days
        self._tidied: datetime | None = None

    async def follow(self, *, every_s: float = _EVERY_S) -> None:
        """Sweep for ever; what fails is tried again."""
        await periodically(self.once, every_s=every_s, failed="the sweep failed")

    async def once(self) -> int:
        """Forget what is too old, and sweep what changed since the last time.

        Returns:
            How many messages became cases.

        Raises:
            NigehbanError: Something could not be read or saved; what is not swept stays so.
        """
        opened = 0
        swept = int(await self._notes.note(SWEPT) or 0)
        since = self._clock() - timedelta(days=self._days)
        await self._tidy(since)
        while changes := await self._store.changes(swept, limit=_AT_ONCE):
            found = await lookback(changes, self._prints, salted=self._salted, since=since)
            if found:
                await self._banks.refresh()
                opened += await self._open(found)
            if self._ask:
                await self._banks.refresh()
                await self._ask(changes)
            swept = changes[-1].revision
            await self._notes.keep(SWEPT, str(swept))
        return opened

    async def _tidy(self, before: datetime) -> None:
        """Forget what is too old, once an hour."""
        if self._tidied is None or before - self._tidied >= _TIDY_EVERY:
            await self._prints.forget(before=before)
            self._tidied = before

    async def _open(self, found: Sequence[Late]) -> int:
        of_message: dict[int, list[Late]] = defaultdict(list)
        for late in found:
            of_message[late.number].append(late)
        chosen = list(of_message)[-MOST:]
        if len(of_message) > MOST:
            log.warning("late finds left out", extra={"found": len(of_message), "cases": MOST})
        opened = 0
        for number, sighting in (await self._prints.sightings(chosen)).items():
            message = _message(sighting, of_message[number])
            verdict = await self._judge.later(message, [late.signal for late in of_message[number]])
            try:
                opened += await self._engine.late(message, verdict) is not None
            except TryLater:
                opened += 1  # saved; `resume` shows it
        return opened


def _message(sighting: Sighting, found: Sequence[Late]) -> Message:
    """Return what can still be said of a message; its author, where that is who was found."""
    who = next((late.signal.value for late in found if late.signal.kind == "account"), "")
    is_name = "/" in who and not who.partition(":")[2].startswith("id/")
    author = Account(id="" if is_name else who, handle=who if is_name else "")
    return Message(
        id=sighting.message_id,
        place=Place(id=sighting.place, name=sighting.place_name),
        author=author,
        at=sighting.at,
        url=sighting.url,
        forwarded=sighting.forwarded,
    )
