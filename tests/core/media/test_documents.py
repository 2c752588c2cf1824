"""Texts, web pages and office documents: read as people see them."""

import pytest

from core.media.pieces import Shown, Written
from tests.core.media.opened import PICTURE, gaps, links, texts, unfolded
from tests.core.media.packed import (
    slides,
    word,
    zipped,
)


def test_an_office_document_gives_its_text_links_and_pictures() -> None:
    """What every such document has besides is passed over; slides are pages."""
    content = word("Hello", "kite", url="https://t.me/example_kite", more={"word/media/a.jpg": PICTURE})

    assert texts(content) == {"text": "Hello\nkite"}
    assert links(content) == [("link", "https://t.me/example_kite")]
    assert [p.place for p in unfolded(content) if isinstance(p, Shown)] == ["member[4]"]
    assert texts(slides("one", "two")) == {"page[1]": "one", "page[2]": "two"}


def test_an_office_document_of_nothing_is_told_of() -> None:
    """Its list of members may be damaged, or made to hide them."""
    content = zipped({"[Content_Types].xml": b"<Types/>", "docProps/app.xml": b"<Properties/>"})

    assert gaps(content) == [("", "office document in which nothing to read was found")]
    assert gaps(word("")) == []


TEXTS = [
    (b"kite", "kite"),
    ("پتنگ".encode("utf-16"), "پتنگ"),
    ("مرحبا بالعالم".encode("cp1256"), "مرحبا بالعالم"),
    (b"a kite with one \0zero in it, strewn", "a kite with one zero in it, strewn"),
    (b"BEGIN:VCARD\r\nURL:https://t.me/exam\r\n ple_kite\r\nEND:VCARD", "https://t.me/example_kite"),
    (b"<!DOCTYPE html><p>ki<b>te</b></p><style>p {}</style><p>&#116;.me/x", "kite\n\n\n\nt.me/x"),
    (b"<html><script>go('https://t.me/example_kite')</script>", "https://t.me/example_kite"),
]


@pytest.mark.parametrize(("content", "text"), TEXTS)
def test_a_text_is_read_as_people_see_it(content: bytes, text: str) -> None:
    """In the encodings that they use; of a web page what it shows."""
    (found,) = texts(content).values()

    assert text in found


ADDRESSES = [
    (b"<html><a href='https://t.me/example_kite'>x</a>", ["https://t.me/example_kite"]),
    (b"<html><a href='//t.me/example_kite'>x</a>", ["https://t.me/example_kite"]),
    (b"<html><a HREF=tg://resolve?domain=example_kite>x", ["tg://resolve?domain=example_kite"]),
    (
        b"<html><meta http-equiv=refresh content=\"0; url='https://t.me/example_kite'\">",
        ["https://t.me/example_kite"],
    ),
    (b"<html><a href='page2.html'>x</a><img src='data:image/png;base64,AAAA'><a href>x</a>", []),
]


@pytest.mark.parametrize(("content", "urls"), ADDRESSES)
def test_a_web_page_gives_the_addresses_that_it_leads_to(content: bytes, urls: list[str]) -> None:
    """Other pages of the same place, and pictures inside of it, are none."""
    assert links(content) == [("link", url) for url in urls]


def test_a_long_text_is_cut_between_words_and_ends_somewhere() -> None:
    """Nothing is lost at the cuts; what is beyond the limit is a gap."""
    found = [p.text for p in unfolded(b"lantern " * 10_000) if isinstance(p, Written)]
    endless = b"lantern " * 300_000

    assert len(found) > 1
    assert " ".join(found) == ("lantern " * 10_000).strip()
    assert gaps(endless) == [("", "text of which the first 2,000,000 characters were looked at")]


def test_a_document_that_defines_entities_is_refused() -> None:
    """They are how a short text becomes a long one; the rest of the document is read."""
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'
    content = word("kite", more={"word/footnotes.xml": laughs})

    assert gaps(content) == [("text", "document that defines entities of its own")]
    assert texts(content) == {"text": "kite"}
