"""What is wrong in a policy file, told so that an admin can mend it: where, what, the line, what is known.

The form is fixed; every fault of a file is told at once, in the order of its lines.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from core.errors import BadInput

_SHOWN: Final = 100
"""Characters of a source line that are shown; a longer line is cut around the fault."""

_QUOTED: Final = 40

MOST: Final = 100
"""Faults that are told of one file: whoever sees so many knows, and a file may hold thousands of them."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Spot:
    """Where something stands in a text; lines and columns count from 0, in code points."""

    line: int
    column: int
    width: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        hint: Stands after the carets, short.
        remedy: A line of its own: what is allowed, and where to read on.
    """

    spot: Spot
    what: str
    hint: str = ""
    remedy: str = ""


class WrongPolicy(BadInput):
    """A policy file that is refused; the message tells all of its faults, `faults` has them for programs."""

    def __init__(self, faults: Iterable[Fault], text: str, where: str) -> None:
        self.faults = tuple(sorted(set(faults))[:MOST])
        super().__init__(told(self.faults, text, where))


def told(faults: Iterable[Fault], text: str, where: str) -> str:
    """Return all faults as one text, sorted by line; `where` names the file as the admin named it."""
    lines = text.splitlines() or [""]
    return "\n\n".join(_told(fault, lines, plain(where)) for fault in sorted(set(faults)))


ELSEWHERE: Final[Mapping[str, str]] = {
    "then": "do",
    "action": "do",
    "actions": "do",
    "if": "when",
    "condition": "when",
    "conditions": "when",
    "reason": "because",
    "action_reason": "because",
    "remove": "delete",
    "timeout": "mute",
}
"""Words of other rule languages, which are written out of habit, and ours."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is meant: what other programs call so, or the one most like it; or ""."""
    there = list(known)
    meant = ELSEWHERE.get(word.lower(), "")
    return meant if meant in there else next(iter(get_close_matches(word.lower(), there, n=1)), "")


def plain(text: str) -> str:
    """Return somebody's text on one line, with a dot for each character that moves the cursor."""
    return "".join(c if c.isprintable() else "·" for c in text)


def quoted(text: str) -> str:
    """Return somebody's text in quotes: on one line, short, with no character that moves the cursor."""
    shown = plain(text)
    return f'"{shown[:_QUOTED]}…"' if len(shown) > _QUOTED else f'"{shown}"'


def inside(spot: Spot, source: str, text: str, at: int, width: int) -> Spot:
    """Return where a character of a value's text stands in its file, or the value where that cannot be told.

    A text may be quoted, or stand in lines of its own; one with escapes in it does not stand there as it is.

    Args:
        spot: Where the value stands.
        source: The file.
        text: The value.
        at: Which character of it, from 0.
        width: How many are meant.
    """
    before = text[:at].rpartition("\n")[2]
    wanted = before + text[at:].partition("\n")[0]
    lines = source.splitlines()
    for number in range(spot.line, min(spot.line + text.count("\n") + 2, len(lines))):
        column = lines[number].find(wanted, spot.column if number == spot.line else 0)
        if wanted and column >= 0:
            return Spot(line=number, column=column + len(before), width=width)
    return spot


def _told(fault: Fault, lines: Sequence[str], where: str) -> str:
    number = min(fault.spot.line, len(lines) - 1)
    source = lines[number]
    column = min(fault.spot.column, len(source)) if fault.spot.line < len(lines) else len(source)
    start = max(0, column - _SHOWN // 2) if len(source) > _SHOWN else 0
    shown = "".join(c if c.isprintable() else " " for c in source[start : start + _SHOWN])
    width = max(1, min(fault.spot.width, len(shown) - (column - start)))
    margin = " " * len(str(number + 1))
    at = column - start
    carets = " " * _cells(shown[:at]) + "^" * max(1, _cells(shown[at : at + width]))
    told_lines = [
        f"{where}:{number + 1}:{column + 1}: {fault.what}",
        f"{margin} |",
        f"{number + 1} | {shown}".rstrip(),
        f"{margin} | {carets} {fault.hint}".rstrip(),
        fault.remedy,
    ]
    return "\n".join(line for line in told_lines if line)


def _cells(text: str) -> int:
    """Count the columns of a terminal that a text takes: letters of East Asia two, marks on letters none."""
    return sum(_cell(char) for char in text)


def _cell(char: str) -> int:
    if char.isascii():
        return 1
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
