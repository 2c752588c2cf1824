"""The texts of the codes in a picture: QR in all its sizes, Aztec and Data Matrix. Child process only.

One reader looks at the same picture several times, cheapest first: as it is, without the dark ground around
it, enlarged where it is small, at half its size (which takes the grain away) and there again with faint
contrasts made strong. Every look is taken, also after a find, so that a clear code cannot hide a faint one
beside it.

The reader's time grows with the square of what resembles a code. So large pictures are cut into tiles that
overlap, halved until a whole one fits into a tile, and a clock is asked before each look: what then remains
is refused with a reason, never passed over. Colours are not looked at: phones do not either.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import numpy as np
import zxingcpp
from PIL import Image, ImageFilter
from zxingcpp import BarcodeFormat, BarcodeFormats, TextMode

from core.media.decode import Refused
from core.media.frames import LONGEST_CODE, MOST_CODES, UNWRITTEN
from core.media.pdq import Bytes

BUDGET_S: Final = 3.0
"""Processor time for the codes of one file; one more look of the worst kind takes a second."""

EVERY_S: Final = 0.5
"""How far apart the frames of an animation are that are looked at: to scan a code takes people longer."""

_QUICK: Final = (BarcodeFormat.QRCode, BarcodeFormat.MicroQRCode, BarcodeFormat.RMQRCode)
_QR: Final = BarcodeFormats(_QUICK)
_ALL: Final = BarcodeFormats((*_QUICK, BarcodeFormat.Aztec, BarcodeFormat.DataMatrix))
"""The other two cost four times as much as QR, so they are only looked for where pixels are few."""

_TILE: Final = 1280
_OVERLAP: Final = 320
"""A code as wide as this is whole in one tile; a wider one is still large in the halved picture."""

_LEAST: Final = 11
"""Modules along the smallest code."""

_SMALL: Final = 1 << 18
"""So many pixels, 512 x 512, may be a picture of hardly more than one code; it is enlarged."""

_DARK: Final = 110
_LIGHTER: Final = 60
_GRAIN: Final = 30
_MARGIN: Final = 24
_BLOCK: Final = 8
_GAIN: Final = 6


def codes(
    shown: Iterable[tuple[float, Bytes]], *, spent: Callable[[], float] = time.process_time
) -> Iterator[str]:
    """Give the text of every code once, as soon as it is found.

    Args:
        shown: The brightness of a picture, or of each frame of an animation or a video, with the second at
            which it is shown.
        spent: What tells how much processor time has been used, in seconds.

    Raises:
        Refused: Not all could be looked at; what was given before counts.
    """
    end = spent() + BUDGET_S
    found: set[str] = set()
    broken = False
    looked_s = -EVERY_S
    for at_s, grey in shown:
        # A frame that is passed over has cost its time too.
        _refuse_later_than(end, spent)
        if at_s - looked_s < EVERY_S:
            continue
        looked_s = at_s
        for pixels, formats in _looks(grey):
            _refuse_later_than(end, spent)
            try:
                texts = _read(pixels, formats)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001  # the library has raised IndexError and worse on odd pictures
                broken = True
                continue
            for text in texts:
                if text in found:
                    continue
                if len(found) == MOST_CODES:
                    raise Refused(f"picture with more than {MOST_CODES} codes")
                found.add(text)
                yield text
    if broken:
        raise Refused("picture on which the reader of codes stumbled")


def _refuse_later_than(end: float, spent: Callable[[], float]) -> None:
    if spent() > end:
        raise Refused("picture in which looking for codes takes too long")


def _read(pixels: Bytes, formats: BarcodeFormats) -> tuple[str, ...]:
    """Give the texts of the codes in one piece of a picture, light or dark, turned or mirrored."""
    read = zxingcpp.read_barcodes(np.ascontiguousarray(pixels), formats=formats, text_mode=TextMode.Plain)
    texts = (UNWRITTEN.sub(" ", code.text).strip() for code in read)
    return tuple(text for text in texts if 0 < len(text) <= LONGEST_CODE)


def _looks(grey: Bytes) -> Iterator[tuple[Bytes, BarcodeFormats]]:
    """Give all that the reader is to look at, cheapest first, and what it is to look for there."""
    if min(grey.shape) < _LEAST:
        return
    yield from ((tile, _QR) for tile in _tiles(grey))
    if (card := _off_dark_ground(grey)) is not None:
        yield from ((tile, _QR) for tile in _tiles(card))
    if grey.size <= _SMALL:
        image = Image.fromarray(grey)
        yield np.asarray(image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)), _QR
    while True:
        grey = np.asarray(Image.fromarray(grey).reduce(2))
        if max(grey.shape) <= _TILE:
            break
        yield from ((tile, _QR) for tile in _tiles(grey))
    yield grey, _ALL
    yield _strengthened(grey), _QR


def _tiles(grey: Bytes) -> Iterator[Bytes]:
    for top in _starts(grey.shape[0]):
        for left in _starts(grey.shape[1]):
            yield grey[top : top + _TILE, left : left + _TILE]


def _starts(size: int) -> Iterator[int]:
    """Say where tiles start along an axis, so that neighbours overlap and the last one ends with it."""
    steps = max(0, -(-(size - _TILE) // (_TILE - _OVERLAP)))
    return (step * (size - _TILE) // max(steps, 1) for step in range(steps + 1))


def _off_dark_ground(grey: Bytes) -> Bytes | None:
    """Cut out what is light on an even dark ground, and lay it on white.

    A code needs a light margin; one that stands on a dark ground without it has its corners swallowed. Its
    outermost rows and columns still hold something light (what parts the corners from the rest).
    """
    edge = np.concatenate((grey[0], grey[-1], grey[:, 0], grey[:, -1])).astype(np.int16)
    ground = int(np.median(edge))
    if ground > _DARK or np.percentile(edge, 95) > ground + _GRAIN:
        return None
    light = grey > ground + _LIGHTER
    rows, columns = np.flatnonzero(light.any(axis=1)), np.flatnonzero(light.any(axis=0))
    if not rows.size:
        return None
    card = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.pad(card, _MARGIN, constant_values=255)


def _strengthened(grey: Bytes) -> Bytes:
    """Make small differences from the surroundings large: the reader takes a faint code for even ground."""
    image = Image.fromarray(grey)
    blocks = image.reduce(_BLOCK).filter(ImageFilter.BoxBlur(1))
    around = np.asarray(blocks.resize(image.size, Image.Resampling.BILINEAR))
    stronger = grey.astype(np.int16)
    stronger -= around
    stronger *= _GAIN
    stronger += 128
    return np.clip(stronger, 0, 255, out=stronger).astype(np.uint8)
