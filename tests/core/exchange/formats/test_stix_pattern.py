"""STIX patterns: what is enough, and what is never cut down to less than it says."""

import pytest

from core.errors import BadInput
from core.exchange.formats.stix_pattern import Comparison, alternatives

A, B, C = Comparison("url:value", "a"), Comparison("url:value", "b"), Comparison("url:value", "c")
a, b, c = (f"url:value = '{letter}'" for letter in "abc")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (f"[{a}]", [(A,)]),
        (f" [ {a} ] ", [(A,)]),
        (f"[{a} OR {b}]", [(A,), (B,)]),
        (f"[{a} AND {b}]", [(A, B)]),
        (f"[{a} OR {b} AND {c}]", [(A,), (B, C)]),
        (f"[({a} OR {b}) AND {c}]", [(A, C), (B, C)]),
        (f"[{a}] OR [{b}]", [(A,), (B,)]),
        (f"([{a}] OR [{b}]) OR [{c}]", [(A,), (B,), (C,)]),
        ("[url:value IN ('a', 'b')]", [(A,), (B,)]),
        (r"[url:value = 'it\'s \\ it']", [(Comparison("url:value", r"it's \ it"),)]),
        ("[file:hashes.'SHA-256' = 'ab']", [(Comparison("file:hashes.'SHA-256'", "ab"),)]),
        (
            "[x:y = 12 AND x:hashes.MD5='ab']",
            [(Comparison("x:y", "12"), Comparison("x:hashes.MD5", "ab"))],
        ),
        ("[x:y[*].z = true]", [(Comparison("x:y[*].z", "true"),)]),
        ("[x:y = t'2026-01-01T00:00:00Z']", [(Comparison("x:y", "2026-01-01T00:00:00Z"),)]),
    ],
)
def test_a_pattern_is_read_by_the_grammar(pattern: str, expected: list[tuple[Comparison, ...]]) -> None:
    """AND binds closer than OR, in brackets and between them."""
    assert alternatives(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("[url:value != 'a']", ["!="]),
        ("[url:value LIKE 'a%']", ["LIKE"]),
        ("[url:value MATCHES 'a']", ["MATCHES"]),
        ("[url:value NOT = 'a']", ["NOT ="]),
        ("[url:value NOT IN ('a', 'b')]", ["NOT IN", "NOT IN"]),
        (f"[{a}] AND [{b}]", ["joined by AND"] * 2),
        (f"[{a}] FOLLOWEDBY [{b}]", ["joined by FOLLOWEDBY"] * 2),
        (f"[{a}] WITHIN 5 SECONDS", ["limited by WITHIN"]),
        (f"([{a}] REPEATS 5 TIMES) OR [{b}]", ["limited by REPEATS", ""]),
    ],
)
def test_what_says_more_than_a_value_is_marked(pattern: str, wrong: list[str]) -> None:
    """That something is not so, looks like, or happens together with something else."""
    assert [test.wrong for tests in alternatives(pattern) for test in tests] == wrong


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "url:value = 'a'",
        "[]",
        f"[{a}",
        f"[{a}]]",
        f"[{a} OR]",
        f"[{a} {b}]",
        "[url:value = ]",
        "[url:value 'a']",
        "[url:value = 'a]",
        "[url:value IN ()]",
        "[= 'a']",
        "[url = 'a']",
        "[$ne]",
        "[" * 5000,
        "(" * 5000,
        f"[{'(' * 5000}{a}",
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    """Whatever is missing, too much, or nested too deep."""
    with pytest.raises(BadInput, match="pattern"):
        alternatives(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "[" + " AND ".join(f"({a} OR {b})" for _ in range(40)) + "]",
        "[" + " OR ".join([a] * 2000) + "]",
        " AND ".join([f"[{a}]"] * 2000),
        "[" + " AND ".join([a] * 2000) + "]",
        f"[url:value = '{'x' * 200_000}']",
    ],
)
def test_a_pattern_that_grows_is_refused(pattern: str) -> None:
    """Brackets multiply; nobody's list needs a thousand ways to know one thing."""
    with pytest.raises(BadInput, match="a pattern of over"):
        alternatives(pattern)
