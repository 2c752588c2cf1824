"""StopNCII: hashes with their status and what platforms found."""

import pytest

from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record
from core.exchange.formats.stopncii import read


def record(**more: object) -> Item:
    """Read a record with some values of its own."""
    record = {"hashValue": "0f" * 32, "signalType": "ImagePDQ", "hashStatus": "Active", **more}
    return read(Record(record), Position())


@pytest.mark.parametrize(
    ("kind", "field"), [("ImagePDQ", "pdq"), ("VideoMD5", "md5"), ("URL", "url"), ("Text", "text")]
)
def test_signal_types_that_are_compared_here_are_taken(kind: str, field: str) -> None:
    """Pictures, videos as files, addresses and texts."""
    assert record(signalType=kind).keys == ((field, "0f" * 32),)


@pytest.mark.parametrize("kind", ["VideoTMK", "Unknown", None])
def test_other_signal_types_are_refused(kind: object) -> None:
    """TMK describes a video as a whole; nothing here is compared with it."""
    with pytest.raises(BadInput, match="is not compared here"):
        record(signalType=kind)


@pytest.mark.parametrize(
    ("status", "feedback", "state"),
    [
        ("Active", [], ""),
        ("Received", [], ""),
        ("Withdrawn", [], "withdrawn"),
        ("Deleted", ["Blocked"], "withdrawn"),
        ("Active", ["Blocked"], ""),
        ("Active", ["PendingReview"], ""),
        ("Active", ["Blocked", "NotBlocked"], "disputed"),
        ("Active", ["NotBlocked"], "disputed"),
        ("Withdrawn", ["NotBlocked"], "withdrawn"),
    ],
)
def test_status_and_feedback_become_a_state(status: str, feedback: list[str], state: str) -> None:
    """Who made the hash may take it back; a platform that looked and did not block disputes it."""
    said = [{"source": "Kites", "feedbackValue": value} for value in feedback]

    assert record(hashStatus=status, CSPFeedbacks=said).fields["state"] == state


@pytest.mark.parametrize("status", ["Unknown", "", None, 3])
def test_a_status_that_is_not_known_is_refused(status: object) -> None:
    """Whether the hash may be used must not be guessed."""
    with pytest.raises(BadInput, match="hashStatus"):
        record(hashStatus=status)


def test_tags_and_times_are_kept() -> None:
    """Tags of the record and of the platforms, once each."""
    item = record(
        lastModtimestamp=1767225600,
        tags=["a"],
        CSPFeedbacks=[{"feedbackValue": "Blocked", "tags": ["a", "b"]}],
    )

    assert (item.fields["last_seen"], item.fields["+tags"]) == ("2026-01-01T00:00:00+00:00", "a, b")
