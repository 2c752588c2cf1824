"""Hashes of 256 bits by bands of 16: every one within 31 bits of another, without a look at most of them.

Where at most 31 bits of 16 bands differ, some band differs in one bit at most. So each band of what is asked,
as it is and with each of its bits changed, names 17 shelves, and only the hashes on these 272 of a million
shelves are compared: one in 240 where bits are as good as accidental. It is exact, never a likelihood. Where
many hashes share their bands, the shelves would hold more than there are hashes: then all are compared.

A band's shelves stand one behind the other in one array of rows, a row in three bytes: 48 bytes for a hash,
beside the hash itself, and 4 MB of borders.
"""

from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from core.banks.columns import Columns, column_in
from core.errors import BadInput

REACH: Final = 31
"""The most bits that may differ for nothing to be missed: twice the bands less one."""

MOST: Final = 1 << 24
"""Rows that three bytes can tell apart."""

Rows = NDArray[np.uint64]
"""Hashes, four words each, one after the other in memory."""

Hash = NDArray[np.uint64]
Places = NDArray[np.int64]
Distances = NDArray[np.uint16]

_WORDS: Final = 4
_BANDS: Final = 16
_BAND_BITS: Final = 16
_SHELVES: Final = 1 << _BAND_BITS
_FIRSTS: Final = (np.arange(_BANDS) * _SHELVES)[:, np.newaxis]
_CHANGES: Final = np.array([0, *(1 << bit for bit in range(_BAND_BITS))], np.uint16)

_BLOCK: Final = 1 << 13
"""Hashes that are compared at once: what comes of it stays in the processor's cache."""

_DEAR: Final = 4
"""Comparing a hash from a shelf costs so many times what it costs where all are compared in their order."""

_BYTE: Final = np.uint32(8)
_TWO_BYTES: Final = np.uint32(16)
_EVEN_BYTES: Final = np.uint32(0x00FF00FF)
_SUM: Final = np.uint32(0x1FF)


def flat(rows: Rows, wanted: Hash, limit: int) -> tuple[Places, Distances]:
    """Return places and distances of all hashes within `limit` bits, by comparing every one."""
    copies = np.tile(wanted, (min(len(rows), _BLOCK), 1))
    places, bits = [np.zeros(0, np.int64)], [np.zeros(0, np.uint16)]
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        apart = _distances(block, copies[: len(block)])
        near = np.flatnonzero(apart <= limit)
        if near.size:
            places.append(near + start)
            bits.append(apart[near])
    return np.concatenate(places), np.concatenate(bits)


def _distances(rows: Rows, others: Rows) -> Distances:
    """Count the bits in which hashes differ, one by one.

    The other ones are as many, even where all are the same: numpy is slow over rows as short as four words.
    """
    counts = np.bitwise_count(rows ^ others).view(np.uint32).ravel()
    # The four counts of a hash, 64 at most, are added as one number: by pairs, so that 256 is not 0.
    pairs = (counts & _EVEN_BYTES) + ((counts >> _BYTE) & _EVEN_BYTES)
    found: Distances = ((pairs + (pairs >> _TWO_BYTES)) & _SUM).astype(np.uint16)
    return found


class Bands:
    """The shelves of hashes that stand one behind the other; it keeps no hash.

    Args:
        rows: The hashes, `MOST` at most.
        start: The place of the first one among all.
    """

    def __init__(self, rows: Rows, start: int) -> None:
        self.start, self.stop = start, start + len(rows)
        self._low = np.empty(_BANDS * len(rows), np.uint16)
        self._high = np.empty(_BANDS * len(rows), np.uint8)
        self._borders = np.zeros(_BANDS * _SHELVES + 1, np.uint32)
        for band in range(_BANDS):
            keys = np.ascontiguousarray(rows.view(np.uint16)[:, band])
            order = np.argsort(keys, kind="stable")
            here = slice(band * len(rows), (band + 1) * len(rows))
            self._low[here] = order & (_SHELVES - 1)
            self._high[here] = order >> _BAND_BITS
            ends = np.cumsum(np.bincount(keys, minlength=_SHELVES)) + here.start
            self._borders[band * _SHELVES + 1 : (band + 1) * _SHELVES + 1] = ends

    def columns(self) -> Columns:
        """Return what it consists of; none of it ever changes."""
        place = np.array([self.start, self.stop], np.int64)
        return {"place": place, "low": self._low, "high": self._high, "borders": self._borders}

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns.

        Raises:
            BadInput: They are not.
        """
        start, stop = column_in(columns, "place", np.int64).tolist()
        found = cls(np.zeros((0, _WORDS), np.uint64), start)
        found.stop = stop
        found._low, found._high = column_in(columns, "low", np.uint16), column_in(columns, "high", np.uint8)
        found._borders = column_in(columns, "borders", np.uint32)
        sizes = (found._low.size, found._high.size, found._borders.size)
        if sizes != (_BANDS * len(found), _BANDS * len(found), _BANDS * _SHELVES + 1):
            raise BadInput("a snapshot's shelves are not whole")
        return found

    def __len__(self) -> int:
        return self.stop - self.start

    @property
    def nbytes(self) -> int:
        """The memory of its arrays."""
        return self._low.nbytes + self._high.nbytes + self._borders.nbytes

    def within(self, rows: Rows, wanted: Hash, limit: int) -> tuple[Places, Distances]:
        """Return places among all and distances of every hash within `limit` bits, `REACH` at most.

        Args:
            rows: All hashes; those that are shelved here stand where they stood.
            wanted: The hash that they are compared with.
            limit: In bits.
        """
        here = rows[self.start : self.stop]
        shelves = (wanted.view(np.uint16)[:, np.newaxis] ^ _CHANGES) + _FIRSTS
        starts = self._borders[shelves.ravel()].astype(np.int64)
        counts = self._borders[shelves.ravel() + 1] - starts
        ends = counts.cumsum()
        if ends[-1] * _DEAR > len(self):
            places, bits = flat(here, wanted, limit)
            return places + self.start, bits
        at = np.repeat(starts - ends + counts, counts) + np.arange(ends[-1])
        # `take` is five times as quick as brackets.
        asked = self._low.take(at) | (self._high.take(at).astype(np.int64) << _BAND_BITS)
        apart = _distances(here.take(asked, axis=0), np.tile(wanted, (len(asked), 1)))
        near = np.flatnonzero(apart <= limit)
        if not near.size:
            return near, apart[near]
        # A hash stands on a shelf of each of its bands.
        places, first = np.unique(asked[near], return_index=True)
        return places + self.start, apart[near[first]]
