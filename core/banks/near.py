"""Spellings in columns: every one that may be within one edit of another, found without looking at the rest.

One edit is a letter added, left out, changed, or swapped with its neighbour. Two spellings that far apart
have a form in common once at most one letter is taken out of each; so the hashes of all such forms are kept,
sorted, and looked up. What comes out may include a few that are further away, because a hash is no proof; it
never misses one that is near, up to the cap. Spellings come and go without a rebuild: new ones are a sorted
run of their own, runs of like size are merged, and old ones lose their number.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from core.banks.columns import Column, Columns, column_in
from core.errors import BadInput

LONGEST: Final = 48
"""Letters of a spelling that count."""

CAP: Final = 64
"""Spellings that one form may bring; a form that more of them share says little."""

_LOOKED_AT: Final = 64 * CAP
"""Those of one form that are looked at for ones that are still there."""

_GONE: Final = -1
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_BASE: Final = 0x5851F42D4C957F2D
_MODULUS: Final = 1 << 64
_POWERS: Final = np.array([pow(_BASE, at, _MODULUS) for at in range(LONGEST)], np.uint64)
_INVERSE: Final = np.uint64(pow(_BASE, -1, _MODULUS))
_HALF: Final = np.uint64(32)

Hashes = NDArray[np.uint32]
Rows = NDArray[np.int32]


class Near:
    """Spellings by number; a number may stand for several."""

    def __init__(self) -> None:
        self._runs: list[tuple[Hashes, Rows]] = []
        self._numbers: NDArray[np.int64] = np.full(1024, _GONE, np.int64)
        self._size = 0
        self._highest = -1

    @property
    def nbytes(self) -> int:
        """The memory of its columns."""
        return self._numbers.nbytes + sum(hashes.nbytes + rows.nbytes for hashes, rows in self._runs)

    def columns(self) -> Columns:
        """Return what it consists of, without what was removed; it may be asked beside lookups."""
        numbers = self._numbers[: self._size].copy()
        found: dict[str, Column] = {"numbers": numbers}
        gone = bool((numbers == _GONE).any())
        for at, (hashes, rows) in enumerate(self._runs):
            there = numbers[rows] != _GONE if gone else slice(None)
            found |= {f"hashes {at}": hashes[there], f"rows {at}": rows[there]}
        return found

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns; they may be mapped from a file.

        Raises:
            BadInput: They are not.
        """
        found = cls()
        found._numbers = column_in(columns, "numbers", np.int64)
        found._size = len(found._numbers)
        found._highest = int(found._numbers.max(initial=-1))
        while (name := f"hashes {len(found._runs)}") in columns:
            hashes = column_in(columns, name, np.uint32)
            rows = column_in(columns, f"rows {len(found._runs)}", np.int32)
            if len(hashes) != len(rows):
                raise BadInput("a snapshot's spellings are not whole")
            found._runs.append((hashes, rows))
        found._runs = [run for run in found._runs if len(run[0])]
        return found

    def add(self, spellings: Sequence[tuple[int, str]]) -> None:
        """Add spellings with their numbers."""
        if not spellings:
            return
        end = self._size + len(spellings)
        if end > len(self._numbers):
            room = np.full(end * 3 // 2, _GONE, np.int64)
            room[: self._size] = self._numbers[: self._size]
            self._numbers = room
        self._numbers[self._size : end] = [number for number, _ in spellings]
        hashes, of = _forms([text for _, text in spellings])
        of += np.int32(self._size)
        self._size = end
        self._append(hashes, of)
        self._highest = max(self._highest, *(number for number, _ in spellings))

    def remove(self, numbers: Collection[int]) -> None:
        """Forget the spellings of these numbers; those that are not here are no mistake."""
        # The store's numbers only grow, so what is above the highest one is new.
        known = [number for number in numbers if number <= self._highest]
        if known:
            here = self._numbers[: self._size]
            here[np.isin(here, known)] = _GONE

    def around(self, spellings: Iterable[str]) -> set[int]:
        """Return the numbers of all spellings that may be within one edit of one of these."""
        asked = [spelling for spelling in spellings if spelling]
        if not asked:
            return set()
        wanted = np.unique(_forms(asked)[0])
        found: set[int] = set()
        for hashes, rows in self._runs:
            starts = np.searchsorted(hashes, wanted)
            starts[starts == len(hashes)] = 0
            here = np.flatnonzero(hashes[starts] == wanted)
            if not here.size:
                continue
            ends = np.searchsorted(hashes, wanted[here], "right")
            for start, end in zip(starts[here].tolist(), ends.tolist(), strict=True):
                numbers = self._numbers[rows[start : min(end, start + _LOOKED_AT)]]
                found.update(numbers[numbers != _GONE][:CAP].tolist())
        return found

    def _append(self, hashes: Hashes, rows: Rows) -> None:
        """Put a run behind the others, and merge while the one before it is not twice as long."""
        run = _sorted(hashes, rows)
        while self._runs and len(self._runs[-1][0]) <= 2 * len(run[0]):
            before = self._runs.pop()
            merged, of = np.concatenate((before[0], run[0])), np.concatenate((before[1], run[1]))
            there = self._numbers[of] != _GONE
            run = _sorted(merged[there], of[there])
        self._runs.append(run)


def _sorted(hashes: Hashes, rows: Rows) -> tuple[Hashes, Rows]:
    order = np.argsort(hashes, kind="stable")
    return hashes[order], rows[order]


def _forms(spellings: Sequence[str]) -> tuple[Hashes, Rows]:
    """Return the hashes of each spelling whole and with each of its letters left out, and whose each one is.

    A spelling is a polynomial in its letters; leaving one out is a difference of two sums and one division.
    """
    letters = np.array([s[:LONGEST] for s in spellings], f"U{LONGEST}").view(np.uint32)
    letters = letters.reshape(len(spellings), LONGEST).astype(np.uint64)
    sums = np.zeros((len(spellings), LONGEST + 1), np.uint64)
    np.cumsum(letters * _POWERS, axis=1, out=sums[:, 1:])
    whole = sums[:, -1:]
    without = sums[:, :-1] + (whole - sums[:, 1:]) * _INVERSE
    of, place = np.nonzero(letters)
    # Leaving out either of two equal neighbours gives the same form: once is enough.
    first = (place == 0) | (letters[of, place] != letters[of, place - 1])
    of, place = of[first], place[first]
    hashes = np.concatenate((whole[:, 0], without[of, place])) * _MIX
    rows = np.concatenate((np.arange(len(spellings)), of))
    return (hashes >> _HALF).astype(np.uint32), rows.astype(np.int32)
