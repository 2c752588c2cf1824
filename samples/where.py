"""Draws the picture in the README of where a listed picture was found, `docs/where.svg`.

It is what a moderator gets with a card's Details, of an invented find: a screenshot of a chat with a listed
picture that was turned and mirrored. Run it from the checkout as `python -m samples.where`.
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from bots.drawing import Drawing, drawing_of
from core.media.drawing import sheet, svg
from core.model import Strength
from core.view import Where
from samples.card import case

WHERE: Final = Where(sides=(160, 320), corners=((62, 169), (62, 606), (669, 606), (669, 169)))


def drawing() -> Drawing:
    """Give the drawing as a moderator gets it."""
    known = case()
    (match,) = known.verdict.matches
    found = replace(match, strength=Strength.STRONG, where=WHERE)
    made = drawing_of(replace(known, verdict=replace(known.verdict, matches=(found,))))
    if made is None:
        raise LookupError("the case has a picture with its place")
    return made


def picture() -> str:
    """Draw it as SVG; what it says in words is its title."""
    made = drawing()
    return svg(sheet(made.places), made.caption.translate({0x2068: None, 0x2069: None}))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[1] / "docs" / "where.svg"
    target.write_text(picture(), encoding="utf-8")
