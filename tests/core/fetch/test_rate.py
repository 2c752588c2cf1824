"""Turns: a burst at once, then one every so often, for each name apart; who waits too long is refused."""

import pytest

from core.errors import TryLater
from core.fetch.rate import Rate


def test_a_burst_goes_at_once_and_the_next_waits() -> None:
    """Three without a pause, then one for each pause."""
    rate = Rate(burst=3, every_s=2.0, patience_s=10.0)

    waits = [rate.wait_s("a.example", now=100.0) for _ in range(5)]

    assert waits == [0.0, 0.0, 0.0, 2.0, 4.0]


def test_names_are_counted_apart() -> None:
    """One host that is busy does not hold the others up."""
    rate = Rate(burst=1, every_s=2.0, patience_s=10.0)
    rate.wait_s("a.example", now=0.0)

    assert rate.wait_s("a.example", now=0.0) == 2.0
    assert rate.wait_s("b.example", now=0.0) == 0.0


def test_time_gives_turns_back_up_to_a_burst() -> None:
    """After a long silence there is one burst again, not more."""
    rate = Rate(burst=2, every_s=1.0, patience_s=10.0)
    for _ in range(4):
        rate.wait_s("a.example", now=0.0)

    assert [rate.wait_s("a.example", now=1000.0) for _ in range(3)] == [0.0, 0.0, 1.0]


def test_who_would_wait_too_long_is_refused_and_takes_no_turn() -> None:
    """The refusal says how long; those after it are not pushed back by it."""
    rate = Rate(burst=1, every_s=5.0, patience_s=5.0)
    rate.wait_s("a.example", now=0.0)
    rate.wait_s("a.example", now=0.0)

    for _ in range(3):
        with pytest.raises(TryLater) as refused:
            rate.wait_s("a.example", now=0.0)
        assert refused.value.after == 10.0

    assert rate.wait_s("a.example", now=5.0) == 5.0
