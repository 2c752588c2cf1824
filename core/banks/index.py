"""Which entries a signal meets: keys and numbers in memory, and nothing else about an entry.

It follows the store's changes and never reads the store. Times are passed in. Pictures are compared by
distance, texts by likeness and by phrases, everything else by equality; account signals meet the `link`
entries, because an account in a list is an identifier.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from core.banks.keys import Keys
from core.banks.known_accounts import KnownAccounts
from core.banks.likeness import Profile
from core.banks.pictures import Pictures, words
from core.banks.texts import KnownTexts
from core.banks.values import MIN_QUALITY
from core.keeping import Change
from core.model import Signal

log = logging.getLogger(__name__)

_MEETS: Final[Mapping[str, str]] = {"account": "link"}
"""Kinds of signal that meet entries of another kind."""

_NOT_BY_EQUALITY: Final = frozenset({"pdq", "text", "phrase", "expression"})
"""Kinds of entry that have a place of their own."""


class Hit(NamedTuple):
    """An entry's number in the store, and the distance in bits where there is one."""

    entry_id: int
    distance: int | None = None


class Index:
    """The keys of all active entries.

    Attributes:
        revision: The last change that is in it.
        texts: What concerns texts.
    """

    def __init__(self) -> None:
        self.revision = 0
        self._equal: dict[str, Keys] = {}
        self._pictures = Pictures()
        self._accounts = KnownAccounts()
        self.texts = KnownTexts()
        self._expiry: dict[int, datetime] = {}

    def __len__(self) -> int:
        return len(self._pictures) + len(self.texts) + sum(map(len, self._equal.values()))

    def apply(self, changes: Sequence[Change]) -> None:
        """Take changes in, oldest first; the same ones again change nothing."""
        last = {change.entry_id: change for change in changes}
        pictures = [c for c in last.values() if c.kind == "pdq"]
        self._pictures.remove([c.entry_id for c in pictures])
        self._pictures.add(list(_hashes(pictures)))
        self._accounts.apply([c for c in last.values() if c.kind == "link"])
        self.texts.apply(last.values())
        for change in last.values():
            if change.kind not in _NOT_BY_EQUALITY:
                self._put(change)
            if change.matchable and change.expires_at:
                self._expiry[change.entry_id] = change.expires_at
            else:
                self._expiry.pop(change.entry_id, None)
        self.revision = max((self.revision, *(c.revision for c in changes)))

    def hits(self, signal: Signal, *, now: datetime) -> tuple[Hit, ...]:
        """Return every entry that a signal meets at a time, nearest first.

        By equality rarely another one, too: compare the entry's value, which only the store knows.
        """
        if signal.kind == "pdq":
            hits = self._near(signal)
        elif signal.kind == "text":
            hits = tuple(map(Hit, self.texts.near(signal)))
        else:
            keys = self._equal.get(_MEETS.get(signal.kind, signal.kind))
            numbers = keys.find(signal.value) if keys else ()
            if not numbers:
                return ()
            hits = tuple(Hit(n) for n in numbers)
        return tuple(hit for hit in hits if self._counts(hit.entry_id, now))

    def around(self, profile: Profile, *, now: datetime) -> tuple[int, ...]:
        """Return the accounts that a profile may resemble at a time; each is still to be weighed."""
        return tuple(number for number in self._accounts.around(profile) if self._counts(number, now))

    def _counts(self, number: int, now: datetime) -> bool:
        return number not in self._expiry or now < self._expiry[number]

    def _near(self, signal: Signal) -> tuple[Hit, ...]:
        wanted = words(signal.value)
        if wanted is None or (signal.quality is not None and signal.quality < MIN_QUALITY):
            return ()
        return tuple(Hit(number, distance) for number, distance in self._pictures.within(wanted))

    def _put(self, change: Change) -> None:
        keys = self._equal.setdefault(change.kind, Keys())
        if change.matchable:
            keys.put(change.value, change.entry_id)
        else:
            keys.drop(change.value, change.entry_id)


def _hashes(changes: Sequence[Change]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for change in changes:
        if not change.matchable:
            continue
        found = words(change.value)
        if found is None:
            # One bad entry, written past the importer, must not keep the others from being known.
            log.error("picture hash in a bank is none", extra={"entry": change.entry_id})
        else:
            yield change.entry_id, found
