"""Pictures inside pictures are found where they are; whatever is given, rectangles are rectangles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import ImageDraw

from core.media.box import MOST, SMALLEST, WHOLE, Box, boxes, overlap
from core.media.pdq import Luma
from core.media.views import small
from samples.drawing import Scene, drawn
from tests.core.media.alterations import ALTERATIONS, Altered, pillarboxed, placed
from tests.core.media.pictures import photograph
from tests.core.media.scenes import HARBOUR, LANTERNS, MEADOW


def found(altered: Altered) -> list[Box]:
    """Give the rectangles of a picture."""
    grey = np.asarray(altered.picture.convert("L"))
    return boxes(np.asarray(small(Luma(pixels=grey, width=grey.shape[1], height=grey.shape[0]))))


def off(box: Box, wanted: tuple[float, ...]) -> float:
    """Give how far the worst side lies from where it should."""
    return max(abs(a - b) for a, b in zip(box, wanted, strict=True))


@pytest.mark.parametrize("name", list(ALTERATIONS))
@pytest.mark.parametrize("scene", [MEADOW, HARBOUR], ids=["meadow", "harbour"])
def test_a_picture_inside_another_is_found(name: str, scene: Scene) -> None:
    """Within two in a hundred of its sides, whatever surrounds it."""
    altered = ALTERATIONS[name](drawn(scene))

    assert min(off(box, altered.box) for box in found(altered)) < 0.02


@pytest.mark.parametrize("step", [24, 40])
def test_a_picture_full_of_lines_is_found_between_bars(step: int) -> None:
    """Its own lines are as straight as its border; that the bars have one colour tells them apart."""
    picture = photograph(640, 448, seed=12)
    pen = ImageDraw.Draw(picture)
    for at in range(9, 640, step):
        pen.line((0, at, 640, at), fill="white", width=3)
        pen.line((at, 0, at, 448), fill="black", width=3)
    altered = pillarboxed(picture)

    assert min(off(box, altered.box) for box in found(altered)) < 0.01


def test_a_picture_in_a_corner_of_another_is_found() -> None:
    """Straight sides set it off from a ground that is as lively as it is."""
    inner = drawn(LANTERNS).resize((280, 196))
    altered = placed(photograph(seed=4), inner, 330, 250)

    assert min(off(box, altered.box) for box in found(altered)) < 0.02


def test_nothing_much_is_found_where_nothing_is() -> None:
    """One colour, or a picture too small to hold another, has no rectangle."""
    assert boxes(np.full((200, 300), 90, np.uint8)) == []
    assert boxes(np.zeros((1, 1), np.uint8)) == []


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 90), st.integers(1, 90))))
def test_whatever_is_given_rectangles_are_rectangles(grey: np.typing.NDArray[np.uint8]) -> None:
    """Inside the picture, not too small, not too many, and none is the whole picture."""
    rectangles = boxes(grey)

    assert len(rectangles) <= MOST
    for box in rectangles:
        assert 0 <= box.left < box.right <= 1
        assert 0 <= box.top < box.bottom <= 1
        assert min(box.right - box.left, box.bottom - box.top) >= SMALLEST - 1 / 32
        assert box != WHOLE


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (WHOLE, WHOLE, 1.0),
        (Box(0, 0, 0.5, 1), WHOLE, 0.5),
        (Box(0, 0, 0.5, 1), Box(0.5, 0, 1, 1), 0.0),
        (Box(0, 0, 0.5, 0.5), Box(0.25, 0, 0.75, 0.5), 1 / 3),
    ],
)
def test_overlap_is_what_both_cover_of_what_either_covers(one: Box, other: Box, expected: float) -> None:
    """From nothing in common to the same rectangle."""
    assert overlap(one, other) == pytest.approx(expected)
