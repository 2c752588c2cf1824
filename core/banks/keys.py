"""Which entries a value stands for, in few bytes: a million identifiers take 17 MB.

Kept are 64-bit hashes and numbers, sorted, and not the values; what changed since the last sorting waits in
a small dictionary. A field of bits is asked before both: it lies closer to the processor than a million
hashes do, and most of what people write is on no list. Two values may share a hash, about once in 30
million banks of a million: whoever asks compares the value of what is found. The hash is Python's own, with
its secret of this process, so no list can be made whose values collide, and none of it is worth keeping on
a disk.
"""

from array import array
from bisect import bisect_left
from typing import Final

import numpy as np

_WAITING: Final = 1 << 16
_SHARE: Final = 8
"""What changed is sorted in when it is more than these many, and more than this part of the whole."""

_SHELVES: Final = 1 << 14
_BEHIND: Final = 64 - 14
"""Hashes of one shelf share their first 14 bits: 60 of a million, few enough to stay in a cache."""

_MARKS: Final = 1 << 20
_MARK: Final = 64 - 23
"""Hashes that share their first 23 bits share a mark: of a million values, one unknown one in nine does."""

_64_BITS: Final = (1 << 64) - 1


class Keys:
    """Values of one kind, each with the numbers of its entries."""

    def __init__(self, *, waiting: int = _WAITING) -> None:
        self._hashes = array("Q")
        self._numbers = array("Q")
        self._shelves = array("Q", bytes(8 * (_SHELVES + 1)))
        self._marks = bytearray(_MARKS)
        self._fresh: dict[int, tuple[int, ...]] = {}
        self._waiting = waiting
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, value: str, number: int) -> None:
        """Let a value stand for an entry; once more changes nothing."""
        key, had = self._had(value)
        if number not in had:
            self._change(key, (*had, number), 1)

    def drop(self, value: str, number: int) -> None:
        """Let a value stand for an entry no longer; where it did not, nothing changes."""
        key, had = self._had(value)
        if number in had:
            self._change(key, tuple(n for n in had if n != number), -1)

    def find(self, value: str) -> tuple[int, ...]:
        """Return the numbers of the entries that a value stands for, and rarely one of another value."""
        return self._had(value)[1]

    def _had(self, value: str) -> tuple[int, tuple[int, ...]]:
        key = hash(value) & _64_BITS
        mark = key >> _MARK
        if not self._marks[mark >> 3] >> (mark & 7) & 1:
            return key, ()
        fresh = self._fresh.get(key)
        if fresh is not None:
            return key, fresh
        shelf = key >> _BEHIND
        end = self._shelves[shelf + 1]
        first = last = bisect_left(self._hashes, key, self._shelves[shelf], end)
        if first == end or self._hashes[first] != key:
            return key, ()
        while last < end and self._hashes[last] == key:
            last += 1
        return key, tuple(self._numbers[first:last])

    def _change(self, key: int, numbers: tuple[int, ...], by: int) -> None:
        self._fresh[key] = numbers
        # What is dropped leaves its mark behind: that costs a look, and no mistake.
        mark = key >> _MARK
        self._marks[mark >> 3] |= 1 << (mark & 7)
        self._size += by
        if len(self._fresh) > max(self._waiting, len(self._hashes) // _SHARE):
            self._sort_in()

    def _sort_in(self) -> None:
        """Merge what waits into the sorted arrays; numbers of one value keep their order."""
        hashes = np.frombuffer(self._hashes, np.uint64)
        stays = ~np.isin(hashes, np.fromiter(self._fresh, np.uint64, len(self._fresh)))
        pairs = [(key, number) for key, numbers in self._fresh.items() for number in numbers]
        new = np.array(pairs, np.uint64).reshape(-1, 2)
        merged = np.concatenate((hashes[stays], new[:, 0]))
        numbers = np.concatenate((np.frombuffer(self._numbers, np.uint64)[stays], new[:, 1]))
        order = np.argsort(merged, kind="stable")
        self._hashes, self._numbers = array("Q"), array("Q")
        self._hashes.frombytes(merged[order].tobytes())
        self._numbers.frombytes(numbers[order].tobytes())
        borders = np.arange(_SHELVES, dtype=np.uint64) << np.uint64(_BEHIND)
        self._shelves = array("Q", np.searchsorted(merged[order], borders).astype(np.uint64).tobytes())
        self._shelves.append(len(merged))
        self._fresh = {}
