"""PDQ by one linear map gives what the reference's passes give: made pictures, and the labelled set."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageOps

from core.media.decode import luma
from core.media.pdq import TURNS, Luma, pdq, weights
from tests.core.media import reference
from tests.core.media.pictures import bits_apart, encoded, photograph
from tests.shared import DEV, rows

SIZES = [(64, 64), (65, 63), (127, 128), (129, 300), (640, 480), (481, 643), (30, 20), (1000, 90)]


def plain(image: Image.Image, *, orientation: int = 1) -> Luma:
    """Give a picture's brightness at its full size."""
    grey = np.asarray(image.convert("L"))
    return Luma(pixels=grey, width=image.width, height=image.height, orientation=orientation)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_map_gives_what_the_passes_give(width: int, height: int) -> None:
    """Even and odd windows, sizes below 64 and long pictures."""
    image = plain(photograph(width, height))

    value, quality = pdq(image)

    expected, expected_quality = reference.pdq(image.pixels)
    assert bits_apart(value, expected) <= 2
    assert abs(quality - expected_quality) <= 1


def test_half_of_the_bits_are_set() -> None:
    """The lower median leaves exactly 128 of 256 coefficients above it."""
    value, _ = pdq(plain(photograph()))

    assert len(value) == 64
    assert int(value, 16).bit_count() == 128


@pytest.mark.parametrize("scale", [2, 4, 8])
def test_a_reduced_picture_keeps_its_sampling_points(scale: int) -> None:
    """Averages of blocks, with the weights summed over the same blocks, stay within a few bits."""
    image = photograph(751, 563).resize((3001, 2250), Image.Resampling.BICUBIC)
    small = image.convert("L").reduce(scale)
    reduced = Luma(pixels=np.asarray(small), width=3001, height=2250, scale=scale)

    value, quality = pdq(reduced)

    expected, expected_quality = pdq(plain(image))
    assert bits_apart(value, expected) <= 4
    assert abs(quality - expected_quality) <= 1


@pytest.mark.parametrize("orientation", list(TURNS))
def test_turning_the_weights_is_turning_the_picture(orientation: int) -> None:
    """Each of the eight orientations gives the hash of the picture as it is displayed."""
    image = photograph(300, 211)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.open(BytesIO(encoded(image, exif=exif)))
    displayed = ImageOps.exif_transpose(stored)

    value, quality = pdq(plain(image, orientation=orientation))

    expected, expected_quality = pdq(plain(displayed))
    assert bits_apart(value, expected) <= 2
    assert quality == expected_quality


def test_every_weight_is_an_average() -> None:
    """Each of the 64 points is a weighted mean: its weights add up to one, all of them in its span."""
    for size, scale in ((5, 1), (64, 1), (1000, 4), (4000, 8)):
        axis = weights(size, scale, reverse=False)

        assert axis.matrix.shape == (64, -(-size // scale))
        assert np.allclose(axis.matrix.sum(axis=1), 1, atol=1e-5)
        for row, (first, last) in zip(axis.matrix, axis.spans, strict=True):
            assert row[:first].sum() + row[last:].sum() == 0


def test_a_picture_too_small_to_hash_has_no_quality() -> None:
    """Below five pixels a side the reference gives an empty hash."""
    assert pdq(plain(photograph(100, 4))) == ("0" * 64, 0)


def test_a_flat_picture_has_no_quality() -> None:
    """One colour gives a hash that must never match."""
    assert pdq(plain(Image.new("RGB", (320, 240), (90, 120, 40))))[1] == 0


def test_labelled_pictures_agree_with_the_reference() -> None:
    """Through the decoder: median 0 bits, 95 of 100 within 2, none over 10; quality within 1."""
    pictures = [row for row in rows("images/manifest.ndjson") if row["kind"] == "photo"]
    apart: list[int] = []

    for row in pictures:
        value, quality = pdq(luma((DEV / str(row["file"])).read_bytes()))
        expected_quality = row["pdq_quality"]
        assert isinstance(expected_quality, int)
        assert abs(quality - expected_quality) <= 1
        if expected_quality >= 50:
            apart.append(bits_apart(value, str(row["pdq"])))

    assert len(apart) > 800
    assert np.median(apart) == 0
    assert np.percentile(apart, 95) <= 2
    assert max(apart) <= 10
