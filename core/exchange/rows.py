"""The rows of a list, in whichever of three forms it is: a table, NDJSON, or one identifier a line.

What form it is, and how a table is cut, is decided by its beginning. A row is a mapping of fields
(`core.exchange.columns`) with the line it stood on; what cannot be a row is told where it stands.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from io import StringIO
from itertools import chain, islice
from typing import Final

from core.errors import BadInput
from core.exchange.columns import HASHES, fields_of, guessed, known
from core.exchange.formats import cas
from core.exchange.formats.known import format_of, row_of, table_of
from core.exchange.formats.record import Read, kind_of
from core.exchange.lines import MAX_LINE, Line, json_object
from core.exchange.row import Row
from core.exchange.walk import is_page

DELIMITERS: Final = ",;\t|"

_SAMPLE: Final = 100
_QUOTED_LINES: Final = 50
_MOST: Final = 0.8
_TELLING: Final = frozenset({"canonical", "url", *HASHES})

_TYPES: Final[Mapping[str, str]] = {
    "pdq": "pdq",
    "md5": "md5",
    "video_md5": "md5",
    "sha1": "sha1",
    "sha256": "sha256",
    "url": "url",
    "link": "url",
    "canonical": "canonical",
    "text": "text",
    "phrase": "phrase",
    "expression": "expression",
}
"""First words of a line of `type value`."""

_TYPE_NAME: Final = re.compile(
    r"(?:hash|image|photo|raw|text|trend|url|video)_\w+|pdna|photodna|sha512|ssdeep|tlsh|tmk|vpdq|v?pdq_\w+"
)
"""Further ones, as exchanges call them, most of which are not compared here."""


Reader = Callable[[Iterable[Line]], Iterator[Row]]


def rows(lines: Iterable[Line], name: str = "") -> Iterator[Row]:
    """Give every row of a list; blank lines and comments are none.

    Args:
        lines: Its lines.
        name: The name of its file; one that says "cas" says what a list of numbers is.
    """
    given = iter(lines)
    sample = list(islice(given, _SAMPLE))
    texts = [s.text for s in sample if not s.cut]
    read = cas.rows if cas.is_export(texts, name) else _form([t for t in texts if not _is_aside(t)])
    yield from read(chain(sample, given))


def is_document(lines: Iterable[Line]) -> bool:
    """Tell by its first lines whether a list is JSON of another kind than one object a line."""
    sample = [line for line in islice(lines, _SAMPLE) if not _is_aside(line.text)]
    if not sample or not sample[0].text.lstrip().startswith(("{", "[")):
        return False
    found = [None if line.cut else json_object(line.text) for line in sample]
    if found[0] is not None and is_page(found[0]) and not format_of(found[0]):
        return True
    # A damaged line does not make one object a line a document.
    return sum(one is not None for one in found) * 2 <= len(found)


def _is_aside(text: str) -> bool:
    return not text.strip() or text.lstrip().startswith("#")


def _form(sample: list[str]) -> Reader:
    """Choose how a list is read by its first lines, comments and blank ones left out."""
    first = sample[0].strip() if sample else ""
    if first.startswith(("{", "[")):
        return _ndjson
    names = {d: known(_cells(first, d)) or bool(table_of(_cells(first, d))) for d in DELIMITERS}
    best = max(names, key=lambda d: names[d])
    if names[best]:
        return lambda lines: _table(lines, best, None)
    cut = {d: sum(len(_cells(line, d)) > 1 for line in sample) for d in DELIMITERS}
    most = max(cut, key=lambda d: cut[d])
    # A comma may be part of an address: one line alone with a comma is not yet a table.
    if cut[most] >= max(_MOST * len(sample), 2 if most == "," else 1):
        fields = guessed([_cells(line, most) for line in sample])
        if _TELLING & set(fields):
            return lambda lines: _table(lines, most, fields)
    return plain


def _ndjson(lines: Iterable[Line]) -> Iterator[Row]:
    for line in lines:
        if not line.text.strip():
            continue
        found = None if line.cut else json_object(line.text)
        if found is None:
            wrong = _too_long(line) or "not a JSON object"
            yield Row(line=line.number, text=line.text, wrong=wrong)
            continue
        known_format = format_of(found)
        row = (
            row_of(found, known_format.read, line=line.number, text=line.text)
            if known_format
            else of_object(found, line=line.number, text=line.text)
        )
        if row is not None:
            yield row


def of_object(record: Mapping[str, object], *, line: int, text: str) -> Row:
    """Make a row of a JSON object, whose keys are read like the columns of a table."""
    names = list(record)
    cells = [_plainly(record[name]) for name in names]
    fields = {f: c for f, c in zip(fields_of(names), cells, strict=True) if c}
    return Row(line=line, text=text, fields=fields)


def plain(lines: Iterable[Line]) -> Iterator[Row]:
    """Give the rows of plain text: an address, an identifier, a hash, or `type value`."""
    for line in lines:
        text = line.text.partition(" # ")[0].strip()
        if not text or _is_comment(line.text):
            continue
        kind, _, value = text.partition(" ")
        typed, wrong = _typed(kind) if value else ("", "")
        unnamed = next((f for f, form in HASHES.items() if form.fullmatch(text)), "url")
        fields = {typed: value.strip()} if typed else {unnamed: text}
        yield Row(line=line.number, text=line.text, fields=fields, wrong=_too_long(line) or wrong)


def _typed(kind: str) -> tuple[str, str]:
    """Return the field for the first word of a line, or "", and what is wrong with it, or ""."""
    plain = kind.lower()
    if plain in _TYPES:
        return _TYPES[plain], ""
    # Words begin lines of prose, too: only a name that no prose has is taken for a type.
    if not _TYPE_NAME.fullmatch(plain):
        return "", ""
    try:
        return kind_of(plain), ""
    except BadInput as error:
        return "", str(error)


def _table(lines: Iterable[Line], delimiter: str, fields: list[str] | None) -> Iterator[Row]:
    names: tuple[str, ...] = ()
    read: Read | None = None
    for record in _records(lines, delimiter):
        if record.wrong:
            yield Row(line=record.line, text=record.text, wrong=record.wrong)
        elif not any(record.cells):
            continue
        elif fields is None:
            fields, names, read = fields_of(record.cells), record.cells, table_of(record.cells)
        elif any(record.cells[len(fields) :]):
            wrong = f"{len(record.cells)} cells, the header has {len(fields)}"
            yield Row(line=record.line, text=record.text, wrong=wrong)
        else:
            named = {f: c for f, c in zip(fields, record.cells, strict=False) if c}
            row = Row(line=record.line, text=record.text, fields=named)
            if read:
                cells = dict(zip(names, record.cells, strict=False))
                row = row_of(cells, read, line=record.line, text=record.text) or row
            yield row


class _Quoting(Enum):
    """How the quotes of a text stand: all closed, one still open, or one closed in the middle of a cell."""

    CLEAN = auto()
    OPEN = auto()
    ODD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    line: int
    text: str
    cells: tuple[str, ...] = ()
    wrong: str = ""


def _records(lines: Iterable[Line], delimiter: str) -> Iterator[_Record]:
    """Cut lines into cells. A quoted cell may go over several lines, but not over the rest of the list."""
    waiting = list[Line]()
    given = iter(lines)
    while True:
        line = waiting.pop(0) if waiting else next(given, None)
        if line is None:
            return
        if line.cut:
            yield _Record(line=line.number, text=line.text, wrong=_too_long(line))
        elif _is_comment(line.text) or (line.text.lstrip().startswith("#") and delimiter not in line.text):
            continue
        elif _quoting(line.text, delimiter) is not _Quoting.OPEN:
            yield _Record(line=line.number, text=line.text, cells=_cells(line.text, delimiter))
        else:
            following = _closing(line, waiting, given, delimiter)
            text = "\n".join([line.text, *(f.text for f in following)])
            wrong = "" if following else 'a quote (") is opened and not closed'
            cells = _cells(text, delimiter) if following else ()
            yield _Record(line=line.number, text=text, cells=cells, wrong=wrong)


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


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
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


def _is_comment(text: str) -> bool:
    """Tell whether a line is a comment; "#12" may be a reference, and "#room:server" is an address."""
    start = text.lstrip()
    return start.startswith("#") and start[1:2].strip() in {"", "#", "!"}


def _plainly(value: object) -> str:
    """Write a JSON value as a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)


def _too_long(line: Line) -> str:
    return f"longer than {MAX_LINE // 1024} kB" if line.cut else ""
