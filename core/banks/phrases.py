"""Words and expressions that an admin wants to be told of: literal phrases, and RE2 expressions.

A phrase is found as whole words, whatever its case, marks or keyboard. An expression is asked of the text
with its letters folded in the same way; RE2 takes time in proportion to the text, whatever the expression is.
Neither is ever more than a reason to look: names and slogans are what reporters and victims write, too.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol, Self

import ahocorasick_rs
import re2  # type: ignore[import-untyped]  # it has no types

from core.banks.columns import Columns, as_json, json_in
from core.errors import BadInput
from core.text.prose import folded, words

log = logging.getLogger(__name__)

LONGEST: Final = 400
"""Characters of a phrase or expression."""

_AT_ONCE: Final = 64
"""Expressions that are asked together first: most texts meet none, and one question says so."""

_MAX_MEM: Final = 1 << 20
_UNSPACED: Final = (
    (0x0E00, 0x0FFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0xABFF),
    (0x20000, 0x3FFFF),
)
"""Scripts that put no space between words: Thai, Lao, Tibetan, Burmese, Khmer, those of East Asia."""


class Expression(Protocol):
    """A compiled expression, of which only whether it is found is asked."""

    def search(self, text: bytes) -> object | None:
        """Return what was found, or None."""
        ...


def phrase(value: str) -> str:
    """Return a phrase as a bank keeps it.

    Raises:
        BadInput: It is too long, or nothing is left of it.
    """
    kept = " ".join(value.split())
    if len(kept) > LONGEST:
        raise BadInput(f"a phrase has {LONGEST} characters at most; a longer text is a statement (text)")
    if len(words(folded(kept))) < 2:  # noqa: PLR2004 - one letter stands in every message
        raise BadInput("a phrase has two letters or digits at least")
    return kept


def expression(value: str) -> str:
    """Return an expression as a bank keeps it.

    Raises:
        BadInput: RE2 refuses it, or it would match every message; the message says why.
    """
    if len(value) > LONGEST:
        raise BadInput(f"an expression has {LONGEST} characters at most")
    if not value.isascii() and (r"\b" in value or r"\B" in value):
        raise BadInput(r"\b knows ASCII letters only, and never matches here: write (^|\PL) and (\PL|$)")
    if _compiled(value).search(b""):
        raise BadInput("it matches an empty text, so every message")
    return value


def _compiled(value: str, *, max_mem: int = _MAX_MEM) -> Expression:
    """Compile an expression; what is not ASCII in it is folded as texts are.

    Raises:
        BadInput: RE2 refuses it.
    """
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = max_mem
    try:
        found: Expression = re2.compile("".join(c if c.isascii() else folded(c) for c in value), options)
    except re2.error as exc:
        raise BadInput(f"no expression that RE2 knows: {_told(exc)}") from exc
    return found


class Phrases:
    """Phrases and expressions by number."""

    def __init__(self) -> None:
        self._values: dict[str, dict[int, str]] = {"phrase": {}, "expression": {}}
        self._literals: _Literals | None = None
        self._expressions: tuple[_Together, ...] | None = None

    def __len__(self) -> int:
        return sum(map(len, self._values.values()))

    def __bool__(self) -> bool:
        return any(self._values.values())

    def columns(self) -> Columns:
        """Return what it consists of: there are few phrases, and they are built anew."""
        return {kind: as_json(list(values.items())) for kind, values in self._values.items()}

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns.

        Raises:
            BadInput: They are not.
        """
        found = cls()
        for kind, values in found._values.items():
            told = json_in(columns, kind)
            if not isinstance(told, list):
                raise BadInput("a snapshot's phrases are none")
            values.update((int(number), str(value)) for number, value in told)
        return found

    def put(self, kind: str, number: int, value: str) -> None:
        """Add a phrase or expression, or replace it; the next question builds what it needs."""
        self._values[kind][number] = value
        self._changed(kind)

    def remove(self, kind: str, number: int) -> None:
        """Forget one by its number; one that is not here is no mistake."""
        if self._values[kind].pop(number, None) is not None:
            self._changed(kind)

    def found(self, text: str) -> tuple[int, ...]:
        """Return the numbers of all that stand in a folded text."""
        if not self:
            return ()
        if self._literals is None:
            self._literals = _Literals(self._values["phrase"])
        if self._expressions is None:
            self._expressions = tuple(_together(self._values["expression"]))
        found = list(self._literals.found(text))
        if self._expressions:
            content = text.encode("utf-8", "replace")
            found += (number for some in self._expressions for number in some.found(content))
        return tuple(found)

    def _changed(self, kind: str) -> None:
        if kind == "phrase":
            self._literals = None
        else:
            self._expressions = None


class _Literals:
    """All phrases in one automaton; which of the words around one belong to it is looked at afterwards."""

    def __init__(self, phrases: Mapping[int, str]) -> None:
        numbers: dict[str, list[int]] = {}
        for number, value in phrases.items():
            if folded_value := words(folded(value)):
                numbers.setdefault(folded_value, []).append(number)
        self._numbers = tuple(numbers.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(numbers)) if numbers else None

    def found(self, text: str) -> Iterator[int]:
        if self._automaton is None:
            return
        plain = words(text)
        seen = set[int]()
        for at, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if at not in seen and _whole(plain, start, end):
                seen.add(at)
                yield from self._numbers[at]


class _Together:
    """Some expressions, and one that stands for all of them, where RE2 has room for it."""

    def __init__(self, numbered: Sequence[tuple[int, str]]) -> None:
        self._each = [(number, _compiled(value)) for number, value in numbered]
        try:
            any_of = "|".join(f"(?:{value})" for _, value in numbered)
            self._any: Expression | None = _compiled(any_of, max_mem=_AT_ONCE * _MAX_MEM)
        except BadInput:
            self._any = None

    def found(self, content: bytes) -> Iterator[int]:
        if self._any is None or self._any.search(content):
            yield from (number for number, one in self._each if one.search(content))


def _together(expressions: Mapping[int, str]) -> Iterable[_Together]:
    usable = [(number, value) for number, value in expressions.items() if _compiles(number, value)]
    for start in range(0, len(usable), _AT_ONCE):
        yield _Together(usable[start : start + _AT_ONCE])


def _compiles(number: int, value: str) -> bool:
    try:
        _compiled(value)
    except BadInput:
        # One bad entry, written past the importer, must not keep the others from being known.
        log.exception("expression in a bank is none", extra={"entry": number})
        return False
    return True


def _whole(text: str, start: int, end: int) -> bool:
    """Tell whether what was found does not begin or end within a word."""
    begins = start == 0 or text[start - 1] == " " or _unspaced(text[start])
    ends = end == len(text) or text[end] == " " or _unspaced(text[end - 1])
    return begins and ends


def _unspaced(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _UNSPACED)


def _told(exc: Exception) -> str:
    """Return what RE2 said; it says it in bytes."""
    said = exc.args[0] if exc.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
