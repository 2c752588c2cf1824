"""Features of a picture: corners and what their surroundings look like, to recognise a part of it anywhere.

A hash says nothing about a picture of which half was cut off, that was photographed from a screen, or that is
one of four in a collage. Its corners are still there. Each is written down in 38 bytes: its place, the size
and direction of its surroundings, and 256 comparisons of brightness made along that direction, so that
neither size nor rotation changes them. Whether two pictures share enough of them, in one geometry, is for
`core.banks.parts` to say.

Source: Rublee et al., "ORB: an efficient alternative to SIFT or SURF" (2011), for the kind of feature; the
points that are compared, and how corners are chosen, are our own.
"""

import math
import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from core.media.pdq import Bytes, Floats

MOST: Final = 320
"""Features of a picture at most."""

ITEM: Final = np.dtype([("x", "<u2"), ("y", "<u2"), ("level", "u1"), ("angle", "u1"), ("bits", "u1", 32)])
"""A feature: its place in eighths of a pixel, its level, its direction in 256ths of a circle, 256 bits."""

STEP: Final = math.sqrt(2)
"""How much smaller each level is than the one before it."""

LEVELS: Final = 5
UNIT: Final = 8

SIZE: Final = struct.Struct("<HH")
"""What features begin with: the picture's width and height, in eighths of a pixel as well."""

_MARGIN: Final = 13
_CELL: Final = 9
_AROUND: Final = 8
_PAIRS: Final = 256
_DIRECTIONS: Final = 256
_REACH: Final = 11.0
_ASKEW: Final = 1.5
_LEAST: Final = 60.0
"""Below this a corner is grain."""

Whole = NDArray[np.int32] | NDArray[np.int64]


def features(picture: Image.Image) -> bytes:
    """Give a small picture's `SIZE` and its features, the most distinct first, `ITEM` after `ITEM`."""
    size = SIZE.pack(picture.width * UNIT, picture.height * UNIT)
    levels = [level for level in (_smaller(picture, level) for level in range(LEVELS)) if level]
    if not levels:
        return size
    corners = [_corners(np.asarray(level, np.float32)) for level in levels]
    strengths = np.concatenate([strength for _, _, strength in corners])
    order = np.argsort(-strengths, kind="stable")[:MOST]
    chosen = np.zeros(len(strengths), np.bool_)
    chosen[order] = True
    parts = np.split(chosen, np.cumsum([len(strength) for _, _, strength in corners])[:-1])
    items = np.zeros(len(strengths), ITEM)
    items[chosen] = np.concatenate(
        [
            _described(level, number, rows[part], columns[part], picture.size)
            for number, (level, (rows, columns, _), part) in enumerate(
                zip(levels, corners, parts, strict=True)
            )
        ]
    )
    return size + items[order].tobytes()


def _smaller(picture: Image.Image, level: int) -> Image.Image | None:
    width, height = (round(side / STEP**level) for side in picture.size)
    if min(width, height) < 2 * _MARGIN + _CELL:
        return None
    return picture.resize((width, height), Image.Resampling.BOX) if level else picture


def _described(
    level: Image.Image, number: int, rows: Whole, columns: Whole, full: tuple[int, int]
) -> NDArray[np.void]:
    """Describe corners of a level; places are those of the full-size picture."""
    soft = np.asarray(level.filter(ImageFilter.BoxBlur(2)), np.int16)
    angles = _directions(soft, rows, columns)
    items = np.zeros(len(rows), ITEM)
    items["x"] = np.rint((columns + 0.5) * (full[0] / level.width * UNIT))
    items["y"] = np.rint((rows + 0.5) * (full[1] / level.height * UNIT))
    items["level"] = number
    items["angle"] = np.rint(angles * (_DIRECTIONS / 2 / np.pi)).astype(np.int16) % _DIRECTIONS
    items["bits"] = _compared(soft, rows, columns, items["angle"])
    return items


def _corners(light: Floats) -> tuple[Whole, Whole, Floats]:
    """Give the strongest corner of each small cell, if it is one: rows, columns and strengths."""
    across, down = np.zeros_like(light), np.zeros_like(light)
    across[:, 1:-1] = (light[:, 2:] - light[:, :-2]) / 2
    down[1:-1] = (light[2:] - light[:-2]) / 2
    xx, yy, xy = _soft(across * across), _soft(down * down), _soft(across * down)
    # A line has no contrast along itself. Source: Harris and Stephens (1988), in Noble's form.
    strength = (xx * yy - xy * xy) / (xx + yy + 1)
    inner = strength[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    high, wide = inner.shape[0] // _CELL, inner.shape[1] // _CELL
    cells = inner[: high * _CELL, : wide * _CELL].reshape(high, _CELL, wide, _CELL)
    cells = cells.transpose(0, 2, 1, 3).reshape(high * wide, _CELL * _CELL)
    best = cells.argmax(axis=1)
    rows = np.arange(high).repeat(wide) * _CELL + best // _CELL + _MARGIN
    columns = np.tile(np.arange(wide), high) * _CELL + best % _CELL + _MARGIN
    found = strength[rows, columns]
    # A cell's best is no corner where the next cell goes on rising.
    around = [strength[rows + y, columns + x] for y in (-2, 0, 2) for x in (-2, 0, 2) if x or y]
    kept = (found >= np.max(around, axis=0)) & (found > _LEAST)
    return rows[kept], columns[kept], found[kept]


def _soft(plane: Floats) -> Floats:
    """Sum over 5 x 5 points, the middle ones counting more."""
    for axis in (0, 1):
        near = plane[2:] if axis == 0 else plane[:, 2:]
        summed = np.zeros_like(plane)
        if axis == 0:
            summed[1:-1] = (plane[:-2] + near) + 2 * plane[1:-1]
        else:
            summed[:, 1:-1] = (plane[:, :-2] + near) + 2 * plane[:, 1:-1]
        summed /= 4
        plane = summed
    return plane


def _disc() -> tuple[Whole, Whole]:
    y, x = np.mgrid[-_AROUND : _AROUND + 1, -_AROUND : _AROUND + 1]
    inside = x * x + y * y <= _AROUND * _AROUND
    return x[inside].astype(np.int32), y[inside].astype(np.int32)


_X, _Y = _disc()


def _directions(soft: NDArray[np.int16], rows: Whole, columns: Whole) -> Floats:
    """Give the direction from each corner to where its surroundings are brightest, in radians."""
    light = _at(soft, rows, columns, _X, _Y).astype(np.float32)
    angles: Floats = np.arctan2(light @ _Y.astype(np.float32), light @ _X.astype(np.float32))
    return angles


def _at(soft: NDArray[np.int16], rows: Whole, columns: Whole, x: Whole, y: Whole) -> NDArray[np.int16]:
    """Give the brightness at places around each corner."""
    width = soft.shape[1]
    places = (rows * width + columns)[:, np.newaxis] + (y * width + x)
    light: NDArray[np.int16] = soft.ravel().take(places)
    return light


def _pattern() -> Floats:
    """Give the pairs of points that are compared: x, y, x, y in pixels, along the corner's direction.

    Every odd pair is the mirror image of the one before it: a mirrored picture's bits are the picture's own
    with neighbours exchanged.
    """
    number = np.arange(1, _PAIRS // 2 + 1)[:, np.newaxis]
    # Four sequences that fill a cube evenly. Source: Roberts, "The Unreasonable Effectiveness of
    # Quasirandom Sequences" (2018): powers of the root of x ** 5 = x + 1.
    even = (0.5 + number / 1.1673039782614187 ** np.arange(1, 5)) % 1 * 2 - 1
    # Along the direction one end is always brighter, which would say nothing: both ends are as far along it.
    along = even[:, :1] * _REACH * 0.85
    across = even[:, 1:3] * np.sqrt(np.square(_REACH) - np.square(along))
    first = np.concatenate([along, across[:, :1]], axis=1)
    second = np.concatenate([along + even[:, 3:] * _ASKEW, across[:, 1:]], axis=1)
    halves = np.concatenate([first, second], axis=1)
    mirrored = halves * np.array([1, -1, 1, -1])
    return np.stack([halves, mirrored], axis=1).reshape(_PAIRS, 4).astype(np.float32)


def _turned() -> tuple[Whole, Whole]:
    """Give the pattern's places in whole pixels for each direction: x and y, first ends first."""
    pattern = _pattern()
    angles = np.arange(_DIRECTIONS)[:, np.newaxis] * (2 * np.pi / _DIRECTIONS)
    along = np.concatenate([pattern[:, 0], pattern[:, 2]])
    across = np.concatenate([pattern[:, 1], pattern[:, 3]])
    x = np.cos(angles) * along - np.sin(angles) * across
    y = np.sin(angles) * along + np.cos(angles) * across
    return np.rint(x).astype(np.int32), np.rint(y).astype(np.int32)


_PATTERN_X, _PATTERN_Y = _turned()


def _compared(soft: NDArray[np.int16], rows: Whole, columns: Whole, directions: Bytes) -> Bytes:
    """Give the 32 bytes of each corner's comparisons."""
    light = _at(soft, rows, columns, _PATTERN_X[directions], _PATTERN_Y[directions])
    return np.packbits(light[:, :_PAIRS] < light[:, _PAIRS:], axis=1)
