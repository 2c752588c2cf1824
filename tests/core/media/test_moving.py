"""What an animation may cost: time and room have an end, and what was seen before it counts."""

import itertools

import numpy as np

from core.media.clip import MOST, read
from core.media.frames import Depth
from core.media.moving import BUDGET_S, Rushes, clip
from core.media.pdq import Luma
from tests.core.media.pictures import photograph


def test_an_animation_that_takes_too_long_is_seen_as_far_as_the_time_went() -> None:
    """A frame a second, each of which takes a quarter of the time: four are kept, none after them."""
    frames = ((float(n), np.asarray(photograph(64, 48, seed=n).convert("L"))) for n in itertools.count())
    lumas = ((at_s, Luma(pixels=grey, width=64, height=48)) for at_s, grey in frames)
    spent = itertools.count(step=BUDGET_S[Depth.GLANCE] / 4)
    rushes = Rushes(Depth.GLANCE, spent=lambda: next(spent))

    rushes.watch(rushes.passing(next(lumas), lumas))

    assert rushes.unwatched == "animation of which only the first 0:04 was looked at"
    seen = read(rushes.clip())
    assert seen is not None
    assert len(set(seen.at_ms.tolist())) == 4


def test_frames_for_which_there_is_no_room_are_told() -> None:
    """A bank keeps so many that are unlike each other; the rest is a gap, not silence."""
    random = np.random.default_rng(3)
    coarse = (random.integers(0, 256, (12, 16), dtype=np.uint8) for _ in itertools.count())
    noise = (np.kron(one, np.ones((4, 4), np.uint8)) for one in itertools.islice(coarse, MOST + 50))

    text, missing = clip(((number / 10, grey) for number, grey in enumerate(noise)), (), 300.0)

    assert read(text) is not None
    assert missing.startswith("frames after 3:2")
