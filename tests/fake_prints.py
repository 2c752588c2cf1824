"""Fingerprints in memory, proved by the same contract suite as the real ones."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.keeping import Print, Sighting


@dataclass
class MemoryPrints:
    """The port `Prints`.

    Attributes:
        rows: What is remembered, by number.
        numbered: How many were ever remembered.
    """

    rows: dict[int, Sighting] = field(default_factory=dict)
    numbered: int = 0

    async def record(self, sightings: Sequence[Sighting]) -> None:
        """Remember messages; what an edit adds joins what is known of its message."""
        for one in sightings:
            number = next((n for n, known in self.rows.items() if known.message_id == one.message_id), None)
            if number is None:
                self.numbered += 1
                self.rows[self.numbered] = one
            else:
                known = self.rows[number]
                self.rows[number] = replace(known, prints=known.prints | one.prints)

    async def met(self, prints: Collection[Print], *, since: datetime) -> tuple[tuple[int, Print], ...]:
        """Return the messages that had one of these prints, each with it, oldest first."""
        return tuple(
            sorted(
                (n, one)
                for n, known in self.rows.items()
                if known.at >= since
                for one in known.prints.intersection(prints)
            )
        )

    async def wrote(self, salted: Collection[str], *, since: datetime) -> tuple[tuple[int, str], ...]:
        """Return the messages of these authors, each with the salted identifier, oldest first."""
        return tuple(
            sorted(
                (n, who)
                for n, known in self.rows.items()
                if known.at >= since
                for who in (known.author, known.handle)
                if who in salted
            )
        )

    async def of_kind(self, kind: str, *, since: datetime) -> AsyncIterator[tuple[tuple[int, str], ...]]:
        """Give all prints of a kind in one page."""
        page = sorted(
            (n, one.value)
            for n, known in self.rows.items()
            if known.at >= since
            for one in known.prints
            if one.kind == kind
        )
        if page:
            yield tuple(page)

    async def remembered(
        self, *, since: datetime, place: str | None = None
    ) -> AsyncIterator[tuple[Sighting, ...]]:
        """Give the messages since a moment in one page, oldest first."""
        page = [
            (known.at, n)
            for n, known in self.rows.items()
            if known.at >= since and place in {None, known.place}
        ]
        if page:
            yield tuple(self.rows[n] for _, n in sorted(page))

    async def sightings(self, numbers: Collection[int]) -> dict[int, Sighting]:
        """Return messages by number, without their prints; those forgotten since are left out."""
        return {n: replace(self.rows[n], prints=frozenset()) for n in numbers if n in self.rows}

    async def forget(self, *, before: datetime) -> int:
        """Forget the messages before a moment; returns how many."""
        old = [n for n, known in self.rows.items() if known.at < before]
        for number in old:
            del self.rows[number]
        return len(old)
