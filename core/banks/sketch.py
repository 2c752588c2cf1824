"""The sketch of a text: hashes of some of its runs of letters, with the places where they stand.

A known statement is kept as its sketch and not as its text: enough to recognise the whole, a half or an
edited copy and to say how much of it there is, and nothing that could be read or passed on. The letters are
taken without the spaces between words, so that s p a c e d and joined words stay what they are, and a letter
written twice counts once. Which runs are kept is settled by their hashes, so two texts keep the same ones.
"""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput
from core.text.arabic import ALIKE, SAME
from core.text.prose import digest, folded, words

RUN: Final = 10
"""Letters that are hashed together: two or three words. Edited copies (three words in ten changed)
and quotations of one and two sentences part best at 10: more are broken by edits, fewer are met by chance.
"""

MIN_LETTERS: Final = 40
"""Letters that a text must have to be compared by likeness: about 60 characters with spaces and marks."""

LEAST_LETTERS: Final = 20
"""Letters of the shortest statement: below the limit of likeness it is known by equality alone."""

MAX_LETTERS: Final = 65_535
"""Places are kept in two bytes: a statement of twenty pages."""

SAMPLES: Final = 300
"""About so many runs of a statement are kept at most: the value must fit a database's index (2,700 bytes)."""

FORM: Final = "text1"
"""The version of all that a sketch depends on: folding, run, hash."""

Hashes = NDArray[np.uint32]
Places = NDArray[np.int64]

_LETTERS: Final = 0x800
_ODD: Final = 0x9E3779B97F4A7C15
_WEIGHTS: Final = {power: np.uint64(pow(_ODD, power, 2**64)) for power in (1, 2, 4)}
_MIXES: Final = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_VALUE: Final = re.compile(
    rf"{FORM}:([0-9a-f]{{64}}):([0-9]{{1,5}}):([0-9]{{1,5}}):([A-Za-z0-9+/=]{{0,2400}})"
)
_RECORD: Final = np.dtype([("hash", ">u4"), ("place", ">u2")])


def _alike() -> Hashes:
    """Map letters below `_LETTERS` to what may be swapped with them; 0 for what may be left out."""
    table = np.arange(_LETTERS, dtype=np.uint32)
    for letter, other in ALIKE.items():
        table[ord(letter)] = ord(SAME.get(other, other)) if other else 0
    return table


_ALIKE: Final = _alike()


@dataclass(frozen=True, slots=True)
class Sketch:
    """Some runs of a text, in their order.

    Attributes:
        hashes: 32 bits each; the lowest say whether a run is sampled.
        places: Where each run begins, in letters.
        letters: How many the text has.
        rate: Of so many runs one is here; a power of two.
    """

    hashes: Hashes
    places: Places
    letters: int
    rate: int = 1

    def sampled(self, rate: int) -> "Sketch":
        """Return one of `rate` runs; the same ones of every text."""
        if rate <= self.rate:
            return self
        kept = (self.hashes & np.uint32(rate - 1)) == 0
        return Sketch(self.hashes[kept], self.places[kept], self.letters, rate)

    def at_most(self, count: int) -> "Sketch":
        """Return as many of the runs as fit."""
        found = self
        while found.hashes.size > count:
            found = found.sampled(found.rate * 2)
        return found


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a known statement.

    Attributes:
        digest: Of its words: equality.
        sketch: Likeness; without runs where the statement is too short for it.
    """

    digest: str
    sketch: Sketch

    def __str__(self) -> str:
        """Write it as the value of an entry."""
        kept = self.sketch
        records = np.zeros(kept.hashes.size, _RECORD)
        records["hash"], records["place"] = kept.hashes, kept.places
        encoded = base64.b64encode(records.tobytes()).decode()
        return f"{FORM}:{self.digest}:{kept.letters}:{kept.rate}:{encoded}"


def fingerprint(text: str) -> Fingerprint:
    """Return what is kept of a statement."""
    compared = words(folded(text))
    whole = sketch(compared)
    if whole.letters < MIN_LETTERS:
        whole = Sketch(whole.hashes[:0], whole.places[:0], whole.letters)
    return Fingerprint(digest(compared), whole.at_most(SAMPLES))


def statement(value: str) -> str:
    """Return a known statement as a bank keeps it; one that is kept so already stays as it is.

    Raises:
        BadInput: It is too short to be told from other texts, or too long.
    """
    if _decoded(value):
        return value
    kept = fingerprint(value)
    if kept.sketch.letters < LEAST_LETTERS:
        raise BadInput(f"a statement has {LEAST_LETTERS} letters at least; shorter words are a phrase")
    if kept.sketch.letters >= MAX_LETTERS:
        raise BadInput(f"a statement has {MAX_LETTERS:,} letters at most: list it in parts")
    return str(kept)


def known(value: str) -> Fingerprint:
    """Return the fingerprint that an entry's value is; of a value from before there were any, it is taken."""
    return _decoded(value) or fingerprint(value)


def _decoded(value: str) -> Fingerprint | None:
    """Read a fingerprint; None where it is a text, even one that begins like a fingerprint."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    try:
        content = base64.b64decode(found[4], validate=True)
    except binascii.Error:
        return None
    rate = int(found[3])
    if len(content) % _RECORD.itemsize or rate & (rate - 1) or not rate:
        return None
    records = np.frombuffer(content, _RECORD)
    hashes, places = records["hash"].astype(np.uint32), records["place"].astype(np.int64)
    return Fingerprint(found[1], Sketch(hashes, places, int(found[2]), rate))


def sketch(text: str) -> Sketch:
    """Return all runs of words (as `core.text.prose` gives them)."""
    codes = np.frombuffer(text.replace(" ", "").encode("utf-32-le", "surrogatepass"), np.uint32)
    low = codes < _LETTERS
    codes = np.where(low, _ALIKE[np.where(low, codes, 0)], codes)
    codes = codes[codes != 0]
    if codes.size:
        codes = codes[np.append(True, codes[1:] != codes[:-1])]
    codes = codes[:MAX_LETTERS]
    count = codes.size - RUN + 1
    if count <= 0:
        return Sketch(np.zeros(0, np.uint32), np.zeros(0, np.int64), int(codes.size))
    return Sketch(_runs(codes.astype(np.uint64)), np.arange(count, dtype=np.int64), int(codes.size))


def _runs(codes: NDArray[np.uint64]) -> Hashes:
    """Hash every run of `RUN` letters: a polynomial, put together from runs of 1, 2, 4 and 8, then mixed."""
    one = _mixed(codes)
    two = one[:-1] * _WEIGHTS[1] + one[1:]
    four = two[:-2] * _WEIGHTS[2] + two[2:]
    eight = four[:-4] * _WEIGHTS[4] + four[4:]
    ten = eight[:-2] * _WEIGHTS[2] + two[8:]
    return (_mixed(ten) >> np.uint64(32)).astype(np.uint32)


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread values over 64 bits (splitmix64)."""
    values = values + np.uint64(_ODD)
    for shift, factor in _MIXES:
        values = (values ^ (values >> np.uint64(shift))) * np.uint64(factor)
    return values ^ (values >> np.uint64(31))
