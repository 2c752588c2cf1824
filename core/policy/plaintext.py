"""The text of a policy file.

What is no text is told for what it is: "not UTF-8" does not help whoever saved a policy in a word processor.
"""

from collections.abc import Mapping
from typing import Final

from core.errors import BadInput

MAX_BYTES: Final = 256 * 1024
"""A policy is rules, not lists."""

_SAVE: Final = "Save the file as plain text in UTF-8."
_WIDE: Final = f"text in UTF-16. {_SAVE}"
_WORD: Final = f"a document of a word processor, or an archive. {_SAVE}"
_PAGE: Final = "a web page, not the file that it shows. Download the file itself, or copy its text."
_OTHER_FORMS: Final[Mapping[bytes, str]] = {
    b"\xff\xfe": _WIDE,
    b"\xfe\xff": _WIDE,
    b"pk\x03\x04": _WORD,
    b"\xd0\xcf\x11\xe0": _WORD,
    b"{\\rtf": _WORD,
    b"%pdf-": f"a PDF. {_SAVE}",
    b"<!doctype html": _PAGE,
    b"<html": _PAGE,
}
"""What files begin with that people take for a policy file, and what to do with them."""

_BEGINNING: Final = 200
"""Bytes by which a form is told."""


def text_of(raw: bytes, where: str) -> str:
    """Return the text of a policy file.

    Raises:
        BadInput: It is too large, or no text.
    """
    if len(raw) > MAX_BYTES:
        raise BadInput(
            f"{where}: larger than 256 kB. A policy is rules, not lists: "
            "put identifiers into a bank (nigehban bank import)."
        )
    begins = raw[:_BEGINNING]
    marked = (what for mark, what in _OTHER_FORMS.items() if begins.lstrip().lower().startswith(mark))
    wide = _WIDE if begins.count(0) > len(begins) // 4 else ""
    if other := next(marked, wide):
        raise BadInput(f"{where}: {other}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{where}:{line}: not UTF-8. {_SAVE}") from error
