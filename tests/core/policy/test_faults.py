"""What is wrong in a file is told where it stands, in so many words as a person reads."""

import pytest

from core.policy.faults import MOST, Spot, WrongPolicy, inside
from core.policy.loader import read_policy

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


MANY = 3 * MOST


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"version: 1\nrules: [{'&a 1, ' * MANY}]\n", "an anchor (&a) is not allowed"),
        ("version: 1\nrules: []\n" + "rules: []\n" * MANY, 'duplicate key "rules"'),
        ("version: 1\n" + "".join(f"k{n}: 1\n" for n in range(MANY)), 'unknown key "k7"'),
        (f"version: 1\nrules: [{'x, ' * MANY}]\n", "expected a rule, such as"),
    ],
)
def test_of_very_many_faults_the_first_are_told(text: str, told: str) -> None:
    """A file may hold ten thousands on one line: each costs a look at it, and nobody reads so many."""
    with pytest.raises(WrongPolicy) as refused:
        read_policy(text.encode(), name="x", where="x.yaml")

    assert 1 <= len(refused.value.faults) <= MOST
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("a\\e[31mb", False),
        ("a\\u202Eb", False),
        ("a\\u2066b", False),
        ("a\\u2028b", False),
        ("a\\x85b", False),
        ("\u0646\u06af\u0647\u200c\u0628\u0627\u0646", True),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", True),
        ("ab", True),
    ],
)
def test_a_name_cannot_steer_what_shows_it(name: str, *, fine: bool) -> None:
    """No escape codes, no turn of direction, no other line; joiners, of words and of emoji, may be there."""
    text = f'version: 1\nrules:\n  - {{name: "{name}", when: {{match: {{}}}}, do: [report]}}\n'

    def read() -> str:
        return read_policy(text.encode(), name="x", where="x.yaml").rules[0].name

    if fine:
        assert read() == name
    else:
        with pytest.raises(WrongPolicy, match="expected a name"):
            read()


@pytest.mark.parametrize(
    ("start", "until", "fine"),
    [
        ("0001-01-01T00:00+23:59", "0001-01-08T00:00-23:59", False),
        ("9999-12-30T00:00-23:59", "9999-12-31T23:59-23:59", False),
        ("2026-03-01T08:00+05:00", "2026-03-08T08:00+05:00", True),
    ],
)
def test_a_time_lies_where_zones_cannot_lead_out_of_the_calendar(
    start: str, until: str, *, fine: bool
) -> None:
    """The first and the last days of the calendar cannot be told in every zone, or counted back from."""
    text = f"version: 1\ncrisis: {{from: {start}, until: {until}}}\nrules: []\n"

    if fine:
        assert read_policy(text.encode(), name="x", where="x.yaml").limits.crisis
    else:
        with pytest.raises(WrongPolicy, match="expected a date"):
            read_policy(text.encode(), name="x", where="x.yaml")


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("links", 5),
        ("معلوم لنکس", 10),
        ("م\u064fعل\u064fوم", 5),
        ("e\u0301", 1),
        ("漢字", 4),
        ("ｌｎｋ", 6),
        ("한글", 4),
        ("\U0001f3ee", 2),
    ],
)
def test_the_carets_stand_under_what_they_mean_on_a_terminal(name: str, columns: int) -> None:
    """Wide letters take two columns and marks on letters none; the place that programs get counts letters."""
    before = f'  - {{name: "{name}", when: {{match: {{signal: '
    text = f"version: 1\nrules:\n{before}lnk}}}}, do: []}}\n"

    with pytest.raises(WrongPolicy) as refused:
        read_policy(text.encode(), name="x", where="x.yaml")

    carets = str(refused.value).splitlines()[3].partition("| ")[2]
    assert carets.index("^") == len(before) - len(name) + columns
    assert refused.value.faults[0].spot == Spot(line=2, column=len(before), width=3)
