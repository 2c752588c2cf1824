"""Telling pictures by their first bytes, whatever the file is called."""

import pytest

from core.media.sniff import is_picture
from tests.core.media.pictures import encoded, photograph

OTHERS = [
    b"",
    b"B",
    b"BM and so on, a text that begins like a bitmap",
    b"RIFF\0\0\0\0WAVEfmt ",
    b"RIFF\0\0\0\0AVI LIST",
    b"\0\0\0\x20ftypisom\0\0\0\0",
    b"\0\0\0\x20ftypmp42\0\0\0\0",
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"\x1a\x45\xdf\xa3",
    b"GIF is a word",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
def test_every_form_that_is_read_is_known(form: str) -> None:
    """What the decoder takes is recognised as a picture."""
    assert is_picture(encoded(photograph(40, 30), form))


def test_a_form_that_cannot_be_read_is_still_a_picture() -> None:
    """HEIC leaves a gap; it does not pass for no picture."""
    assert is_picture(b"\0\0\0\x20ftypheic\0\0\0\0mif1heic")


@pytest.mark.parametrize("content", OTHERS)
def test_other_files_are_not_pictures(content: bytes) -> None:
    """Videos, sound, documents and texts that begin alike."""
    assert not is_picture(content)
