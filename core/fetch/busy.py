"""When to ask again: what a server says about it, and how long to wait where it says nothing."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

from core.fetch.fetcher import Answer

TOO_MANY: Final = 429
FAILING: Final = 500

_SOON_S: Final = 60.0
_LONGEST_S: Final = 24 * 3600.0
_FIRST_S: Final = 60.0
_DOUBLINGS: Final = 8


def is_busy(answer: Answer) -> bool:
    """Tell whether asking again later may help."""
    return answer.status == TOO_MANY or answer.status >= FAILING


def pause_s(answer: Answer) -> float:
    """Return how long a server wants to be left alone, within a day; a minute where it does not say.

    It says so in seconds, or as a time by its own clock, which it tells as well.
    """
    said = answer.headers.get("retry-after", "")
    if re.fullmatch(r"[0-9]{1,9}", said):
        return min(float(said), _LONGEST_S)
    until, now = _moment(said), _moment(answer.headers.get("date", ""))
    if until is None or now is None:
        return _SOON_S
    return min(max((until - now).total_seconds(), 0.0), _LONGEST_S)


def backoff_s(failures: int) -> float:
    """Return how long to wait after so many failures in a row: a minute, two, four, within five hours."""
    return _FIRST_S * 2.0 ** min(max(failures - 1, 0), _DOUBLINGS)


def _moment(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except ValueError:
        return None
    # A time with the zone "-0000" is without one, and would not compare with the others.
    return found if found.tzinfo else None
