"""What files hold, inside each other: the order of looking, and what cannot be opened."""

import pytest

from core.media.pieces import Digested, Shown
from tests.core.media.opened import PICTURE, gaps, texts, unfolded
from tests.core.media.packed import (
    locked_pdf,
    pdf,
    zipped,
)


def test_digests_come_before_anything_is_looked_at() -> None:
    """Also those of archives inside: what is looked at later may end the child."""
    kinds = [type(p) for p in unfolded(zipped({"a.jpg": PICTURE, "b.zip": zipped({"c.txt": b"kite"})}))]

    assert kinds.count(Digested) == 3
    assert kinds.index(Shown) > max(at for at, kind in enumerate(kinds) if kind is Digested)


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
