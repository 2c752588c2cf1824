"""What files hold: members, texts, links and pictures, within limits, whatever they claim."""

import json

import pytest

from core.media import allowance, unfold
from core.media.allowance import Allowance, OutOfTime, within
from core.media.archives import members
from core.media.decode import Refused
from core.media.digests import digests
from core.media.frames import Seen
from core.media.pieces import Digested, Linked, Piece, Shown, Unread, Written
from core.media.sniff import Form
from tests.core.media.packed import (
    encrypted,
    locked_pdf,
    overlapping,
    pdf,
    pdf_with_file,
    slides,
    tarred,
    word,
    zipped,
)
from tests.core.media.pictures import encoded, photograph

PICTURE = encoded(photograph(64, 48), "JPEG")
SEEN = Seen(fingerprints=())


def look(content: bytes) -> Seen:
    """See nothing in any picture but those that are cut off."""
    if len(content) < 100:
        raise Refused("picture that is cut off")
    return SEEN


def unfolded(content: bytes) -> list[Piece]:
    """Unfold a file."""
    return list(unfold.unfold(content, look))


def texts(content: bytes) -> dict[str, str]:
    """Give the texts of a file by their places, names left out."""
    found: dict[str, str] = {}
    for piece in unfolded(content):
        if isinstance(piece, Written) and not piece.place.endswith(".name"):
            found[piece.place] = found.get(piece.place, "") + piece.text
    return found


def links(content: bytes) -> list[tuple[str, str]]:
    """Give the addresses that a file marks as such, with their places."""
    return [(piece.place, piece.url) for piece in unfolded(content) if isinstance(piece, Linked)]


def gaps(content: bytes) -> list[tuple[str, str]]:
    """Give what could not be looked at, with its place."""
    return [(piece.place, piece.reason) for piece in unfolded(content) if isinstance(piece, Unread)]


PACKED = [
    zipped({"a.txt": b"kite", "b.jpg": PICTURE}),
    zipped({"a.txt": b"kite", "b.jpg": PICTURE}, stored=True, comment=b"a comment"),
    zipped({"folder/": b"", "a.txt": b"kite", "b.jpg": PICTURE}),
    tarred({"a.txt": b"kite", "b.jpg": PICTURE}),
    zipped({"a.txt": b"kite", "b.jpg": PICTURE}, before=PICTURE),
]


@pytest.mark.parametrize("content", PACKED, ids=["zip", "stored", "folder", "tar", "appended"])
def test_each_member_has_its_digests_and_is_looked_at(content: bytes) -> None:
    """A text is read and a picture seen, also in an archive that is appended to a picture."""
    found = unfolded(content)

    assert Digested(place="member[0]", values=digests(b"kite")) in found
    assert Digested(place="member[1]", values=digests(PICTURE)) in found
    assert Written(place="member[0].text", text="kite") in found
    assert Shown(place="member[1]", seen=SEEN) in found
    assert not [piece for piece in found if isinstance(piece, Unread)]


@pytest.mark.parametrize("packing", ["gz", "bz2", "xz"])
def test_a_packed_tar_is_opened_twice(packing: str) -> None:
    """First what it is packed with, then the tar; a link to elsewhere is no member."""
    assert texts(tarred({"a.txt": b"kite", "b.txt": b"lantern"}, packing)) == {
        "member[0].member[0].text": "kite",
        "member[0].member[1].text": "lantern",
    }


def test_digests_come_before_anything_is_looked_at() -> None:
    """Also those of archives inside: what is looked at later may end the child."""
    kinds = [type(p) for p in unfolded(zipped({"a.jpg": PICTURE, "b.zip": zipped({"c.txt": b"kite"})}))]

    assert kinds.count(Digested) == 3
    assert kinds.index(Shown) > max(at for at, kind in enumerate(kinds) if kind is Digested)


def test_names_are_texts_and_nothing_else() -> None:
    """A name that climbs out of its folder, or that two have, does no harm; its last word is dropped."""
    outside = "../../t.me/example_kite/a.zip.txt"
    found = unfolded(zipped([(outside, b"one"), ("x", b"two"), ("x", b"three")]))
    written = [piece.text for piece in found if isinstance(piece, Written)]

    assert written == ["../../t.me/example_kite/a.zip", "x", "x", "one", "two", "three"]


def test_encrypted_members_are_counted() -> None:
    """The others are read all the same."""
    content = encrypted(zipped({"a.txt": b"one", "b.txt": b"two", "c.txt": b"three"}), 0, 2)

    assert gaps(content) == [("", "encrypted: 2 of 3 members")]
    assert texts(content) == {"member[1].text": "two"}


def test_a_damaged_member_does_not_spoil_the_others() -> None:
    """Its checksum is wrong; those before and behind it are read."""
    content = zipped({"a.txt": b"one", "b.txt": b"two", "c.txt": b"three"}, stored=True).replace(
        b"two", b"tow", 1
    )

    assert gaps(content) == [("member[1]", "file that is damaged or cut off")]
    assert set(texts(content).values()) == {"one", "three"}


CLOSED = [
    (b"Rar!\x1a\x07\x01\0" + bytes(100), "archive in a form that cannot be opened (rar)"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(100), "archive in a form that cannot be opened (7z)"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "document in a form that cannot be read (old or encrypted office file)",
    ),
    (zipped({"a": b"one"})[:40], "archive that is damaged or cut off"),
    (locked_pdf("kite", password="paper"), "PDF that is encrypted"),
    (pdf("kite")[:200], "PDF that is damaged"),
    (pdf(""), "PDF in which neither text nor pictures were found"),
]


@pytest.mark.parametrize(("content", "reason"), CLOSED, ids=range(len(CLOSED)))
def test_what_cannot_be_opened_is_a_gap(content: bytes, reason: str) -> None:
    """Alone, and as the member of an archive."""
    assert gaps(content) == [("", reason)]
    assert gaps(zipped({"a": content, "b.txt": b"kite"})) == [("member[0]", reason)]


def test_archives_in_archives_end_somewhere() -> None:
    """Three inside the outermost one are opened."""
    content = b"at the bottom"
    for level in range(4):
        content = zipped({f"{level}": content})
    assert texts(content) == {"member[0].member[0].member[0].member[0].text": "at the bottom"}
    deeper = zipped({"again": content})

    assert texts(deeper) == {}
    assert gaps(deeper) == [
        ("member[0].member[0].member[0].member[0]", "archive inside 4 others, deeper than is looked at")
    ]


def test_members_beyond_the_limit_are_a_gap() -> None:
    """A thousand are told; the gap says how many there are besides."""
    content = zipped({f"{number}.bin": b"\0\1\2\3" for number in range(1003)}, stored=True)

    assert len([p for p in unfolded(content) if isinstance(p, Digested)]) == 1000
    assert gaps(content) == [("", "archive with more than the 1,000 members that are looked at, 3 more here")]


def test_what_unfolds_to_too_much_is_a_gap() -> None:
    """By its ratio, or all of it together; what was read before counts."""
    assert gaps(overlapping(1, 20 << 20)) == [
        ("member[0]", "file that unfolds to more than 200 times its size")
    ]
    fine = overlapping(60, 4_000_000 >> 20 << 20)
    together = gaps(fine)
    assert together == [("", "file that unfolds to more than 200 MB")] or len(unfolded(fine)) > 60


def test_pictures_beyond_the_limit_are_counted() -> None:
    """Each still has its digests."""
    content = zipped({f"{number}.jpg": PICTURE for number in range(70)}, stored=True)
    found = unfolded(content)

    assert len([p for p in found if isinstance(p, Shown)]) == 64
    assert len([p for p in found if isinstance(p, Digested)]) == 70
    assert gaps(content) == [("", "6 more pictures inside, not looked at (64 are)")]


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


def test_an_office_document_gives_its_text_links_and_pictures() -> None:
    """What every such document has besides is passed over; slides are pages."""
    content = word("Hello", "kite", url="https://t.me/example_kite", more={"word/media/a.jpg": PICTURE})

    assert texts(content) == {"text": "Hello\nkite"}
    assert links(content) == [("link", "https://t.me/example_kite")]
    assert [p.place for p in unfolded(content) if isinstance(p, Shown)] == ["member[4]"]
    assert texts(slides("one", "two")) == {"page[1]": "one", "page[2]": "two"}


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


def test_links_end_somewhere() -> None:
    """Two thousand of one file."""
    content = b"<html>" + b"".join(b"<a href='https://example.org/%d'>" % n for n in range(2500))

    assert len(links(content)) == 2000
    assert gaps(content) == [("", "document with more than the 2,000 links that are looked at")]


def test_a_document_that_defines_entities_is_refused() -> None:
    """They are how a short text becomes a long one; the rest of the document is read."""
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'
    content = word("kite", more={"word/footnotes.xml": laughs})

    assert gaps(content) == [("text", "document that defines entities of its own")]
    assert texts(content) == {"text": "kite"}


def test_what_takes_too_long_is_interrupted() -> None:
    """Whatever swallows exceptions; and what is armed once does not strike later."""

    def busy() -> None:
        while True:
            try:
                json.dumps(list(range(1000)))
            except Exception:  # noqa: BLE001, S112 - as libraries do
                continue

    with pytest.raises(OutOfTime), within(0.02):
        busy()
    with within(0.02):
        pass
    for _ in range(300):
        json.dumps(list(range(1000)))
    with pytest.raises(OutOfTime), within(0):
        raise AssertionError


def test_one_that_takes_too_long_is_a_gap_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each document has its own time."""
    monkeypatch.setattr(allowance, "ONE_S", 0.1)

    def slow(content: bytes) -> Seen:
        while True:
            digests(content)

    found = list(unfold.unfold(zipped({"a.jpg": PICTURE, "b.txt": b"kite"}), slow))

    assert Unread(place="member[0]", reason="picture that takes too long to read") in found
    assert Written(place="member[1].text", text="kite") in found


def test_after_all_time_is_spent_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """One gap says how many files were not looked at."""
    monkeypatch.setattr(allowance, "TOTAL_S", 0.3)

    def slow(content: bytes) -> Seen:
        while True:
            digests(content)

    found = list(unfold.unfold(zipped({"a.jpg": PICTURE, "b.txt": b"kite", "c.txt": b"x"}), slow))

    assert found[-1] == Unread(place="", reason="2 files inside not looked at, as the others took too long")


def test_a_zip_of_many_entries_is_not_even_listed() -> None:
    """Each would take memory before its first byte is read."""
    with pytest.raises(Refused, match="more than 100,000 members"):
        list(members(zipped({"a": b"x"}) + b"PK\x01\x02" * 100_001, Form.ZIP, Allowance()))
