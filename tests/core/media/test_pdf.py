"""PDF files: pages, links, pictures and attached files, and what is encrypted."""

import pytest

from core.media.pieces import Shown
from tests.core.media.opened import PICTURE, gaps, links, texts, unfolded
from tests.core.media.packed import (
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


@pytest.mark.parametrize("algorithm", ["AES-128", "AES-256"])
def test_aes_is_opened_where_the_password_is_empty(algorithm: str) -> None:
    """With a password it is a gap that says so, also inside an archive."""
    forbids_printing = locked_pdf("kite", password="", algorithm=algorithm)
    secret = locked_pdf("kite", password="wind", algorithm=algorithm)

    assert texts(forbids_printing) == {"page[1]": "kite"}
    assert gaps(secret) == [("", "PDF that is encrypted")]
    assert gaps(zipped({"a.pdf": secret, "b.txt": b"kite"})) == [("member[0]", "PDF that is encrypted")]
