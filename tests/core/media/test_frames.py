"""What goes between the sandbox and its child; what a taken-over child may say is not believed."""

import json
from collections.abc import Sequence
from io import BytesIO

import pytest

from core.errors import CannotLook
from core.media import frames
from core.media.frames import LONGEST_CODE, MOST_CODES, Fingerprint, Seen
from core.view import How, View

VIEW = View(how=How.INSIDE, box=(0, 250, 1000, 750), coefficients="7f" * 256)
FOUND = Fingerprint(kind="pdq", value="0f" * 32, quality=77, views=(VIEW,), features="AAAA")
SEEN = Seen(
    fingerprints=(FOUND, FOUND),
    codes=("https://t.me/example", "دو\nسطریں"),
    unread="too long",
    clip="AAAA",
    unwatched="cut off",
)


def test_frames_are_read_one_after_the_other() -> None:
    """Lengths keep them apart; the end of the stream is the end."""
    stream = BytesIO(frames.frame(b"one") + frames.frame(b"") + frames.frame(b"three"))

    assert [frames.read(stream) for _ in range(4)] == [b"one", b"", b"three", None]


@pytest.mark.parametrize("length", range(1, 7))
def test_a_frame_that_is_cut_off_is_the_end(length: int) -> None:
    """A parent that died while it wrote has asked nothing."""
    assert frames.read(BytesIO(frames.frame(b"one")[:length])) is None


def test_answers_and_refusals_come_back() -> None:
    """What the child found, or why it found nothing."""
    assert frames.answered(frames.answer(SEEN)) == SEEN
    with pytest.raises(CannotLook, match="picture that is damaged"):
        frames.answered(frames.refusal("picture that is damaged"))


def said(
    fingerprints: str = "[]", codes: str = "[]", unread: str = '""', clip: str = '""', more: str = ""
) -> bytes:
    """Give an answer in which one thing may be odd."""
    seen = f'"fingerprints": {fingerprints}, "codes": {codes}, "unread": {unread}, "clip": {clip}'
    return f'{{{seen}, "unwatched": ""{more}}}'.encode()


def test_the_most_that_a_child_may_say_is_an_answer() -> None:
    """The limits are those of what it looks for."""
    codes = json.dumps(["x" * LONGEST_CODE] * MOST_CODES)

    assert len(frames.answered(said(codes=codes)).codes) == MOST_CODES


def test_a_reason_is_kept_to_one_harmless_line() -> None:
    """It is shown to moderators, and the child may have been taken over."""
    assert frames.answered(said(unread=json.dumps("late\n\u202e" + "x" * 500))).unread == "late" + "x" * 196


def hashed(value: str = "0f" * 32, views: Sequence[object] = (), features: object = "") -> bytes:
    """Give an answer with one fingerprint in which one thing may be odd."""
    return said(json.dumps([["pdq", value, 50, list(views), features]]))


def test_the_form_alone_is_an_answer() -> None:
    """What the nonsense below differs from."""
    assert frames.answered(hashed()).fingerprints[0].value == "0f" * 32


NONSENSE = [
    b"",
    b"{}",
    b"[]",
    b"\xff",
    b'{"refused": 1}',
    b'{"fingerprints": []}',
    said("{}"),
    said(codes='"https://t.me/example"'),
    said(codes="[1]"),
    said(codes='[["https://t.me/example"]]'),
    said(codes='[""]'),
    said(codes=r'["\u0000"]'),
    said(codes=r'["\u001b[2J"]'),
    said(codes=r'["\ud800"]'),
    said(codes=json.dumps(["x" * (LONGEST_CODE + 1)])),
    said(codes=json.dumps(["x"] * (MOST_CODES + 1))),
    said(unread="null"),
    said(clip="null"),
    said(clip='"<script>"'),
    said(clip=json.dumps("A" * 100_004)),
    said(more=', "more": 1'),
    said('[["pdq", "' + "0f" * 32 + '", 101, [], ""]]'),
    said('[["other", "' + "0f" * 32 + '", 50, [], ""]]'),
    said('[["pdq", "' + "0f" * 32 + '", 50]]'),
    hashed("zz" * 32),
    hashed("0F" * 32),
    hashed("0f " * 32),
    hashed(features=1),
    hashed(features="A" * 30_000),
    hashed(features="<script>"),
    hashed(value="0f"),
    hashed(views=[VIEW.coefficients]),
    hashed(views=[["beside it", [0, 0, 1000, 1000], VIEW.coefficients]]),
    hashed(views=[["", [0, 0, 1000], VIEW.coefficients]]),
    hashed(views=[["", [0, -1, 1000, 1000], VIEW.coefficients]]),
    hashed(views=[["", [0, 0.5, 1000, 1000], VIEW.coefficients]]),
    hashed(views=[["", [0, 0, 1000, 1001], VIEW.coefficients]]),
    hashed(views=[["", [0, 500, 1000, 500], VIEW.coefficients]]),
    hashed(views=[["", [0, "0", 1000, 1000], VIEW.coefficients]]),
    hashed(views=[["", [0, 0, 1000, float("nan")], VIEW.coefficients]]),
    hashed(views=[["", [0, 0, 1000, 1000], "7f" * 255]]),
    hashed(views=[["", [0, 0, 1000, 1000], VIEW.coefficients]] * 40),
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", NONSENSE)
def test_nonsense_is_no_answer(body: bytes) -> None:
    """Only the known form is accepted."""
    with pytest.raises(ValueError, match="not a"):
        frames.answered(body)
