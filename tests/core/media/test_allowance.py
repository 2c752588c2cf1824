"""How much a file may unfold to: members, bytes, pictures, letters, links, time."""

import json
import time
from contextlib import suppress

import pytest

from core.media import unfold
from core.media.allowance import Allowance, OutOfTime, within
from core.media.digests import digests
from core.media.frames import Seen
from core.media.pieces import Digested, Shown, Unread, Written
from tests.core.media.opened import PICTURE, gaps, links, unfolded
from tests.core.media.packed import (
    overlapping,
    zipped,
)


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
    assert gaps(content) == [("", "6 more of the pictures and videos inside, not looked at (64 are)")]


def test_links_end_somewhere() -> None:
    """Two thousand of one file."""
    content = b"<html>" + b"".join(b"<a href='https://example.org/%d'>" % n for n in range(2500))

    assert len(links(content)) == 2000
    assert gaps(content) == [("", "document with more than the 2,000 links that are looked at")]


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


def test_one_that_takes_too_long_is_a_gap_and_the_rest_is_read() -> None:
    """Each document has its own time."""

    def slow(content: bytes) -> Seen:
        while True:
            digests(content)

    found = list(unfold.unfold(zipped({"a.jpg": PICTURE, "b.txt": b"kite"}), slow, Allowance(one_s=0.1)))

    assert Unread(place="member[0]", reason="picture that takes too long to read") in found
    assert Written(place="member[1].text", text="kite") in found


def test_after_all_time_is_spent_the_rest_is_counted() -> None:
    """One gap says how many files were not looked at."""
    end_s = time.process_time() + 0.3

    def slow(content: bytes) -> Seen:
        # The system's clock for interrupting is coarse: what it cuts short is used up here all the same.
        while time.process_time() < end_s:
            with suppress(OutOfTime):
                digests(content)
        raise OutOfTime

    files = {"a.jpg": PICTURE, "b.txt": b"kite", "c.txt": b"x"}

    found = list(unfold.unfold(zipped(files), slow, Allowance(total_s=0.3)))

    assert found[-1] == Unread(place="", reason="2 files inside not looked at, as the others took too long")
