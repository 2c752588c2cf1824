"""The pattern of a STIX indicator, down to the values that it compares by equality.

A pattern says when to raise an alarm, and may say more than a list of known items can: that something is not
so, looks like, or happens before something else. Such a part is never cut down to the rest of it, which would
match more than was meant; it is refused, and what else the pattern offers is taken.

Source: STIX 2.1, section 9 "STIX Patterning".
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from core.errors import BadInput

_LONGEST: Final = 100_000
_DEEPEST: Final = 20
_MOST: Final = 1_000
"""Alternatives of one pattern; brackets inside each other multiply them."""

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<literal>[tbh]?'(?:[^'\\]|\\.)*')
      | (?P<path>[a-zA-Z][\w-]*:[\w-]+(?:\.[\w-]+|\.'(?:[^'\\]|\\.)*'|\[(?:\*|\d+)\])*)
      | (?P<number>[+-]?\d+(?:\.\d+)?)
      | (?P<word>[A-Za-z]+)
      | (?P<mark><=|>=|!=|[=<>()\[\],])
    )""",
    re.VERBOSE | re.DOTALL,
)


class Comparison(NamedTuple):
    """One comparison: the path of a property, its value, and why it cannot be used, or ""."""

    path: str
    value: str
    wrong: str = ""


Alternatives = list[tuple[Comparison, ...]]
"""Each of them is enough; of one, all tests must hold."""


def alternatives(pattern: str) -> Alternatives:
    """Return the ways in which a pattern may be fulfilled.

    Raises:
        BadInput: It is no pattern, or one that is too long, too deep, or has too many alternatives.
    """
    if len(pattern) > _LONGEST:
        raise BadInput(f"a pattern of over {_LONGEST:,} characters")
    reader = _Reader(list(_tokens(pattern)))
    found = reader.observations(0)
    reader.end()
    return found


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(pattern.rstrip())
    while at < end:
        found = _TOKEN.match(pattern, at)
        if found is None or found.lastgroup is None:
            raise BadInput(f"no STIX pattern: it cannot be read from {pattern[at : at + 20].strip()!r} on")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


class _Reader:
    """Reads tokens by the rules of the grammar; AND binds closer than OR."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def observations(self, depth: int) -> Alternatives:
        """Read `[…] OR […]`; what joins them otherwise is a condition on several observations at once."""
        found = self._observation(depth)
        while self._peek() in {"OR", "AND", "FOLLOWEDBY"}:
            joined = self._take()
            more = self._observation(depth)
            found = _capped(found + more)
            if joined != "OR":
                found = _all(found, f"joined by {joined}")
        while (word := self._peek()) in {"WITHIN", "REPEATS", "START", "STOP"}:
            found = _all(found, f"limited by {word}")
            while self._at < len(self._tokens) and self._peek() not in {")", "OR", "AND", "FOLLOWEDBY"}:
                self._take()
        return found

    def end(self) -> None:
        """Expect nothing more."""
        if self._at < len(self._tokens):
            raise BadInput(f"no STIX pattern: {self._peek()[:20]!r} was not expected")

    def _observation(self, depth: int) -> Alternatives:
        if depth > _DEEPEST:
            raise BadInput("a pattern that is nested too deep")
        opened = self._take()
        if opened not in {"[", "("}:
            raise BadInput('no STIX pattern: it must begin with "["')
        found = self._any(depth) if opened == "[" else self.observations(depth + 1)
        self._expect("]" if opened == "[" else ")")
        return found

    def _any(self, depth: int) -> Alternatives:
        found = self._every(depth)
        while self._peek() == "OR":
            self._take()
            found = _capped(found + self._every(depth))
        return found

    def _every(self, depth: int) -> Alternatives:
        found = self._test(depth)
        while self._peek() == "AND":
            self._take()
            more = self._test(depth)
            if len(found) * len(more) * (len(found[0]) + len(more[0])) > _MOST:
                raise BadInput(f"a pattern of over {_MOST:,} conditions")
            found = [(*one, *other) for one in found for other in more]
        return found

    def _test(self, depth: int) -> Alternatives:
        if depth > _DEEPEST:
            raise BadInput("a pattern that is nested too deep")
        if self._peek() == "(":
            self._take()
            found = self._any(depth + 1)
            self._expect(")")
            return found
        path = self._of("path")
        negated = self._peek() == "NOT"
        if negated:
            self._take()
        operator = self._take()
        values = self._values() if operator == "IN" else [self._of("literal", "number", "word")]
        wrong = "" if operator in {"=", "IN"} and not negated else f"{'NOT ' * negated}{operator}"
        return [(Comparison(path, value, wrong),) for value in values]

    def _values(self) -> list[str]:
        self._expect("(")
        values = [self._of("literal", "number", "word")]
        while self._peek() == ",":
            self._take()
            values.append(self._of("literal", "number", "word"))
        self._expect(")")
        return values

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        if self._at == len(self._tokens):
            raise BadInput("no STIX pattern: it ends in the middle")
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _of(self, *kinds: str) -> str:
        value = self._take()
        if self._tokens[self._at - 1][0] not in kinds:
            raise BadInput(f"no STIX pattern: {value[:20]!r} was not expected")
        return _plain(value)

    def _expect(self, mark: str) -> None:
        if self._peek() != mark:
            raise BadInput(f'no STIX pattern: "{mark}" expected')
        self._at += 1


def _plain(value: str) -> str:
    """Take the quotes off a text."""
    if not value.endswith("'") or ":" in value.partition("'")[0]:
        return value
    return re.sub(r"\\(.)", r"\1", value[value.index("'") + 1 : -1], flags=re.DOTALL)


def _all(found: Alternatives, wrong: str) -> Alternatives:
    return [tuple(test._replace(wrong=wrong) for test in one) for one in found]


def _capped(found: Alternatives) -> Alternatives:
    if len(found) > _MOST:
        raise BadInput(f"a pattern of over {_MOST:,} alternatives")
    return found
