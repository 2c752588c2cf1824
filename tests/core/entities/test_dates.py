"""Dates of lists in one form."""

import pytest

from core.entities.dates import iso_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2001-10-06", "2001-10-06"),
        ("2001-10-06T00:00:00.5Z", "2001-10-06"),
        (" 06/10/2001 ", "2001-10-06"),
        ("6.1.2001", "2001-01-06"),
        ("14-08-2001", "2001-08-14"),
        ("27-Feb-2026", "2026-02-27"),
        ("6 October 2001", "2001-10-06"),
        ("3rd May 2005", "2005-05-03"),
        ("March 2001", "2001-03"),
        ("Sept. 2010", "2010-09"),
        # no dates, and kept as they are
        ("31/02/2001", "31/02/2001"),
        ("2001-13-01", "2001-13-01"),
        ("13/13/2001", "13/13/2001"),
        ("Lamp 2001", "Lamp 2001"),
        ("6 Lampmonth 2001", "6 Lampmonth 2001"),
        ("2001", "2001"),
        ("before the war", "before the war"),
        ("", ""),
    ],
)
def test_a_date_is_iso_and_what_is_none_stays(written: str, expected: str) -> None:
    """The day comes first where only numbers are written; nothing is invented."""
    assert iso_date(written) == expected
