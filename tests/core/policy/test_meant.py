"""What is told after the carets is what people mean who write so, and nothing where nobody can know."""

import pytest

from core.policy.meant import length, meant


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("1 day", "1d"),
        ("1d12h", "36h"),
        ("1 day, 12 hours", "36h"),
        ("2 days and 3 hours", "51h"),
        ("90 Minutes", "90m"),
        ("2 weeks", "14d"),
        ("۱d", "1d"),
        ("٣ hours", "3h"),
        ("۲ دن", "2d"),
        ("7", ""),
        ("day", ""),
        ("1 month", ""),
        ("500 days", ""),
        ("0d", ""),
        ("1d x", ""),
        ("", ""),
    ],
)
def test_a_length_of_time_is_understood_as_people_write_it(written: str, time: str) -> None:
    """In words, in several units, in the digits of other scripts; what has no length has no answer."""
    assert length(written) == time


@pytest.mark.parametrize(
    ("key", "value", "in_list", "hint"),
    [
        ("for", "1 day", False, "did you mean 1d?"),
        ("for", 90, False, "with a unit: 90m, 90h or 90d"),
        ("for", 0, False, ""),
        ("for", True, False, ""),
        ("mute", "1 day", False, "did you mean {for: 1d}?"),
        ("max", "۲۰", False, "did you mean 20?"),
        ("max", "20", False, "did you mean 20, without quotes?"),
        ("max", "twenty", False, ""),
        ("hidden", "yes", False, "did you mean true?"),
        ("hidden", "Off", False, "did you mean false?"),
        ("hidden", "maybe", False, ""),
        ("do", "Ban", True, 'did you mean "ban"?'),
        ("do", "mute", True, "did you mean mute: {for: 1h}?"),
        ("do", "report، delete", True, "did you mean report, delete?"),
        ("do", "report, delte", False, "did you mean [report, delete]?"),
        ("do", "report, dance", False, ""),
        ("do", "report, mute", False, "did you mean [report, mute: {for: 1h}]?"),
        ("from", "“23:00”", False, 'use plain quotes: "23:00"'),
        ("from", "“23:00", False, ""),
        ("signal", "Link", False, 'did you mean "link"?'),
        ("when", [{"match": None}], False, "did you mean {all: […]}?"),
        ("when", [], False, ""),
        ("rules", {}, False, 'begin each rule with "- "'),
        ("finds", {}, False, "put it into brackets: [{…}]"),
        ("finds", {}, True, ""),
        ("all", [], False, ""),
        ("exempt", "newsroom", False, 'did you mean ["newsroom"]?'),
        ("place", "Kite Flyers #desk", False, 'did you mean ["Kite Flyers #desk"]?'),
        ("place", "a\x1bb", False, ""),
        ("places", "", True, ""),
        ("lanes", {}, False, "put it into brackets: [{…}]"),
        ("all", {}, False, "put it into brackets: [{…}]"),
        ("zone", "Karachi", False, 'did you mean "Asia/Karachi"?'),
        ("zone", "asia/karachi", False, 'did you mean "Asia/Karachi"?'),
        ("zone", "New York", False, 'did you mean "America/New_York"?'),
        ("zone", "PKT", False, ""),
        ("bank", 17, False, ""),
    ],
)
def test_a_value_that_is_refused_is_guessed_at(key: str, value: object, hint: str, *, in_list: bool) -> None:
    """By the key it stands under; a guess that would be no better than chance is not made."""
    assert meant(key, value, in_list=in_list) == hint  # type: ignore[arg-type]  # a table
