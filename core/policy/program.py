"""An expression in CEL, made ready: what is wrong with it is told at its place, in an admin's words.

The library checks types, counts levels and looks nothing up. What it leaves open is closed here, from the
tree: no macros, which run over lists again and again; no maps, fields or places in lists, which may not be
there; no texts put together; patterns are written out, short, and of a form that is quickly made. So what one
evaluation costs is bounded by its length alone.
The only file that knows the library, which comes with the extra `cel`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, Protocol

from core.policy.faults import nearest, quoted
from core.policy.tree import Node, TooDeep, tree
from core.policy.variables import VARIABLES, Kind, Value

LONGEST: Final = 500
LIST: Final = 20
PATTERNS: Final = 2
PATTERN: Final = 60
"""Characters of an expression, texts of a list in it, patterns in it, and characters of a pattern."""

FUNCTIONS: Final = ("size", "contains", "startsWith", "endsWith", "matches")
_OPERATORS: Final = frozenset({"_&&_", "_||_", "!_", "_?_:_", "_==_", "_!=_", "@in", "-_"}) | frozenset(
    {"_<_", "_<=_", "_>_", "_>=_", "_+_", "_-_"}
)
_COUNTING: Final = frozenset({"_+_", "_-_", "-_"})
_NUMBERS: Final = frozenset({"add_int64", "subtract_int64", "add_double", "subtract_double"})
_SHOWN: Final = 100
_SLOW: Final = re.compile(r"\{|\\[pP]|\(\?(?!:)")
"""In a pattern: counts, classes of Unicode and flags, each of which may make milliseconds of work."""

_ERROR: Final = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_UNKNOWN: Final = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD: Final = re.compile(r"found no matching overload for '([^']*)' applied to '\((.*)\)'")
_TRUTH: Final = str(Kind.TRUTH)
_TYPES: Final[Mapping[str, str]] = {
    "int": "a number",
    "uint": "a number with u",
    "double": "a fraction",
    "string": "a text",
    "bool": _TRUTH,
    "list(string)": "a list of texts",
    "list": "a list",
}
_SPELT: Final[Mapping[str, str]] = {"and": "&&", "or": "||", "not": "!", "=": "=="}


class WrongExpression(ValueError):
    """An expression that is refused.

    Attributes:
        what, hint: As in a `Fault`.
        at, width: Where in its text, in characters.
        remedy: Where it is another one than what is known in an expression.
    """

    def __init__(self, what: str, *, at: int = 0, width: int = 1, hint: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.at = at
        self.width = width
        self.hint = hint
        self.remedy = remedy


class _Said(Protocol):
    def value(self) -> object: ...


class _Made(Protocol):
    def eval(self, *, data: Mapping[str, Value]) -> _Said: ...


class Program:
    """An expression that was checked.

    Attributes:
        names: The variables it asks about.
        counts: It has a sum or a difference.
    """

    def __init__(self, made: _Made, names: frozenset[str], *, counts: bool) -> None:
        self._made = made
        self.names = names
        self.counts = counts

    def asked(self, values: Mapping[str, Value]) -> bool | str:
        """Return what it says of values, or why it cannot: a name without a value may be one reason."""
        try:
            said = self._made.eval(data=values).value()
        except (RuntimeError, ValueError, TypeError) as exc:
            said = str(exc)
        return said if isinstance(said, bool) else str(said)[:LONGEST]


@lru_cache(maxsize=1024)
def program(text: str) -> Program:
    """Make an expression ready; the same text twice is made once.

    Raises:
        WrongExpression: It is not CEL, or asks for what is not known or not allowed here.
    """
    try:
        made = _environment().compile(text)
        whole = tree(made.serialize())
    except RuntimeError as exc:
        raise _translated(str(exc), text) from exc
    except TooDeep:
        raise WrongExpression("nested too deeply", width=len(text)) from None
    if fault := next(_forbidden(whole, text), None):
        raise fault
    kind = made.return_type().name().partition("<")[0].lower()
    if (kind := _TYPES.get(kind, "something else")) != _TRUTH:
        raise WrongExpression(f"expected an expression that is true or false, found {kind}", width=len(text))
    names = frozenset(node.word for node in whole.walk() if node.kind == "name")
    if not names:
        raise WrongExpression("it asks about nothing, so it says the same of every message", width=len(text))
    return Program(made, names, counts=any(node.word in _COUNTING for node in whole.walk()))


class _Type(Protocol):
    def name(self) -> str: ...


class _Compiled(_Made, Protocol):
    def return_type(self) -> _Type: ...

    def serialize(self) -> bytes: ...


class _Environment(Protocol):
    def compile(self, expression: str) -> _Compiled: ...


@cache
def _environment() -> _Environment:
    """Return the library with our variables; late, as most policies have no expression."""
    try:
        from cel_expr_python import cel  # type: ignore[import-untyped]  # noqa: PLC0415 - no py.typed; see above
    except ImportError:
        remedy = 'Install it: pip install "nigehban[cel]", or say it with the other conditions.'
        raise WrongExpression("expressions are not installed here", remedy=remedy) from None
    kinds = {
        Kind.NUMBER: cel.Type.INT,
        Kind.TEXT: cel.Type.STRING,
        Kind.TRUTH: cel.Type.BOOL,
        Kind.TEXTS: cel.Type.List(cel.Type.STRING),
    }
    variables = {name: kinds[variable.kind] for name, variable in VARIABLES.items()}
    environment: _Environment = cel.NewEnv(variables=variables)
    return environment


def _forbidden(whole: Node, text: str) -> Iterator[WrongExpression]:
    """Yield what the library allows and we do not."""
    patterns = [node for node in whole.walk() if node.word == "matches" and node.kind == "call"]
    for node in whole.walk():
        at, word = node.at, node.word.strip("_@")
        if node.kind == "macro":
            yield WrongExpression(_MACRO, at=at)
        elif node.kind in {"map", "field"}:
            yield WrongExpression(f"a {node.kind} is not allowed in an expression", at=at)
        elif node.kind == "list" and len(node.inner) > LIST:
            yield WrongExpression(f"a list of {len(node.inner)}, {LIST} at most", at=at)
        elif node.kind == "name" and node.word not in VARIABLES:
            yield WrongExpression(f"unknown name {quoted(node.word)}", at=at, width=len(node.word))
        elif node.kind == "call" and node.word in {"_+_", "_-_"} and node.variant not in _NUMBERS:
            yield WrongExpression(f"{word} is for numbers: no text or list is put together", at=at)
        elif node.kind == "call" and node.word == "_[_]":
            yield WrongExpression("a place in a list may not be there", at=at, hint="use in, or size()")
        elif node.kind == "call" and node.word not in _OPERATORS and node.word not in FUNCTIONS:
            is_operator = word != node.word
            fault = WrongExpression(f"{quoted(word)} is not allowed in an expression", at=at)
            yield fault if is_operator else _unknown(word, text, at)
    for place, node in enumerate(patterns):
        yield from _pattern(node.inner[-1], is_one_more=place >= PATTERNS)


def _pattern(node: Node, *, is_one_more: bool) -> Iterator[WrongExpression]:
    """Yield what is wrong with a pattern of `matches`."""
    width = len(node.word) + 2
    if is_one_more:
        yield WrongExpression(f"more than {PATTERNS} patterns in an expression", at=node.at, width=width)
    elif node.kind != "constant":
        yield WrongExpression("a pattern is written out, in quotes", at=node.at)
    elif len(node.word) > PATTERN:
        yield WrongExpression(f"a pattern has {PATTERN} characters at most", at=node.at, width=width)
    elif slow := _SLOW.search(node.word):
        what = f"a pattern takes no counts, flags or classes of Unicode, found {quoted(slow[0])}"
        yield WrongExpression(what, at=node.at, width=width)
    elif why := _broken(node.word):
        yield WrongExpression(f"not a regular expression of RE2: {why}", at=node.at, width=width)


def _broken(pattern: str) -> str:
    """Say what RE2 finds wrong with a pattern, or ""."""
    written = "".join(f"\\U{ord(c):08x}" for c in pattern)
    said = _environment().compile(f"'a'.matches('{written}')").eval(data={}).value()
    return "" if isinstance(said, bool) else str(said).rpartition("expression: ")[2][:PATTERN]


def _translated(said: str, text: str) -> WrongExpression:
    """Return the first fault that the library found, in our words."""
    if "recursion" in said:
        return WrongExpression("nested too deeply", width=len(text))
    found = _ERROR.search(said)
    if found is None:
        return WrongExpression(f"not CEL: {said[:_SHOWN]}", width=len(text))
    lines, line, column = text.splitlines(keepends=True), int(found[1]), int(found[2])
    at = min(sum(map(len, lines[: line - 1])) + column - 1, len(text))
    if unknown := _UNKNOWN.search(found[3]):
        return _unknown(unknown[1], text, at)
    if overload := _OVERLOAD.search(found[3]):
        given = " and ".join(_TYPES.get(one, one) for one in overload[2].split(", "))
        return WrongExpression(f"{quoted(overload[1].strip('_@'))} does not go with {given}", at=at)
    why = found[3].removeprefix("Syntax error: ").partition(" expecting")[0].replace("'<EOF>'", "its end")
    word = _WORD.match(text, at)
    spelt = _SPELT.get(word[0] if word else text[at : at + 1], "")
    hint = f'did you mean "{spelt}"?' if spelt else ""
    return WrongExpression(f"not CEL: {why[:_SHOWN]}", at=at, width=len(word[0]) if word else 1, hint=hint)


def _unknown(name: str, text: str, at: int) -> WrongExpression:
    """Say of a name that it is not known, as the whole of what was written with dots."""
    at = _start(name, text, at)
    word = _WORD.match(text, at)
    whole = word[0] if word else name
    if not text[at + len(whole) :].lstrip().startswith("("):
        near = nearest(whole, VARIABLES)
        hint = f'did you mean "{near}"?' if near else ""
        return WrongExpression(f"unknown name {quoted(whole)}", at=at, width=len(whole), hint=hint)
    near = nearest(name, FUNCTIONS)
    hint = f'did you mean "{near}"?' if near and near != name else ""
    what = f"{quoted(name)} does not take this" if near == name else f"unknown function {quoted(name)}"
    return WrongExpression(what, at=at, width=len(whole), hint=hint)


def _start(word: str, text: str, at: int) -> int:
    """Return where a word begins that the library places at its bracket, or at one of its dots."""
    if text.startswith(word, at):
        return at
    before = text.rfind(word, 0, at + len(word))
    return before if before >= 0 else at


_MACRO: Final = "all(), exists(), exists_one(), map() and filter() are not allowed in an expression"
