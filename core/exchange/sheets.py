"""The sheets of a workbook: events of its XML become rows of cells.

Formulas are never worked out; a cell holds the value that the program wrote beside its formula. A cell that
only says "link" holds where its link leads.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

WIDEST: Final = 500
"""Cells of a row."""

LONGEST: Final = 32_767
"""Characters of a cell, as in Excel."""

_COLUMN: Final = re.compile(r"([A-Z]{1,3})[0-9]+")
_LARGEST: Final = 40
_DIGITS: Final = 8
_POINTERS: Final = frozenset({"", "click", "click here", "here", "link", "open", "profile", "url", "view"})
"""What a cell says that only holds a link."""

Row = tuple[int, list[str]]
"""The number of a row on its sheet, and its cells."""


@dataclass(slots=True)
class Links:
    """Where the links of a sheet lead, and the cells that they stand in."""

    leads: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        named = {local(name): value for name, value in given.items()}
        if tag == "Relationship":
            self.leads[named.get("Id", "")] = named.get("Target", "")[:LONGEST]
        elif tag == "hyperlink":
            self.cells[named.get("ref", "").partition(":")[0]] = named.get("id", "")

    def end(self, tag: str) -> None:
        """Nothing ends."""

    def say(self, text: str) -> None:
        """Nothing is said."""


@dataclass(slots=True)
class Strings:
    """The texts of a workbook, which its sheets name by number."""

    found: list[str] = field(default_factory=list)
    _said: list[str] = field(default_factory=list)
    _in: str = ""

    def start(self, tag: str, _given: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "si":
            self._said = []
        elif tag in {"t", "rPh"}:
            self._in = tag

    def end(self, tag: str) -> None:
        """Take its end."""
        if tag == "si":
            self.found.append("".join(self._said)[:LONGEST])
        elif tag in {"t", "rPh"}:
            self._in = ""

    def say(self, text: str) -> None:
        """Take what stands in it."""
        if self._in == "t":
            self._said.append(text)


@dataclass(slots=True)
class Sheet:
    """The rows of a sheet of Excel's."""

    strings: list[str]
    targets: Mapping[str, str]
    _ready: list[Row] = field(default_factory=list)
    _row: list[str] = field(default_factory=list)
    _number: int = 0
    _place: str = ""
    _kind: str = ""
    _said: list[str] = field(default_factory=list)
    _telling: bool = False

    def taken(self) -> list[Row]:
        """Return the rows that are whole, once."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "row":
            self._row, number = [], given.get("r", "")
            self._number = int(number) if number.isdecimal() and len(number) < _LARGEST else self._number + 1
        elif tag == "c":
            self._place, self._kind, self._said = given.get("r", ""), given.get("t", ""), []
        self._telling = tag in {"v", "t"}

    def end(self, tag: str) -> None:
        """Take its end."""
        self._telling = False
        if tag == "c":
            found = _COLUMN.fullmatch(self._place)
            _put(self._row, _column(found[1]) if found else len(self._row), self._cell())
        elif tag == "row":
            self._ready.append((self._number, self._row))

    def say(self, text: str) -> None:
        """Take what stands in it."""
        if self._telling:
            self._said.append(text)

    def _cell(self) -> str:
        said = "".join(self._said)[:LONGEST]
        if self._kind == "s":
            at = int(said) if said.isdecimal() and len(said) < _LARGEST else -1
            said = self.strings[at] if 0 <= at < len(self.strings) else ""
        elif self._kind in {"", "n"}:
            said = _number(said)
        return _led(said, self.targets.get(self._place, ""))


@dataclass(slots=True)
class Table:
    """The rows of all sheets of an OpenDocument."""

    _ready: list[Row] = field(default_factory=list)
    _row: list[str] = field(default_factory=list)
    _number: int = 0
    _columns: int = 1
    _rows: int = 1
    _said: list[str] = field(default_factory=list)
    _target: str = ""
    _telling: int = 0

    def taken(self) -> list[Row]:
        """Return the rows that are whole, once."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if tag == "table":
            self._number = 0
        elif tag == "table-row":
            self._row, self._rows = [], _repeated(given, "number-rows-repeated")
        elif tag == "table-cell":
            self._said, self._target = [], ""
            self._columns = _repeated(given, "number-columns-repeated")
        elif tag == "p":
            self._said += ["\n"] if self._said else []
            self._telling += 1
        elif tag == "a":
            self._target = next((v for name, v in given.items() if local(name) == "href"), "")[:LONGEST]

    def end(self, tag: str) -> None:
        """Take its end."""
        if tag == "p":
            self._telling -= 1
        elif tag in {"table-cell", "covered-table-cell"}:
            cell = _led("".join(self._said)[:LONGEST], self._target) if tag == "table-cell" else ""
            at = len(self._row)
            # An empty cell that is repeated to the edge of the sheet is only room.
            for column in range(
                at, min(at + (self._columns if cell else min(self._columns, WIDEST)), WIDEST)
            ):
                _put(self._row, column, cell)
            self._said, self._target, self._columns = [], "", 1
        elif tag == "table-row":
            self._ready.append((self._number + 1, self._row))
            self._number += self._rows

    def say(self, text: str) -> None:
        """Take what stands in it."""
        if self._telling:
            self._said.append(text)


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2]


def _repeated(given: Mapping[str, str], what: str) -> int:
    said = next((value for name, value in given.items() if local(name) == what), "1")
    return int(said) if said.isdecimal() and len(said) < _DIGITS else 1


def _put(row: list[str], at: int, cell: str) -> None:
    """Put a cell into a row; what lies beyond the widest row is left out."""
    if at < WIDEST:
        row.extend("" for _ in range(at - len(row)))
        row[at : at + 1] = [cell.strip()]


def _column(letters: str) -> int:
    """Return the number of a column, from 0: A, B, …, Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number(said: str) -> str:
    """Write a number as people do: telephone numbers stand in workbooks as 9.2E+11."""
    if "E" not in said.upper() or len(said) > _LARGEST:
        return said
    try:
        found = Decimal(said)
    except InvalidOperation:
        return said
    return f"{found:f}" if abs(found.adjusted()) < _LARGEST else said


def _led(said: str, target: str) -> str:
    """Return a cell's text, or where its link leads if the text only points there."""
    return target if target and said.strip().casefold() in _POINTERS else said
