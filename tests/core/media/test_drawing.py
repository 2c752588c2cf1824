"""The drawing of where a listed picture lies: measures, outlines, and nothing else."""

import io
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from core.media.drawing import HIGH, MOST, WIDE, Outline, sheet, svg
from core.media.painted import png
from core.view import Point, Where

INSIDE: tuple[Point, ...] = ((250, 250), (750, 250), (750, 750), (250, 750))


def lying(*corners: Point, sides: tuple[int, int] = (400, 300)) -> Where:
    """Give a picture that lies in an upload."""
    first, second, third, fourth = corners or INSIDE
    return Where(sides=sides, corners=(first, second, third, fourth))


def closed(where: Where) -> list[Outline]:
    """Give the closed outlines of a drawing."""
    return [m for m in sheet([where]).marks if isinstance(m, Outline) and m.closed]


SIDES = [(400, 300), (300, 400), (1000, 10), (10, 1000), (1, 1), (65535, 3)]
FAR = [
    INSIDE,
    ((0, 1000), (0, 0), (1000, 0), (1000, 1000)),
    ((-8000, -8000), (9000, -8000), (9000, 9000), (-8000, 9000)),
    ((500, 500), (500, 500), (500, 500), (500, 500)),
]


@pytest.mark.parametrize("sides", SIDES, ids=str)
@pytest.mark.parametrize("corners", FAR, ids=range(len(FAR)))
def test_the_upload_has_its_proportions_and_is_on_the_sheet(
    sides: tuple[int, int], corners: tuple[Point, ...]
) -> None:
    """Whatever its sides are, and however far a corner lies outside."""
    spots = closed(lying(*corners, sides=sides))[0].spots
    (left, top), (right, bottom) = spots[0], spots[2]

    assert 0 <= left < right <= WIDE
    assert 0 <= top < bottom <= HIGH
    assert (right - left) / (bottom - top) == pytest.approx(sides[0] / sides[1])


def test_the_listed_picture_lies_where_it_was_found() -> None:
    """In the middle half of the upload, its corners in their order."""
    upload, *_, listed = closed(lying())
    (left, top), (right, bottom) = upload.spots[0], upload.spots[2]
    shares = [((x - left) / (right - left), (y - top) / (bottom - top)) for x, y in listed.spots]

    assert shares == [pytest.approx((x / 1000, y / 1000)) for x, y in INSIDE]


def test_the_arrow_points_to_the_top_of_the_listed_picture() -> None:
    """Its shaft is the second open line after the letter."""
    turned = ((250, 750), (250, 250), (750, 250), (750, 750))
    for corners, way in ((INSIDE, (0, -1)), (turned, (-1, 0))):
        lines = [m for m in sheet([lying(*corners)]).marks if isinstance(m, Outline) and not m.closed]
        (from_x, from_y), (to_x, to_y) = lines[2].spots
        length = abs(to_x - from_x) + abs(to_y - from_y)

        assert ((to_x - from_x) / length, (to_y - from_y) / length) == pytest.approx(way)


def test_several_are_numbered_and_there_is_an_end_of_them() -> None:
    """One alone has no number."""
    words = [str(number) for number in range(1, MOST + 1)]
    for count, numbers in ((1, []), (2, words[:2]), (MOST + 3, words)):
        drawn = svg(sheet([lying()] * count), "where")
        told = [e.text for e in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own

        assert [one for one in told if one and one.isdigit()] == numbers


def test_both_forms_show_the_same() -> None:
    """A picture of the sheet's size that a chat shows, and a document with its title."""
    drawn = sheet([lying()])
    with Image.open(io.BytesIO(png(drawn))) as picture:
        assert (picture.format, picture.size) == ("PNG", (WIDE, HIGH))
        red, _, blue = (picture.getchannel(band).getpixel((WIDE // 2, HIGH // 2 - 17)) for band in "RGB")
        assert (red, blue) == (0xFB, 0xD2)
    root = ET.fromstring(svg(drawn, "Where it lies"))  # noqa: S314 - our own

    assert (root.get("viewBox"), root[0].text) == (f"0 0 {WIDE} {HIGH}", "Where it lies")
    assert "image" not in {element.tag.rpartition("}")[2] for element in root.iter()}
