"""The child where PyAV is not installed: videos are a gap that says so, pictures are looked at."""

import sys

import pytest

from core.media.child import look
from core.media.decode import Refused
from tests.core.media.pictures import encoded, photograph

VIDEO = b"\0\0\0\x20ftypisom" + bytes(200)


def test_without_a_video_reader_a_video_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gap names what is missing; files and thumbnails are looked at by others."""
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.delitem(sys.modules, "core.media.video", raising=False)

    with pytest.raises(Refused, match=r"^video frames: this installation has no video reader$"):
        look(VIDEO)
    assert len(look(encoded(photograph(40, 30))).fingerprints) == 1
