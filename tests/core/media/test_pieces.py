"""What the child tells of a file comes back as it was; what a taken-over child may say is not believed."""

import json

import pytest

from core.media import frames, pieces
from core.media.frames import Fingerprint, Seen
from core.media.pieces import Digested, Linked, Piece, Shown, Unread, Written

DIGESTS = ("0f" * 32, "0f" * 20, "0f" * 16)
SEEN = Seen(fingerprints=(Fingerprint(kind="pdq", value="0f" * 32, quality=77),), codes=("t.me/example",))

TOLD = [
    Digested(place="member[0]", values=DIGESTS),
    Written(place="member[999].member[3].page[200]", text="دو\nسطریں"),
    Linked(place="page[1].link", url="https://t.me/example"),
    Shown(place="member[1]", seen=SEEN),
    Unread(place="", reason="encrypted: 2 of 3 members"),
]


@pytest.mark.parametrize("piece", TOLD, ids=lambda piece: type(piece).__name__)
def test_a_piece_comes_back(piece: Piece) -> None:
    """Every kind of it."""
    assert pieces.read(pieces.told(piece)) == piece


def test_what_no_text_holds_is_taken_out_before_it_is_told() -> None:
    """A file may hold what an answer may not: controls, halves of letters, names without end."""
    text = pieces.read(pieces.told(Written(place="text", text="a\0b\ud800c\x1b[2J" + "x" * 30_000)))

    assert isinstance(text, Written)
    assert text.text.startswith("a b c [2J")
    assert len(text.text) == pieces.LONGEST_TEXT


NONSENSE = [
    b"",
    b"{}",
    b"[]",
    b"\xff",
    b"[" * 100_000,
    b'["Written", "text"]',
    b'["Written", "text", 1]',
    b'["Other", "text", "x"]',
    b'["Written", "../text", "x"]',
    b'["Written", "text.", "x"]',
    b'["Written", "text[1", "x"]',
    b'["Written", "text\\n", "x"]',
    json.dumps(["Written", "member[1]." * 13 + "text", "x"]).encode(),
    json.dumps(["Written", "text", "x" * 20_001]).encode(),
    b'["Written", "text", "\\u001b[2J"]',
    b'["Written", "text", "\\ud800"]',
    json.dumps(["Linked", "link", "x" * 3000]).encode(),
    json.dumps(["Digested", "member[1]", DIGESTS[:2]]).encode(),
    json.dumps(["Digested", "member[1]", DIGESTS[::-1]]).encode(),
    json.dumps(["Digested", "member[1]", ["0F" * 32, *DIGESTS[1:]]]).encode(),
    json.dumps(["Shown", "member[1]", "{}"]).encode(),
    json.dumps(["Shown", "member[1]", "\ud800"]).encode(),
    json.dumps(["Shown", "member[1]", frames.refusal("damaged").decode()]).encode(),
]


@pytest.mark.parametrize("body", NONSENSE)
def test_nonsense_is_no_piece(body: bytes) -> None:
    """Only the known forms are read; a refusal is none, because it would end the answer too early."""
    with pytest.raises(ValueError, match="not a"):
        pieces.read(body)


def test_a_reason_is_kept_to_one_harmless_line() -> None:
    """It is shown to moderators."""
    body = json.dumps(["Unread", "", "late\n\u202e" + "x" * 500]).encode()

    assert pieces.read(body) == Unread(place="", reason="late" + "x" * 196)


def test_places_are_joined_with_a_dot_where_there_are_two() -> None:
    """The file itself has none."""
    assert pieces.inside("", "text") == "text"
    assert pieces.inside("member[1]", "text") == "member[1].text"
    assert pieces.inside("member[1]", "") == "member[1]"
