"""Known clips in uploads: both shares, order, what is common, and what is merely alike."""

import base64
from collections.abc import Sequence

import numpy as np
import pytest

from core.banks.clips import COMMON, Clips, Passage
from core.media.clip import NOTHING, Strip

Shots = Sequence[tuple[float, bytes]]


def shots(seed: int, count: int, *, every_s: float = 0.5, start_s: float = 0.0) -> Shots:
    """Give a clip's frames, each unlike all others; the same for the same seed."""
    random = np.random.default_rng(seed)
    return [(start_s + number * every_s, random.bytes(32)) for number in range(count)]


def clip(frames: Shots, length_s: float | None = None) -> str:
    """Write frames down."""
    strip = Strip()
    for at_s, hashed in frames:
        strip.add(at_s, (hashed,))
    return strip.written(frames[-1][0] + 0.5 if length_s is None else length_s)


def copied(frames: Shots, bits: int = 20, *, start_s: float = 0.0) -> Shots:
    """Give frames as a copy has them: some bits differ, at other times."""
    return [(at + start_s, (int.from_bytes(h) ^ ((1 << bits) - 1)).to_bytes(32)) for at, h in frames]


def mirrored(frames: Shots) -> Shots:
    """Give frames as a mirrored copy has them: every second frequency along a row changes its sign."""
    return [(at, bytes(byte ^ 0x55 for byte in h)) for at, h in frames]


def known(*clips: Shots) -> Clips:
    """Give clips, numbered from 7."""
    found = Clips()
    for number, frames in enumerate(clips, start=7):
        found.put(number, clip(frames))
    return found


ORIGINAL = shots(1, 40)
OTHER = shots(2, 40)


def the_one(clips: Clips, frames: Shots, length_s: float | None = None) -> Passage:
    """Give the one passage that is recognised."""
    (found,) = clips.recognised(clip(frames, length_s))
    return found


def test_a_copy_is_the_same_clip() -> None:
    """Every frame agrees, whichever of them are looked at."""
    found = the_one(known(OTHER, ORIGINAL), copied(ORIGINAL[::3]), 20.0)

    assert (found.number, found.bits, found.frames) == (8, 20, 14)
    assert found.whole
    assert not found.mirrored


def test_a_known_clip_inside_a_longer_one_is_surely_there() -> None:
    """All of it, though it is a tenth of the upload."""
    upload = [*shots(3, 200), *copied(ORIGINAL, start_s=100.0), *shots(4, 160, start_s=120.0)]

    found = the_one(known(ORIGINAL), upload[::4])

    assert found.sure
    assert not found.whole
    assert found.known >= 0.9
    assert found.upload == pytest.approx(0.1, abs=0.02)
    assert found.from_ms == 100_000


def test_a_part_of_a_known_clip_is_surely_one() -> None:
    """A fifth of it, which is all of the upload."""
    found = the_one(known(ORIGINAL), copied(ORIGINAL[10:18], start_s=-5.0))

    assert found.sure
    assert not found.whole
    assert found.known == pytest.approx(0.2, abs=0.03)
    assert found.upload == 1


@pytest.mark.parametrize("frames", [1, 2])
def test_one_or_two_frames_are_never_sure(frames: int) -> None:
    """A still, or a title, may be in anything."""
    found = the_one(known(ORIGINAL), copied(ORIGINAL[10 : 10 + frames], start_s=-5.0))

    assert not found.sure


def test_two_videos_that_have_something_in_common_are_not_surely_the_same() -> None:
    """A minute with four seconds of a known one, which are a fifth of it: for the moderator's eyes."""
    upload = [*shots(3, 60), *copied(ORIGINAL[:8], start_s=30.0), *shots(4, 60, start_s=34.0)]

    found = the_one(known(ORIGINAL), upload)

    assert not found.sure
    assert found.frames == 8


def test_one_frame_in_a_long_video_is_nothing() -> None:
    """Neither share says anything."""
    upload = [*shots(3, 60), *copied(ORIGINAL[:1], start_s=30.0), *shots(4, 60, start_s=30.5)]

    assert known(ORIGINAL).recognised(clip(upload)) == []


def test_unrelated_videos_are_not_recognised() -> None:
    """Frames of which nothing can be said are alike in every video, and never compared."""
    black = [(0.0, NOTHING), *shots(3, 10, start_s=1.0), (9.0, NOTHING)]

    assert known([(0.0, NOTHING), *shots(5, 10, start_s=1.0)]).recognised(clip(black)) == []
    assert known(ORIGINAL).recognised("") == []
    assert known(ORIGINAL).recognised("<script>") == []
    assert Clips().recognised(clip(ORIGINAL)) == []


def test_a_mirrored_copy_is_recognised_as_one() -> None:
    """Its hashes follow from those of the known clip."""
    found = the_one(known(ORIGINAL), mirrored(copied(ORIGINAL)))

    assert found.whole
    assert found.mirrored


def test_what_many_clips_begin_with_is_no_part_of_any() -> None:
    """A publisher's opening, alone: up to five clips may share it before it says nothing."""
    opening = shots(9, 6)
    few = known(*([*opening, *shots(20 + n, 30, start_s=3.0)] for n in range(COMMON)))
    many = known(*([*opening, *shots(20 + n, 30, start_s=3.0)] for n in range(COMMON + 1)))

    assert any(passage.sure for passage in few.recognised(clip(copied(opening))))
    assert not any(passage.sure for passage in many.recognised(clip(copied(opening))))


def test_frames_in_another_order_are_not_surely_a_copy() -> None:
    """Scenes that merely resemble each other come in any order; a copy that is played twice keeps it."""
    times = [at for at, _ in ORIGINAL]
    backwards = list(zip(times, [h for _, h in reversed(ORIGINAL)], strict=True))

    assert not the_one(known(ORIGINAL), backwards).sure
    assert the_one(known(ORIGINAL), [*ORIGINAL, *copied(ORIGINAL, start_s=20.0)]).sure


def test_a_frame_shown_long_counts_for_its_time() -> None:
    """A still of four seconds between moving scenes is a third of the clip, not one frame of many."""
    still = [*shots(5, 8), (4.0, b"\x0f" * 32), *shots(6, 8, start_s=8.0)]

    found = the_one(known(still), [*shots(3, 12), (6.0, b"\x0f" * 32), *shots(4, 8, start_s=10.0)])

    assert found.known == pytest.approx(4 / 12, abs=0.02)
    assert found.upload == pytest.approx(4 / 14, abs=0.02)


def test_clips_come_and_go() -> None:
    """One that is put again is replaced; one that is removed is not found; the others stay."""
    clips = known(ORIGINAL, OTHER)
    clips.put(7, clip(shots(5, 10)))

    assert clips.recognised(clip(ORIGINAL)) == []
    assert [one.number for one in clips.recognised(clip(OTHER))] == [8]

    clips.remove([8, 9])

    assert (len(clips), clips.recognised(clip(OTHER))) == (1, [])


def test_a_bad_entry_is_passed_over_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """It must not keep the others from being known."""
    clips = known(ORIGINAL)
    clips.put(99, base64.b64encode(b"no clip").decode())

    assert len(clips) == 1
    assert "clip in a bank is none" in caplog.text
