"""A drawing as PNG, which both chat platforms show where they would show no SVG."""

import io
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from core.media.drawing import HIGH, WIDE, Label, Outline, Sheet

_FINER: Final = 2
"""It is painted larger and then made smaller, so that slanted lines are smooth."""


def png(drawn: Sheet) -> bytes:
    """Paint a sheet; takes some milliseconds, so not on the event loop."""
    picture = Image.new("RGB", (WIDE * _FINER, HIGH * _FINER), drawn.paper)
    pen = ImageDraw.Draw(picture)
    for mark in drawn.marks:
        if isinstance(mark, Label):
            _write(pen, mark)
        else:
            _draw(pen, mark)
    written = io.BytesIO()
    picture.resize((WIDE, HIGH), Image.Resampling.BOX).save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw(pen: ImageDraw.ImageDraw, mark: Outline) -> None:
    spots = [(x * _FINER, y * _FINER) for x, y in mark.spots]
    if mark.fill:
        pen.polygon(spots, fill=mark.fill)
    if mark.closed:
        # Over its beginning, so that the last corner is as round as the others.
        spots += spots[:2]
    pen.line(spots, fill=mark.colour, width=round(mark.width * _FINER), joint="curve")


def _write(pen: ImageDraw.ImageDraw, mark: Label) -> None:
    at = (mark.at[0] * _FINER, mark.at[1] * _FINER)
    font = ImageFont.load_default(mark.size * _FINER)
    pen.text(at, mark.words, fill=mark.colour, font=font, anchor="mm" if mark.centred else "lm")
