"""The views of a picture: what else its hash could have been before somebody altered it.

A list holds 256 bits of the whole picture. An upload may be that picture inside a frame, cut at its edges or
tilted; so each rectangle that may be a picture is hashed, and the whole one with its edges continued, and
turned a little. A view keeps its 256 coefficients and not only their signs: mirroring and turning by quarters
are changes of sign and place (`core.banks.altered`), and how far a coefficient lies from the median is how
sure its bit is.
"""

import base64
import math
from collections.abc import Iterator
from typing import Final

import numpy as np
from PIL import Image

from core.media.box import WHOLE, Box, boxes
from core.media.features import features
from core.media.frames import Fingerprint
from core.media.pdq import (
    POINTS,
    SMALLEST,
    TURNS,
    Bytes,
    Floats,
    Luma,
    centred,
    coefficients,
    quality,
    sampled,
    written,
)
from core.view import MIN_QUALITY, How, View

SIDE: Final = 320
"""Views other than the whole one are read from a picture whose longer side is this at most."""

MIN_CERTAIN: Final = 64
"""Coefficients that must lie more than 1 from the median, for a hash to mean anything.

The hash of stripes, flags and checkerboards changes by 100 bits when they are stored anew, and many of them
have a quality over 50. Measured: 0 coefficients on twelve flags, 135 or more on 95 photographs.
"""

_MARGINS: Final = (0.03, 0.06, 0.1)
"""What may have been cut off each side, of the side that is left."""

_TILTS: Final = (-4.0, 4.0)
"""Degrees; a hash lives through two more on either side."""

_SMALLEST: Final = POINTS // 2
_WITHIN_TILT: Final = 0.95
_QUARTILE: Final = 191
_UPPER: Final = 100
_MOST: Final = 127


def fingerprint(luma: Luma) -> Fingerprint:
    """Give the hash of a picture as displayed, and its views.

    Its quality says too little, 49, where its bits do.
    """
    if min(luma.width, luma.height) < SMALLEST:
        return Fingerprint(kind="pdq", value="0" * 64, quality=0)
    points = sampled(luma)
    found, worth = coefficients(points), quality(points)
    if not certain(found):
        worth = min(worth, MIN_QUALITY - 1)
    picture = small(luma)
    whole = _view(How.WHOLE, WHOLE, points)
    # What says nothing as it is would seem to say something where it is tilted: stripes would.
    others = [*(_guesses(picture) if whole else ()), *_rectangles(picture)]
    views = [whole, *(_view(*one) for one in others)]
    return Fingerprint(
        kind="pdq",
        value=written(found),
        quality=worth,
        views=tuple(filter(None, views)),
        features=base64.b64encode(features(picture)).decode(),
    )


def small(luma: Luma) -> Image.Image:
    """Give the picture as displayed, its longer side `SIDE` pixels or fewer."""
    stored = Image.fromarray(luma.pixels)
    shrink = SIDE / max(stored.size)
    if shrink < 1:
        width, height = (max(round(side * shrink), 1) for side in stored.size)
        stored = stored.resize((width, height), Image.Resampling.BOX)
    pixels: Bytes = np.asarray(stored)
    turn = TURNS[luma.orientation]
    pixels = pixels[:: -1 if turn.rows_reversed else 1, :: -1 if turn.columns_reversed else 1]
    return Image.fromarray(np.ascontiguousarray(pixels.T if turn.swapped else pixels))


def _guesses(picture: Image.Image) -> Iterator[tuple[How, Box, Floats]]:
    """Give the whole picture as it may have been before, as a view's kind, rectangle and 64 x 64 points."""
    if min(picture.size) >= _SMALLEST:
        for margin in _MARGINS:
            yield How.CROPPED, WHOLE, _continued(picture, margin)
        for degrees in _TILTS:
            yield How.TILTED, WHOLE, _tilted(picture, degrees)


def _rectangles(picture: Image.Image) -> Iterator[tuple[How, Box, Floats]]:
    """Give what may be a picture inside the picture, in the same form."""
    if min(picture.size) >= _SMALLEST:
        for box in boxes(np.asarray(picture)):
            yield How.INSIDE, box, _inside(picture, box)


def _inside(picture: Image.Image, box: Box) -> Floats:
    width, height = picture.size
    edges = (box.left * width, box.top * height, box.right * width, box.bottom * height)
    found = picture.resize((POINTS, POINTS), Image.Resampling.BOX, box=edges)
    return np.asarray(found, np.float32)


def _continued(picture: Image.Image, margin: float) -> Floats:
    """Guess what was cut off by mirroring what is left: that puts the rest back into its place."""
    width, height = picture.size
    sides = ((round(height * margin),) * 2, (round(width * margin),) * 2)
    return _inside(Image.fromarray(np.pad(np.asarray(picture), sides, mode="reflect")), WHOLE)


def _tilted(picture: Image.Image, degrees: float) -> Floats:
    """Turn the picture back by an angle, and look at what surely belongs to it."""
    width, height = picture.size
    side = 2 * POINTS
    cosine = math.cos(math.radians(degrees)) * _WITHIN_TILT
    sine = math.sin(math.radians(degrees)) * _WITHIN_TILT
    across, down = width / side, height / side
    turned = picture.transform(
        (side, side),
        Image.Transform.AFFINE,
        (
            *(cosine * across, -sine * down, (width - cosine * width + sine * height) / 2),
            *(sine * across, cosine * down, (height - sine * width - cosine * height) / 2),
        ),
        Image.Resampling.BILINEAR,
    )
    return _inside(turned, WHOLE)


def certain(found: Floats) -> bool:
    """Tell whether a hash of these coefficients means anything."""
    return int(np.count_nonzero(np.abs(centred(found)) > 1)) >= MIN_CERTAIN


def _view(how: How, box: Box, points: Floats) -> View | None:
    """Give a view, if there is enough in it."""
    found = coefficients(points)
    if quality(points) < MIN_QUALITY or not certain(found):
        return None
    upper = np.partition(np.abs(found), _QUARTILE, axis=None)[_QUARTILE]
    steps = np.clip(np.rint(found * (_UPPER / upper)), -_MOST, _MOST).astype(np.int8)
    left, top, right, bottom = (round(edge * 1000) for edge in box)
    return View(how=how, box=(left, top, right, bottom), coefficients=steps.tobytes().hex())
