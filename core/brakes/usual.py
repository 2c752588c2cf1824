"""What is usual for a rule, from nothing but counts: in words that can be checked by hand.

Usual is what 99 of 100 hours stayed within. Pure: times and counts are given in.
"""

from collections.abc import Sequence
from typing import Final

SURGE_OVER: Final = 10
"""Messages in an hour that are never too many: a person can look at these."""

SURGE_TIMES: Final = 3
"""How many times the usual number is too many."""

BUSY: Final = 12
"""Messages a day from which on a day without any is news."""

_SHARE: Final = 99


def usual(hours: Sequence[int]) -> int:
    """Return what 99 of 100 hours stayed within: the 99th percentile, by the nearest rank; 0 of no hours.

    Args:
        hours: How many messages a rule held for in each of some hours, in any order, zeros included.
    """
    ranked = sorted(hours)
    return ranked[-(-len(ranked) * _SHARE // 100) - 1] if ranked else 0


def surges(count: int, *, usually: int) -> bool:
    """Tell whether an hour has too many: more than a person can look at, and three times the usual number."""
    return count > SURGE_OVER and count > SURGE_TIMES * usually


def fell_silent(days: Sequence[int], *, last: int) -> bool:
    """Tell whether a rule that held all the time has stopped.

    Args:
        days: How many messages it held for on each of the days before the last one; none says nothing.
        last: And within the last 24 hours.
    """
    return bool(days) and min(days) >= BUSY and last == 0
