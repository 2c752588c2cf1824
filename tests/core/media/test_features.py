"""Features: the same corners whatever the size and direction, mirrored by exchanging bits, none in grain."""

import numpy as np
import pytest
from PIL import Image, ImageOps

from core.media.features import ITEM, MOST, SIZE, UNIT, features
from samples.drawing import drawn
from tests.core.media.pictures import photograph
from tests.core.media.scenes import LANTERNS

PICTURE = drawn(LANTERNS).convert("L").resize((320, 224))


def of(image: Image.Image) -> np.typing.NDArray[np.void]:
    """Give a picture's features."""
    return np.frombuffer(features(image), ITEM, offset=SIZE.size)


def shared(one: np.typing.NDArray[np.void], other: np.typing.NDArray[np.void]) -> int:
    """Count the features that have one of nearly the same bits in the other picture."""
    bits = np.unpackbits(one["bits"][:, np.newaxis] ^ other["bits"], axis=2).sum(axis=2)
    return int((bits.min(axis=1) <= 40).sum())


def test_a_picture_has_many_features_within_it() -> None:
    """Up to the limit, each inside the picture, the size said first."""
    found = of(PICTURE)

    assert 60 < len(found) <= MOST
    assert found["x"].max() < 320 * UNIT
    assert found["y"].max() < 224 * UNIT
    assert SIZE.unpack_from(features(PICTURE)) == (320 * UNIT, 224 * UNIT)


@pytest.mark.parametrize("degrees", [0, 7, 90, 187])
@pytest.mark.parametrize("side", [320, 260])
def test_neither_size_nor_direction_changes_most_of_them(degrees: int, side: int) -> None:
    """A quarter at least are found again in the turned or smaller picture; unrelated pictures share few."""
    altered = ImageOps.contain(PICTURE.rotate(degrees, Image.Resampling.BICUBIC, expand=True), (side, side))

    again = shared(of(PICTURE), of(altered))

    assert again > len(of(PICTURE)) / 4
    assert again > 3 * shared(of(photograph(320, 240, seed=8).convert("L")), of(altered))


def test_a_mirrored_picture_has_the_same_bits_exchanged() -> None:
    """So that the bank needs no second set of features."""
    known, mirrored = of(PICTURE), of(ImageOps.mirror(PICTURE)).copy()
    plain = shared(known, mirrored)
    mirrored["bits"] = (mirrored["bits"] & 0x55) << 1 | (mirrored["bits"] & 0xAA) >> 1

    assert shared(known, mirrored) > len(known) / 2 > plain


@pytest.mark.parametrize("size", [(1, 1), (30, 30), (320, 20)])
def test_a_picture_too_small_for_features_has_none(size: tuple[int, int]) -> None:
    """Its size is said all the same."""
    assert features(Image.new("L", size)) == SIZE.pack(size[0] * UNIT, size[1] * UNIT)


def test_grain_has_no_features() -> None:
    """One colour, with noise that a camera makes."""
    grain = np.random.default_rng(3).normal(120, 2, (240, 320)).astype(np.uint8)

    assert len(of(Image.fromarray(grain))) == 0
