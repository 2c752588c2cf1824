"""A way of looking at a picture: what of it is looked at, and the numbers that are compared."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MIN_QUALITY: Final = 50
"""Below this a picture has too little in it to be told apart. Source: ThreatExchange, pdq/README.md."""


class How(StrEnum):
    """How a view was taken from a picture; the words are a moderator's."""

    WHOLE = ""
    INSIDE = "inside another"
    CROPPED = "cropped"
    TILTED = "tilted"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One way of looking at a picture, for comparing it where it was altered.

    Attributes:
        box: What of the picture was looked at: left, top, right, bottom in thousandths of its sides.
        coefficients: 16 x 16 cosine coefficients as hex of signed bytes; the upper quartile of their sizes is
            100. Which lie over their median is the view's hash, and how far, how sure each bit is.
    """

    how: How = How.WHOLE
    box: tuple[int, int, int, int] = (0, 0, 1000, 1000)
    coefficients: str
