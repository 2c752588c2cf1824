"""Videos before the banks: clips, listed pictures in their frames, and the sentences that say so."""

from dataclasses import replace

import numpy as np
import pytest

from core.banks.banks import Banks
from core.media.clip import Strip
from core.model import Entry, EntryState, Match, Signal, Strength
from tests import make
from tests.fake_banks import MemoryBanks

_RANDOM = np.random.default_rng(1)
FRAMES = [_RANDOM.bytes(32) for _ in range(40)]
OTHERS = [_RANDOM.bytes(32) for _ in range(100)]


def clip(frames: list[bytes]) -> str:
    """Write frames down, two in a second."""
    strip = Strip()
    for number, hashed in enumerate(frames):
        strip.add(number / 2, (hashed,))
    return strip.written(len(frames) / 2)


def altered(hashed: bytes, bits: int) -> bytes:
    """Give a hash that differs in so many bits."""
    return (int.from_bytes(hashed) ^ ((1 << bits) - 1)).to_bytes(32)


def video(frames: list[bytes]) -> Signal:
    """Give the signal of a video that shows these frames."""
    return Signal(kind="video", value="ab" * 32, part="attachment[0]", clip=clip(frames))


LISTED = Entry(kind="video", value="cd" * 32, ref="v1", extra=(("clip", clip(FRAMES)),))
PICTURE = Entry(kind="pdq", value=OTHERS[3].hex(), ref="p1")


async def matches(signal: Signal, *entries: Entry) -> tuple[Match, ...]:
    """Give what a signal matches."""
    store = MemoryBanks()
    await store.add("propaganda", entries)
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.refresh()
    return await banks.match([signal])


SENTENCES = [
    (FRAMES, Strength.SAME, "the same clip: 100 % of its frames, 100 % of this video's (40 different"),
    (FRAMES[10:20], Strength.STRONG, "a part of the clip: 25 % of its frames, 100 % of this video's (10 "),
    (
        [*OTHERS[:60], *FRAMES, *OTHERS[60:]],
        Strength.STRONG,
        "the clip, inside a longer video: 100 % of its frames, 29 % of this video's, from 0:30 on (40 ",
    ),
    ([*OTHERS[:60], *FRAMES[:4]], Strength.WEAK, "something of the clip: 10 % of its frames, 6 % of this "),
    (FRAMES[::-1], Strength.WEAK, "something of the clip: 100 % of its frames, 100 % of this video's (40 "),
]


@pytest.mark.parametrize(("frames", "strength", "because"), SENTENCES)
async def test_a_clip_is_told_with_both_shares(frames: list[bytes], strength: Strength, because: str) -> None:
    """How much of the known clip there is, and how much of the video that is."""
    (match,) = await matches(video(frames), LISTED)

    assert (match.signal.subject, match.entry.ref, match.strength) == ("video", "v1", strength)
    assert match.because.startswith(because)
    assert match.because.endswith(" different frames agree, not in its order)") == (frames == FRAMES[::-1])
    assert match.distance is None


async def test_no_frames_stay_in_a_match() -> None:
    """A case keeps the digest of what was seen, and nothing to compare."""
    (match,) = await matches(video(FRAMES), LISTED)

    assert match.signal == video(FRAMES).bare()
    assert match.signal.clip == ""


async def test_a_frame_that_is_a_listed_picture_is_told_with_its_time() -> None:
    """A still in a video has a setting: it is never the same thing, and the nearest frame is told."""
    frames = [altered(OTHERS[3], 25), *OTHERS[10:17], altered(OTHERS[3], 4), *OTHERS[20:30]]

    (match,) = await matches(video(frames), PICTURE, LISTED)

    assert (match.signal.kind, match.signal.value) == ("pdq", altered(OTHERS[3], 4).hex())
    assert (match.strength, match.distance) == (Strength.STRONG, 4)
    assert match.because == "frame at 0:04: same picture, 4 of 256 bits differ"


async def test_a_video_without_anything_known_matches_nothing() -> None:
    """Nor does one of which the reader said nothing."""
    assert await matches(video(OTHERS[10:40]), PICTURE, LISTED) == ()
    assert await matches(Signal(kind="video", value="cd" * 32, part="attachment[0]"), LISTED) == ()


@pytest.mark.parametrize("state", [EntryState.DISPUTED, EntryState.WITHDRAWN])
async def test_only_active_clips_match(state: EntryState) -> None:
    """As with every entry."""
    assert await matches(video(FRAMES), replace(LISTED, state=state)) == ()


async def test_the_file_itself_is_told_before_its_frames() -> None:
    """One item, one match: the surest."""
    store = MemoryBanks()
    await store.add("propaganda", [LISTED, Entry(kind="sha256", value="ef" * 32, ref="v1")])
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.refresh()

    digest = Signal(kind="sha256", value="ef" * 32, part="attachment[0]")
    (match,) = await banks.match([video(FRAMES), digest])

    assert match.because == "the same file (SHA-256)"
