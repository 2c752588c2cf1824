"""Videos: what is looked at, what is found again, and what hostile files cost."""

import itertools

import numpy as np
import pytest
from PIL import Image

from core.media.child import look
from core.media.clip import Clip, read
from core.media.decode import Refused
from core.media.frames import Depth, Seen
from core.media.pdq import Bytes
from core.media.video_forms import video_form
from tests.core.media.barcodes import drawn, modules
from tests.core.media.pictures import encoded, photograph
from tests.core.media.videos import RATE, film, letterboxed, scene, sound, video

FILM = film(1, 2, 3)
FILE = video(FILM)


def clip(content: bytes, depth: Depth = Depth.GLANCE) -> Clip:
    """Give a file's clip."""
    found = read(look(content, depth).clip)
    assert found is not None
    return found


def near(one: Bytes, others: Bytes) -> bool:
    """Tell whether a hash is within 31 bits of any other one."""
    return int(np.bitwise_count(one ^ others).sum(axis=1, dtype=np.int64).min()) <= 31


def found_again(seen: Clip, known: Bytes) -> float:
    """Give the share of an upload's frames that are near to a known one."""
    times = sorted(set(seen.at_ms.tolist()))
    again = [any(near(one, known) for one in seen.hashes[seen.at_ms == at]) for at in times]
    return sum(again) / len(again)


KNOWN = clip(FILE, Depth.EVERY_FRAME)
CONTAINERS = [
    ("mp4", "libx264", "mp4"),
    ("mov", "mpeg4", "mp4"),
    ("matroska", "libx264", "matroska"),
    ("webm", "libvpx-vp9", "matroska"),
    ("avi", "mpeg4", "avi"),
    ("mpegts", "libx264", "mpegts"),
    ("flv", "flv", "flv"),
]


@pytest.mark.parametrize(("form", "codec", "sniffed"), CONTAINERS)
def test_videos_of_every_form_show_the_same(form: str, codec: str, sniffed: str) -> None:
    """The form is known by its first bytes, and its frames are those of the known clip."""
    content = video(FILM[:30], form=form, codec=codec)

    assert video_form(content) == sniffed
    assert found_again(clip(content), KNOWN.hashes) >= 0.9


def test_a_bank_knows_every_frame_and_an_upload_is_sampled() -> None:
    """A camera that moves gives a new frame each time; a few of them say enough."""
    assert len(set(KNOWN.at_ms.tolist())) >= 60
    assert 10 <= len(set(clip(FILE).at_ms.tolist())) <= 20
    assert KNOWN.length_ms == pytest.approx(6000, abs=100)


def test_an_offset_and_other_key_frames_change_nothing() -> None:
    """A copy cut at 0.37 s, re-encoded smaller with key frames elsewhere: every frame is found again.

    With one known frame in a second, hardly any would be.
    """
    copy = clip(video(FILM[6:], every=73, crf=30, size=(128, 96)))
    seconds = np.searchsorted(KNOWN.at_ms, np.arange(0, KNOWN.length_ms, 1000))

    assert found_again(copy, KNOWN.hashes) == 1
    assert found_again(copy, KNOWN.hashes[seconds]) < 0.5


def test_key_frames_are_enough_where_there_are_many() -> None:
    """A video with a key frame in each second is not decoded in between."""
    sampled = clip(video(FILM, every=20))

    assert 5 <= len(set(sampled.at_ms.tolist())) <= 8
    assert found_again(sampled, KNOWN.hashes) == 1


def test_bars_around_a_clip_are_looked_through() -> None:
    """Letterboxed, each frame is found again by the rectangle that stays where it is."""
    copy = clip(video(letterboxed(FILM), every=73, size=(160, 212)))

    assert found_again(copy, KNOWN.hashes) >= 0.9


def test_an_animation_is_a_picture_and_a_clip() -> None:
    """A GIF of a known clip gives the first frame's hash and the frames of the clip."""
    frames = FILM[::3]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=200)

    seen = look(content)

    assert len(seen.fingerprints) == 1
    found = read(seen.clip)
    assert found is not None
    assert found_again(found, KNOWN.hashes) >= 0.9


def test_a_still_picture_is_no_clip() -> None:
    """Also one in a form that could move."""
    assert look(encoded(photograph(200, 100), "GIF")).clip == ""
    assert look(encoded(photograph(200, 100), "JPEG")).clip == ""


def test_a_video_in_which_nothing_can_be_told_is_looked_at_and_says_nothing() -> None:
    """Black frames are no clip and no gap."""
    seen = look(video([Image.new("L", (160, 120))] * 30))

    assert (seen.clip, seen.unwatched) == ("", "")


def test_codes_in_a_video_are_read() -> None:
    """A link shown for a second is a link."""
    code = drawn(modules("https://t.me/example_lantern"), 240)
    frames = [*scene(1, 1.0), *[code.convert("L")] * RATE]

    assert look(video(frames, size=(240, 240))).codes == ("https://t.me/example_lantern",)


def test_a_length_of_a_year_decides_nothing() -> None:
    """Each frame claims to be shown for hours: that does not keep any from being looked at."""
    content = video(FILM[::2], form="matroska", step=RATE * 6_000)

    assert found_again(clip(content), KNOWN.hashes) == 1
    assert len(set(clip(content).at_ms.tolist())) >= 10


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_what_comes_before_the_cut_counts(part: float) -> None:
    """A file without its end is a gap, and its beginning is known."""
    content = video(FILM, form="mpegts")

    seen = look(content[: int(len(content) * part)])

    found = read(seen.clip)
    assert found is not None
    assert found_again(found, KNOWN.hashes) >= 0.9


@pytest.mark.parametrize("seed", range(12))
def test_bytes_changed_at_random_never_raise_anything_but_a_refusal(seed: int) -> None:
    """Bits flipped all over a file, its head included."""
    random = np.random.default_rng(seed)
    content = bytearray(FILE)
    for place in random.integers(24, len(content), 200):
        content[place] ^= 1 << int(random.integers(8))

    assert outcome(bytes(content)) in {"clip", "nothing", "refused"}


def outcome(content: bytes) -> str:
    """Say what comes of a file; anything but these three fails the test."""
    try:
        seen = look(content)
    except Refused as exc:
        return "refused" if str(exc).startswith("video") else str(exc)
    if seen.clip and read(seen.clip) is None:
        return "nonsense"
    return "clip" if seen.clip else "nothing"


def test_a_video_without_a_frame_is_refused() -> None:
    """A header with nothing behind it is in order, and yet nothing could be looked at."""
    content = video(FILM[:4], form="matroska")

    with pytest.raises(Refused, match=r"^video"):
        look(content[: content.index(bytes.fromhex("1f43b675"))])


def test_a_video_with_its_head_alone_is_refused() -> None:
    """It claims to be one, and nothing can be seen in it."""
    with pytest.raises(Refused, match="video that is damaged"):
        look(FILE[:40])


def test_a_frame_larger_than_any_is_refused() -> None:
    """The size is known before a frame is decoded."""
    content = video([Image.new("L", (64, 64))], codec="mjpeg", form="avi", size=(4608, 4096))

    with pytest.raises(Refused, match="4608 × 4096"):
        look(content)


def test_a_hundred_thousand_frames_are_not_all_looked_at() -> None:
    """An animation without end is a gap after its beginning, and what was seen counts."""
    frames = [photograph(44, 33, seed=number) for number in range(8)]
    many = list(itertools.islice(itertools.cycle(frames), 620))
    content = encoded(many[0], "GIF", save_all=True, append_images=many[1:], duration=20)

    seen = look(content)

    assert seen.unwatched.startswith("animation of which only the first 0:")
    assert seen.clip


def test_sound_alone_is_no_video_and_no_gap() -> None:
    """An MPEG-4 file may hold a voice message: there is nothing to see in it."""
    content = sound()

    assert video_form(content) == "mp4"
    assert look(content) == Seen()
