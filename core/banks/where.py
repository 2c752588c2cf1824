"""Where in an upload a listed picture was found: what its drawing is made from."""

from typing import Final

from core.banks.altered import TURNS, Turn
from core.banks.index import Hit, Still
from core.banks.parts import Part, read
from core.banks.pictures import Sight
from core.model import Signal
from core.view import Point, View, Where

_WHOLE: Final = (0, 0, 1000, 1000)


def where(signal: Signal, hit: Hit) -> Where | None:
    """Say where a picture was found; None for what is none, and where its sides were not told.

    A frame of a video is not drawn: a clip does not say how wide its frames are.
    """
    shown = read(signal.features) if signal.kind == "pdq" and signal.features else None
    if shown is None or isinstance(hit.sight, Still):
        return None
    sides = (round(shown.width), round(shown.height))
    match hit.sight:
        case Part(corners=found):
            upper_left, upper_right, lower_right, lower_left = map(_in_thousandths, found)
            return Where(sides=sides, corners=(upper_left, upper_right, lower_right, lower_left))
        case Sight(view=View(box=box), turn=turn):
            return Where(sides=sides, corners=_corners(box, turn))
    return Where(sides=sides, corners=_corners(_WHOLE, TURNS[0]))


def _in_thousandths(place: tuple[float, float]) -> Point:
    return round(place[0] * 1000), round(place[1] * 1000)


def _corners(box: tuple[int, int, int, int], turn: Turn) -> tuple[Point, Point, Point, Point]:
    """Give where the corners of a listed picture lie that fills a box after a turn."""
    return (
        _corner(box, turn, (0, 0)),
        _corner(box, turn, (1, 0)),
        _corner(box, turn, (1, 1)),
        _corner(box, turn, (0, 1)),
    )


def _corner(box: tuple[int, int, int, int], turn: Turn, corner: Point) -> Point:
    """Follow one corner of the listed picture, given as right and down, into the box.

    The turn takes the box to the listed picture: it mirrors, and then exchanges rows and columns. So the way
    back exchanges first.
    """
    left, top, right, bottom = box
    across, down = corner[::-1] if turn.swapped else corner
    return (
        (right, left)[across] if turn.columns_reversed else (left, right)[across],
        (bottom, top)[down] if turn.rows_reversed else (top, bottom)[down],
    )
