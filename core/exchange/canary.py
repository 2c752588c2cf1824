"""The canary: this community's own recent messages, asked whether an update would hit what people post here.

A list that names what everybody posts is wrong or captured, whoever publishes it. What moderators dismissed
here is asked, too: a list that brings it again waits for a person, who knows why it was dismissed.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from core.banks.lookback import Late, lookback
from core.banks.own import DISMISSED, SEEN
from core.exchange.staging import Staged
from core.keeping import BankStore, Change, Prints
from core.model import Entry

LOOKED_BACK: Final = timedelta(days=30)

DAYS: Final = 5
PEOPLE: Final = 5
"""What was posted on so many days, or by so many people, within that time is what people post here."""

_AT_ONCE: Final = 20_000


class Canary:
    """A gate (`core.exchange.gates`) that knows what is posted here.

    Args:
        prints: What is remembered of messages.
        banks: Where it is kept what was dismissed here.
        salted: How an author's identifier is kept.
        clock: The present moment.
    """

    def __init__(
        self,
        prints: Prints,
        banks: BankStore,
        *,
        salted: Callable[[str], str],
        clock: Callable[[], datetime],
    ) -> None:
        self._prints = prints
        self._banks = banks
        self._salted = salted
        self._clock = clock

    async def __call__(self, update: Staged) -> str:
        """Return why an update is held, or ""; no entry's value is in it."""
        usual, dismissed = 0, 0
        batch: list[Entry] = []
        async for entry in update.entries():
            batch.append(entry)
            if len(batch) == _AT_ONCE:
                ready, batch = batch, []
                usual += await self._usual(ready)
                dismissed += await self._dismissed(ready)
        usual += await self._usual(batch)
        dismissed += await self._dismissed(batch)
        said = []
        if usual:
            said.append(
                f"{usual:,} new {_entries(usual)} hit what many people post here"
                f" (on {DAYS} days or by {PEOPLE} people within a month)"
            )
        if dismissed:
            said.append(f"{dismissed:,} new {_entries(dismissed)} name what was dismissed here")
        return " and ".join(said)

    async def _usual(self, entries: Sequence[Entry]) -> int:
        """Count the entries that would hit what is posted here again and again."""
        changes = [
            Change(revision=n, entry_id=n, kind=entry.kind, value=entry.value, matchable=True)
            for n, entry in enumerate(entries, 1)
        ]
        since = self._clock() - LOOKED_BACK
        found = await lookback(changes, self._prints, salted=self._salted, since=since)
        # Who is on a list may have written much; that says nothing against the list.
        posted = [late for late in found if late.signal.kind != "account"]
        return await self._often(posted)

    async def _often(self, found: Sequence[Late]) -> int:
        messages = await self._prints.sightings({late.number for late in found})
        days: dict[int, set[object]] = {}
        people: dict[int, set[object]] = {}
        for late in found:
            if one := messages.get(late.number):
                days.setdefault(late.entry_id, set()).add(one.at.date())
                people.setdefault(late.entry_id, set()).add(one.author or one.handle or one.message_id)
        return sum(len(days[n]) >= DAYS or len(people[n]) >= PEOPLE for n in days)

    async def _dismissed(self, entries: Sequence[Entry]) -> int:
        """Count the entries that name, letter by letter, what moderators dismissed."""
        if await self._banks.bank(DISMISSED) is None:
            return 0
        known = {entry.value async for entry in self._banks.entries(DISMISSED) if entry.kind == SEEN}
        return sum(
            any(f"{kind} {entry.value}" in known for kind in _KINDS.get(entry.kind, (entry.kind,)))
            for entry in entries
        )


def _entries(count: int) -> str:
    return "entry would" if count == 1 else "entries would"


_KINDS: Final = {"link": ("link", "account")}
"""Kinds of signal that meet an entry of another kind."""
