"""Sixteen turns of one view, and what a differing bit weighs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.banks.altered import TURNS, Turn, bits, coefficients, turned, weighed
from core.view import View
from tests.core.banks.looks import seen
from tests.core.media.pictures import photograph

PHOTOGRAPH = photograph(1000, 750, seed=5)


def whole(image: Image.Image) -> View:
    """Give the view of a whole picture."""
    return seen(image, "PNG").views[0]


def done(turn: Turn, image: Image.Image) -> Image.Image:
    """Do to a picture what a turn undoes."""
    if turn.inverted:
        image = ImageOps.invert(image)
    if turn.swapped:
        image = image.transpose(Image.Transpose.TRANSPOSE)
    if turn.rows_reversed:
        image = ImageOps.flip(image)
    return ImageOps.mirror(image) if turn.columns_reversed else image


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_each_turn_finds_the_picture_it_undoes(turn: Turn) -> None:
    """Nearly all bits come back, but for what the reference samples off the middle, and by no other turn."""
    known = bits(turned(coefficients(whole(PHOTOGRAPH)), TURNS[0]))
    grid = coefficients(whole(done(turn, PHOTOGRAPH)))

    distances = {other: weighed(turned(grid, other), [known])[0].bits for other in TURNS}

    assert distances[turn] <= 16
    assert min(d for other, d in distances.items() if other != turn) > 60


def test_turns_have_names_for_moderators() -> None:
    """The first one has none: nothing was done."""
    assert TURNS[0].name == ""
    assert {turn.name for turn in TURNS[1:]} >= {
        "mirrored",
        "turned by 90°",
        "turned by 180°",
        "colours inverted",
    }


@given(st.integers(0, 2**32 - 1), st.sampled_from(TURNS), st.sampled_from(TURNS))
def test_turns_are_a_group(seed: int, first: Turn, second: Turn) -> None:
    """Two turns after one another are one of the sixteen, for coefficients whose median is nought."""
    half = np.random.default_rng(seed).permutation(np.arange(1, 129))
    grid = np.concatenate([half, -half]).reshape(16, 16).astype(np.float32)
    again = turned(turned(grid, first), second)

    assert any((np.sign(again - 0.5) == np.sign(turned(grid, one) - 0.5)).mean() > 0.97 for one in TURNS)


def test_a_view_says_the_hash() -> None:
    """Signs of the coefficients are the bits of the value, but for those at the median itself."""
    signal = seen(PHOTOGRAPH, "PNG")

    said = bits(turned(coefficients(signal.views[0]), TURNS[0]))

    exact = np.unpackbits(np.frombuffer(bytes.fromhex(signal.value), np.uint8)).astype(bool)
    assert np.count_nonzero(said ^ exact) <= 2


def test_unsure_bits_weigh_little_and_sure_ones_much() -> None:
    """Sixty bits at the median differ in less weight than twenty far from it."""
    grid = turned(coefficients(whole(PHOTOGRAPH)), TURNS[0])
    order = np.argsort(np.abs(grid.ravel()[::-1]))
    unsure, sure = bits(grid).copy(), bits(grid).copy()
    unsure[order[:60]] ^= True
    sure[order[-20:]] ^= True

    one, other = weighed(grid, [unsure, sure])

    assert (one.bits, other.bits) == (60, 20)
    assert one.weight < 0.10 < other.weight


def test_unrelated_pictures_differ_in_half_of_the_weight() -> None:
    """Far over the limit, in any turn."""
    known = bits(turned(coefficients(whole(photograph(seed=9))), TURNS[0]))
    grid = coefficients(whole(PHOTOGRAPH))

    assert min(weighed(turned(grid, turn), [known])[0].weight for turn in TURNS) > 0.3


def test_a_view_without_any_weight_is_weighed() -> None:
    """All coefficients equal: no weight, no division by it."""
    assert weighed(np.zeros((16, 16), np.float32), [np.ones(256, bool)])[0].weight == 0
