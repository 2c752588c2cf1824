"""The records of a JSON document, one after the other, whatever it wraps them in, in the memory of one.

An answer of a server wraps its records in pages, a bundle in objects, an event in attributes. A few names
(`LISTS`) say where to go inside; every list there holds records, and what stands beside a list is a record of
its own, which speaks of the others. Several documents in one file are read one after the other.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from core.text.jsonstream import JsonStream

LISTS: Final = frozenset(
    {"Attribute", "Event", "Object", "chunk", "data", "entries", "events", "hashRecords"}
    | {"items", "objects", "records", "response", "results", "state"}
    | {"accounts", "channels", "profiles", "rows", "users"}
)
"""Names under which documents keep their records, or what keeps them in turn."""

_EVENT: Final = "Event"
_OF_EVENT: Final = frozenset({"uuid", "info", "date", "Orgc", "Tag", "distribution"})
_DEEPEST: Final = 6
_MEMBERS: Final = 200


class Found(NamedTuple):
    """A value of a document.

    Attributes:
        path: Such as `results[12]`.
        line: Where it begins, from 1.
        value: A record, or something that is none.
        text: How it stands there; "" for what stands beside a list.
        beside: It is no record of a list, but what stands beside one, or nothing but that.
    """

    path: str
    line: int
    value: object
    text: str = ""
    beside: bool = False


def walk(cursor: JsonStream) -> Iterator[Found]:
    """Give what a document holds.

    Raises:
        BadInput: It is broken, cut off, nested too deep, or one record of it is too long.
    """
    while cursor.peek():
        yield from _inside(cursor, "", 0)


def _inside(cursor: JsonStream, path: str, depth: int) -> Iterator[Found]:
    if depth > _DEEPEST:
        cursor.refuse("lists inside lists, too deep")
    if cursor.peek() == "[":
        for number, _ in enumerate(cursor.elements()):
            place = f"{path}[{number}]"
            # Events are long and stand in a list of their own; every other record is small.
            if cursor.peek() == "[" or cursor.begins(_EVENT):
                yield from _inside(cursor, place, depth + 1)
            else:
                line = cursor.line
                yield Found(place, line, cursor.value(), cursor.taken)
    elif cursor.peek() == "{":
        yield from _members(cursor, path, depth)
    else:
        line = cursor.line
        yield Found(path, line, cursor.value(), cursor.taken)


def _members(cursor: JsonStream, path: str, depth: int) -> Iterator[Found]:
    line = cursor.line
    beside: dict[str, object] = {}
    lists = False
    wanted = _OF_EVENT if path.endswith(_EVENT) else None
    for name in cursor.members():
        if name in LISTS and cursor.peek() in {"[", "{"}:
            lists = True
            yield from _inside(cursor, f"{path}.{name}" if path else name, depth + 1)
        elif len(beside) < _MEMBERS and (wanted is None or name in wanted):
            beside[name] = cursor.value()
        else:
            cursor.skip()
    yield Found(path, line, beside, beside=lists or wanted is not None)


def is_page(record: Mapping[str, object]) -> bool:
    """Tell whether a record is no item but wraps a list of records."""
    for name in LISTS & record.keys():
        value = record[name]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return True
        if isinstance(value, dict) and name in {_EVENT, "response"}:
            return True
    return False
