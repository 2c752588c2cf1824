"""Which entries a signal meets: keys and numbers in memory, and nothing else about an entry.

It follows the store's changes and never reads the store. Times are passed in. Pictures are compared by
distance, texts by likeness and by phrases, everything else by equality; account signals meet the `link`
entries, because an account in a list is an identifier.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Self

import numpy as np

from core.banks.clips import Clips, Passage, frames
from core.banks.columns import Column, Columns, as_json, column_in, json_in, number_in, of_part, single, under
from core.banks.keys import Keys
from core.banks.known_accounts import KnownAccounts
from core.banks.likeness import Profile
from core.banks.parts import Part, Parts
from core.banks.pictures import Pictures, Sight, hash_bytes
from core.banks.texts import KnownTexts
from core.errors import BadInput
from core.keeping import Change
from core.model import Signal
from core.view import MIN_QUALITY

log = logging.getLogger(__name__)

_MEETS: Final[Mapping[str, str]] = {"account": "link"}
"""Kinds of signal that meet entries of another kind."""

FEATURES: Final = "features"
"""The kind of entry by which parts of a picture are recognised; the features stand in its `extra`."""

VIDEO: Final = "video"
"""The kind of entry by which clips are recognised; what their frames show stands in its `extra`."""

ORIGIN: Final = "origin"
"""The kind of signal that is a display name; it meets the names of listed accounts."""

IN_EXTRA: Final[Mapping[str, str]] = {FEATURES: FEATURES, VIDEO: "clip"}
"""Kinds of entry that are matched by what their `extra` holds, under which name; the value is its digest."""

_NOT_BY_EQUALITY: Final = frozenset({"pdq", "text", "phrase", "expression", *IN_EXTRA})
"""Kinds of entry that have a place of their own."""


_NONE: Final[Mapping[int, str]] = {}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Still(NamedTuple):
    """A frame of a video that is a listed picture: its hash, and when it is shown first."""

    value: str
    at_ms: int


class Hit(NamedTuple):
    """An entry's number in the store, the distance in bits where there is one, and how it was recognised."""

    entry_id: int
    distance: int | None = None
    sight: Sight | Part | Passage | Still | None = None


class Index:
    """The keys of all active entries.

    Attributes:
        revision: The last change that is in it.
        texts: What concerns texts.
        erased: Entries of which nothing may stay; whose keys were, nobody knows any more.
    """

    def __init__(self) -> None:
        self.revision = 0
        self._equal: dict[str, Keys] = {}
        self._pictures = Pictures()
        self._accounts = KnownAccounts()
        self.texts = KnownTexts()
        self._parts = Parts()
        self._clips = Clips()
        self._expiry: dict[int, datetime] = {}
        self.erased: set[int] = set()

    def columns(self) -> Columns:
        """Return what it consists of; it may be asked beside lookups, and not beside changes."""
        found: dict[str, Column] = {
            "revision": single(self.revision),
            "kinds": as_json(list(self._equal)),
            "expiring": np.array(list(self._expiry), np.int64),
            "expiry": np.array([(at - _EPOCH) // _MICROSECOND for at in self._expiry.values()], np.int64),
            **under("pictures", self._pictures.columns()),
            **under("accounts", self._accounts.columns()),
            **under("texts", self.texts.columns()),
            **under("parts", self._parts.columns()),
            **under("clips", self._clips.columns()),
        }
        for at, keys in enumerate(self._equal.values()):
            found |= under(f"keys {at}", keys.columns(self.erased))
        return found

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns, which may be mapped from a file.

        Raises:
            BadInput: They are not.
        """
        kinds = json_in(columns, "kinds")
        if not isinstance(kinds, list):
            raise BadInput("a snapshot's kinds are none")
        found = cls()
        found.revision = number_in(columns, "revision")
        found._equal = {str(kind): Keys.of(of_part(f"keys {at}", columns)) for at, kind in enumerate(kinds)}
        found._pictures = Pictures.of(of_part("pictures", columns))
        found._accounts = KnownAccounts.of(of_part("accounts", columns))
        found.texts = KnownTexts.of(of_part("texts", columns))
        found._parts = Parts.of(of_part("parts", columns))
        found._clips = Clips.of(of_part("clips", columns))
        numbers, times = column_in(columns, "expiring", np.int64), column_in(columns, "expiry", np.int64)
        for entry_id, at in zip(numbers.tolist(), times.tolist(), strict=True):
            found._expiry[entry_id] = _EPOCH + at * _MICROSECOND
        return found

    def __len__(self) -> int:
        others = sum(map(len, self._equal.values()))
        return len(self._pictures) + len(self._parts) + len(self._clips) + len(self.texts) + others

    def apply(self, changes: Sequence[Change], extras: Mapping[int, str] = _NONE) -> None:
        """Take changes in, oldest first; the same ones again change nothing.

        Args:
            changes: What changed.
            extras: What the entries of the kinds `IN_EXTRA` are matched by, by their number.
        """
        last = {change.entry_id: change for change in changes}
        pictures = [c for c in last.values() if c.kind == "pdq"]
        self._pictures.remove([c.entry_id for c in pictures])
        self._pictures.add(list(_hashes(pictures)))
        self._accounts.apply([c for c in last.values() if c.kind == "link"])
        self.texts.apply(last.values())
        for kind, known in ((FEATURES, self._parts), (VIDEO, self._clips)):
            changed = [c for c in last.values() if c.kind == kind]
            known.remove([c.entry_id for c in changed])
            for change in changed:
                if change.matchable and change.entry_id in extras:
                    known.put(change.entry_id, extras[change.entry_id])
        for change in last.values():
            if change.kind not in _NOT_BY_EQUALITY:
                self._put(change)
            if change.matchable and change.expires_at:
                self._expiry[change.entry_id] = change.expires_at
            else:
                self._expiry.pop(change.entry_id, None)
        self.revision = max((self.revision, *(c.revision for c in changes)))

    def takes_long(self, signal: Signal) -> bool:
        """Tell whether looking a signal up takes milliseconds; others may be looked up meanwhile."""
        if signal.kind == "pdq":
            return bool(len(self._pictures) or len(self._parts))
        return signal.kind == VIDEO and bool(len(self._clips) or len(self._pictures))

    def hits(self, signal: Signal, *, now: datetime) -> tuple[Hit, ...]:
        """Return every entry that a signal meets at a time, nearest first.

        By equality rarely another one, too: compare the entry's value, which only the store knows.
        """
        if signal.kind == "pdq":
            hits = self._near(signal)
        elif signal.kind == VIDEO:
            hits = self._shown(signal)
        elif signal.kind == "text":
            numbers = self.texts.near(signal)
            hits = tuple(map(Hit, numbers)) if numbers else ()
        elif signal.kind == ORIGIN:
            hits = tuple(map(Hit, self._accounts.named(signal.value)))
        else:
            keys = self._equal.get(_MEETS.get(signal.kind, signal.kind))
            numbers = keys.find(signal.value) if keys is not None else ()
            hits = tuple(map(Hit, numbers)) if numbers else ()
        # Nearly all that people write meets nothing.
        return tuple(hit for hit in hits if self._counts(hit.entry_id, now)) if hits else ()

    def around(self, profile: Profile, *, now: datetime) -> tuple[int, ...]:
        """Return the accounts that a profile may resemble at a time; each is still to be weighed."""
        return tuple(number for number in self._accounts.around(profile) if self._counts(number, now))

    def _counts(self, number: int, now: datetime) -> bool:
        return number not in self._expiry or now < self._expiry[number]

    def _near(self, signal: Signal) -> tuple[Hit, ...]:
        wanted = hash_bytes(signal.value)
        plain = wanted is not None and (signal.quality is None or signal.quality >= MIN_QUALITY)
        found = {n: Hit(n, d) for n, d in self._pictures.within(wanted)} if plain and wanted else {}
        for sight in self._pictures.recognised(signal.views):
            found.setdefault(sight.number, Hit(sight.number, sight.bits, sight))
        nearest = sorted(found.values(), key=lambda hit: (hit.distance or 0, hit.entry_id))
        parts = self._parts.recognised(signal.features)
        return (*nearest, *(Hit(part.number, None, part) for part in parts))

    def _shown(self, signal: Signal) -> tuple[Hit, ...]:
        """Give the clips that a video shows something of, and the listed pictures that it shows."""
        clips = [Hit(passage.number, None, passage) for passage in self._clips.recognised(signal.clip)]
        stills: dict[int, Hit] = {}
        for at_ms, wanted, value in frames(signal.clip) if len(self._pictures) else ():
            for number, bits in self._pictures.within(wanted):
                if number not in stills or bits < (stills[number].distance or 0):
                    stills[number] = Hit(number, bits, Still(value, at_ms))
        return (*clips, *stills.values())

    def _put(self, change: Change) -> None:
        keys = self._equal.get(change.kind)
        if keys is None:
            keys = self._equal[change.kind] = Keys()
        if change.matchable:
            keys.put(change.value, change.entry_id)
            self.erased.discard(change.entry_id)
        else:
            keys.drop(change.value, change.entry_id)
            if not change.value:
                self.erased.add(change.entry_id)


def _hashes(changes: Sequence[Change]) -> Iterator[tuple[int, bytes]]:
    for change in changes:
        if not change.matchable:
            continue
        found = hash_bytes(change.value)
        if found is None:
            # One bad entry, written past the importer, must not keep the others from being known.
            log.error("picture hash in a bank is none", extra={"entry": change.entry_id})
        else:
            yield change.entry_id, found
