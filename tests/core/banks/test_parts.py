"""Parts of pictures: found when cut, tilted, mirrored or one of four; not when only a thing is the same."""

import base64
import logging

import pytest
from PIL import Image, ImageOps

from core.banks.parts import KEPT, Parts, kept, read
from samples.drawing import drawn
from tests.core.banks.looks import seen
from tests.core.media.alterations import collage
from tests.core.media.pictures import photograph
from tests.core.media.scenes import HARBOUR, LANTERNS, MEADOW

PICTURE = drawn(LANTERNS)
WIDTH, HEIGHT = PICTURE.size


def features(image: Image.Image) -> str:
    """Give a picture's features as they stand in its signal."""
    return seen(image, quality=80).features


def known(*images: Image.Image) -> Parts:
    """Give the parts of pictures, by their place from 1."""
    parts = Parts()
    for number, image in enumerate(images, 1):
        parts.put(number, kept(features(image)))
    return parts


KNOWN = known(PICTURE, drawn(HARBOUR), photograph(seed=6))

CORNERS = (25, 20, 5, HEIGHT - 30, WIDTH + 20, HEIGHT + 10, WIDTH - 30, -15)
CUT = {
    "photographed from the side": PICTURE.transform(
        PICTURE.size, Image.Transform.QUAD, CORNERS, Image.Resampling.BICUBIC
    ),
    "left half": PICTURE.crop((0, 0, WIDTH // 2, HEIGHT)),
    "a third cut off on the right": PICTURE.crop((0, 0, WIDTH * 2 // 3, HEIGHT)),
    "the middle": PICTURE.crop((WIDTH // 5, HEIGHT // 5, WIDTH * 4 // 5, HEIGHT * 4 // 5)),
    "tilted and cut": PICTURE.rotate(6, Image.Resampling.BICUBIC).crop((70, 50, WIDTH - 70, HEIGHT - 50)),
    "mirrored and cut": ImageOps.mirror(PICTURE).crop((0, 0, WIDTH * 2 // 3, HEIGHT)),
    "turned by a quarter and cut": PICTURE.rotate(90, expand=True).crop((0, 100, HEIGHT, WIDTH)),
}


@pytest.mark.parametrize("name", list(CUT))
def test_a_part_is_recognised(name: str) -> None:
    """Surely, and no other listed picture with it."""
    (found,) = KNOWN.recognised(features(CUT[name]))

    assert (found.number, found.sure) == (1, True)
    assert found.mirrored is name.startswith("mirrored")


def test_one_of_four_pictures_is_recognised_where_it_is() -> None:
    """In a collage of others, with the rectangle it takes up."""
    altered = collage(PICTURE, [photograph(seed=n) for n in (21, 22, 23)])

    (found,) = KNOWN.recognised(features(altered.picture))

    assert found.number == 1
    assert found.box[1] == pytest.approx(altered.box[1], abs=0.03)
    assert found.box[2] >= altered.box[2] - 0.03


@pytest.mark.parametrize("image", [drawn(MEADOW), photograph(seed=2), Image.new("RGB", (400, 300), "white")])
def test_other_pictures_are_not(image: Image.Image) -> None:
    """Not even for a moderator to look at."""
    assert KNOWN.recognised(features(image)) == []


def test_the_same_thing_in_another_photograph_is_not_sure() -> None:
    """A poster on another wall: the places on it agree, and what was around it is not there."""
    poster = drawn(HARBOUR).resize((200, 140))
    here, there = drawn(LANTERNS), drawn(MEADOW)
    here.paste(poster, (60, 200))
    there.paste(poster, (200, 150))

    (found,) = known(here).recognised(features(there))

    assert not found.sure


def test_what_is_removed_is_no_longer_recognised() -> None:
    """And what is not there may be removed."""
    parts = known(PICTURE)
    assert len(parts.recognised(features(PICTURE))) == 1

    parts.remove([1, 2])

    assert (len(parts), parts.recognised(features(PICTURE))) == (0, [])


def test_of_many_pictures_the_right_one_is_recognised() -> None:
    """Votes choose it among sixty."""
    parts = known(*(photograph(320, 240, seed=100 + n) for n in range(60)), PICTURE)

    assert [part.number for part in parts.recognised(features(CUT["the middle"]))] == [61]


@pytest.mark.parametrize("text", ["", "no base64!", "AAAA", base64.b64encode(bytes(4)).decode()])
def test_what_are_no_features_is_none(text: str, caplog: pytest.LogCaptureFixture) -> None:
    """Of an upload it is nothing, in a bank it is logged, and neither stops anything."""
    assert read(text) is None
    assert kept(text) == ""
    assert KNOWN.recognised(text) == []
    with caplog.at_level(logging.ERROR):
        Parts().put(7, text)
    assert [vars(record)["entry"] for record in caplog.records] == [7]


def test_a_bank_keeps_six_kilobytes_of_a_picture() -> None:
    """The most distinct features, and none at all where they are too few."""
    assert len(base64.b64decode(kept(features(PICTURE)))) <= 4 + KEPT * 38
    assert kept(features(Image.new("RGB", (400, 300), "white"))) == ""
