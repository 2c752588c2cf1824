"""A file that is no plain text is told for what it is, with how to save it."""

import pytest

from core.errors import BadInput
from core.policy.plaintext import text_of

RIGHT = "version: 1\nrules: []\n"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (RIGHT.encode("utf-16"), "text in UTF-16."),
        (RIGHT.encode("utf-16-be"), "text in UTF-16."),
        (RIGHT.encode("utf-16-le"), "text in UTF-16."),
        (b"PK\x03\x04\x14\x00\x06\x00" + b"\x9c" * 50, "a document of a word processor, or an archive."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of a word processor, or an archive."),
        (b"{\\rtf1\\ansi version: 1}", "a document of a word processor, or an archive."),
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF."),
        (b"\n<!DOCTYPE html><html>version: 1</html>", "a web page, not the file that it shows."),
        (RIGHT.encode() + "# روابط".encode("cp1256"), "not UTF-8."),
    ],
)
def test_other_forms_are_named_with_what_to_do(raw: bytes, told: str) -> None:
    """Whoever saved it in another program learns which form came, and which one is wanted."""
    with pytest.raises(BadInput) as refused:
        text_of(raw, "p.yaml")

    said = str(refused.value).partition(": ")[2]
    assert said.startswith(told)
    assert said.endswith(("Save the file as plain text in UTF-8.", "or copy its text."))


@pytest.mark.parametrize(
    "text", [RIGHT, "", "# <html> and %PDF-\n" + RIGHT, "\ufeff" + RIGHT, "# \0\n" + RIGHT]
)
def test_a_text_is_taken_as_it_is(text: str) -> None:
    """A mark of byte order goes; what a comment says is no form."""
    assert text_of(text.encode(), "p.yaml") == text.removeprefix("\ufeff")
