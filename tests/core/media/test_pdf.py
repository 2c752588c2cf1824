"""PDF files: pages, links, pictures and attached files, and what is encrypted."""

import pytest

from core.media.pieces import Shown
from tests.core.media.opened import PICTURE, gaps, links, texts, unfolded
from tests.core.media.packed import (
    aes_pdf,
    locked_pdf,
    pdf,
    pdf_with_file,
    zipped,
)


def test_a_pdf_that_only_forbids_printing_is_read() -> None:
    """Its password is empty, and every reader opens it."""
    assert texts(locked_pdf("kite", password="")) == {"page[1]": "kite"}


def test_a_pdf_gives_pages_links_pictures_and_files() -> None:
    """Pages count from one."""
    content = pdf("kite", "lantern", url="https://t.me/example_kite", picture=PICTURE, size=(64, 48))

    assert texts(content) == {"page[1]": "kite", "page[2]": "lantern"}
    assert links(content) == [("page[1].link", "https://t.me/example_kite")]
    assert [p.place for p in unfolded(content) if isinstance(p, Shown)] == ["member[0]"]
    assert texts(pdf_with_file("kite", "b.txt", b"attached")) == {
        "page[1]": "kite",
        "member[0].text": "attached",
    }


@pytest.mark.parametrize("bits", [128, 256])
def test_one_that_is_encrypted_with_aes_says_so(bits: int) -> None:
    """Even where its password is empty: what decrypts AES is not installed for this alone."""
    reason = "PDF that is encrypted (AES, which is not opened)"

    assert gaps(aes_pdf("kite", bits=bits)) == [("", reason)]
    assert gaps(zipped({"a.pdf": aes_pdf("kite", bits=bits), "b.txt": b"kite"})) == [("member[0]", reason)]
