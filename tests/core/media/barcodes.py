"""Codes drawn for tests, as people draw and photograph them; the texts are invented."""

from typing import NamedTuple

import numpy as np
import zxingcpp
from PIL import Image
from zxingcpp import BarcodeFormat

from core.media.pdq import Bytes

Colour = tuple[int, int, int]
Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


class Ink(NamedTuple):
    """The colours of a code."""

    dark: Colour = (0, 0, 0)
    light: Colour = (255, 255, 255)


BLACK = Ink()


def modules(text: str, form: BarcodeFormat = BarcodeFormat.QRCode, *, spare: str = "M") -> Bytes:
    """Give a code without its margin, a pixel for each module: 0 is dark, 255 is light."""
    options = {"ec_level": spare} if form == BarcodeFormat.QRCode else {}
    drawing = zxingcpp.create_barcode(text, form, **options).to_image(add_quiet_zones=False)
    return np.array(drawing)


def drawn(dots: Bytes, size: int, *, ink: Ink = BLACK, margin: int = 4) -> Image.Image:
    """Draw a code in colours, so many pixels wide with its margin of so many modules."""
    wide = np.pad(dots, margin, constant_values=255)
    pixels = np.array((ink.dark, ink.light), np.uint8)[(wide > 0).astype(np.intp)]
    fine = Image.fromarray(np.kron(pixels, np.ones((8, 8, 1), np.uint8)))
    return fine.resize((size, size * fine.height // fine.width), Image.Resampling.LANCZOS)


def hung(scene: Image.Image, code: Image.Image, corners: Corners) -> Image.Image:
    """Put a code into a scene in perspective.

    Args:
        scene: What it hangs in.
        code: The code.
        corners: Where its corners come to be, clockwise from its upper left one.
    """
    width, height = code.size
    own = ((0, 0), (width, 0), (width, height), (0, height))
    rows = []
    for (x, y), (u, v) in zip(corners, own, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    values = np.linalg.solve(np.array(rows, float), np.array(own, float).ravel()).tolist()
    way = Image.Transform.PERSPECTIVE
    place = Image.new("L", code.size, 255).transform(scene.size, way, values)
    scene = scene.copy()
    scene.paste(code.transform(scene.size, way, values, Image.Resampling.BICUBIC), (0, 0), place)
    return scene
