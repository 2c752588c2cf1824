"""Dates as lists write them, as ISO 8601.

Every list here that writes numbers alone puts the day first, as the UK, the EU and Pakistan do.
"""

import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_NUMBERS: Final = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_DAY: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
_MONTH: Final = re.compile(r"([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def iso_date(written: str) -> str:
    """Return `2001-10-06`, or `2001-10` where no day is told; what is no date comes back as it is."""
    written = written.strip()
    if found := _ISO.match(written):
        return _day(*(int(n) for n in found.groups())) or written
    if found := _NUMBERS.fullmatch(written):
        day, month, year = (int(n) for n in found.groups())
        return _day(year, month, day) or written
    if found := _DAY.fullmatch(written):
        return _day(int(found[3]), _month(found[2]), int(found[1])) or written
    found = _MONTH.fullmatch(written)
    if found and (number := _month(found[1])):
        return f"{found[2]}-{number:02}"
    return written


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    """Return a month's number by its English name or the beginning of it, or 0."""
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0
