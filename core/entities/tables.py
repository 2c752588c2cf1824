"""The records of a table in text form, and its columns by their names.

A quoted cell may go over several lines, but a quote that is never closed costs its own line and not the rest
of the list. Encodings and overlong lines are seen to by `core.exchange.lines`.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Final

from core.entities.reading import ListFile, Unread, shown
from core.errors import BadInput
from core.exchange.lines import MAX_LINE, Line, Lines, opened

END_OF_FILE: Final = "\x1a"
"""What old systems end a text with."""

_QUOTED_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line it begins on, and its cells."""

    line: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """As much of it as a report tells."""
        return shown(",".join(cell for cell in self.cells if cell))


@contextmanager
def opened_list(file: ListFile) -> Iterator[Iterator[Line]]:
    """Lend the lines of a list, and note how far it is read.

    Raises:
        BadInput: It cannot be read, or is no text.
    """
    with opened(file.path) as lines:
        yield _noting(file, lines)


def _noting(file: ListFile, lines: Lines) -> Iterator[Line]:
    try:
        for line in lines:
            file.read_bytes = lines.read_bytes
            yield line
    except OSError as error:
        raise file.refused((error.strerror or str(error)).lower()) from error


def records(lines: Iterable[Line], delimiter: str) -> Iterator[Record | Unread]:
    """Cut lines into cells; blank lines, and the mark at the end of old files, are none."""
    waiting: deque[Line] = deque()
    rest = iter(lines)
    while (line := waiting.popleft() if waiting else next(rest, None)) is not None:
        text = line.text.removesuffix(END_OF_FILE)
        if line.cut:
            yield Unread(line=line.number, text=shown(text), reason=f"longer than {MAX_LINE // 1024} kB")
        elif '"' not in text:
            if text.strip():
                yield Record(line.number, tuple(cell.strip() for cell in text.split(delimiter)))
        elif (whole := _closed(text, waiting, rest)) is None:
            yield Unread(line=line.number, text=shown(text), reason='a quote (") is opened and not closed')
        else:
            yield Record(line.number, _cells(whole, delimiter))


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    """Cut one record."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    return tuple(cell.strip() for row in reader for cell in row)


def _closed(text: str, waiting: deque[Line], rest: Iterator[Line]) -> str | None:
    """Return a record with the lines that its open quote goes over, or None where nothing closes it."""
    quotes, length, taken, found = text.count('"'), len(text), 0, [text]
    while quotes % 2:
        if taken == len(waiting):
            following = next(rest, None)
            if following is None:
                return None
            waiting.append(following)
        one = waiting[taken]
        taken += 1
        quotes += one.text.count('"')
        length += len(one.text) + 1
        if taken > _QUOTED_LINES or length > MAX_LINE or one.cut:
            return None
        found.append(one.text)
    for _ in range(taken):
        waiting.popleft()
    return "\n".join(found)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column of a table stands, by its folded name."""

    places: Mapping[str, int]

    @classmethod
    def of(cls, heads: Sequence[str]) -> "Columns":
        """Read a header; of two columns with one name the first counts."""
        return cls({_folded(head): at for at, head in reversed(list(enumerate(heads)))})

    def has(self, *names: str) -> bool:
        """Tell whether all of these columns are there."""
        return all(_folded(name) in self.places for name in names)

    def get(self, record: Record, *names: str) -> str:
        """Return the cell of the first of these columns that has something in it, or ""."""
        for name in names:
            at = self.places.get(_folded(name))
            if at is not None and at < len(record.cells) and record.cells[at]:
                return record.cells[at]
        return ""


def _folded(head: str) -> str:
    """Return a column's name without case, spaces and signs."""
    return "".join(c for c in head.casefold() if c.isalnum())


def header(found: Iterator[Record | Unread], *names: str) -> Columns:
    """Read on to the header that has these columns, and return it.

    Raises:
        BadInput: There is none.
    """
    for record in found:
        if isinstance(record, Record) and (columns := Columns.of(record.cells)).has(*names):
            return columns
    raise BadInput(f"there is no header with the columns {', '.join(names)}")
