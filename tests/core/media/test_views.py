"""Views of a picture: enough of them, none of what says nothing, and the hash unchanged."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from core.media import frames
from core.media.frames import Seen
from core.media.pdq import Luma, pdq
from core.media.views import fingerprint
from core.view import MIN_QUALITY, How
from samples.drawing import drawn
from tests.core.media.alterations import letterboxed
from tests.core.media.pictures import photograph
from tests.core.media.scenes import LANTERNS


def plain(image: Image.Image, *, orientation: int = 1) -> Luma:
    """Give a picture's brightness at its full size."""
    grey = np.asarray(image.convert("L"))
    return Luma(pixels=grey, width=image.width, height=image.height, orientation=orientation)


def striped(colours: int, *, upright: bool) -> Image.Image:
    """Give a flag of stripes."""
    image = Image.new("RGB", (640, 480))
    pen = ImageDraw.Draw(image)
    for stripe in range(colours):
        shade = (stripe * 97 % 256,) * 3
        start, end = stripe / colours, (stripe + 1) / colours
        box = (start * 640, 0, end * 640, 480) if upright else (0, start * 480, 640, end * 480)
        pen.rectangle(box, fill=shade)
    return image


def test_the_hash_is_the_whole_picture_s() -> None:
    """Looking closer changes neither value nor quality; the first view is the whole picture."""
    found = fingerprint(plain(photograph()))

    assert (found.value, found.quality) == pdq(plain(photograph()))
    assert found.views[0].how is How.WHOLE
    assert {view.how for view in found.views} >= {How.WHOLE, How.CROPPED, How.TILTED}


def test_a_picture_inside_another_is_a_view() -> None:
    """With its rectangle."""
    altered = letterboxed(drawn(LANTERNS))

    inside = [view for view in fingerprint(plain(altered.picture)).views if view.how is How.INSIDE]

    assert any(np.allclose(np.array(view.box) / 1000, altered.box, atol=0.02) for view in inside)


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("colours", [2, 3, 4, 6, 9, 13])
def test_stripes_are_never_matched_by_likeness(colours: int, *, upright: bool) -> None:
    """A flag's hash is mostly rounding: no view, and a quality that no bank takes."""
    found = fingerprint(plain(striped(colours, upright=upright)))

    assert found.quality < MIN_QUALITY
    assert found.views == ()


@pytest.mark.parametrize("size", [(640, 480), (3, 300), (300, 3), (20, 20), (1, 1)])
def test_what_says_nothing_has_no_views(size: tuple[int, int]) -> None:
    """One colour, at any size."""
    found = fingerprint(plain(Image.new("RGB", size, (90, 120, 40))))

    assert found.views == ()
    assert found.quality == 0


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_is_found_can_be_said_to_the_parent(orientation: int) -> None:
    """Views and features come through the pipe as they are, however the picture is stored."""
    found = fingerprint(plain(letterboxed(photograph(seed=orientation)).picture, orientation=orientation))

    assert frames.answered(frames.answer(Seen(fingerprints=(found,)))).fingerprints == (found,)
    assert found.features
