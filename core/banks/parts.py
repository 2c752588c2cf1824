"""Parts of listed pictures, recognised by features that agree in one geometry.

Kept only where a moderator gave the picture itself: a list's hash says nothing about parts. A picture takes
8 kB in the bank (160 features of 38 bytes, as base64), and 22 kB in memory with eight sorted keys of each.

Three steps. Sixteen bits of a feature are a key, eight times over: features that share a key and differ in
few bits vote for their picture, so that most pictures are never looked at. For those with votes, each pair of
features says how the picture would have to be moved, turned and enlarged; the opinion that most others share
is refined, and the pairs that fit it are counted, each small place once. One feature is never believed: eight
places in one geometry are what confirms the first one. And half of the features that should then be
seen must be there, to two pixels: two photographs of one thing agree as well, but not so exactly.
"""

import base64
import logging
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from core.banks.columns import Columns, column_in
from core.banks.geometry import Features, agreed
from core.errors import BadInput
from core.media.features import ITEM, MOST, SIZE, UNIT

log = logging.getLogger(__name__)

PLACES: Final = 8
"""Places that must agree for a part to be recognised at all.

Measured on 41,000 comparisons of pictures that show different things: none had over 5. Two photographs of one
building had up to 15, which is why this alone is never enough.
"""

AGAIN: Final = 0.5
"""The share of the features that should be seen that must be, for a part to be recognised surely.

Measured on two pairs of photographs of one thing, with 600 altered copies: 0.43 at most for a painted
coaster, 0.30 for a building. Two pairs are few. More than one altered copy in five stays under it, and is
weak by its parts alone. What two pictures truly share, such as a poster pasted into both, counts as a part of
either once it makes up half of what is seen.
"""

EXPECTED: Final = 12
"""Features that should be seen, at least, for a share of them to say something."""

KEPT: Final = 160
"""Features of a listed picture that are kept."""

_FEWEST: Final = 12
"""A picture with fewer features has no parts that could be told apart."""

_TABLES: Final = 8
_NEAR: Final = 32
"""Bits in which two features with one key may differ to count as a vote."""

_VOTES: Final = 2
_CANDIDATES: Final = 12
_MOST_VOTES: Final = 1 << 18
"""Pairs with one key that are looked at for one upload: a bound for what is made to collide."""

Words = NDArray[np.uint64]
Keys = NDArray[np.uint16]


class Part(NamedTuple):
    """A listed picture of which a part was recognised.

    Attributes:
        number: Of the listed picture.
        places: That agree.
        expected, again: Features that should be seen, and those that are.
        corners: Of the whole picture, where they would lie in the upload, as shares of its sides: upper left,
            upper right, lower right, lower left.
    """

    number: int
    places: int
    expected: int
    again: int
    mirrored: bool
    corners: tuple[tuple[float, float], ...]

    @property
    def box(self) -> tuple[float, ...]:
        """Left, top, right, bottom of the whole picture, cut off at the upload's border."""
        across, down = zip(*self.corners, strict=True)
        edges = (min(across), min(down), max(across), max(down))
        return tuple(min(max(edge, 0.0), 1.0) for edge in edges)

    @property
    def sure(self) -> bool:
        """Whether the first finding was confirmed by the second."""
        return self.expected >= EXPECTED and self.again >= AGAIN * self.expected


def read(text: str) -> Features | None:
    """Read features as they are written in signals and entries; None where these are none."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    count, rest = divmod(len(raw) - SIZE.size, ITEM.itemsize)
    if rest or not 0 <= count <= MOST:
        return None
    width, height = SIZE.unpack_from(raw)
    if not (width and height):
        return None
    return Features(width / UNIT, height / UNIT, np.frombuffer(raw, ITEM, offset=SIZE.size))


def kept(text: str) -> str:
    """Give what a bank keeps of a picture's features, "" where they are too few to tell it by."""
    found = read(text)
    if found is None or len(found.items) < _FEWEST:
        return ""
    return base64.b64encode(base64.b64decode(text)[: SIZE.size + KEPT * ITEM.itemsize]).decode()


class Parts:
    """Listed pictures by number, for recognising parts of them."""

    def __init__(self) -> None:
        self._pictures: dict[int, Features] = {}
        self._tables: _Tables | None = None

    def __len__(self) -> int:
        return len(self._pictures)

    def columns(self) -> Columns:
        """Return what it consists of; it may be asked beside lookups."""
        known = list(self._pictures.values())
        return {
            "numbers": np.array(list(self._pictures), np.int64),
            "sizes": np.array([(one.width, one.height) for one in known], np.float64).reshape(-1, 2),
            "counts": np.array([len(one.items) for one in known], np.int64),
            "items": np.frombuffer(b"".join(one.items.tobytes() for one in known), np.uint8),
        }

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns.

        Raises:
            BadInput: They are not.
        """
        numbers, counts = column_in(columns, "numbers", np.int64), column_in(columns, "counts", np.int64)
        sizes, items = column_in(columns, "sizes", np.float64), column_in(columns, "items", np.uint8)
        if sizes.shape != (len(numbers), 2) or int(counts.sum()) * ITEM.itemsize != items.size:
            raise BadInput("a snapshot's features are not whole")
        parted = np.split(items.view(ITEM), counts.cumsum()[:-1]) if len(counts) else []
        found = cls()
        for number, (width, height), one in zip(numbers.tolist(), sizes.tolist(), parted, strict=True):
            found._pictures[number] = Features(width, height, one)
        return found

    def put(self, number: int, text: str) -> None:
        """Add a picture's features, or replace them."""
        found = read(text)
        if found is None or len(found.items) < _FEWEST:
            # One bad entry, written past the importer, must not keep the others from being known.
            log.error("features in a bank are none", extra={"entry": number})
            return
        self._pictures[number] = found._replace(items=found.items[:KEPT])
        self._tables = None

    def remove(self, numbers: Collection[int]) -> None:
        """Forget pictures; those that are not here are no mistake."""
        for number in numbers:
            if self._pictures.pop(number, None) is not None:
                self._tables = None

    def recognised(self, text: str) -> list[Part]:
        """Return the pictures of which an upload's features show a part, the surest first."""
        seen = read(text) if self._pictures and text else None
        if seen is None or len(seen.items) < PLACES:
            return []
        if self._tables is None:
            self._tables = _Tables(self._pictures)
        best: dict[int, Part] = {}
        for mirrored, shown in ((False, seen), (True, _mirrored(seen))):
            for number in self._tables.candidates(_words(shown.items["bits"])):
                found = agreed(self._pictures[number], shown, mirrored=mirrored)
                if found and found.places >= PLACES:
                    part = Part(number, *found[:3], mirrored, found.corners)
                    best[number] = max(best.get(number, part), part, key=lambda one: (one.sure, one.places))
        return sorted(best.values(), key=lambda part: (not part.sure, -part.places, part.number))


class _Tables:
    """All features of all pictures, found by eight keys."""

    def __init__(self, pictures: Mapping[int, Features]) -> None:
        self._numbers = np.concatenate([np.full(len(f.items), n, np.int64) for n, f in pictures.items()])
        self._words = _words(np.concatenate([f.items["bits"] for f in pictures.values()]))
        keys = _keys(self._words)
        self._orders = [np.argsort(column, kind="stable").astype(np.int32) for column in keys]
        self._sorted = [column[order] for column, order in zip(keys, self._orders, strict=True)]

    def candidates(self, seen: Words) -> Iterator[int]:
        """Give the numbers of pictures that have votes, those with the most first."""
        asking, asked = self._pairs(seen)
        differ = np.zeros(len(asking), np.uint16)
        for word in range(seen.shape[1]):
            differ += np.bitwise_count(seen[asking, word] ^ self._words[asked, word])
        near = differ <= _NEAR
        # A pair that shares several keys is one vote.
        pairs = np.unique(np.stack([asking[near], asked[near]]), axis=1)
        numbers, counts = np.unique(self._numbers[pairs[1]], return_counts=True)
        votes = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
        ranked = sorted(votes, key=lambda number: (-votes[number], number))
        return (number for number in ranked[:_CANDIDATES] if votes[number] >= _VOTES)

    def _pairs(self, seen: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        asking, asked = [], []
        for keys, known, order in zip(_keys(seen), self._sorted, self._orders, strict=True):
            first, behind = np.searchsorted(known, keys), np.searchsorted(known, keys, side="right")
            counts = np.minimum(behind - first, _MOST_VOTES // _TABLES // len(keys) + 1)
            whose = np.arange(len(keys)).repeat(counts)
            within = np.arange(counts.sum()) - (counts.cumsum() - counts).repeat(counts)
            asking.append(whose)
            asked.append(order[first.repeat(counts) + within])
        return np.concatenate(asking), np.concatenate(asked)


def _words(bits: NDArray[np.uint8]) -> Words:
    return np.ascontiguousarray(bits).view(np.uint64)


def _keys(words: Words) -> list[Keys]:
    """Give eight keys of each feature: every second sixteen of its bits."""
    halves = words.view(np.uint16)
    return [np.ascontiguousarray(halves[:, 2 * table]) for table in range(_TABLES)]


def _mirrored(seen: Features) -> Features:
    """Give the features as they would be in the mirrored picture, at the same places: bits exchanged."""
    items = seen.items.copy()
    bits = seen.items["bits"]
    items["bits"] = (bits & 0x55) << 1 | (bits & 0xAA) >> 1
    return seen._replace(items=items)
