"""Which known statements a text may hold: sampled runs in sorted columns, counted.

A text asks for one in four or eight of its runs, so its cost does not grow with the bank; the few statements
that share enough of them are then compared in full (`core.banks.copies`). Statements come and go without a
rebuild: new ones make a small column, columns of like size are merged, and what is gone loses its number.
A statement of 150 words takes about 800 bytes.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from core.banks.columns import Columns, column_in
from core.banks.sketch import Sketch
from core.errors import BadInput

SHORT: Final = 400
"""Letters up to which a text or statement is sampled more densely, so that 60 characters leave enough."""

CANDIDATES: Final = 16
"""Statements that are compared in full: those that share most."""

SHARED_BY: Final = 32
"""Statements that one run leads to, at most."""

WORN: Final = 8
"""A run that more statements than this have is a formula: a prayer, a slogan, a legal notice."""

_DENSE, _SPARSE = 4, 8
_AT_LEAST: Final = 2
_FEW: Final = 12
_LEAST: Final = 0.05
_VERSIONS: Final = 0.25
_MANY: Final = 10_000  # from here on three shared runs of an everyday text are chance
_FORMULAE: Final = 0.95
_FAMILY: Final = 0.6
_MERGED: Final = 4
_GONE: Final = -1

Column = NDArray[np.uint64]


class Statements:
    """Sketches by number; a number stands for one statement at most."""

    def __init__(self) -> None:
        self._columns: list[Column] = []
        self._numbers = array("q")
        self._samples = array("i")
        self._row: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._row)

    def columns(self) -> Columns:
        """Return what it consists of, without what was removed; it may be asked beside lookups."""
        numbers, samples = np.array(self._numbers, np.int64), np.array(self._samples, np.int32)
        runs = {f"runs {at}": self._alive(one) for at, one in enumerate(self._columns)}
        return {"numbers": numbers, "samples": samples, **runs}

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns; they may be mapped from a file.

        Raises:
            BadInput: They are not.
        """
        numbers, samples = column_in(columns, "numbers", np.int64), column_in(columns, "samples", np.int32)
        if len(numbers) != len(samples):
            raise BadInput("a snapshot's statements are not whole")
        found = cls()
        found._numbers.frombytes(numbers.tobytes())
        found._samples.frombytes(samples.tobytes())
        found._row = {number: row for row, number in enumerate(found._numbers) if number != _GONE}
        while (name := f"runs {len(found._columns)}") in columns:
            found._columns.append(column_in(columns, name, np.uint64))
        found._columns = [one for one in found._columns if one.size]
        return found

    def add(self, sketches: Mapping[int, Sketch]) -> None:
        """Add statements by number; one that is here already is replaced."""
        self.remove(sketches)
        found = [self._keyed(number, one) for number, one in sketches.items() if one.hashes.size]
        if not found:
            return
        column = np.sort(np.concatenate(found))
        while self._columns and self._columns[-1].size <= _MERGED * column.size:
            column = np.sort(np.concatenate([self._alive(self._columns.pop()), column]), kind="stable")
        self._columns.append(column)

    def remove(self, numbers: Mapping[int, object] | list[int]) -> None:
        """Forget statements by their numbers; those that are not here are no mistake."""
        for number in numbers:
            row = self._row.pop(number, None)
            if row is not None:
                self._numbers[row] = _GONE

    def near(self, text: Sketch) -> tuple[int, ...]:
        """Return the numbers of statements that share enough with a text to be compared, most first."""
        asked = _asked(text)
        telling, worn = self._found(asked)
        best = self._best(telling, asked.size, at_least=_AT_LEAST)
        # Runs that many have lead nowhere in particular, unless they lead to the same ones, again and again:
        # then the text may be one of many versions of a statement.
        if not best and len(worn) >= max(_FEW, _VERSIONS * asked.size):
            best = self._best([keys[:SHARED_BY] for keys in worn], asked.size, at_least=len(worn) // 2)
        return tuple(self._numbers[row] for row in best)

    def _best(self, keys: Sequence[Column], asked: int, *, at_least: int) -> list[int]:
        """Return the rows that have most of some runs, and enough."""
        hits = Counter((np.concatenate(keys) & np.uint64(0xFFFFFFFF)).tolist() if keys else ())
        often = ((n, row) for row, n in hits.items() if n >= at_least)
        best = sorted((-n, row) for n, row in often if n >= self._needed(row, asked))
        return [row for _, row in best[:CANDIDATES]]

    def _needed(self, row: int, asked: int) -> int:
        """Say how many shared runs make a statement worth comparing."""
        if self._numbers[row] == _GONE:
            return asked + 1
        fewer = min(self._samples[row], asked)
        if fewer < _FEW:
            return _AT_LEAST
        return max(_AT_LEAST + 1 + (len(self) > _MANY), ceil(_LEAST * fewer))

    def only_formulae(self, text: Sketch, known: Sketch) -> bool:
        """Tell whether a text shares nothing with a statement but what many other statements have too.

        A statement that consists of little else (one of many versions of the same) is known by it.
        """
        asked = _asked(known)
        worn = self._counts(asked) > WORN
        there = np.isin(asked, text.hashes.astype(np.uint64))
        return bool(there.any() and worn[there].mean() >= _FORMULAE and worn.mean() < _FAMILY)

    def _keyed(self, number: int, known: Sketch) -> Column:
        """Give a new statement its row; its sampled runs with the row in their lower half are its keys."""
        row = self._row[number] = len(self._numbers)
        sampled = _asked(known)
        self._numbers.append(number)
        self._samples.append(sampled.size)
        keys: Column = sampled << np.uint64(32) | np.uint64(row)
        return keys

    def _alive(self, column: Column) -> Column:
        rows = (column & np.uint64(0xFFFFFFFF)).astype(np.int64)
        alive: Column = column[np.frombuffer(self._numbers, np.int64)[rows] != _GONE]
        return alive

    def _found(self, asked: Column) -> tuple[list[Column], list[Column]]:
        """Return the keys of each asked run: those that few statements have, and those that many have."""
        few: list[Column] = []
        many: list[Column] = []
        for column in self._columns:
            first, count = _bounds(column, asked)
            for start, n in zip(first.tolist(), count.tolist(), strict=True):
                (few if n <= SHARED_BY else many).append(column[start : start + n])
        return few, many

    def _counts(self, asked: Column) -> NDArray[np.int64]:
        counts = np.zeros(asked.size, np.int64)
        for column in self._columns:
            first, count = _bounds(column, asked)
            counts[np.isin(asked, column[first] >> np.uint64(32))] += count
        return counts


def _bounds(column: Column, asked: Column) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the keys begin, and how many there are, of each asked run that the column has."""
    low = asked << np.uint64(32)
    first = np.searchsorted(column, low)
    first = first[column[np.minimum(first, column.size - 1)] >> np.uint64(32) == asked]
    high = column[first] | np.uint64(0xFFFFFFFF)
    return first, np.searchsorted(column, high, "right") - first


def _asked(text: Sketch) -> Column:
    """Return the runs of a text that lead to statements, or by which a statement is found."""
    sampled = text.sampled(_DENSE if text.letters <= SHORT else _SPARSE)
    return np.unique(sampled.hashes).astype(np.uint64)
