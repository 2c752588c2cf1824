"""Renewing an official list: what it has comes into the place of what it had, and what is gone is withdrawn.

A list is read to its end before anything is kept, so that a file that breaks off changes nothing. Nothing is
withdrawn on the word of a file that could not be read whole, or that lacks most of what its list had.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from core.entities.joined import joined
from core.entities.reading import MOST_ENTRIES, Given, Item, ListFile, PassedOver, Unread
from core.entities.recognised import reader_of
from core.entity import Listing
from core.errors import BadInput
from core.keeping import Entities

FEW: Final = 5
"""Listings that may go at once, however many there are."""

KINDS: Final = 50
"""Kinds of entries that are counted by their own word."""

EVERY: Final = 200
"""Items between two calls of `progress`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What became of a list; every entry is counted once.

    Attributes:
        list_name: Whose it is, or "" where it has no entry.
        accepted: Organisations that are new or changed.
        duplicates: Those that were there already in whole, or stand in the file twice.
        withdrawn: Those that the list no longer has.
        kept: Those that the file lacks and that were not withdrawn, because rows could not be read.
        passed_over: Entries that are no organisations, by what they are.
        rejected: Rows and names that could not be used.
        ambiguous: Sentences on names of this list's organisations that others have, too, and that joined
            nothing.
        notes: What else is to be told.
    """

    list_name: str = ""
    accepted: int = 0
    duplicates: int = 0
    withdrawn: int = 0
    kept: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)
    rejected: tuple[Unread, ...] = ()
    ambiguous: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """A list as far as it was read."""

    found: dict[str, Given] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)
    rejected: list[Unread] = field(default_factory=list)
    twice: int = 0

    def add(self, item: Item) -> None:
        """Take in what a reader gives."""
        match item:
            case Given():
                self._add_organisation(item)
            case PassedOver(kind):
                known = kind in self.passed_over or len(self.passed_over) < KINDS
                self.passed_over[kind if known else "other entry"] += 1
            case Unread():
                self.rejected.append(item)

    def _add_organisation(self, given: Given) -> None:
        """Take in an organisation; one whose reference another one has already is rejected."""
        first = self.found.setdefault(given.listing.key, given)
        if first is given:
            return
        if first.listing == given.listing:
            self.twice += 1
            return
        reason = f"line {first.line} has another entry with the reference {given.listing.reference}"
        self.rejected.append(Unread(line=given.line, text=given.listing.name, reason=reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What a list as it was read would change of what is kept.

    Attributes:
        names: The lists that its organisations are of.
        fresh: Organisations that are new or changed.
        missing: Those that it lacks and that were not withdrawn before.
        present: How many these lists had that were not withdrawn.
    """

    names: Collection[str]
    fresh: Sequence[Listing]
    missing: Sequence[Listing]
    present: int


async def renew(  # noqa: PLR0913 - each is one word where it is called
    file: ListFile,
    store: Entities,
    *,
    at: datetime,
    told: str = "",
    whole: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Renewal:
    """Take a list in, in the place of what is kept of it.

    Args:
        file: The list.
        store: Where listings are kept.
        at: The present time: what is gone was seen to be gone on this day.
        told: The list's name, where it is a simple table and does not tell.
        whole: The file is all that the list has, whatever it lacks.
        progress: Called now and then with the number of organisations so far.

    Raises:
        BadInput: The file cannot be read, or lacks most of what the list had; nothing was changed.
        StoreError: From the store; nothing was changed.
    """
    reading = _read(file, told, progress)
    stored = await store.listings()
    change = _compared(reading, stored)
    if not whole and not reading.rejected:
        _refuse_a_part(file, change)
    withdraws = whole or not reading.rejected
    gone = [one.withdrawn(at.date().isoformat()) for one in change.missing] if withdraws else []
    await store.put((*change.fresh, *gone))
    return Renewal(
        list_name=next(iter(change.names), ""),
        accepted=len(change.fresh),
        duplicates=len(reading.found) - len(change.fresh) + reading.twice,
        withdrawn=len(gone),
        kept=len(change.missing) - len(gone),
        passed_over=dict(sorted(reading.passed_over.items())),
        rejected=tuple(reading.rejected),
        ambiguous=_ambiguous((*stored, *change.fresh, *gone), change.names),
        notes=tuple(file.notes),
    )


def _read(file: ListFile, told: str, progress: Callable[[int], None] | None) -> _Reading:
    reading = _Reading()
    reader = reader_of(file, told)
    try:
        for count, item in enumerate(reader(file)):
            reading.add(item)
            if len(reading.found) > MOST_ENTRIES or len(reading.rejected) > MOST_ENTRIES:
                raise file.refused("more entries than any list has")
            if progress and not count % EVERY:
                progress(len(reading.found))
    except BadInput as error:
        raise error if str(file.path) in str(error) else file.refused(str(error)) from error
    if not reading.found and not reading.passed_over:
        first = next(iter(reading.rejected), None)
        why = f"line {first.line}: {first.reason}" if first else "no entry"
        raise file.refused(f"{why}. Download the list again")
    return reading


def _compared(reading: _Reading, stored: Sequence[Listing]) -> _Change:
    """Compare a list as it was read with what is kept of it."""
    listings = [given.listing for given in reading.found.values()]
    names = {one.list_name for one in listings}
    before = {one.key: one for one in stored if one.list_name in names}
    present = [one for one in before.values() if not one.withdrawn_on]
    return _Change(
        names=names,
        fresh=[one for one in listings if before.get(one.key) != one],
        missing=[one for one in present if one.key not in reading.found],
        present=len(present),
    )


def _refuse_a_part(file: ListFile, change: _Change) -> None:
    """Refuse a file that lacks most of what its list had: it is more often a part of it than all of it."""
    missing = len(change.missing)
    if missing > FEW and 2 * missing > change.present:
        raise BadInput(
            f"{file.path}: {missing:,} of {change.present:,} organisations of this list are missing in it."
            " If it is the whole list, say --whole."
        )


def _ambiguous(stored: Sequence[Listing], names: Collection[str]) -> tuple[str, ...]:
    """Tell which names of these lists' organisations are those of others, too; the later state counts."""
    current = {(one.list_name, one.key): one for one in stored}
    return tuple(
        f"{entity.title}: {sentence}"
        for entity in joined(current.values())
        if any(d.listing.list_name in names for d in entity.designations)
        for sentence in entity.not_joined
    )
