"""PDQ: 256 bits that stay nearly the same when a picture is re-encoded or resized.

The reference blurs the whole picture with two box passes per axis and then reads 64 x 64 points of it. That
is one fixed linear map A = R L C', with sparse R (64 x height) and C (64 x width), so only those points are
computed here. Where a decoder gave a picture reduced to 1/s, each of its pixels stands for a block of s x s
full-size ones, and the columns of R and C are summed over these blocks: the sampling points stay where the
reference has them. Mirrored and turned pictures mirror R and C, never the pixels.

Source: facebook/ThreatExchange, pdq/cpp/downscaling and pdq/cpp/hashing; Facebook's "TMK+PDQF" paper.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]

POINTS: Final = 64
_FREQUENCIES: Final = 16
SMALLEST: Final = 5
"""Below this many pixels a side the reference gives an empty hash of quality 0."""

_NOISE: Final = 1e-9
"""What rounding leaves of a weight of 0; the smallest true weight is far larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Luma:
    """The brightness of a picture, as decoded.

    Attributes:
        pixels: Rows of bytes, perhaps reduced to 1/`scale`.
        width, height: Of the full-size picture as stored, before it is turned.
        scale: How many full-size pixels a side one pixel stands for.
        orientation: How it is to be turned for display, 1-8 as in EXIF.
    """

    pixels: Bytes
    width: int
    height: int
    scale: int = 1
    orientation: int = 1


class Turn(NamedTuple):
    """What an orientation means for the picture as stored; the axes are swapped last."""

    rows_reversed: bool
    columns_reversed: bool
    swapped: bool


TURNS: Final = {
    1: Turn(rows_reversed=False, columns_reversed=False, swapped=False),
    2: Turn(rows_reversed=False, columns_reversed=True, swapped=False),
    3: Turn(rows_reversed=True, columns_reversed=True, swapped=False),
    4: Turn(rows_reversed=True, columns_reversed=False, swapped=False),
    5: Turn(rows_reversed=False, columns_reversed=False, swapped=True),
    6: Turn(rows_reversed=True, columns_reversed=False, swapped=True),
    7: Turn(rows_reversed=True, columns_reversed=True, swapped=True),
    8: Turn(rows_reversed=False, columns_reversed=True, swapped=True),
}
"""Source: EXIF 2.32, tag 0x0112."""


def pdq(luma: Luma) -> tuple[str, int]:
    """Give the hash (64 hex digits) and its quality, 0-100; below 50 a hash is not to be matched."""
    if min(luma.width, luma.height) < SMALLEST:
        return "0" * 64, 0
    points = sampled(luma)
    return written(coefficients(points)), quality(points)


def sampled(luma: Luma) -> Floats:
    """Give the 64 x 64 points that the reference would read, as displayed."""
    turn = TURNS[luma.orientation]
    rows = weights(luma.height, luma.scale, reverse=turn.rows_reversed)
    columns = weights(luma.width, luma.scale, reverse=turn.columns_reversed)
    between = np.empty((POINTS, luma.pixels.shape[1]), np.float32)
    for point, (first, last) in enumerate(rows.spans):
        # Few rows have a weight in one point: only these are turned into numbers, while they are in cache.
        between[point] = rows.matrix[point, first:last] @ luma.pixels[first:last].astype(np.float32)
    points: Floats = between @ columns.matrix.T
    return points.T if turn.swapped else points


class Weights(NamedTuple):
    """One axis of the map.

    Attributes:
        matrix: 64 rows, one for each point; a column for each decoded pixel.
        spans: First and behind-last column with a weight, for each row.
    """

    matrix: Floats
    spans: tuple[tuple[int, int], ...]


@lru_cache(maxsize=32)
def weights(size: int, scale: int, *, reverse: bool) -> Weights:
    """Give the weights of an axis of `size` full-size pixels, decoded at 1/`scale`, perhaps mirrored."""
    full = _full_size(size)
    if reverse:
        full = full[:, ::-1]
    blocks = -(-size // scale)
    padded = np.zeros((POINTS, blocks * scale))
    padded[:, :size] = full
    matrix = padded.reshape(POINTS, blocks, scale).sum(axis=2).astype(np.float32)
    used = matrix > 0
    firsts = used.argmax(axis=1)
    lasts = blocks - used[:, ::-1].argmax(axis=1)
    return Weights(matrix, tuple(zip(firsts.tolist(), lasts.tolist(), strict=True)))


def _full_size(size: int) -> NDArray[np.float64]:
    """Give two box passes and the choice of 64 points as one matrix of 64 x `size`.

    The box is `(size + 127) // 128` pixels wide, reaches one pixel further to the right where that is even,
    and is cut off at the edges.
    """
    window = (size + 2 * POINTS - 1) // (2 * POINTS)
    after = (window + 2) // 2 - 1
    positions = np.arange(size)
    low = np.maximum(positions - (window - 1 - after), 0)
    high = np.minimum(positions + after + 1, size)
    count = high - low
    steps = np.zeros((POINTS, size + 1))
    for row, point in enumerate((2 * np.arange(POINTS) + 1) * size // (2 * POINTS)):
        # The second pass averages over `seen`; each of these is an average of the first pass.
        seen = slice(low[point], high[point])
        share = 1 / (count[point] * count[seen])
        np.add.at(steps[row], low[seen], share)
        np.add.at(steps[row], high[seen], -share)
    full: NDArray[np.float64] = steps.cumsum(axis=1)[:, :size]
    full[full < _NOISE] = 0
    return full


def _cosines() -> Floats:
    frequencies = np.arange(1, _FREQUENCIES + 1)[:, np.newaxis]
    places = 2 * np.arange(POINTS) + 1
    matrix: NDArray[np.float64] = np.sqrt(2 / POINTS) * np.cos(np.pi / 2 / POINTS * frequencies * places)
    return matrix.astype(np.float32)


_COSINES: Final = _cosines()


def coefficients(points: Floats) -> Floats:
    """Give the 16 x 16 cosine coefficients of 64 x 64 points."""
    found: Floats = (_COSINES @ points @ _COSINES.T).astype(np.float32, copy=False)
    return found


def centred(found: Floats) -> Floats:
    """Give coefficients less their lower median: bits are their signs."""
    middle = found.size // 2 - 1
    less: Floats = found - np.partition(found, middle, axis=None)[middle]
    return less


def written(found: Floats) -> str:
    """Write a hash down: what is over the median is a bit, and the last bit is written first."""
    return bytes(np.packbits(centred(found).ravel()[::-1] > 0)).hex()


def quality(points: Floats) -> int:
    """Sum the differences of neighbours, each in whole per cent; 90 of them are one point of quality."""
    down = np.trunc(np.diff(points, axis=0) * 100 / 255)
    across = np.trunc(np.diff(points, axis=1) * 100 / 255)
    return min(int(np.abs(down).sum() + np.abs(across).sum()) // 90, 100)
