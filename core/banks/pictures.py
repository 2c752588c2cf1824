"""PDQ hashes in rows: every hash within a distance of another one, and every one that a view may be.

Hashes come and go without a rebuild: new ones are appended, old ones lose their number. The last few thousand
are all compared, which is quickest for so few; those before them stand in runs that are searched by their
bands (`core.banks.bands`), which skips nearly all and misses none. Runs of like size are merged.

How a hash's bits are kept is said in `core.banks.quarters`.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from core.banks import altered
from core.banks.altered import TURNS, WEIGHT_LIMIT, Turn
from core.banks.bands import MOST, REACH, Bands, Hash, Rows, flat
from core.banks.columns import Column, Columns, column_in, of_part, under
from core.banks.quarters import QUARTERED, quartered
from core.errors import BadInput
from core.view import MAX_BITS, View

LIMIT: Final = MAX_BITS

Numbers = NDArray[np.int64]
Bits = NDArray[np.bool_]

_WORDS: Final = 4
_BLOCK: Final = 1 << 15
_SMALL_BLOCK: Final = 1 << 12
"""Hashes that are compared with all views at once: what comes of it stays in the processor's cache."""

_FEW: Final = 1 << 13
"""Hashes that are all compared: their bands would take as long. Measured: 40 µs either way at 6,000."""

_LARGER: Final = 16
"""A run is merged with the one before it unless that one is so many times as long: a million stand in two."""

_GROWTH: Final = 16
"""Room for one more in so many: with all that belongs to it, a hash of a million takes 97 to 99 bytes."""

_GONE: Final = -1
_HEX_DIGITS: Final = 64
_BYTES: Final = 32
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


def hash_bytes(value: str) -> bytes | None:
    """Return a hash of 64 hex digits as 32 bytes, or None where it is none."""
    if len(value) != _HEX_DIGITS:
        return None
    try:
        found = bytes.fromhex(value)
    except ValueError:
        return None
    # Python skips spaces between digits.
    return found if len(found) == _BYTES else None


class Pictures:
    """Hashes by number; a number stands for one hash at most.

    Args:
        few: So many of the last hashes are all compared.
    """

    def __init__(self, *, few: int = _FEW) -> None:
        self._few = few
        self._rows: Rows = np.zeros((1024, _WORDS), np.uint64)
        self._numbers: Numbers = np.full(1024, _GONE, np.int64)
        self._size = 0
        self._gone = 0
        self._highest = -1
        self._runs: list[Bands] = []

    @property
    def nbytes(self) -> int:
        """The memory of its arrays, with the room for more."""
        return self._rows.nbytes + self._numbers.nbytes + sum(run.nbytes for run in self._runs)

    def __len__(self) -> int:
        return self._size - self._gone

    def columns(self) -> Columns:
        """Return what it consists of, without what was removed; it may be asked beside lookups."""
        kept = Pictures(few=self._few)
        if self._gone:
            there = np.flatnonzero(self._numbers[: self._size] != _GONE)
            kept._rows, kept._numbers = self._rows[there], self._numbers[there]
        else:
            kept._rows, kept._numbers = self._rows[: self._size].copy(), self._numbers[: self._size].copy()
            kept._runs = list(self._runs)
        kept._size = len(kept._numbers)
        kept._shelve()
        found: dict[str, Column] = {"rows": kept._rows, "numbers": kept._numbers}
        for at, run in enumerate(kept._runs):
            found |= under(f"run {at}", run.columns())
        return found

    @classmethod
    def of(cls, columns: Columns, *, few: int = _FEW) -> Self:
        """Make one of its columns; they may be mapped from a file.

        Raises:
            BadInput: They are not.
        """
        found = cls(few=few)
        found._rows = column_in(columns, "rows", np.uint64)
        found._numbers = column_in(columns, "numbers", np.int64)
        found._size = len(found._numbers)
        while part := of_part(f"run {len(found._runs)}", columns):
            found._runs.append(Bands.of(part))
        ends = [0, *(run.stop for run in found._runs)]
        if (
            found._rows.shape != (found._size, _WORDS)
            or [run.start for run in found._runs] != ends[:-1]
            or ends[-1] > found._size
        ):
            raise BadInput("a snapshot's hashes are not whole")
        found._highest = int(found._numbers.max(initial=-1))
        return found

    def add(self, hashes: Sequence[tuple[int, bytes]]) -> None:
        """Add hashes with their numbers, none of which may be here already."""
        if not hashes:
            return
        self._make_room(len(hashes))
        end = self._size + len(hashes)
        for start in range(0, len(hashes), _BLOCK):
            block = b"".join(raw for _, raw in hashes[start : start + _BLOCK])
            rows = quartered(np.frombuffer(block, np.uint8))
            self._rows[self._size + start : self._size + start + len(rows)] = rows
        self._numbers[self._size : end] = [number for number, _ in hashes]
        self._highest = max(self._highest, int(self._numbers[self._size : end].max()))
        self._size = end

    def remove(self, numbers: Collection[int]) -> None:
        """Forget hashes by their numbers; those that are not here are no mistake."""
        # The store's numbers only grow, so what is above the highest one is new: the first load of a large
        # list then never searches for what it could not find.
        known = [number for number in numbers if number <= self._highest]
        if known:
            gone = np.isin(self._numbers[: self._size], known)
            self._numbers[: self._size][gone] = _GONE
            self._gone += int(np.count_nonzero(gone))

    def within(self, wanted: bytes, limit: int = LIMIT) -> list[tuple[int, int]]:
        """Return number and distance in bits of every hash within `limit` bits, nearest first."""
        (query,) = quartered(np.frombuffer(wanted, np.uint8))
        places, bits = self._compared(query, limit)
        numbers = self._numbers[places]
        found = ((n, d) for n, d in zip(numbers.tolist(), bits.tolist(), strict=True) if n != _GONE)
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
        queries = np.ascontiguousarray(quartered(np.packbits(plain, axis=-1)).T)
        for start in range(0, self._size, _SMALL_BLOCK):
            block = slice(start, min(start + _SMALL_BLOCK, self._size))
            four = np.ascontiguousarray(self._rows[block].T)
            # No mirroring changes the last column's count, so most hashes are passed over by it alone.
            first = np.bitwise_count(four[-1] ^ queries[-1, :, np.newaxis])
            likely = ((first <= _PASSED) | (first >= _COLUMN - _PASSED)) & (self._numbers[block] != _GONE)
            asking, asked = np.nonzero(likely)
            counts = [
                np.bitwise_count(column[asked] ^ query[asking]).astype(np.int16)
                for column, query in zip(four, queries, strict=True)
            ]
            for turn in TURNS[:4]:
                distance = np.sum([_mirrored(c, at, turn) for at, c in enumerate(counts)], axis=0)
                far = np.minimum(distance, _BITS - distance)
                for one in np.flatnonzero(far <= _LOOSE):
                    swapped, at = divmod(int(asking[one]), len(grids))
                    # What mirrors the rows of a picture turned by a quarter mirrored its columns before.
                    rows, columns = turn[2:4] if not swapped else turn[2:4][::-1]
                    steps = (bool(swapped), rows, columns, bool(distance[one] > _BITS // 2))
                    yield int(far[one]), start + int(asked[one]), at, _BY_STEPS[steps]

    def _known(self, places: Sequence[int]) -> Bits:
        """Give hashes as bits in the order of their digits."""
        rows = self._rows[places].astype(">u8")
        found = np.empty((len(places), _BITS), np.bool_)
        found[:, QUARTERED] = np.unpackbits(rows.view(np.uint8), axis=-1).reshape(len(places), _BITS)
        return found

    def _compared(self, query: Hash, limit: int) -> tuple[Numbers, NDArray[np.uint16]]:
        """Return places and distances of every hash within `limit` bits, those without a number too."""
        if limit > REACH:
            return flat(self._rows[: self._size], query, limit)
        last = self._shelve()
        found = [run.within(self._rows, query, limit) for run in self._runs]
        if last < self._size or not found:
            places, bits = flat(self._rows[last : self._size], query, limit)
            found.append((places + last, bits))
        if len(found) == 1:
            return found[0]
        return np.concatenate([p for p, _ in found]), np.concatenate([b for _, b in found])

    def _shelve(self) -> int:
        """Make runs of all but the last few hashes; returns the place of the first of these.

        It is done when something is asked: a list that comes in many pieces is then sorted once.
        """
        last = self._runs[-1].stop if self._runs else 0
        if self._size - last <= self._few:
            return last
        start = last
        while self._runs and len(self._runs[-1]) < min(_LARGER * (self._size - start), MOST):
            start = self._runs.pop().start
        for first in range(start, self._size, MOST):
            self._runs.append(Bands(self._rows[first : min(first + MOST, self._size)], first))
        return self._size

    def _make_room(self, more: int) -> None:
        """Grow by a part, and close the gaps."""
        if self._size + more <= len(self._numbers):
            return
        if self._gone:
            kept = np.flatnonzero(self._numbers[: self._size] != _GONE)
            self._rows[: len(kept)] = self._rows[kept]
            self._numbers[: len(kept)] = self._numbers[kept]
            self._size, self._gone = len(kept), 0
            # The runs know hashes by their places.
            self._runs = []
        room = max(1024, (self._size + more) * (_GROWTH + 1) // _GROWTH)
        if not self._rows.flags.owndata:
            self._rows, self._numbers = self._rows.copy(), self._numbers.copy()  # they are a file's
        # Nobody holds a view of them between two calls, so the system may move pages instead of copying them.
        self._rows.resize((room, _WORDS), refcheck=False)
        self._numbers.resize(room, refcheck=False)


_BY_STEPS: Final = {turn[1:]: turn for turn in TURNS}


def _mirrored(count: NDArray[np.int16], column: int, turn: Turn) -> NDArray[np.int16]:
    """Give a column's count for the mirrored picture: odd frequencies change their sign."""
    rows_odd, columns_odd = column // 2 == 0, column % 2 == 0
    changed = (turn.rows_reversed and rows_odd) != (turn.columns_reversed and columns_odd)
    return _COLUMN - count if changed else count
