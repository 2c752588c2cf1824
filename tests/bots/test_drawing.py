"""What goes with Details: the drawing of a picture that was found, and the same in words."""

import io
from dataclasses import replace
from datetime import UTC

import pytest
from PIL import Image

from bots.details import details_of
from bots.drawing import LONGEST, drawing_of, lies
from core.case import Case
from core.model import Match, Strength
from core.view import Point, Where
from tests import make

WHOLE = ((0, 0), (1000, 0), (1000, 1000), (0, 1000))
LEFT = ((100, 900), (100, 200), (600, 200), (600, 900))


def found(
    corners: tuple[Point, Point, Point, Point] = WHOLE,
    *,
    part: str = "attachment[0]",
    distance: int | None = 12,
    label: str = "lantern poster 14",
    bank: str = "community",
) -> Match:
    """Give a picture's match with its place."""
    match = make.match("92" * 32, kind="pdq", strength=Strength.STRONG, bank=bank)
    return replace(
        match,
        signal=replace(match.signal, part=part),
        entry=replace(match.entry, label=label, ref="bl-03"),
        distance=distance,
        where=Where(sides=(400, 300), corners=corners),
    )


def case(*matches: Match) -> Case:
    """Give a case with these matches."""
    return replace(make.case(), verdict=make.verdict(*matches))


def words(*matches: Match) -> list[str]:
    """Give the lines of a drawing's caption, without the marks that keep names apart."""
    drawing = drawing_of(case(*matches))
    assert drawing is not None
    return drawing.caption.translate({0x2068: None, 0x2069: None}).splitlines()


FILLS = "it fills the whole picture"
LIES = [
    (WHOLE, "it fills the whole picture, its top at the top"),
    (LEFT, "it lies at 10–60 % of the width, 20–90 % of the height, its top on the left"),
    (
        ((1000, 0), (0, 0), (0, 1000), (1000, 1000)),
        f"{FILLS}, its top at the top, mirrored",
    ),
    (((1000, 1000), (0, 1000), (0, 0), (1000, 0)), "it fills the whole picture, its top at the bottom"),
    (
        ((900, 0), (900, 1000), (100, 1000), (100, 0)),
        "it lies at 10–90 % of the width, 0–100 % of the",
    ),
    (((0, 0), (1500, 0), (1500, 1000), (0, 1000)), "it fills the whole picture and goes on beyond its edge,"),
    (((-10, -20), (1010, 0), (1000, 1020), (0, 990)), "it fills the whole picture, its top at the top"),
]


@pytest.mark.parametrize(("corners", "said"), LIES, ids=range(len(LIES)))
def test_words_say_where_it_lies_and_how(corners: tuple[Point, Point, Point, Point], said: str) -> None:
    """For those who cannot see the drawing; a corner that is a little off is none beyond the edge."""
    assert lies(Where(sides=(400, 300), corners=corners)).startswith(said)


def test_one_picture_is_drawn_with_its_entry_and_distance() -> None:
    """Which list, which entry, how far it is off, and where it lies."""
    assert words(found(LEFT)) == [
        "Where it lies in attachment[0]; drawn from measures, without any picture.",
        f"“lantern poster 14”, entry bl-03, in list community (strong, 12 of 256 bits differ): {LIES[1][1]}.",
    ]
    assert "(strong, by its parts)" in words(found(distance=None))[1]


def test_lists_that_agree_are_one_outline_and_other_places_another() -> None:
    """What is in other attachments is counted, and left out of the drawing."""
    drawing = drawing_of(
        case(
            found(),
            found(bank="second"),
            found(LEFT, label="kite"),
            make.match(),
            found(part="attachment[1]"),
        )
    )

    assert drawing is not None
    assert [place.corners for place in drawing.places] == [WHOLE, LEFT]
    lines = drawing.caption.splitlines()
    assert [line[:3] for line in lines[1:3]] == ["1: ", "2: "]
    assert [name in lines[1] for name in ("community", "second", "kite")] == [True, True, False]
    assert "kite" in lines[2]
    assert lines[3] == "1 more found, not drawn here."


def test_where_no_picture_was_found_nothing_is_drawn() -> None:
    """A link has no place in a picture, and nor has an old case's match."""
    assert drawing_of(case(make.match())) is None
    assert drawing_of(case(replace(found(), where=None))) is None


def test_a_lists_words_are_harmless_and_the_caption_fits() -> None:
    """Who writes a list may try to ping somebody, or to write a novel."""
    hostile = found(label="@everyone https://t.me/example " + "x" * 500, bank="b" * 400)
    drawing = drawing_of(
        case(*(replace(hostile, entry=replace(hostile.entry, ref=str(n))) for n in range(40)))
    )

    assert drawing is not None
    assert len(drawing.caption) <= LONGEST
    assert "@everyone" not in drawing.caption
    assert "https://" not in drawing.caption


def test_it_is_a_picture_that_chats_show() -> None:
    """PNG, and small."""
    drawing = drawing_of(case(found(LEFT)))

    assert drawing is not None
    with Image.open(io.BytesIO(drawing.png())) as picture:
        assert picture.format == "PNG"
    assert len(drawing.png()) < 50_000


def test_details_say_it_in_words_too() -> None:
    """In a terminal there is no drawing."""
    told = details_of(case(found(LEFT)), zone=UTC)

    assert f"  {lies(Where(sides=(400, 300), corners=LEFT))}" in told
