"""Texts without a label: how they are encoded, and what is none."""

import pytest

from core.text.encodings import encoding_of

URDU = "نگہبان: t.me/example_lantern\n"

CASES = [
    (b"", "utf-8"),
    (b"plain", "utf-8"),
    (URDU.encode(), "utf-8"),
    (URDU.encode("utf-8-sig"), "utf-8-sig"),
    (URDU.encode("utf-16"), "utf-16"),
    (URDU.encode("utf-16-le"), "utf-16-le"),
    (URDU.encode("utf-16-be"), "utf-16-be"),
    ("مرحبا بالعالم".encode("cp1256"), "cp1256"),
    (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e", ""),
    (b"text\0more text", ""),
]


@pytest.mark.parametrize(("content", "encoding"), CASES)
def test_the_encoding_is_found_out(content: bytes, encoding: str) -> None:
    """By the mark, by the zeros of UTF-16, by being UTF-8; programs are no text."""
    assert encoding_of(content, [content]) == encoding


def test_one_broken_letter_does_not_make_a_text_arabic() -> None:
    """A text that is mostly UTF-8 stays it, also where a letter is cut in two by the pieces."""
    content = (URDU * 3).encode() + b"\xff"

    assert encoding_of(content, [content[:5], content[5:]]) == "utf-8"
