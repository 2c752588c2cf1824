"""The members of archives: each with its digests, whatever its name, and what cannot be unpacked."""

import gzip

import pytest

from core.media.allowance import Allowance
from core.media.archives import members
from core.media.decode import Refused
from core.media.digests import digests
from core.media.pieces import Digested, Shown, Unread, Written
from core.media.sniff import Form
from tests.core.media.opened import PICTURE, SEEN, gaps, texts, unfolded
from tests.core.media.packed import (
    encrypted,
    tarred,
    zipped,
)

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


def test_a_zip_of_many_entries_is_not_even_listed() -> None:
    """Each would take memory before its first byte is read."""
    with pytest.raises(Refused, match="more than 100,000 members"):
        list(members(zipped({"a": b"x"}) + b"PK\x01\x02" * 100_001, Form.ZIP, Allowance()))


STICKER = "animated sticker, whose drawings are not looked at"
STICKERS = [
    (
        b'{"tgs":1,"v":"5.5.2","layers":[{"nm":"kite"}]}',
        [STICKER],
    ),
    (b'{ "v": "5.5.2", "tgs": 1, "layers": []}', [STICKER]),
    (b'{"v":"5.5.2","layers":[]}', []),
    (b'kite, "tgs": 1', []),
]


@pytest.mark.parametrize(("content", "reasons"), STICKERS, ids=range(len(STICKERS)))
def test_an_animated_sticker_is_told_of(content: bytes, reasons: list[str]) -> None:
    """It is drawn by the app, from numbers: nothing here draws it."""
    assert gaps(gzip.compress(content)) == [("", reason) for reason in reasons]
