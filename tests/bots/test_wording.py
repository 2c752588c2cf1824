"""Counts and lengths as people read them."""

from datetime import timedelta

import pytest

from bots.wording import age, counted


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1204, "1,204 entries")]
)
def test_a_count_has_the_noun_of_its_number(number: int, said: str) -> None:
    """One alone is one; a noun that takes more than an s says so."""
    assert counted(number, "entry", "entries") == said
    assert counted(number, "rule") == said.replace("entries", "rules").replace("entry", "rule")


@pytest.mark.parametrize(
    ("hours", "said"),
    [(-5, "0 hours"), (0.9, "0 hours"), (1, "1 hour"), (23.9, "23 hours"), (24, "1 day"), (49, "2 days")],
)
def test_a_length_is_told_in_whole_hours_or_days(hours: float, said: str) -> None:
    """From a day on in days; a clock that went back makes no length below none."""
    assert age(timedelta(hours=hours)) == said
