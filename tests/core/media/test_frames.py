"""What goes between the sandbox and its child; what a taken-over child may say is not believed."""

import json
from collections.abc import Sequence
from io import BytesIO

import pytest

from core.errors import CannotLook
from core.media import frames
from core.media.frames import Fingerprint
from core.view import How, View

VIEW = View(how=How.INSIDE, box=(0, 250, 1000, 750), coefficients="7f" * 256)
FOUND = Fingerprint(kind="pdq", value="0f" * 32, quality=77, views=(VIEW,), features="AAAA")


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
    assert frames.answered(frames.answer([FOUND, FOUND])) == (FOUND, FOUND)
    with pytest.raises(CannotLook, match="picture that is damaged"):
        frames.answered(frames.refusal("picture that is damaged"))


def said(value: str = "0f" * 32, views: Sequence[object] = (), features: object = "") -> bytes:
    """Give an answer of the right form with something in it."""
    return json.dumps({"fingerprints": [["pdq", value, 50, list(views), features]]}).encode()


def test_the_form_alone_is_an_answer() -> None:
    """What the nonsense below differs from."""
    assert frames.answered(said())[0].value == "0f" * 32


NONSENSE = [
    b"",
    b"{}",
    b"[]",
    b"\xff",
    b'{"refused": 1}',
    b'{"fingerprints": {}}',
    b'{"fingerprints": [["pdq", "0f", 50]]}',
    b'{"fingerprints": [["pdq", "' + b"zz" * 32 + b'", 50]]}',
    b'{"fingerprints": [["pdq", "' + b"0f" * 32 + b'", 101]]}',
    b'{"fingerprints": [["other", "' + b"0f" * 32 + b'", 50]]}',
    b'{"fingerprints": [["pdq", "' + b"0f" * 32 + b'"]]}',
    b'{"fingerprints": [["pdq", "' + b"0F" * 32 + b'", 50]]}',
    b'{"fingerprints": [["pdq", "' + b"0f " * 32 + b'", 50]]}',
    said(value="0f"),
    said(views=[VIEW.coefficients]),
    said(views=[["beside it", [0, 0, 1000, 1000], VIEW.coefficients]]),
    said(views=[["", [0, 0, 1000], VIEW.coefficients]]),
    said(views=[["", [0, -1, 1000, 1000], VIEW.coefficients]]),
    said(views=[["", [0, 0.5, 1000, 1000], VIEW.coefficients]]),
    said(views=[["", [0, 0, 1000, 1001], VIEW.coefficients]]),
    said(views=[["", [0, 500, 1000, 500], VIEW.coefficients]]),
    said(views=[["", [0, "0", 1000, 1000], VIEW.coefficients]]),
    said(views=[["", [0, 0, 1000, float("nan")], VIEW.coefficients]]),
    said(views=[["", [0, 0, 1000, 1000], "7f" * 255]]),
    said(views=[["", [0, 0, 1000, 1000], VIEW.coefficients]] * 40),
    said(features=1),
    said(features="A" * 30_000),
    said(features="<script>"),
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", NONSENSE)
def test_nonsense_is_no_answer(body: bytes) -> None:
    """Only the known form is accepted."""
    with pytest.raises(ValueError, match="not a"):
        frames.answered(body)
