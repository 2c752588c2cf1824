"""An expression is refused at its place for whatever it must not ask, and taken for all that it may."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.policy import program as made
from core.policy.program import LIST, LONGEST, PATTERN, Program, WrongExpression, program
from core.policy.variables import VARIABLES, Kind, Value

TEXTS = ", ".join(["'a'"] * LIST)

TAKEN = [
    "found > 2 && 'link' in kinds",
    "!(author.days > 30) || sure >= 2 && gaps == 0",
    "author.known ? author.days < 3 : hidden > 0",
    "message.happening in ['joined', 'profile']",
    "labels.size() + size(kinds) - 1 > 3",
    "place.name.startsWith('kite') != place.id.endsWith('7')",
    'place.name.contains("flyers")',
    "place.name.matches('^kite(?:s)? [a-zа-я]+$')",
    f"'a' in [{TEXTS}] || found < -1",
    "'کالعدم' in labels",
    "kinds == ['link'] // only links",
    "(" * 10 + "found > 0" + ")" * 10,
    " || ".join(["found > 1"] * 35),
]

MACRO = "all(), exists(), exists_one(), map() and filter() are not allowed in an expression"
NOT_TRUE = "expected an expression that is true or false, found"
NOTHING = "it asks about nothing, so it says the same of every message"
SLOW = "a pattern takes no counts, flags or classes of Unicode"
DEEP = "(" * 40 + "found > 0" + ")" * 40
SUM = "found" + " + 1" * 28 + " > 0"

REFUSED = [
    # what is not CEL
    ("found >", "not CEL: mismatched input its end", "", ""),
    ("found > 2 and true", "not CEL: mismatched input 'and'", "and", 'did you mean "&&"?'),
    ("found = 2", "not CEL: token recognition error at: '= '", "=", 'did you mean "=="?'),
    ("'link in kinds", "not CEL: token recognition error at: ''link in kinds'", "'", ""),
    ("found > 99999999999999999999", "not CEL: invalid int literal", "9", ""),
    ("found.x > 1", "not CEL: expression of type 'int' cannot be the operand of a select operation", ".", ""),
    # names and functions
    ("foud > 1", 'unknown name "foud"', "foud", 'did you mean "found"?'),
    ("found > 0 && author.age < 3", 'unknown name "author.age"', "author.age", 'did you mean "author.days"?'),
    ("'😀' in kinds && foud > 1", 'unknown name "foud"', "foud", 'did you mean "found"?'),
    ("found > 1 &&\n  foud > 1", 'unknown name "foud"', "foud", 'did you mean "found"?'),
    ("int == int", 'unknown name "int"', "int", ""),
    ("place.name.startWith('a')", 'unknown function "startWith"', "startWith", 'did you mean "startsWith"?'),
    ("place.name.matches()", '"matches" does not take this', "matches", ""),
    ("string(found) == '1'", 'unknown function "string"', "string", ""),
    ("dyn(found) > 'a'", 'unknown function "dyn"', "dyn", ""),
    ("timestamp('2026-01-01T00:00:00Z').getHours() > found", 'unknown function "getHours"', "getHours", ""),
    # types
    ("found > 'a'", '">" does not go with a number and a text', ">", ""),
    ("found == 1.5", '"==" does not go with a number and a fraction', "=", ""),
    ("kinds == 'a'", '"==" does not go with a list of texts and a text', "=", ""),
    ("!found", '"!" does not go with a number', "!", ""),
    ("size(found) > 1", '"size" does not go with a number', "(", ""),
    ("found", f"{NOT_TRUE} a number", "found", ""),
    ("has(author.days)", f"{NOT_TRUE} a number", "has(author.days)", ""),
    ("kinds", f"{NOT_TRUE} a list", "kinds", ""),
    # what would take long, or could fail
    ("kinds.exists(k, k == 'link')", made._MACRO, "(", ""),
    ("[1, 2].all(a, [1, 2].all(b, a > b))", made._MACRO, "(", ""),
    ("kinds[0] == 'link'", "a place in a list may not be there", "[", "use in, or size()"),
    ("place.name + 'x' == 'kites x'", "+ is for numbers: no text or list is put together", "+", ""),
    ("kinds + kinds == labels", "+ is for numbers: no text or list is put together", "+", ""),
    ("found * 2 > 3", '"*" is not allowed in an expression', "*", ""),
    ("4 / found > 3", '"/" is not allowed in an expression', "/", ""),
    ("{'a': found} == {}", "a map is not allowed in an expression", "{", ""),
    (f"'a' in [{TEXTS}, 'b'] || found > 1", f"a list of {LIST + 1}, {LIST} at most", "[", ""),
    (DEEP, "nested too deeply", DEEP, ""),
    (SUM, "nested too deeply", SUM, ""),
    ("true", NOTHING, "true", ""),
    ("1 < 2 || 'a' == 'b'", NOTHING, "1 < 2 || 'a' == 'b'", ""),
    # patterns
    ("place.name.matches('(')", "not a regular expression of RE2: missing ): (", "'('", ""),
    ("found > 0 || place.name.matches('[z-a]')", "not a regular expression of RE2", "'[z-a]'", ""),
    ("place.name.matches(place.id)", "a pattern is written out, in quotes", ".", ""),
    ("place.name.matches('a{1000}')", SLOW, "'a{1000}'", ""),
    ("place.name.matches(r'\\pL')", SLOW, "r'\\pL", ""),
    ("place.name.matches('(?i)a')", SLOW, "'(?i)a'", ""),
    (
        f"place.name.matches('{'a' * (PATTERN + 1)}')",
        f"a pattern has {PATTERN} characters at most",
        f"'{'a' * (PATTERN + 1)}'",
        "",
    ),
    (
        "place.name.matches('a') || place.name.matches('b') || place.name.matches('c')",
        "more than 2 patterns in an expression",
        "'c'",
        "",
    ),
]


def wrong(text: str) -> WrongExpression:
    """Give what an expression is refused with."""
    with pytest.raises(WrongExpression) as refused:
        program(text)
    return refused.value


@pytest.mark.parametrize("text", TAKEN)
def test_what_asks_about_what_is_known_is_taken(text: str) -> None:
    """And says true or false of values, once each name has one."""
    some: dict[Kind, Value] = {
        Kind.NUMBER: 1,
        Kind.TEXT: "kite flyers",
        Kind.TEXTS: ["link"],
        Kind.TRUTH: True,
    }

    taken = program(text)

    assert taken.names
    assert isinstance(taken.asked({name: some[VARIABLES[name].kind] for name in taken.names}), bool)


@pytest.mark.parametrize(("text", "what", "place", "hint"), REFUSED)
def test_what_is_wrong_is_told_in_words_at_its_place(text: str, what: str, place: str, hint: str) -> None:
    """What is meant stands under the carets."""
    fault = wrong(text)

    assert fault.what.startswith(what)
    assert text[fault.at : fault.at + fault.width].startswith(place)
    assert fault.width <= max(len(place), 1)
    assert fault.hint == hint


SCRAPS = [*VARIABLES, *"()[]{}<>=!&|?:.,+-*/%'", "&&", "||", "in", "'a'", "1", "size", "matches", " "]


def outcome(text: str) -> Program | WrongExpression:
    """Give what becomes of an expression."""
    try:
        return program(text)
    except WrongExpression as refused:
        return refused


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join))
def test_whatever_is_written_is_taken_or_refused_in_words(text: str) -> None:
    """Nothing else comes out of it, and the place lies within the text."""
    found = outcome(text)

    if isinstance(found, WrongExpression):
        assert found.what
        assert 0 <= found.at <= len(text)
    else:
        assert found.names <= set(VARIABLES)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"found": 2**63 - 2}, True),
        ({"found": 2**63 - 1}, "OUT_OF_RANGE: integer overflow"),
        ({}, 'UNKNOWN: No value with name "found" found in Activation'),
        ({"found": 2**70}, "OUT_OF_RANGE"),
        ({"found": "two"}, ""),
    ],
)
def test_what_cannot_be_worked_out_is_said_and_never_raised(values: dict[str, int], said: bool | str) -> None:  # noqa: FBT001 - what it says
    """Too large a number, a value that is missing, or one of another type."""
    answer = program("found + 1 > 1").asked(values)

    assert answer is said or (isinstance(said, str) and isinstance(answer, str) and answer.startswith(said))


def test_a_name_without_a_value_does_not_matter_where_the_rest_decides() -> None:
    """What is not known is neither: only what holds either way holds."""
    values = {"found": 3}

    assert program("author.days < 3 || found > 2").asked(values) is True
    assert program("author.days < 3 && found > 5").asked(values) is False
    for text in ("author.days < 3", "!(author.days < 3)", "author.days < 3 || found > 5"):
        assert isinstance(program(text).asked(values), str)


def test_without_the_library_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever did not install the extra reads how; other policies do not notice."""
    for kept in (made._environment, program):
        kept.cache_clear()
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "cel_expr_python", None)
        fault = wrong("found > 2")

    assert fault.what == "expressions are not installed here"
    assert 'pip install "nigehban[cel]"' in fault.remedy
    assert program("found > 2").names == {"found"}


def test_the_longest_expression_is_made_ready() -> None:
    """Its length is bounded where the file is read."""
    text = "found > 1 || " * 38
    assert LONGEST - 13 < len(text) <= LONGEST

    assert program(f"{text.removesuffix(' || ')}").names == {"found"}


def test_a_policy_without_expressions_does_not_load_the_library() -> None:
    """Most have none, and it takes memory."""
    said = "import sys; from core.policy.loader import bundled, load_policy; load_policy(bundled('strict')); "
    said += "print(sorted(name for name in sys.modules if name.startswith('cel')))"

    done = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout == "[]\n"
