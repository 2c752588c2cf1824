"""Clips: what is kept of a row of frames, and that what is written is read."""

import base64

import numpy as np
import pytest

from core.media.clip import MOST, NOTHING, Strip, read, told

A, B, C = (bytes([number]) * 32 for number in (0x0F, 0x33, 0xAA))


def nearly(one: bytes, bits: int) -> bytes:
    """Give a hash that differs in so many bits."""
    return (int.from_bytes(one) ^ ((1 << bits) - 1)).to_bytes(32)


def strip(*frames: tuple[float, tuple[bytes, ...]]) -> Strip:
    """Give a strip of frames."""
    made = Strip()
    for at_s, hashes in frames:
        made.add(at_s, hashes)
    return made


def kept(text: str) -> list[tuple[int, bytes]]:
    """Give what a clip keeps."""
    found = read(text)
    assert found is not None
    return [(int(at), row.tobytes()) for at, row in zip(found.at_ms, found.hashes, strict=True)]


def test_a_frame_that_hardly_differs_is_left_out() -> None:
    """Eight bits are nothing new, nine are; the first one kept is what the next is compared with."""
    made = strip((0, (A,)), (1, (nearly(A, 8),)), (2, (nearly(A, 9),)), (3, (A,)))

    assert kept(made.written(4)) == [(0, A), (2000, nearly(A, 9)), (3000, A)]


def test_a_frame_is_kept_with_its_rectangles_under_one_time() -> None:
    """Each hash once; a frame of which one rectangle changed is new."""
    made = strip((0, (A, B)), (1, (A, nearly(B, 3))), (2, (A, C)), (3, (C, C)))

    assert kept(made.written(4)) == [(0, A), (0, B), (2000, A), (2000, C), (3000, C)]


def test_what_says_too_little_ends_what_was_before() -> None:
    """A black frame is kept as one of which nothing can be said, once."""
    made = strip((0, (A,)), (1, (NOTHING,)), (2, (NOTHING,)), (3, (A,)))

    assert kept(made.written(4)) == [(0, A), (1000, NOTHING), (3000, A)]
    assert strip((0, (NOTHING,)), (1, (NOTHING,))).written(2) == ""
    assert Strip().written(0) == ""


def test_times_never_fall() -> None:
    """Whatever a file says."""
    assert [at for at, _ in kept(strip((5, (A,)), (1, (B,)), (-3, (C,))).written(0))] == [5000] * 3


def test_a_clip_of_very_many_frames_is_kept_in_coarser_steps() -> None:
    """It stays within its size and still reaches to its end; without any likeness it ends early."""
    random = np.random.default_rng(1)
    moving, unlike = Strip(), Strip()
    bits = np.zeros(256, np.uint8)
    for number in range(4000):
        bits[random.integers(256, size=10)] ^= 1
        moving.add(number, (np.packbits(bits).tobytes(),))
        unlike.add(number, (random.bytes(32),))

    assert not moving.full
    assert MOST // 3 < len(kept(moving.written(4000))) <= MOST
    assert kept(moving.written(4000))[-1][0] > 3_900_000
    assert unlike.full
    assert len(kept(unlike.written(4000))) == MOST


GOOD = base64.b64decode(strip((0, (A,)), (1, (B,))).written(2))
BAD = {
    "nothing": b"",
    "a length only": GOOD[:4],
    "half a hash": GOOD[:-1],
    "falling times": GOOD[:4] + GOOD[40:] + GOOD[4:40],
    "too many": GOOD[:4] + GOOD[4:40] * (MOST + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_clip_is_none(name: str) -> None:
    """It may come from a list."""
    assert read(base64.b64encode(GOOD).decode()) is not None
    assert read(base64.b64encode(BAD[name]).decode()) is None


def test_what_is_no_base64_is_no_clip() -> None:
    """Nor are letters outside of ASCII."""
    assert read("<script>") is None
    assert read("ä") is None


def test_times_are_written_for_people() -> None:
    """Minutes and seconds."""
    assert [told(s) for s in (0, 7.9, 60, 754)] == ["0:00", "0:07", "1:00", "12:34"]
