"""A server that is busy is asked again when it says so, and less and less often where it does not answer."""

from collections.abc import Mapping

import pytest

from core.fetch.busy import backoff_s, is_busy, pause_s
from core.fetch.fetcher import Answer


def answer(status: int, headers: Mapping[str, str] | None = None) -> Answer:
    """Give an answer with headers."""
    return Answer(url="https://a.example/x", status=status, headers=headers or {})


@pytest.mark.parametrize(
    ("status", "busy"),
    [(200, False), (304, False), (404, False), (401, False), (429, True), (500, True), (503, True)],
)
def test_some_answers_may_be_better_later(status: int, busy: bool) -> None:  # noqa: FBT001 - a column
    """Too many questions and failures of the server are; what is missing or forbidden is not."""
    assert is_busy(answer(status)) is busy


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("999999999", 86_400.0),
        ("99999999999999999999", 60.0),
        ("-5", 60.0),
        ("soon", 60.0),
        ("", 60.0),
        ("Sun, 01 Mar 2026 12:10:00 GMT", 600.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Sun, 01 Mar 2026 12:10:00 -0000", 60.0),
        ("Sun, 01 Mar 9999 12:10:00 GMT", 86_400.0),
    ],
)
def test_the_pause_is_what_the_server_says(said: str, seconds: float) -> None:
    """In seconds or as a time by its own clock, within a day."""
    headers = {"retry-after": said, "date": "Sun, 01 Mar 2026 12:00:00 GMT"}

    assert pause_s(answer(503, headers)) == seconds


def test_failures_in_a_row_are_asked_about_less_and_less_often() -> None:
    """A minute, two, four, and never more than half a day."""
    assert [backoff_s(failures) for failures in (0, 1, 2, 3)] == [60, 60, 120, 240]
    assert backoff_s(10_000) == backoff_s(9) < 12 * 3600
