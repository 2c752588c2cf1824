"""Pictures inside a picture: screenshots, frames, caption bars, stories, collages.

Two ways, because each misses what the other finds. Bars of one colour are peeled off the sides, one after the
other, whatever is written on them. And what surrounds a picture meets it in straight lines: rows and columns
along which brightness jumps over a long run, and is calm beside it, make rectangles. Rectangles are guesses;
a wrong one costs a hash that matches nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.media.pdq import Bytes, Floats

Places = NDArray[np.intp]

MOST: Final = 14
"""Rectangles that are given at most."""

SMALLEST: Final = 0.24
"""Of the picture's side: a smaller rectangle is not looked for."""

_PEELED: Final = 5
_PEELS: Final = 8
_SHARES: Final = (0.75, 0.45)
"""How much of a row must have the bar's colour: a caption leaves three quarters, a chat bubble half."""

_COLOUR: Final = 8.0
_EVERY: Final = 3

_JUMP: Final = 20.0
"""A difference in brightness of neighbours that counts in full."""

_CALM: Final = 0.2
"""What a point must have more than its surroundings to prolong a line."""

_LINES: Final = 10
_CLOSE: Final = 1
_BORDER: Final = 0.8
"""What the picture's own border counts as a side: less than a good line, more than none."""

_WEAKEST: Final = 0.3
_RANKED: Final = 200
_ALIKE: Final = 0.93
_ALL: Final = 0.98
_NEARLY_THE_SAME: Final = 0.97
_TOO_SMALL: Final = 32


class Box(NamedTuple):
    """A rectangle in shares of width and height, 0-1."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE: Final = Box(0.0, 0.0, 1.0, 1.0)


def boxes(grey: Bytes) -> list[Box]:
    """Find rectangles that may hold a picture of their own, the likeliest first.

    Args:
        grey: Brightness, small: some 300 pixels on the longer side.
    """
    light = grey.astype(np.float32)
    # A bar that was peeled too little must not keep the right line from being tried: the last limit is high.
    peeled = _distinct(_bars_off(light), _ALIKE)[:_PEELED]
    return _distinct([*peeled, *_framed(light)], _NEARLY_THE_SAME)[:MOST]


def overlap(one: Box, other: Box) -> float:
    """Give the share of two rectangles' union that both cover."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    both = max(wide, 0.0) * max(high, 0.0)
    areas = sum((b.right - b.left) * (b.bottom - b.top) for b in (one, other))
    return both / (areas - both)


def _distinct(found: Sequence[Box], limit: float) -> list[Box]:
    kept: list[Box] = []
    for box in found:
        if overlap(box, WHOLE) < _ALL and all(overlap(box, other) < limit for other in kept):
            kept.append(box)
    return kept


def _bars_off(light: Floats) -> list[Box]:
    return [box for share in _SHARES for box in _peeled(light, share)]


def _peeled(light: Floats, share: float) -> Iterator[Box]:
    """Take bars off the sides, the widest first, and give what is left after each."""
    height, width = light.shape
    top, bottom, left, right = 0, height, 0, width
    for _ in range(_PEELS):
        inner = light[top:bottom, left:right]
        above, below = _bars(inner[:, ::_EVERY], share)
        before, behind = _bars(inner[::_EVERY].T, share)
        if (above + below) / height >= (before + behind) / width:
            top, bottom = top + above, bottom - below
        else:
            left, right = left + before, right - behind
        peeled = above + below + before + behind
        if not peeled or min((bottom - top) / height, (right - left) / width) < SMALLEST:
            return
        yield Box(left / width, top / height, right / width, bottom / height)


def _bars(light: Floats, share: float) -> tuple[int, int]:
    """Give the bars above and below, or only the wider one where they differ in colour."""
    first, last = float(np.median(light[0])), float(np.median(light[-1]))
    above, below = _bar(light, first, share), _bar(light[::-1], last, share)
    if abs(first - last) > _COLOUR and above and below:
        return (above, 0) if above >= below else (0, below)
    return above, below


def _bar(light: Floats, colour: float, share: float) -> int:
    """Give how many of the first rows are a bar: mostly of one colour."""
    gain = ((np.abs(light - colour) <= _COLOUR).mean(axis=1) - share).cumsum()
    last = int(gain.argmax())
    return last + 1 if last > 0 and gain[last] > 0 else 0


def _framed(light: Floats) -> list[Box]:
    """Give rectangles of lines, the likeliest first."""
    height, width = light.shape
    if min(height, width) < _TOO_SMALL:
        return []
    across, down = _jumps(light), _jumps(light.T)
    rows, row_ends = _lines(across, down.T)
    columns, column_ends = _lines(down, across.T)
    ys = _merged([*rows, *column_ends], height)
    xs = _merged([*columns, *row_ends], width)
    return _ranked(ys, xs, across, down)


def _jumps(light: Floats) -> Floats:
    """Give for every row but the first how much each point differs from the one above it, 0-1."""
    return np.minimum(np.abs(np.diff(light, axis=0)) / _JUMP, 1)


def _lines(jumps: Floats, crosswise: Floats) -> tuple[list[int], list[int]]:
    """Give the rows that hold the longest lines, and where along the row these lines end."""
    height, width = jumps.shape
    wide = np.pad(jumps, ((4, 4), (0, 0)), mode="edge")
    # Texture has jumps in the rows two to four away, too; a line does not.
    around = sum(wide[4 + step : 4 + step + height] for step in (-4, -3, -2, 2, 3, 4)) / 6
    calm = np.pad((crosswise <= _CALM).astype(np.float32), ((3, 4), (0, 1)), mode="edge")
    beside = np.maximum(
        sum(calm[step : step + height] for step in (1, 2, 3)),
        sum(calm[step : step + height] for step in (4, 5, 6)),
    )[:, :width]
    gain = np.zeros((height, width + 1), np.float32)
    np.cumsum((jumps - around) * (0.5 + beside / 3) - _CALM, axis=1, out=gain[:, 1:])
    lowest = np.minimum.accumulate(gain, axis=1)
    runs = gain - lowest
    ends = runs.argmax(axis=1)
    scores = runs[np.arange(height), ends]
    found: list[int] = []
    along: list[int] = []
    for row in np.argsort(scores)[::-1]:
        if len(found) == _LINES or scores[row] < SMALLEST * width * 0.2:
            break
        if all(abs(row + 1 - other) > _CLOSE for other in found):
            found.append(int(row) + 1)
            end = int(ends[row])
            along += [int(np.flatnonzero(gain[row, : end + 1] == lowest[row, end])[-1]), end]
    return found, along


def _merged(places: Sequence[int], size: int) -> Places:
    """Give places in order, with both borders; of several that are close, the first one named."""
    kept = [0, size]
    for place in places:
        if len(kept) < _LINES + 6 and all(abs(place - other) > _CLOSE for other in kept):
            kept.append(place)
    return np.array(sorted(kept))


def _ranked(ys: Places, xs: Places, across: Floats, down: Floats) -> list[Box]:
    height, width = down.shape[1], across.shape[1]
    top, bottom = _pairs(ys, SMALLEST * height)
    left, right = _pairs(xs, SMALLEST * width)
    horizontal, vertical = _along(across, ys, xs), _along(down, xs, ys)
    # As [rows, columns]: how strong each side of each rectangle is.
    sides = np.stack(
        [
            horizontal[top[:, np.newaxis], left, right],
            horizontal[bottom[:, np.newaxis], left, right],
            vertical[left[:, np.newaxis], top, bottom].T,
            vertical[right[:, np.newaxis], top, bottom].T,
        ]
    )
    tall, wide = (ys[bottom] - ys[top]) / height, (xs[right] - xs[left]) / width
    scores = sides.mean(axis=0) + sides.min(axis=0) + 0.15 * np.sqrt(np.outer(tall, wide))
    scores[sides.min(axis=0) < _WEAKEST] = 0
    inside = np.outer((top > 0) & (bottom < len(ys) - 1), (left > 0) & (right < len(xs) - 1))
    edges = (xs[left] / width, ys[top] / height, xs[right] / width, ys[bottom] / height)
    # Those that reach the picture's border and those that do not would crowd each other out.
    found = (_best(scores * kind, edges) for kind in (~inside, inside))
    return [box for pair in zip_longest(*found) for box in pair if box]


def _best(scores: Floats, edges: Sequence[Floats]) -> list[Box]:
    """Give the rectangles of the highest scores, each unlike those before it."""
    flat = scores.ravel()
    ranked = np.argpartition(flat, -_RANKED)[-_RANKED:] if len(flat) > _RANKED else np.arange(len(flat))
    ranked = ranked[np.argsort(-flat[ranked], kind="stable")]
    rows, columns = np.divmod(ranked[flat[ranked] > 0], scores.shape[1])
    lefts, tops, rights, bottoms = edges[0][columns], edges[1][rows], edges[2][columns], edges[3][rows]
    wide = np.minimum.outer(rights, rights) - np.maximum.outer(lefts, lefts)
    high = np.minimum.outer(bottoms, bottoms) - np.maximum.outer(tops, tops)
    both = np.maximum(wide, 0) * np.maximum(high, 0)
    areas = both.diagonal()
    alike = both / (np.add.outer(areas, areas) - both) >= _ALIKE
    free = np.ones(len(rows), np.bool_)
    found: list[Box] = []
    for place in range(len(rows)):
        if free[place] and len(found) < MOST:
            free &= ~alike[place]
            box = (lefts[place], tops[place], rights[place], bottoms[place])
            found.append(Box(*(float(edge) for edge in box)))
    return found


def _pairs(places: Places, shortest: float) -> tuple[Places, Places]:
    first, second = np.triu_indices(len(places), 1)
    far = places[second] - places[first] >= shortest
    return first[far], second[far]


def _along(jumps: Floats, lines: Places, cuts: Places) -> Floats:
    """Give the mean strength of each line between each two cuts, as [line, first cut, second cut]."""
    strength = np.full((len(lines), len(cuts), len(cuts)), _BORDER, np.float32)
    lengths = np.maximum(cuts[np.newaxis, :] - cuts[:, np.newaxis], 1)
    for place, line in enumerate(lines[1:-1], start=1):
        # A side may lie between two pixels.
        near = jumps[max(line - 2, 0) : line + 1].max(axis=0)
        sums = np.concatenate([[0], near.cumsum()])[cuts]
        strength[place] = (sums[np.newaxis, :] - sums[:, np.newaxis]) / lengths
    return strength
