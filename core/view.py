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
        box: What of the picture was looked at: left, top, right, bottom as shares of its sides.
        coefficients: The 256 numbers whose signs are the view's hash, as hex of signed bytes: how far each
            lies from their median, and so how sure its bit is. 100 is the upper quartile of these distances.
    """

    how: How = How.WHOLE
    box: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    coefficients: str
