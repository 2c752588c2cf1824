"""Decoding what strangers send: every form people use, and a plain refusal of everything else."""

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.media.decode import MAX_PIXELS, Refused, luma, shown
from core.media.pdq import pdq
from tests.core.media.pictures import bits_apart, encoded, photograph

PHOTOGRAPH = photograph()
EXPECTED, _ = pdq(luma(encoded(PHOTOGRAPH)))


def hashed(content: bytes) -> str:
    """Give the hash of a file."""
    return pdq(luma(content))[0]


def see_through(image: Image.Image) -> Image.Image:
    """Give a picture with an elliptical hole."""
    mask = Image.radial_gradient("L").resize(image.size).point(lambda v: 255 if v < 150 else 0)
    cut = image.convert("RGBA")
    cut.putalpha(mask)
    return cut


def over_white(image: Image.Image) -> Image.Image:
    """Give a picture as seen on white."""
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def sixteen_bits(image: Image.Image) -> Image.Image:
    """Give the grey picture with 16 bits a pixel."""
    return Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)


SAME = {
    "jpeg": encoded(PHOTOGRAPH, "JPEG", quality=92),
    "progressive jpeg": encoded(PHOTOGRAPH, "JPEG", quality=92, progressive=True),
    "grey jpeg": encoded(PHOTOGRAPH.convert("L"), "JPEG", quality=92),
    "cmyk jpeg": encoded(PHOTOGRAPH.convert("CMYK"), "JPEG", quality=92),
    "webp": encoded(PHOTOGRAPH, "WEBP", quality=90),
    "bmp": encoded(PHOTOGRAPH, "BMP"),
    "tiff": encoded(PHOTOGRAPH, "TIFF", compression="tiff_lzw"),
    "avif": encoded(PHOTOGRAPH, "AVIF", quality=90),
    "grey png": encoded(PHOTOGRAPH.convert("L")),
    "opaque png": encoded(PHOTOGRAPH.convert("RGBA")),
    "grey png with transparency": encoded(PHOTOGRAPH.convert("LA")),
    "png of 16 bits": encoded(sixteen_bits(PHOTOGRAPH)),
}


@pytest.mark.parametrize("form", list(SAME))
def test_every_form_of_a_picture_gives_nearly_its_hash(form: str) -> None:
    """The same picture in each format, mode and depth that people send."""
    assert bits_apart(hashed(SAME[form]), EXPECTED) <= 8


def test_a_black_and_white_picture_is_read() -> None:
    """One bit a pixel is enough for a hash."""
    dithered = PHOTOGRAPH.convert("1")

    assert hashed(encoded(dithered)) == hashed(encoded(dithered.convert("L")))


def test_what_is_see_through_is_seen_on_white() -> None:
    """Transparency of PNG, WebP and a palette's colour, as apps show it."""
    cut = see_through(PHOTOGRAPH)
    expected = hashed(encoded(over_white(cut)))

    assert bits_apart(hashed(encoded(cut)), expected) <= 2
    assert bits_apart(hashed(encoded(cut, "WEBP", quality=95)), expected) <= 8
    palette = cut.quantize(256)
    assert bits_apart(hashed(encoded(palette)), hashed(encoded(over_white(palette)))) <= 2
    assert bits_apart(hashed(encoded(cut)), EXPECTED) > 31


@pytest.mark.parametrize("form", ["GIF", "PNG", "BMP"])
def test_a_palette_stands_for_its_colours(form: str) -> None:
    """A picture of 256 colours gives the hash of these colours."""
    few = PHOTOGRAPH.quantize(256)

    assert bits_apart(hashed(encoded(few, form)), hashed(encoded(few.convert("RGB")))) <= 2


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_known_by_its_first_frame(form: str) -> None:
    """What comes later in an animation is not looked at here."""
    first, *others = (photograph(320, 240, seed=seed).quantize(64) for seed in (1, 2, 3))
    content = encoded(first, form, save_all=True, append_images=others, lossless=True)

    assert bits_apart(hashed(content), hashed(encoded(first.convert("RGB")))) <= 4


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_a_picture_is_hashed_as_it_is_displayed(form: str, orientation: int) -> None:
    """The camera's note on how it was held counts."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = encoded(PHOTOGRAPH, form, exif=exif, quality=95)
    displayed = ImageOps.exif_transpose(Image.open(BytesIO(content)))

    assert bits_apart(hashed(content), hashed(encoded(displayed))) <= 4
    assert bits_apart(hashed(content), EXPECTED) > 31


def test_broken_metadata_does_not_hide_a_picture() -> None:
    """A camera's note that cannot be read is no note."""
    content = encoded(PHOTOGRAPH, "JPEG", quality=92, exif=b"Exif\0\0II*\0\xff\xff\xff\xff")

    assert bits_apart(hashed(content), EXPECTED) <= 8


def test_a_huge_jpeg_is_decoded_reduced_and_hashed_as_in_full() -> None:
    """20 million pixels are decoded as fewer, with nearly the same hash; 12 million are kept for codes."""
    image = photograph(1000, 750)
    content = encoded(image.resize((5200, 3900), Image.Resampling.BICUBIC), "JPEG", quality=90)

    decoded = luma(content)

    assert (decoded.scale, decoded.pixels.shape) == (2, (1950, 2600))
    assert (decoded.width, decoded.height) == (5200, 3900)
    full = luma(encoded(Image.open(BytesIO(content)), "BMP"))
    assert bits_apart(pdq(decoded)[0], pdq(full)[0]) <= 4
    camera = luma(encoded(image.resize((4000, 3000)), "JPEG"))
    assert (camera.scale, camera.pixels.shape) == (1, (3000, 4000))


PLAYED = [("GIF", 120), ("WEBP", 120), ("PNG", 120), ("AVIF", 120), ("GIF", 0), ("WEBP", 10)]


@pytest.mark.parametrize(("form", "duration_ms"), PLAYED)
def test_an_animation_is_shown_frame_by_frame(form: str, duration_ms: int) -> None:
    """Each comes with the second at which it is shown; hardly any time counts as a tenth of a second."""
    first, *others = (Image.new("L", (80, 60), grey) for grey in (20, 120, 220))
    content = encoded(first, form, save_all=True, append_images=others, duration=duration_ms)

    pictures = list(shown(content))

    step = (duration_ms if duration_ms > 10 else 100) / 1000
    assert [at_s for at_s, _ in pictures] == pytest.approx([0, step, 2 * step])
    assert [picture.pixels.mean() for _, picture in pictures] == pytest.approx([20, 120, 220], abs=4)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_a_still_picture_is_shown_once(form: str) -> None:
    """Nothing comes after it."""
    assert [at_s for at_s, _ in shown(encoded(photograph(40, 30), form))] == [0]


def test_the_pages_of_a_document_are_not_shown() -> None:
    """Chat apps show the first page of a TIFF, and so is it looked at."""
    pages = [photograph(40, 30, seed=seed) for seed in (1, 2)]

    assert len(list(shown(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])))) == 1


def test_an_animation_is_read_up_to_its_damage() -> None:
    """The first frame is there before the refusal."""
    pages = [photograph(80, 60, seed=seed) for seed in (1, 2, 3)]
    content = encoded(pages[0], "WEBP", save_all=True, append_images=pages[1:])
    pictures = shown(content[:-60] + b"\xff" * 60)

    assert next(pictures)[0] == 0
    with pytest.raises(Refused, match=r"cut off|damaged"):
        list(pictures)


def declared(width: int, height: int) -> bytes:
    """Give a PNG of a few bytes that says it is as large as that."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


JPEG = SAME["jpeg"]
DAMAGED_PNG = bytearray(encoded(PHOTOGRAPH))
DAMAGED_PNG[5000:5100] = b"\xff" * 100
REFUSED = [
    (b"", "picture in a form that cannot be read"),
    (b"not a picture at all", "picture in a form that cannot be read"),
    (b"%PDF-1.7 and so on", "picture in a form that cannot be read"),
    (encoded(PHOTOGRAPH, "PPM"), "picture in a form that cannot be read"),
    (encoded(PHOTOGRAPH, "ICO"), "picture in a form that cannot be read"),
    (JPEG[:200], "picture"),
    (JPEG[: len(JPEG) // 2], "picture that is cut off"),
    (encoded(PHOTOGRAPH)[:20_000], "picture that is cut off"),
    (SAME["webp"][: len(SAME["webp"]) // 2], "picture that is damaged"),
    (bytes(DAMAGED_PNG), "picture that is damaged"),
    (declared(8000, 6000), "picture of 8000 × 6000 pixels (over the 40 million that are read)"),
    (declared(50_000, 50_000), "picture with more pixels than are read"),
    (declared(0, 10), "picture"),
]


@pytest.mark.parametrize(("content", "reason"), REFUSED)
def test_what_cannot_be_looked_at_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    """Cut off, damaged, too large, of another kind: each is said in a moderator's words."""
    with pytest.raises(Refused) as refused:
        luma(content)

    assert str(refused.value).startswith(reason)


def test_the_limit_of_pixels_is_of_what_is_decoded() -> None:
    """A picture of just as many pixels as are read is not refused for them."""
    with pytest.raises(Refused, match=r"cut off|damaged"):
        luma(declared(8000, MAX_PIXELS // 8000))


SMALL = {form: encoded(photograph(40, 30), form) for form in ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")}
BEGINNINGS = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\0", b"RIFF\0\0\0\0WEBPVP8 "]


def looked_at(content: bytes) -> str:
    """Give the reason of a refusal, or "" for a picture."""
    try:
        return "" if luma(content).pixels.size else "a picture of nothing"
    except Refused as exc:
        return str(exc)


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(BEGINNINGS))
def test_random_bytes_are_refused_and_nothing_else(body: bytes, start: bytes) -> None:
    """Whatever follows a true beginning, the answer is a picture or a refusal."""
    reason = looked_at(start + body)

    assert reason == "" or reason.startswith("picture")


@settings(deadline=None)
@given(st.data())
def test_a_damaged_picture_is_read_or_refused(data: st.DataObject) -> None:
    """Bytes changed anywhere in a real file lead to pixels or to a refusal."""
    content = bytearray(SMALL[data.draw(st.sampled_from(list(SMALL)))])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    reason = looked_at(bytes(content))

    assert reason == "" or reason.startswith("picture")
