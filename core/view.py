"""A way of looking at a picture: what of it is looked at, and the numbers that are compared."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MIN_QUALITY: Final = 50
"""Below this a picture has too little in it to be told apart. Source: ThreatExchange, pdq/README.md."""

MAX_BITS: Final = 31
"""Bits of 256 that may differ in one picture. Source: ThreatExchange, pdq/README.md, "Distance Threshold"."""


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


Point = tuple[int, int]
"""To the right and down, in thousandths of a picture's sides; what lies outside is below 0 or over 1000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where in an upload a listed picture was found, and how it lies there.

    Attributes:
        sides: Width and height of the upload as displayed; only their proportion means something.
        corners: Of the listed picture, in the upload: upper left, upper right, lower right, lower left.
    """

    sides: tuple[int, int]
    corners: tuple[Point, Point, Point, Point]

    @property
    def is_mirrored(self) -> bool:
        """Whether its corners, in their order, go the other way round than a clock's hands."""
        (ax, ay), (bx, by), _, (dx, dy) = self.corners
        return (bx - ax) * (dy - ay) < (by - ay) * (dx - ax)

    @property
    def up(self) -> Point:
        """The way from the middle of its lower edge to that of its upper one, twice over."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.corners
        return ax + bx - cx - dx, ay + by - cy - dy
