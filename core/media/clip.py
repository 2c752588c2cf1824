"""A clip: the hashes of what a moving picture shows, one after the other, and how it is written down.

A frame that hardly differs from the one before it says nothing new, and is left out; so a frame that is kept
stands for the time until the next one. What surrounds a picture (bars, a blurred copy of itself, the edge of
an app) changes its hash, so a frame may be kept several times, under one time: as it is, and each rectangle
that stays in its place throughout. A frame with too little in it is kept as a hash of zeros: something was
shown then that nothing can be said about.
"""

import base64
import struct
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.media.pdq import Bytes

MOST: Final = 2000
"""Hashes of one clip: 72 kB, and as base64 still a line that a list may have."""

NEAR_BITS: Final = 8
"""So little may the next frame differ to be left out; the spare of 31 bits is for what copying does to it."""

_WIDEST_BITS: Final = 24
_STEP_BITS: Final = 4
_HASH_BYTES: Final = 32
_LENGTH: Final = struct.Struct("<I")
_LONGEST_MS: Final = (1 << 32) - 1
_RECORD: Final = np.dtype([("hash", "u1", _HASH_BYTES), ("at_ms", "<u4")])

NOTHING: Final = bytes(_HASH_BYTES)
"""The hash of a frame that has too little in it."""


class Clip(NamedTuple):
    """A clip as it is compared.

    Attributes:
        length_ms: How long it is.
        hashes: A row of 32 bytes for each hash, in the order of hex digits.
        at_ms: When each is shown first; never falling, and equal for hashes of one frame.
    """

    length_ms: int
    hashes: Bytes
    at_ms: NDArray[np.int64]


def read(text: str) -> Clip | None:
    """Read a clip as it is written in signals and entries; None where this is none."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    count, rest = divmod(len(raw) - _LENGTH.size, _RECORD.itemsize)
    if rest or not 0 < count <= MOST:
        return None
    records = np.frombuffer(raw, _RECORD, offset=_LENGTH.size)
    at_ms = records["at_ms"].astype(np.int64)
    if (np.diff(at_ms) < 0).any():
        return None
    return Clip(_LENGTH.unpack_from(raw)[0], records["hash"], at_ms)


def told(at_s: float) -> str:
    """Write a time in a clip for people: 0:07, 12:40."""
    return f"{int(at_s) // 60}:{int(at_s) % 60:02}"


class Strip:
    """Frames as they come, of which those are kept that say something new.

    Where there are too many, more and more similar ones go: a long clip is kept in coarser steps.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[int, tuple[bytes, ...]]] = []
        self._count = 0
        self._near_bits = NEAR_BITS

    @property
    def full(self) -> bool:
        """Whether no coarser step makes room any more."""
        return self._near_bits > _WIDEST_BITS

    def add(self, at_s: float, hashes: Sequence[bytes]) -> None:
        """Take the hashes of the next frame, `NOTHING` where one says too little, always as many."""
        at_ms = min(max(int(at_s * 1000), self._kept[-1][0] if self._kept else 0), _LONGEST_MS)
        if not self.full:
            self._keep(at_ms, tuple(hashes))
        while self._count > MOST and not self.full:
            self._near_bits += _STEP_BITS
            kept, self._kept, self._count = self._kept, [], 0
            for one in kept:
                self._keep(*one)

    def written(self, length_s: float) -> str:
        """Write the clip down as base64; "" where nothing can be said about any frame."""
        records = [(h, at_ms) for at_ms, hashes in self._kept for h in _telling(hashes)][:MOST]
        if all(found == NOTHING for found, _ in records):
            return ""
        raw = np.zeros(len(records), _RECORD)
        raw["hash"] = [list(found) for found, _ in records]
        raw["at_ms"] = [at_ms for _, at_ms in records]
        length_ms = min(max(int(length_s * 1000), self._kept[-1][0]), _LONGEST_MS)
        return base64.b64encode(_LENGTH.pack(length_ms) + raw.tobytes()).decode()

    def _keep(self, at_ms: int, hashes: tuple[bytes, ...]) -> None:
        if not (self._kept and self._alike(self._kept[-1][1], hashes)):
            self._kept.append((at_ms, hashes))
            self._count += len(_telling(hashes))

    def _alike(self, one: tuple[bytes, ...], other: tuple[bytes, ...]) -> bool:
        return all(_differ(a, b) <= self._near_bits for a, b in zip(one, other, strict=True))


def _telling(hashes: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Give the hashes of a frame that are written down: those that say something, or one that says it not."""
    return tuple(dict.fromkeys(h for h in hashes if h != NOTHING)) or (NOTHING,)


def _differ(one: bytes, other: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()
