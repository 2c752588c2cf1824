"""Lines cut into the cells of a table.

A quoted cell may go over several lines, but a quote that is never closed costs its own line and not the rest
of the list.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from io import StringIO
from typing import Final

from core.exchange.lines import MAX_LINE, Line

_QUOTED_LINES: Final = 50


class _Quoting(Enum):
    """How the quotes of a text stand: all closed, one still open, or one closed in the middle of a cell."""

    CLEAN = auto()
    OPEN = auto()
    ODD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row: the line it begins on, how it stands there, its cells, or why it has none."""

    line: int
    text: str
    cells: tuple[str, ...] = ()
    wrong: str = ""


def records(lines: Iterable[Line], delimiter: str) -> Iterator[Record]:
    """Cut lines into cells. A quoted cell may go over several lines, but not over the rest of the list."""
    waiting = list[Line]()
    given = iter(lines)
    while True:
        line = waiting.pop(0) if waiting else next(given, None)
        if line is None:
            return
        if line.cut:
            yield Record(line=line.number, text=line.text, wrong=too_long(line))
        elif is_comment(line.text) or (line.text.lstrip().startswith("#") and delimiter not in line.text):
            continue
        elif _quoting(line.text, delimiter) is not _Quoting.OPEN:
            yield Record(line=line.number, text=line.text, cells=cells_of(line.text, delimiter))
        else:
            following = _closing(line, waiting, given, delimiter)
            text = "\n".join([line.text, *(f.text for f in following)])
            wrong = "" if following else 'a quote (") is opened and not closed'
            cells = cells_of(text, delimiter) if following else ()
            yield Record(line=line.number, text=text, cells=cells, wrong=wrong)


def _closing(line: Line, waiting: list[Line], given: Iterator[Line], delimiter: str) -> list[Line]:
    """Take the lines up to where an open quote is closed out of those that wait, or none where it is not."""
    text = line.text
    for count in range(_QUOTED_LINES):
        if count == len(waiting):
            following = next(given, None)
            if following is None:
                break
            waiting.append(following)
        text += "\n" + waiting[count].text
        if len(text) > MAX_LINE:
            break
        if _quoting(text, delimiter) is _Quoting.CLEAN:
            taken = waiting[: count + 1]
            del waiting[: count + 1]
            return taken
    return []


def cells_of(text: str, delimiter: str) -> tuple[str, ...]:
    """Cut a record."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    return tuple(cell.strip() for row in reader for cell in row)


def _quoting(text: str, delimiter: str) -> _Quoting:
    if '"' not in text:
        return _Quoting.CLEAN
    try:
        list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error as error:
        return _Quoting.OPEN if "unexpected end of data" in str(error) else _Quoting.ODD
    return _Quoting.CLEAN


def is_comment(text: str) -> bool:
    """Tell whether a line is a comment; "#12" may be a reference, and "#room:server" is an address."""
    start = text.lstrip()
    return start.startswith("#") and start[1:2].strip() in {"", "#", "!"}


def too_long(line: Line) -> str:
    """Say that a line is too long, or ""."""
    return f"longer than {MAX_LINE // 1024} kB" if line.cut else ""
