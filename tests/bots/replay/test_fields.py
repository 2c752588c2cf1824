"""Reading one JSON object field by field: what is odd is a gap, never a crash."""

from datetime import UTC, datetime

import pytest

from bots.replay.fields import Fields
from core.model import Gap


@pytest.mark.parametrize(
    ("value", "expected"), [("a", "a"), (7, "7"), ("", ""), (None, ""), (True, ""), ([], ""), (1.5, "")]
)
def test_text_is_read_from_text_and_whole_numbers(value: object, expected: str) -> None:
    """Ids are numbers in one program's export and text in another's."""
    assert Fields({"k": value}).text("k") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7, 7), ("42", 42), (None, None), ("x", None), (1.5, None), ("٤٢", None), ("9" * 99, None)],
)
def test_whole_numbers_are_read_also_from_text(value: object, expected: int | None) -> None:
    """Only plain digits count."""
    assert Fields({"k": value}).count("k") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1767416400", datetime(2026, 1, 3, 5, 0, tzinfo=UTC)),
        ("2026-01-03T05:00:00", datetime(2026, 1, 3, 5, 0, tzinfo=UTC)),
        ("2026-01-03T10:00:00+05:00", datetime(2026, 1, 3, 5, 0, tzinfo=UTC)),
        ("", None),
        ("yesterday", None),
        ("9" * 30, None),
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("2999-12-31T23:59:59", datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("3000-01-01T00:00:00", None),
        ("253402300799", None),
        ("-62135596800", None),
        ("0001-01-01T00:00:00+05:00", None),
    ],
)
def test_times_have_a_zone(value: str, expected: datetime | None) -> None:
    """Unix seconds and ISO 8601 are read; without a zone UTC is meant; the ends of the calendar are odd."""
    one = Fields({"k": value})

    assert one.time("k") == expected
    assert len(one.gaps) == (expected is None and value != "")


def test_an_odd_field_is_a_gap_with_its_place() -> None:
    """What was expected and what came, also deep inside."""
    one = Fields({"text": ["x"], "poll": {"answers": ["yes", {"text": {}}]}, "files": {}})
    poll = one.child("poll")

    assert one.text("text") == ""
    assert list(one.values("files")) == []
    assert poll is not None
    assert [answer.text("text") for answer in poll.children("answers")] == ["", ""]
    assert one.gaps == (
        Gap(part="text", reason="not readable: text expected, a list found"),
        Gap(part="files", reason="not readable: a list expected, an object found"),
        Gap(part="poll.answers[0]", reason="not readable: an object expected, text found"),
        Gap(part="poll.answers[1].text", reason="not readable: text expected, an object found"),
    )


def test_what_is_absent_is_no_gap() -> None:
    """Exports leave out what is empty."""
    one = Fields({"null": None})

    assert (one.text("a"), one.count("b"), one.time("c"), one.child("null"), list(one.children("d"))) == (
        "",
        None,
        None,
        None,
        [],
    )
    assert one.gaps == ()
