"""PDQ hashes in columns: every hash within a distance of another one, found by looking at all of them.

Looking at all is exact and, with the processor's own bit counting over four columns of 64 bits, quicker for
the lists there are than structures that skip some: 100,000 hashes take less than a millisecond. Hashes come
and go without a rebuild: new ones are appended, old ones lose their number.
"""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

LIMIT: Final = 31
"""Bits of 256 that may differ. Source: facebook/ThreatExchange, pdq/README.md, "Distance Threshold"."""

Columns = NDArray[np.uint64]
Numbers = NDArray[np.int64]

_WORDS: Final = 4
_BLOCK: Final = 1 << 15
_GONE: Final = -1
_HEX_DIGITS: Final = 64


def words(value: str) -> tuple[int, ...] | None:
    """Return a hash of 64 hex digits as four numbers of 64 bits, or None where it is none."""
    if len(value) != _HEX_DIGITS:
        return None
    try:
        raw = bytes.fromhex(value)
    except ValueError:
        return None
    return tuple(int.from_bytes(raw[i : i + 8], "big") for i in range(0, len(raw), 8))


class Pictures:
    """Hashes by number; a number stands for one hash at most."""

    def __init__(self) -> None:
        self._columns: Columns = np.zeros((_WORDS, 1024), np.uint64)
        self._numbers: Numbers = np.full(1024, _GONE, np.int64)
        self._size = 0
        self._gone = 0
        self._highest = -1

    def __len__(self) -> int:
        return self._size - self._gone

    def add(self, hashes: Sequence[tuple[int, tuple[int, ...]]]) -> None:
        """Add hashes with their numbers, none of which may be here already."""
        if not hashes:
            return
        self._make_room(len(hashes))
        end = self._size + len(hashes)
        self._columns[:, self._size : end] = np.array([h for _, h in hashes], np.uint64).T
        self._numbers[self._size : end] = [number for number, _ in hashes]
        self._size = end
        self._highest = max(self._highest, *(number for number, _ in hashes))

    def remove(self, numbers: Collection[int]) -> None:
        """Forget hashes by their numbers; those that are not here are no mistake."""
        # The store's numbers only grow, so what is above the highest one is new: the first load of a large
        # list then never searches for what it could not find.
        known = [number for number in numbers if number <= self._highest]
        if known:
            gone = np.isin(self._numbers[: self._size], known)
            self._numbers[: self._size][gone] = _GONE
            self._gone += int(np.count_nonzero(gone))

    def within(self, wanted: tuple[int, ...], limit: int = LIMIT) -> list[tuple[int, int]]:
        """Return number and distance in bits of every hash within `limit` bits, nearest first."""
        found: list[tuple[int, int]] = []
        query = np.array(wanted, np.uint64)
        for start in range(0, self._size, _BLOCK):
            block = slice(start, min(start + _BLOCK, self._size))
            bits = np.zeros(block.stop - start, np.uint16)
            for column, word in zip(self._columns[:, block], query, strict=True):
                bits += np.bitwise_count(column ^ word)
            near = np.flatnonzero(bits <= limit)
            numbers = self._numbers[block][near]
            found += ((int(n), int(d)) for n, d in zip(numbers, bits[near], strict=True) if n != _GONE)
        return sorted(found, key=lambda pair: (pair[1], pair[0]))

    def _make_room(self, more: int) -> None:
        """Grow by half, or close the gaps where they are half of it."""
        if self._size + more <= len(self._numbers):
            return
        kept = np.flatnonzero(self._numbers[: self._size] != _GONE)
        room = max(1024, (len(kept) + more) * 3 // 2)
        columns = np.zeros((_WORDS, room), np.uint64)
        numbers = np.full(room, _GONE, np.int64)
        columns[:, : len(kept)] = self._columns[:, kept]
        numbers[: len(kept)] = self._numbers[kept]
        self._columns, self._numbers, self._size, self._gone = columns, numbers, len(kept), 0
