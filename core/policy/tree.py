"""The tree of a checked expression, read from the form in which the library writes it down.

That is a message of protocol buffers (`cel.expr.CheckedExpr`, cel-spec: proto/cel/expr/checked.proto and
syntax.proto). Reading the few fields that bounds are about takes less than a library would.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

DEPTH: Final = 24
"""Levels; a long chain of `&&` or `||` takes few, because it is written down in balance."""

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_REFERENCES, _EXPRESSION, _SOURCE = 2, 4, 5
_CONSTANT, _NAME, _CALL, _LIST = 3, 4, 6, 7
_KINDS: Final[Mapping[int, str]] = {
    _CONSTANT: "constant",
    _NAME: "name",
    5: "field",
    _CALL: "call",
    _LIST: "list",
    8: "map",
    9: "macro",
}
_WORDS: Final[Mapping[int, int]] = {_CONSTANT: 6, _NAME: 1, _CALL: 2}
"""Parts by the numbers of their fields, and in which field of a part its word is."""


class TooDeep(Exception):
    """The tree has more levels than an admin could read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of an expression.

    Attributes:
        kind: constant, name, call, list, or what is not allowed: field, map, macro.
        at: Where it stands in the text, in characters.
        word: Of a name, that name; of a call, the function, as `_>_` or `size`; of a text, that text.
        variant: Of a call, which of the function's forms it is, as `add_int64`.
        inner: What it is made of; of `a.f(b)`: a, then b.
    """

    kind: str
    at: int = 0
    word: str = ""
    variant: str = ""
    inner: tuple["Node", ...] = ()

    def walk(self) -> Iterator["Node"]:
        """Yield this one and all within it."""
        yield self
        for node in self.inner:
            yield from node.walk()


def tree(written: bytes) -> Node:
    """Read a tree.

    Raises:
        TooDeep: It has more than `DEPTH` levels.
        ValueError: It is not in this form.
    """
    checked = _last(written, 2)
    positions = [dict(_fields(one)) for one in _all(_last(checked, _SOURCE), 4)]
    references = [dict(_fields(one)) for one in _all(checked, _REFERENCES)]
    reader = _Reader(
        places={_number(one.get(1)): _number(one.get(2)) for one in positions},
        variants={_number(one.get(1)): _last(one.get(2, b""), 3).decode() for one in references},
    )
    return reader.node(_last(checked, _EXPRESSION), 1)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads parts, which are numbered; where each stands and which form it is, is told by its number."""

    places: Mapping[int, int]
    variants: Mapping[int, str]

    def node(self, written: bytes, level: int) -> Node:
        """Read a part with all within it."""
        if level > DEPTH:
            raise TooDeep
        fields = dict(_fields(written))
        own = _number(fields.pop(2, 0))
        at = self.places.get(own, 0)
        match next(iter(fields.items()), (0, b"")):
            case (number, bytes(value)) if number in _KINDS:
                inner = (*_all(value, 1), *_all(value, 3)) if number == _CALL else ()
                inner = _all(value, 1) if number == _LIST else inner
                return Node(
                    kind=_KINDS[number],
                    at=at,
                    word=_last(value, _WORDS[number]).decode() if number in _WORDS else "",
                    variant=self.variants.get(own, "") if number == _CALL else "",
                    inner=tuple(self.node(one, level + 1) for one in inner),
                )
        raise ValueError("a part of an expression in an unknown form")


def _fields(written: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the number and the value of each field of a message."""
    at = 0
    while at < len(written):
        tag, at = _varint(written, at)
        wire = tag & 7
        if wire == _VARINT:
            value, at = _varint(written, at)
            yield tag >> 3, value
            continue
        length = {_EIGHT: 8, _FOUR: 4}.get(wire, 0)
        if wire == _BYTES:
            length, at = _varint(written, at)
        elif not length:
            raise ValueError(f"an unknown type of field: {wire}")
        yield tag >> 3, written[at : at + length]
        at += length


def _varint(written: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(written):
        value |= (written[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not written[at - 1] & 0x80:
            return value, at
    raise ValueError("a number that does not end")


def _bytes(value: int | bytes) -> bytes:
    return value if isinstance(value, bytes) else b""


def _number(value: int | bytes | None) -> int:
    return value if isinstance(value, int) else 0


def _all(written: int | bytes, number: int) -> tuple[bytes, ...]:
    return tuple(_bytes(value) for one, value in _fields(_bytes(written)) if one == number)


def _last(written: int | bytes, number: int) -> bytes:
    return (_all(written, number) or (b"",))[-1]
