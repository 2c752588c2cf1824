"""Whether pairs of features agree on how one picture lies inside another."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.media.features import LEVELS, STEP, UNIT

Items = NDArray[np.void]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_FARTHEST: Final = 70
"""Bits in which a pair's features may differ; of true pairs 99 in 100 differ in fewer."""

_FEWEST: Final = 4
_TURN: Final = 0.5
"""Radians by which two pairs' opinions may differ."""

_SIZE: Final = 0.8
"""The same for sizes, in powers of e: a level up or down."""

_ROUGH_PX: Final = 12.0
_FINE_PX: Final = 6.0
_ROUNDS: Final = 3
_EDGE_PX: Final = 14.0
_HALF: Final = 0.5
_AGAIN_PX: Final = 2.0
_AGAIN_BITS: Final = 64
"""Looser limits (8 pixels, 80 bits) also let two photographs of one building pass."""

_REACHES_PX: Final = (8.0, 5.0, 4.0)
_PERSPECTIVE_FEWEST: Final = 10

_PLACE_PX: Final = 12.0
"""Features nearer to each other than this are one place: levels see the same corner several times."""

_SMALLEST: Final = 0.1
_SLANTED: Final = 3.0
"""How much more one direction may be stretched than the other."""

_FAR: Final = 8.0
"""How many times the upload's side beyond its border a corner may lie."""

_SPREAD: Final = 0.1
"""Of the shorter side: how far the places must be apart in both directions. A line of text agrees, too."""


class Geometry(NamedTuple):
    """How a listed picture lies in an upload.

    Attributes:
        places: How many agree on it.
        expected: Of the listed picture's features, those that the upload should show if it is that picture.
        again: Those of them that it does show, where they should be.
        corners: Where the whole picture would lie, as shares of the upload's sides: the places of its upper
            left, upper right, lower right and lower left corner.
    """

    places: int
    expected: int
    again: int
    corners: tuple[tuple[float, float], ...]


class Features(NamedTuple):
    """A picture's features, and the size of the picture in which they have their places."""

    width: float
    height: float
    items: Items


class _Pairs(NamedTuple):
    known: Floats
    seen: Floats
    turns: Floats
    sizes: Floats
    levels: Floats


def agreed(known: Features, seen: Features, *, mirrored: bool) -> Geometry | None:
    """Find the geometry that most pairs of a listed picture's and an upload's features agree on.

    Args:
        known: The listed picture's features.
        seen: The upload's; their bits are the mirrored picture's if it is looked at as mirrored.
        mirrored: Whether it is.
    """
    pairs = _paired(known.items, seen.items, mirrored=mirrored)
    if len(pairs.known) < _FEWEST:
        return None
    kept = _rough(pairs)
    matrix: Floats = np.zeros((3, 2))
    for _ in range(_ROUNDS):
        if np.count_nonzero(kept) < _FEWEST:
            return None
        matrix[:] = np.linalg.lstsq(_homogeneous(pairs.known[kept]), pairs.seen[kept], rcond=None)[0]
        off = np.hypot(*(_homogeneous(pairs.known) @ matrix - pairs.seen).T)
        kept = (off < _FINE_PX * np.maximum(1, pairs.levels / 2)) & _alike(pairs, kept)
    stretched = np.linalg.svd(matrix[:2], compute_uv=False)
    if stretched[1] < _SMALLEST or stretched[0] > _SLANTED * stretched[1]:
        return None
    places = pairs.known[kept]
    if len(places) < _FEWEST or _narrowest(places) < _SPREAD * min(known.width, known.height):
        return None
    distinct = {tuple(place) for place in (places // _PLACE_PX).astype(int).tolist()}
    expected, again = _seen_again(known, seen, matrix, mirrored=mirrored)
    return Geometry(len(distinct), expected, again, _corners(known, seen, matrix, mirrored=mirrored))


def _seen_again(known: Features, seen: Features, matrix: Floats, *, mirrored: bool) -> tuple[int, int]:
    """Count the known features that the upload should show, and those that it shows exactly there.

    Two photographs of one thing agree on that thing roughly, and neither on what is nearer or farther nor on
    what lies around it: this is what tells them from two copies of one photograph.
    """
    ours, theirs = _places(known.items) * [-1 if mirrored else 1, 1], _places(seen.items)
    unit = np.maximum(1, STEP ** seen.items["level"].astype(float) / 2)
    alike = _differ(known.items, seen.items) <= _AGAIN_BITS
    there = _homogeneous(ours) @ matrix
    for reach in _REACHES_PX:
        off = np.where(alike, _apart(there, theirs) / unit, np.inf)
        nearest = off.argmin(axis=1)
        kept = off[np.arange(len(ours)), nearest] < reach
        if np.count_nonzero(kept) < _PERSPECTIVE_FEWEST:
            break
        moved = _moved(ours, _perspective(ours[kept], theirs[nearest[kept]]))
        if not np.isfinite(moved).all():
            break
        there = moved
    inside = (there > _EDGE_PX) & (there < [seen.width - _EDGE_PX, seen.height - _EDGE_PX])
    levels = known.items["level"] + np.log(np.abs(np.linalg.det(matrix[:2]))) / 2 / np.log(STEP)
    expected = inside.all(axis=1) & (levels > -_HALF) & (levels < LEVELS - _HALF)
    again = (alike & (_apart(there, theirs) / unit < _AGAIN_PX)).any(axis=1) & expected
    return int(expected.sum()), int(again.sum())


def _apart(ours: Floats, theirs: Floats) -> Floats:
    """Give the distance of each two places."""
    apart: Floats = np.hypot(*(ours[:, np.newaxis] - theirs).transpose(2, 0, 1))
    return apart


def _perspective(ours: Floats, theirs: Floats) -> Floats:
    """Fit the change of perspective that takes some places nearest to others, as a matrix of 3 x 3.

    Source: Hartley and Zisserman, "Multiple View Geometry", 4.1 and 4.4 (normalised direct linear method).
    """
    normal, other = _normalising(ours), _normalising(theirs)
    from_, to = _homogeneous(ours) @ normal.T, _homogeneous(theirs) @ other.T
    nothing = np.zeros_like(from_)
    rows = np.concatenate(
        [
            np.concatenate([from_, nothing, -to[:, :1] * from_], axis=1),
            np.concatenate([nothing, from_, -to[:, 1:2] * from_], axis=1),
        ]
    )
    solved = np.linalg.svd(rows, full_matrices=False)[2][-1].reshape(3, 3)
    matrix: Floats = np.linalg.inv(other) @ solved @ normal
    return matrix


def _normalising(places: Floats) -> Floats:
    """Give the matrix that moves places to nought and scales them to a mean distance of the root of two."""
    middle = places.mean(axis=0)
    scale = np.sqrt(2) / max(float(np.hypot(*(places - middle).T).mean()), 1.0)
    return np.array([[scale, 0, -scale * middle[0]], [0, scale, -scale * middle[1]], [0, 0, 1]])


def _moved(places: Floats, matrix: Floats) -> Floats:
    """Move places by a change of perspective; what it takes to infinity is not finite."""
    with np.errstate(all="ignore"):
        found = _homogeneous(places) @ matrix.T
        moved: Floats = found[:, :2] / found[:, 2:]
    return moved


def _differ(known: Items, seen: Items) -> NDArray[np.uint16]:
    """Count the bits in which each two features differ."""
    ours, theirs = (np.ascontiguousarray(items["bits"]).view(np.uint64) for items in (known, seen))
    differ = np.zeros((len(ours), len(theirs)), np.uint16)
    for word in range(ours.shape[1]):
        differ += np.bitwise_count(ours[:, word, np.newaxis] ^ theirs[:, word])
    return differ


def _paired(known: Items, seen: Items, *, mirrored: bool) -> _Pairs:
    """Pair features that are each other's nearest."""
    differ = _differ(known, seen)
    nearest, back = differ.argmin(axis=1), differ.argmin(axis=0)
    each = np.arange(len(known))
    mutual = (back[nearest] == each) & (differ[each, nearest] <= _FARTHEST)
    ours, theirs = known[mutual], seen[nearest[mutual]]
    # A mirrored picture is the picture with its columns, and so its directions, counted the other way.
    sign, half = (-1, np.pi) if mirrored else (1, 0.0)
    unit = np.pi / 128
    turns = theirs["angle"].astype(float) * unit - (half + sign * ours["angle"].astype(float) * unit)
    sizes = np.log(STEP) * (theirs["level"].astype(float) - ours["level"].astype(float))
    return _Pairs(_places(ours) * [sign, 1], _places(theirs), turns, sizes, theirs["level"].astype(float))


def _places(items: Items) -> Floats:
    return np.stack([items["x"], items["y"]], axis=1) / UNIT


def _rough(pairs: _Pairs) -> Flags:
    """Let each pair say how the picture lies, and keep those that share the opinion most share."""
    across, down = np.exp(pairs.sizes) * np.cos(pairs.turns), np.exp(pairs.sizes) * np.sin(pairs.turns)
    turning = np.stack([np.stack([across, -down], axis=1), np.stack([down, across], axis=1)], axis=1)
    moved = np.einsum("mij,nj->mni", turning, pairs.known)
    moved += (pairs.seen - np.einsum("mij,mj->mi", turning, pairs.known))[:, np.newaxis]
    off = np.hypot(*(moved - pairs.seen).transpose(2, 0, 1))
    turned = np.abs((pairs.turns[:, np.newaxis] - pairs.turns + np.pi) % (2 * np.pi) - np.pi)
    sized = np.abs(pairs.sizes[:, np.newaxis] - pairs.sizes)
    shared = (off < _ROUGH_PX * np.maximum(1, pairs.levels)) & (turned < _TURN) & (sized < _SIZE)
    kept: Flags = shared[shared.sum(axis=1).argmax()]
    return kept


def _alike(pairs: _Pairs, kept: Flags) -> Flags:
    """Tell which pairs turn and enlarge the picture as the kept ones do."""
    middle = np.angle(np.exp(1j * pairs.turns[kept]).sum())
    turned = np.abs((pairs.turns - middle + np.pi) % (2 * np.pi) - np.pi)
    sized = np.abs(pairs.sizes - np.median(pairs.sizes[kept]))
    alike: Flags = (turned < _TURN) & (sized < _SIZE)
    return alike


def _homogeneous(places: Floats) -> Floats:
    return np.concatenate([places, np.ones((len(places), 1))], axis=1)


def _narrowest(places: Floats) -> float:
    """Give how wide a band would hold the places, as if they were spread evenly."""
    least = np.linalg.svd(places - places.mean(axis=0), compute_uv=False)[1]
    return float(least * np.sqrt(12 / len(places)))


def _corners(
    known: Features, seen: Features, matrix: Floats, *, mirrored: bool
) -> tuple[tuple[float, float], ...]:
    """Give where the listed picture's corners fall, as shares of the upload's sides."""
    width = -known.width if mirrored else known.width
    corners = np.array([[0, 0], [width, 0], [width, known.height], [0, known.height]], float)
    there = np.clip(_homogeneous(corners) @ matrix / [seen.width, seen.height], -_FAR, 1 + _FAR)
    return tuple((round(float(x), 4), round(float(y), 4)) for x, y in there)
