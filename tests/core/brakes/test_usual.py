"""What is usual follows from counts alone."""

from collections.abc import Sequence

import pytest

from core.brakes.usual import fell_silent, surges, usual

FORTNIGHT = 14 * 24


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ((), 0),
        ((5,), 5),
        ((0, 5), 5),
        (range(100), 98),
        ([0] * 99 + [44], 0),
        ([0] * 98 + [9, 44], 9),
        ([0] * (FORTNIGHT - 3) + [50, 60, 70], 0),
        ([0] * (FORTNIGHT - 4) + [9, 50, 60, 70], 9),
        ([7] * FORTNIGHT, 7),
        ([44, 0, 0], 44),
    ],
)
def test_usual_is_what_99_of_100_hours_stayed_within(hours: Sequence[int], expected: int) -> None:
    """One hour in a hundred may be beyond it: three of the hours of two weeks; the order does not matter."""
    assert usual(list(hours)) == expected
    assert usual(list(reversed(hours))) == expected


@pytest.mark.parametrize(
    ("count", "usually", "expected"),
    [
        (10, 0, False),
        (11, 0, True),
        (11, 3, True),
        (12, 4, False),
        (13, 4, True),
        (44, 9, True),
        (27, 9, False),
        (28, 9, True),
        (0, 0, False),
    ],
)
def test_too_many_is_more_than_ten_and_three_times_the_usual(
    count: int, usually: int, *, expected: bool
) -> None:
    """Both, and not only as many."""
    assert surges(count, usually=usually) is expected


@pytest.mark.parametrize(
    ("days", "last", "expected"),
    [
        ([12] * 14, 0, True),
        ([12] * 14, 1, False),
        ([12] * 13 + [11], 0, False),
        ([0] * 14, 0, False),
        ([400] * 14, 0, True),
        ([], 0, False),
    ],
)
def test_a_rule_falls_silent_that_was_busy_on_every_day(
    days: list[int], last: int, *, expected: bool
) -> None:
    """A rule that rests on some days has not stopped when it rests on another."""
    assert fell_silent(days, last=last) is expected
