"""A fault within a value is shown where it stands in the file."""

import pytest

from core.policy.faults import Spot, inside

ONE_LINE = "a: {cel: 'x > yy'}"
LINES = "a:\n  cel: |\n    x >\n      yy\n"


@pytest.mark.parametrize(
    ("source", "value", "text", "at", "expected"),
    [
        (ONE_LINE, (0, 9), "x > yy", 4, (0, 14)),
        (ONE_LINE, (0, 9), "x > yy", 6, (0, 16)),
        ("a: {cel: x > yy}", (0, 9), "x > yy", 4, (0, 13)),
        ("x > yy: {cel: x > yy}", (0, 14), "x > yy", 4, (0, 18)),
        (LINES, (1, 7), "x >\n  yy\n", 0, (2, 4)),
        (LINES, (1, 7), "x >\n  yy\n", 6, (3, 6)),
        (ONE_LINE, (0, 9), "", 0, (0, 9)),
        ("a: {cel: 'it''s > yy'}", (0, 9), "it's > yy", 7, (0, 9)),
        ("a:\n  cel: >\n    x >\n    yy\n", (1, 7), "x > yy\n", 4, (1, 7)),
        ("a: 1", (5, 0), "x", 0, (5, 0)),
    ],
)
def test_a_place_within_a_text_is_found_in_the_file(
    source: str, value: tuple[int, int], text: str, at: int, expected: tuple[int, int]
) -> None:
    """Quoted, plain, or in lines of its own; where it is written otherwise, the value's own place is told."""
    whole = Spot(line=value[0], column=value[1], width=3)

    found = inside(whole, source, text, at, 2)

    assert (found.line, found.column) == expected
    assert found.width == (3 if found == whole else 2)
