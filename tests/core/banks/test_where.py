"""Where a listed picture lies in an upload: each turn of it, inside others, cut off."""

import pytest
from PIL import Image, ImageOps

from core.banks.index import Hit, Still
from core.banks.where import where
from core.model import Signal
from core.view import Point, Where
from samples.drawing import drawn
from tests.core.banks.looks import seen
from tests.core.banks.test_sentences import matches
from tests.core.media.alterations import letterboxed, shown_in_chat
from tests.core.media.scenes import LANTERNS

PICTURE = drawn(LANTERNS)
WIDTH, HEIGHT = PICTURE.size
UPPER_LEFT, UPPER_RIGHT, LOWER_RIGHT, LOWER_LEFT = (0, 0), (1000, 0), (1000, 1000), (0, 1000)

TURNED = {
    "as it is": (PICTURE, (UPPER_LEFT, UPPER_RIGHT, LOWER_RIGHT, LOWER_LEFT)),
    "mirrored": (ImageOps.mirror(PICTURE), (UPPER_RIGHT, UPPER_LEFT, LOWER_LEFT, LOWER_RIGHT)),
    "upside down": (ImageOps.flip(PICTURE), (LOWER_LEFT, LOWER_RIGHT, UPPER_RIGHT, UPPER_LEFT)),
    "turned by half": (PICTURE.rotate(180), (LOWER_RIGHT, LOWER_LEFT, UPPER_LEFT, UPPER_RIGHT)),
    "to the left": (PICTURE.rotate(90, expand=True), (LOWER_LEFT, UPPER_LEFT, UPPER_RIGHT, LOWER_RIGHT)),
    "to the right": (PICTURE.rotate(270, expand=True), (UPPER_RIGHT, LOWER_RIGHT, LOWER_LEFT, UPPER_LEFT)),
    "mirrored, to the left": (
        ImageOps.mirror(PICTURE).rotate(90, expand=True),
        (UPPER_LEFT, LOWER_LEFT, LOWER_RIGHT, UPPER_RIGHT),
    ),
    "mirrored, to the right": (
        ImageOps.mirror(PICTURE).rotate(270, expand=True),
        (LOWER_RIGHT, UPPER_RIGHT, UPPER_LEFT, LOWER_LEFT),
    ),
    "colours inverted": (ImageOps.invert(PICTURE), (UPPER_LEFT, UPPER_RIGHT, LOWER_RIGHT, LOWER_LEFT)),
}


@pytest.mark.parametrize("name", list(TURNED))
async def test_each_corner_is_where_the_turn_took_it(name: str) -> None:
    """By the hash alone, in proportions of the upload as displayed; a clock's order ends with mirroring."""
    picture, corners = TURNED[name]
    (found,) = await matches(picture)

    assert found.where is not None
    assert found.where.corners == corners
    assert found.where.sides[0] / found.where.sides[1] == pytest.approx(picture.width / picture.height, 0.01)
    assert found.where.is_mirrored is ("mirrored" in name or name == "upside down")


@pytest.mark.parametrize("name", ["as it is", "mirrored", "to the left", "to the right"])
async def test_by_its_parts_corners_are_the_same(name: str) -> None:
    """Two ways of finding a picture agree on where it lies: a third of it is cut off."""
    picture, corners = TURNED[name]
    cut = picture.crop((0, 0, picture.width, picture.height * 2 // 3))
    (found,) = [m for m in await matches(cut, given=True) if m.entry.kind == "features"]

    assert found.where is not None
    stretched = [(across, down * 3 // 2) for across, down in corners]
    assert all(_near(one, two) for one, two in zip(found.where.corners, stretched, strict=True))


async def test_inside_another_picture_it_lies_in_its_box() -> None:
    """Bars above and below; and a mirrored one in a chat's window."""
    bars, chat = letterboxed(PICTURE), shown_in_chat(ImageOps.mirror(PICTURE))
    (between,) = await matches(bars.picture)
    (shown,) = await matches(chat.picture)

    assert _around(between.where) == pytest.approx([1000 * edge for edge in bars.box], abs=15)
    assert _around(shown.where) == pytest.approx([1000 * edge for edge in chat.box], abs=15)
    assert shown.where is not None
    assert shown.where.is_mirrored


def test_what_is_no_picture_has_no_place() -> None:
    """A link, a frame of a video, and a picture whose sides nobody told."""
    picture = seen(PICTURE)
    assert where(picture, Hit(1, 4)) is not None

    assert where(Signal(kind="link", value="telegram:user/example", part="text"), Hit(1)) is None
    assert (
        where(Signal(kind="video", value="0" * 64, part="a", clip="x"), Hit(1, 4, Still("0" * 64, 0))) is None
    )
    assert where(Signal(kind="pdq", value=picture.value, part="a", quality=80), Hit(1, 4)) is None


def test_the_way_up_is_told_by_the_corners() -> None:
    """To the right and down, as everything in a picture is counted."""
    ways = {name: Where(sides=(4, 3), corners=corners).up for name, (_, corners) in TURNED.items()}

    assert ways["as it is"] == ways["mirrored"] == (0, -2000)
    assert ways["turned by half"] == ways["upside down"] == (0, 2000)
    assert ways["to the left"] == (-2000, 0)
    assert ways["to the right"] == (2000, 0)


def _near(one: Point, other: Point) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 40


def _around(found: Where | None) -> list[float]:
    assert found is not None
    across, down = zip(*found.corners, strict=True)
    return [min(across), min(down), max(across), max(down)]


def test_the_pictures_here_are_turned_as_they_are_called() -> None:
    """The table's corners are those that Pillow's turns give to a picture of four dots."""
    dots = Image.new("L", (2, 2))
    for number, place in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
        dots.putpixel(place, number)
    turns = {
        "mirrored": ImageOps.mirror(dots),
        "upside down": ImageOps.flip(dots),
        "turned by half": dots.rotate(180),
        "to the left": dots.rotate(90, expand=True),
        "mirrored, to the right": ImageOps.mirror(dots).rotate(270, expand=True),
    }
    for name, turned in turns.items():
        there = [turned.getpixel((across // 1000, down // 1000)) for across, down in TURNED[name][1]]
        assert there == [0, 1, 2, 3]
