"""What a reader of lists gives, and what all readers share: limits, and names made fit to keep.

A reader takes an open file and gives its items one by one. An entry is a `Listing`, a `PassedOver` or an
`Unread`; what no item tells of is not in the list.
"""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.entity import Listing
from core.errors import BadInput

MOST_BYTES: Final = 2_000_000_000
"""Of a list; the largest collection that is public has some hundred MB."""

MOST_ENTRIES: Final = 300_000
"""Organisations of one list; the largest collection has some 70,000."""

MOST_OTHERS: Final = 5_000_000
"""Entries of one list that are no organisations."""

MOST_NAMES: Final = 2_000
"""Of one organisation; the most that a list has is some hundred."""

LONGEST_NAME: Final = 500
"""Characters."""

_SHOWN: Final = 120
_PIECE: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An entry that is no organisation: an individual, a vessel, an aircraft, or what the list calls it."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A row that cannot be used: where, how it begins, why."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An organisation, and the line its entry begins on."""

    line: int
    listing: Listing


Item = Given | PassedOver | Unread


@dataclass(slots=True)
class ListFile:
    """A list on the disk.

    Attributes:
        path: Where.
        read_bytes: How far it is read.
        notes: What is to be told of the reading as a whole.
    """

    path: Path
    read_bytes: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def size_bytes(self) -> int:
        """How large it is.

        Raises:
            BadInput: It cannot be read, or is larger than any list.
        """
        try:
            size = self.path.stat().st_size
        except OSError as error:
            raise self.refused(f"{(error.strerror or str(error)).lower()}") from error
        if size > MOST_BYTES:
            raise self.refused(f"larger than {MOST_BYTES // 1_000_000_000} GB, which no list is")
        return size

    def pieces(self) -> Iterator[bytes]:
        """Give its bytes.

        Raises:
            BadInput: It cannot be read.
        """
        self.read_bytes = 0
        try:
            with self.path.open("rb") as file:
                while piece := file.read(_PIECE):
                    self.read_bytes += len(piece)
                    yield piece
        except OSError as error:
            raise self.refused(f"{(error.strerror or str(error)).lower()}") from error

    def refused(self, why: str) -> BadInput:
        """Give the error that says why it cannot be read."""
        return BadInput(f"cannot read {self.path}: {why}.")


Reader = Callable[[ListFile], Iterator[Item]]


@dataclass(slots=True, kw_only=True)
class Draft:
    """An organisation while its names are collected, in the order of the list.

    Attributes:
        line: Where its entry begins.
        unread: Names that cannot be kept.
    """

    list_name: str
    reference: str = ""
    line: int
    name: str = ""
    aliases: dict[str, None] = field(default_factory=dict)
    weak: dict[str, None] = field(default_factory=dict)
    listed_on: str = ""
    un_reference: str = ""
    programs: dict[str, None] = field(default_factory=dict)
    authorities: dict[str, None] = field(default_factory=dict)
    url: str = ""
    unread: list[Unread] = field(default_factory=list)

    def call(self, written: str, *, line: int | None = None, first: bool = False, weak: bool = False) -> None:
        """Add a name; the first one that may be is the name, the others are aliases."""
        found = _clean(written)
        at = self.line if line is None else line
        if len(found) > LONGEST_NAME:
            self._refuse(at, found, f"a name of more than {LONGEST_NAME} characters")
        elif "\ufffd" in found:
            self._refuse(at, found, "bytes that are no text in this file's encoding")
        elif len(self.aliases) + len(self.weak) >= MOST_NAMES:
            if len(self.unread) < MOST_NAMES:
                self._refuse(at, found, f"more than {MOST_NAMES:,} names of one organisation")
        elif not any(c.isalnum() for c in found):
            return
        elif weak:
            self.weak.setdefault(found)
        elif first and not self.name:
            self.name = found
        else:
            self.aliases.setdefault(found)

    def items(self) -> Iterator[Item]:
        """Give the listing, and the names that cannot be kept."""
        yield from self.unread
        if not self.name and self.aliases:
            self.name = next(iter(self.aliases))
        if not self.name:
            if not self.unread:
                yield Unread(line=self.line, text=self.reference, reason="no name")
            return
        aliases = [a for a in self.aliases if a != self.name]
        listing = Listing(
            list_name=self.list_name,
            reference=self.reference,
            name=self.name,
            aliases=tuple(aliases),
            weak_aliases=tuple(w for w in self.weak if w != self.name and w not in self.aliases),
            listed_on=self.listed_on,
            un_reference=self.un_reference,
            programs=tuple(self.programs),
            authorities=tuple(self.authorities),
            url=self.url,
        )
        yield Given(line=self.line, listing=listing)

    def _refuse(self, line: int, text: str, reason: str) -> None:
        self.unread.append(Unread(line=line, text=shown(text), reason=reason))


@dataclass(slots=True)
class Gathered:
    """Organisations whose rows may stand anywhere in their list, by what the rows have in common."""

    file: ListFile
    drafts: dict[str, Draft] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def draft(self, key: str, make: Callable[[], Draft]) -> Draft:
        """Return an organisation's draft, made at its first row."""
        found = self.drafts.get(key)
        if found is None:
            found = self.drafts[key] = make()
            self._limit()
        return found

    def other(self, key: str, kind: str) -> Iterator[PassedOver]:
        """Give an entry that is no organisation, at its first row."""
        if key not in self.others:
            self.others.add(key)
            self._limit()
            yield PassedOver(kind or "entry without a type")

    def items(self) -> Iterator[Item]:
        """Give all organisations, in the order of their first rows."""
        for draft in self.drafts.values():
            yield from draft.items()

    def _limit(self) -> None:
        if len(self.drafts) > MOST_ENTRIES or len(self.others) > MOST_OTHERS:
            raise self.file.refused("more entries than any list has")


def _clean(written: str) -> str:
    """Return a text as one line without control characters; joiners stay, Persian words need them."""
    if written.isascii() and written.isprintable():
        return " ".join(written.split())
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in written).split())


def shown(text: str) -> str:
    """Return as much of a text as a report tells."""
    text = _clean(text[: 4 * _SHOWN])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
