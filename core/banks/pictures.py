"""PDQ hashes in columns: every hash within a distance of another one, found by looking at all of them.

Looking at all is exact and, with the processor's own bit counting over four columns of 64 bits, quicker for
the lists there are than structures that skip some: 100,000 hashes take less than a millisecond. Hashes come
and go without a rebuild: new ones are appended, old ones lose their number.

A hash's bits are kept sorted into four columns by whether their frequencies along both axes are odd or even.
Mirroring a picture complements whole columns, so that the distances of its eight mirrored and inverted forms
are sums of the same four counts.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.banks import altered
from core.banks.altered import TURNS, WEIGHT_LIMIT, Turn
from core.view import View

LIMIT: Final = 31
"""Bits of 256 that may differ. Source: facebook/ThreatExchange, pdq/README.md, "Distance Threshold"."""

Columns = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Bits = NDArray[np.bool_]

_WORDS: Final = 4
_BLOCK: Final = 1 << 15
_SMALL_BLOCK: Final = 1 << 12
"""Hashes that are compared with all views at once: what comes of it stays in the processor's cache."""

_GONE: Final = -1
_HEX_DIGITS: Final = 64
_BITS: Final = 256

_LOOSE: Final = 88
"""Bits up to which a hash is weighed. Of 2,400 altered copies within the weight none had over 82."""

_COLUMN: Final = 64
_PASSED: Final = 24
"""Of a column's bits, how many may differ (or be equal, in an inverted picture) for a hash to be looked at.

It leaves one unrelated hash in seventeen. Of 2,400 altered copies within the weight nine in a thousand differ
in more; without mirroring and within 31 bits, `within` finds all of them.
"""

_MOST_WEIGHED: Final = 4096
"""Hashes that are weighed for one picture at most, the nearest first: a list may hold many of a kind."""

_PLACES: Final = np.arange(_BITS)[::-1]
_SORTED: Final = np.argsort((_PLACES // 16 % 2) * 2 + _PLACES % 2, kind="stable")
"""For each bit of a column its place among a hash's digits."""


class Sight(NamedTuple):
    """A hash that was recognised in a view.

    Attributes:
        number: Of the hash.
        bits: That differ, of 256.
        weight: The share of certainty that differs.
    """

    number: int
    bits: int
    weight: float
    view: View
    turn: Turn


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
        for start in range(0, len(hashes), _BLOCK):
            block = [h for _, h in hashes[start : start + _BLOCK]]
            self._columns[:, self._size + start : self._size + start + len(block)] = _packed(_unpacked(block))
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
        query = _packed(_unpacked([wanted]))[:, 0]
        for block in self._blocks(_BLOCK):
            bits = np.zeros(block.stop - block.start, np.uint16)
            for column, word in zip(self._columns[:, block], query, strict=True):
                bits += np.bitwise_count(column ^ word)
            near = np.flatnonzero(bits <= limit)
            numbers = self._numbers[block][near]
            found += ((int(n), int(d)) for n, d in zip(numbers, bits[near], strict=True) if n != _GONE)
        return sorted(found, key=lambda pair: (pair[1], pair[0]))

    def recognised(self, views: Sequence[View], limit: float = WEIGHT_LIMIT) -> list[Sight]:
        """Return, for every hash that is within 31 bits or the weight of some view, the best sight of it."""
        if not (views and self._size):
            return []
        best: dict[int, Sight] = {}
        grids = [altered.coefficients(view) for view in views]
        near = sorted(self._near(grids), key=lambda one: one[:3])[:_MOST_WEIGHED]
        known = self._known([place for _, place, _, _ in near])
        for (_, place, at, turn), bits in zip(near, known, strict=True):
            (one,) = altered.weighed(altered.turned(grids[at], turn), [bits])
            number = int(self._numbers[place])
            if one.bits <= LIMIT or one.weight <= limit:
                sight = Sight(number, one.bits, one.weight, views[at], turn)
                best[number] = min(best.get(number, sight), sight, key=lambda s: (s.bits > LIMIT, s.weight))
        return list(best.values())

    def _near(self, grids: Sequence[altered.Signs]) -> Iterator[tuple[int, int, int, Turn]]:
        """Give each hash that a turn of a view is near to: about how near, its place, the view, the turn."""
        plain = [altered.bits(altered.turned(g, turn)) for turn in (TURNS[0], TURNS[4]) for g in grids]
        queries = _packed(np.array(plain))
        for block in self._blocks(_SMALL_BLOCK):
            # No mirroring changes the last column's count, so most hashes are passed over by it alone.
            first = np.bitwise_count(self._columns[-1, block] ^ queries[-1, :, np.newaxis])
            likely = ((first <= _PASSED) | (first >= _COLUMN - _PASSED)) & (self._numbers[block] != _GONE)
            asking, asked = np.nonzero(likely)
            asked += block.start
            counts = [
                np.bitwise_count(column[asked] ^ query[asking]).astype(np.int16)
                for column, query in zip(self._columns, queries, strict=True)
            ]
            for turn in TURNS[:4]:
                distance = np.sum([_mirrored(c, at, turn) for at, c in enumerate(counts)], axis=0)
                far = np.minimum(distance, _BITS - distance)
                for one in np.flatnonzero(far <= _LOOSE):
                    swapped, at = divmod(int(asking[one]), len(grids))
                    # What mirrors the rows of a picture turned by a quarter mirrored its columns before.
                    rows, columns = turn[2:4] if not swapped else turn[2:4][::-1]
                    steps = (bool(swapped), rows, columns, bool(distance[one] > _BITS // 2))
                    yield int(far[one]), int(asked[one]), at, _BY_STEPS[steps]

    def _known(self, places: Sequence[int]) -> Bits:
        """Give hashes as bits in the order of their digits."""
        columns = np.ascontiguousarray(self._columns[:, places].T).astype(">u8")
        found = np.empty((len(places), _BITS), np.bool_)
        found[:, _SORTED] = np.unpackbits(columns.view(np.uint8), axis=-1).reshape(len(places), _BITS)
        return found

    def _blocks(self, size: int) -> Iterator[slice]:
        return (slice(s, min(s + size, self._size)) for s in range(0, self._size, size))

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


_BY_STEPS: Final = {turn[1:]: turn for turn in TURNS}


def _mirrored(count: NDArray[np.int16], column: int, turn: Turn) -> NDArray[np.int16]:
    """Give a column's count for the mirrored picture: odd frequencies change their sign."""
    rows_odd, columns_odd = column // 2 == 0, column % 2 == 0
    changed = (turn.rows_reversed and rows_odd) != (turn.columns_reversed and columns_odd)
    return _COLUMN - count if changed else count


def _unpacked(hashes: Sequence[tuple[int, ...]]) -> Bits:
    """Give hashes, each four numbers, as bits in the order of their digits."""
    raw = np.array(hashes, ">u8").view(np.uint8)
    return np.unpackbits(raw, axis=-1).reshape(len(hashes), _BITS).astype(np.bool_)


def _packed(bits: Bits) -> Columns:
    """Sort bits into the four columns."""
    raw = np.ascontiguousarray(np.packbits(bits[:, _SORTED], axis=-1))
    return np.ascontiguousarray(raw.view(">u8").astype(np.uint64).T)
