"""HEIC, what iPhones make: seen as people see it, and a plain refusal of what is damaged or too large."""

import random
import struct
from collections.abc import Iterator

import pytest
from PIL import Image, ImageOps

from core.errors import CannotLook
from core.media import decode
from core.media.decode import Refused, luma
from core.media.pdq import pdq
from core.media.sandbox import Sandbox
from tests.core.media.barcodes import drawn, modules
from tests.core.media.pictures import bits_apart, encoded, photograph

pytest.importorskip(
    "pillow_heif", reason="pillow-heif (the extra `heic`) is not installed: nothing about HEIC is tested"
)

assert decode.heic() == ("HEIF",)

PHOTOGRAPH = photograph(320, 240)
EXPECTED, _ = pdq(luma(encoded(PHOTOGRAPH)))
SMALL = encoded(photograph(64, 48), "HEIF")


def hashed(content: bytes) -> str:
    """Give the hash of a file."""
    return pdq(luma(content))[0]


FORMS = {
    "in colour": encoded(PHOTOGRAPH, "HEIF", quality=80),
    "grey": encoded(PHOTOGRAPH.convert("L"), "HEIF", quality=80),
    "with transparency": encoded(PHOTOGRAPH.convert("RGBA"), "HEIF", quality=80),
    "in tiles, as iPhones write it": encoded(PHOTOGRAPH, "HEIF", quality=80, grid_tile_size=128),
    "first of two": encoded(
        PHOTOGRAPH, "HEIF", quality=80, save_all=True, append_images=[photograph(seed=9)]
    ),
}


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_of_it_gives_nearly_the_hash(form: str) -> None:
    """The same picture, however it is stored."""
    assert FORMS[form][4:8] == b"ftyp"
    assert bits_apart(hashed(FORMS[form]), EXPECTED) <= 8


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_is_seen_as_it_is_displayed(orientation: int) -> None:
    """A telephone that was held sideways turns the picture by a note in the file."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = encoded(PHOTOGRAPH, "HEIF", quality=80, exif=exif.tobytes())
    shown = PHOTOGRAPH.copy()
    shown.getexif()[0x0112] = orientation
    expected = pdq(luma(encoded(ImageOps.exif_transpose(shown))))[0]

    assert bits_apart(hashed(content), expected) <= 8


async def test_the_child_reads_it_with_its_codes() -> None:
    """Within the limits that it has, and without any more open files or threads."""
    code = drawn(modules("https://t.me/example_kite"), 300)
    async with Sandbox() as sandbox:
        seen = await sandbox.look(encoded(code.convert("RGB"), "HEIF", quality=90))

    assert seen.codes == ("https://t.me/example_kite",)


def test_one_with_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the size that it claims; and one that claims another size than it has is damaged."""
    at = SMALL.index(b"ispe") + 8
    claimed = SMALL[:at] + struct.pack(">II", 30_000, 20_000) + SMALL[at + 8 :]
    with pytest.raises(Refused, match="damaged"):
        luma(claimed)
    monkeypatch.setattr(decode, "MAX_PIXELS", 3_000)
    with pytest.raises(Refused, match="picture of 64 × 48 pixels"):
        luma(SMALL)


def damaged() -> Iterator[bytes]:
    """Give cut-off and bit-flipped ones, the same each time."""
    chance = random.Random(11)  # noqa: S311 - to be the same each time
    for number in range(60):
        flipped = bytearray(SMALL)
        for _ in range(chance.choice((1, 5, 40))):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)
        yield SMALL[: len(SMALL) * number // 60]


async def test_damaged_ones_are_refused_or_seen_and_end_nothing() -> None:
    """Each is a fingerprint or a reason, and the same child reads the next one."""
    told: list[str] = []
    async with Sandbox() as sandbox:
        for content in damaged():
            try:
                assert (await sandbox.look(content)).fingerprints
            except CannotLook as exc:
                told.append(str(exc))
        assert (await sandbox.look(SMALL)).fingerprints

    assert len(told) > 50
    assert not [reason for reason in told if "stopped" in reason or "too long" in reason]


def test_without_a_reader_it_is_a_gap_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small installation leaves the reader out, and does not take the picture for a damaged one."""
    monkeypatch.setattr(decode, "heic", tuple)

    with pytest.raises(Refused, match="HEIC, for which this installation has no reader"):
        luma(SMALL)
