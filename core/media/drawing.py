"""Draws where in an upload a listed picture lies: outlines and nothing of either picture.

It is made from measures alone, so that whoever sees it sees no banned picture. The upload is a rectangle of
its proportions, each listed picture the outline of its corners, with a letter F and an arrow to its top: an F
shows every turn, and whether something is mirrored. What it says in words is for who writes the caption.

`Sheet` is what both forms are made from: `svg` for documents here, a PNG for chats in `core.media.painted`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.view import Where

Spot = tuple[float, float]
"""To the right and down, in pixels of the sheet."""

WIDE, HIGH = 640, 480
_MARGIN: Final = 44
_FOOT: Final = 34
"""Below the outlines is a line of words."""

_BEYOND: Final = 1.0
"""How much of what lies outside of the upload is shown, in its sides."""

_PAPER, _INK, _FAINT, _WHITE = "#f3f2ee", "#30343a", "#767b84", "#ffffff"
_COLOURS: Final = (
    ("#fbdcd2", "#b3391f"),
    ("#d6e4f7", "#1f57a3"),
    ("#dcefd6", "#2f7a22"),
    ("#efe0f3", "#7b3391"),
)
"""Inside and outline of the first, the second, … listed picture."""

MOST: Final = len(_COLOURS)
"""Listed pictures on one sheet."""

_LETTER: Final = (((0.32, 0.74), (0.32, 0.26), (0.56, 0.26)), ((0.32, 0.49), (0.5, 0.49)))
_ARROW: Final = (((0.72, 0.74), (0.72, 0.24)), ((0.66, 0.36), (0.72, 0.24), (0.78, 0.36)))
"""Lines on the listed picture, as shares of its sides."""

_NUMBER: Final = (0.5, 0.88)
_LEGEND: Final = "F and arrow: how the listed picture lies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A line through some places; closed, it may be filled."""

    spots: tuple[Spot, ...]
    colour: str
    width: float
    fill: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words of our own, in the middle of a place or to the right of it."""

    at: Spot
    words: str
    colour: str
    size: float = 15
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is drawn, the lowest first, on paper of `WIDE` x `HIGH` pixels."""

    marks: tuple[Outline | Label, ...]
    paper: str = _PAPER


def sheet(found: Sequence[Where]) -> Sheet:
    """Draw the upload with listed pictures in it.

    Args:
        found: Where each lies, in the order of their numbers; all in one upload, `MOST` at most.
    """
    fit = _Fit.of(found)
    upload = tuple(fit(corner) for corner in ((0, 0), (1000, 0), (1000, 1000), (0, 1000)))
    marks: list[Outline | Label] = [Outline(spots=upload, colour=_FAINT, width=1, fill=_WHITE, closed=True)]
    shapes = [tuple(fit(corner) for corner in where.corners) for where in found]
    coloured = list(zip(shapes, _COLOURS, strict=False))
    # The largest first, so that none lies hidden below another one.
    for shape, (inside, _) in sorted(coloured, key=lambda one: -_area(one[0])):
        marks.append(Outline(spots=shape, colour=inside, width=1, fill=inside, closed=True))
    marks.append(Outline(spots=upload, colour=_INK, width=3, closed=True))
    for number, (shape, (_, colour)) in enumerate(coloured, 1):
        marks += _marked(shape, colour, str(number) if len(coloured) > 1 else "")
    left, top = min(spot[0] for spot in upload), min(spot[1] for spot in upload)
    marks.append(Label(at=(max(left, 8), max(top - 12, 14)), words="the upload", colour=_INK))
    marks.append(Label(at=(WIDE / 2, HIGH - 18), words=_LEGEND, colour=_FAINT, size=14, centred=True))
    return Sheet(marks=tuple(marks))


@dataclass(frozen=True, slots=True)
class _Fit:
    """Takes thousandths of the upload's sides to pixels of the sheet."""

    left: float
    top: float
    across: float
    down: float

    @classmethod
    def of(cls, found: Sequence[Where]) -> "_Fit":
        """Make all of it fit, and what lies far outside not count."""
        corners = [corner for where in found for corner in where.corners]
        low, high = -1000 * _BEYOND, 1000 * (1 + _BEYOND)
        edges = [
            (max(min([0, *along]), low), min(max([1000, *along]), high))
            for along in zip(*corners, strict=True)
        ]
        (left, right), (top, bottom) = edges
        wide, high_ = found[0].sides
        scale = min(
            (WIDE - 2 * _MARGIN) / ((right - left) * wide),
            (HIGH - 2 * _MARGIN - _FOOT) / ((bottom - top) * high_),
        )
        across, down = scale * wide, scale * high_
        return cls(
            left=(WIDE - (right - left) * across) / 2 - left * across,
            top=(HIGH - _FOOT - (bottom - top) * down) / 2 - top * down,
            across=across,
            down=down,
        )

    def __call__(self, place: tuple[float, float]) -> Spot:
        """Give a place's spot."""
        return self.left + place[0] * self.across, self.top + place[1] * self.down


def _marked(shape: Sequence[Spot], colour: str, number: str) -> Iterator[Outline | Label]:
    yield Outline(spots=tuple(shape), colour=colour, width=3, closed=True)
    for line in (*_LETTER, *_ARROW):
        yield Outline(spots=tuple(_on(shape, place) for place in line), colour=colour, width=3)
    if number:
        yield Label(at=_on(shape, _NUMBER), words=number, colour=colour, size=18, centred=True)


def _on(shape: Sequence[Spot], place: Spot) -> Spot:
    """Give the spot of a place on the listed picture, between its four corners."""
    right, down = place
    shares = ((1 - right) * (1 - down), right * (1 - down), right * down, (1 - right) * down)
    across, along = zip(*shape, strict=True)
    return (
        sum(share * at for share, at in zip(shares, across, strict=True)),
        sum(share * at for share, at in zip(shares, along, strict=True)),
    )


def _area(shape: Sequence[Spot]) -> float:
    beside = (*shape[1:], shape[0])
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(shape, beside, strict=True)))


def svg(drawn: Sheet, title: str) -> str:
    """Write a sheet as SVG; the title is for those who cannot see it."""
    lines = [
        f'<svg viewBox="0 0 {WIDE} {HIGH}" xmlns="http://www.w3.org/2000/svg" role="img">',
        f"<title>{title}</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="{drawn.paper}"/>',
        *(_as_svg(mark) for mark in drawn.marks),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _as_svg(mark: Outline | Label) -> str:
    if isinstance(mark, Label):
        anchor = ' text-anchor="middle"' if mark.centred else ""
        return (
            f'<text x="{mark.at[0]:.1f}" y="{mark.at[1]:.1f}" font-family="sans-serif" '
            f'font-size="{mark.size:g}" dominant-baseline="middle"{anchor} fill="{mark.colour}">'
            f"{mark.words}</text>"
        )
    spots = " ".join(f"{x:.1f},{y:.1f}" for x, y in mark.spots)
    return (
        f'<{"polygon" if mark.closed else "polyline"} points="{spots}" fill="{mark.fill or "none"}" '
        f'stroke="{mark.colour}" stroke-width="{mark.width:g}" stroke-linejoin="round"/>'
    )
