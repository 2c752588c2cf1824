"""Videos inside archives are watched like any other, within the allowance of the file around them."""

from functools import partial

from core.media.allowance import OutOfTime
from core.media.child import look
from core.media.clip import read
from core.media.digests import digests
from core.media.frames import Depth, Seen
from core.media.pieces import Digested, Piece, Shown, Unread
from core.media.unfold import unfold
from tests.core.media.packed import tarred, zipped
from tests.core.media.pictures import encoded, photograph
from tests.core.media.videos import film, sound, video

FILE = video(film(1, 2))
PICTURE = encoded(photograph(64, 48), "JPEG")


def unfolded(content: bytes) -> list[Piece]:
    """Unfold a file as the child does."""
    return list(unfold(content, partial(look, depth=Depth.INSIDE)))


def test_a_video_in_an_archive_has_digests_and_a_clip() -> None:
    """The same clip as if it had been sent by itself; also in an archive inside."""
    packed = {"zip": zipped({"a.mp4": FILE}), "tar": tarred({"a.mp4": FILE}, "gz")}
    for name, place in (("zip", "member[0]"), ("tar", "member[0].member[0]")):
        found = unfolded(packed[name])

        assert Digested(place=place, values=digests(FILE)) in found
        (shown,) = [piece for piece in found if isinstance(piece, Shown)]
        assert (shown.place, shown.seen.clip) == (place, look(FILE).clip)
        assert read(shown.seen.clip) is not None
        assert not [piece for piece in found if isinstance(piece, Unread)]


def test_a_damaged_one_is_a_gap_and_sound_is_none() -> None:
    """What is beside it is looked at all the same."""
    found = unfolded(zipped({"a.mp4": FILE[:400], "b.m4a": sound(), "c.jpg": PICTURE}))

    assert [piece.place for piece in found if isinstance(piece, Unread)] == ["member[0]"]
    assert [piece.place for piece in found if isinstance(piece, Shown) and piece.seen.fingerprints] == [
        "member[2]"
    ]


def test_it_counts_among_the_pictures() -> None:
    """Each costs about as much; the gap says how many were left out."""
    videos = {f"{number}.mp4": FILE for number in range(40)}
    pictures = {f"{number}.jpg": PICTURE for number in range(26)}
    found = list(unfold(zipped(videos | pictures, stored=True), lambda _: Seen()))

    assert len([piece for piece in found if isinstance(piece, Shown)]) == 64
    assert found[-1] == Unread(
        place="", reason="2 more of the pictures and videos inside, not looked at (64 are)"
    )


def test_one_that_takes_too_long_is_told_of() -> None:
    """Where looking at a video is interrupted, that is said of it, and the others are looked at."""

    def look(content: bytes) -> Seen:
        if content != PICTURE:
            raise OutOfTime
        return Seen()

    found = list(unfold(zipped({"a.mp4": FILE, "b.jpg": PICTURE}), look))

    assert Unread(place="member[0]", reason="video that takes too long to read") in found
    assert [piece.place for piece in found if isinstance(piece, Shown)] == ["member[1]"]
