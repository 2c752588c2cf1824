"""The rows of a list, in whichever of three forms it is: a table, NDJSON, or one identifier a line.

What form it is, and how a table is cut, is decided by its beginning. A row is a mapping of fields
(`core.exchange.columns`) with the line it stood on; what cannot be a row is told where it stands.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from core.banks.values import is_platform, looks_like_address
from core.errors import BadInput
from core.exchange.columns import HASHES, completed, fields_of, guessed, known, platforms_of
from core.exchange.cut import cells_of, is_comment, records, too_long
from core.exchange.formats import cas
from core.exchange.formats.known import format_of, row_of, table_of
from core.exchange.formats.record import Read, kind_of
from core.exchange.lines import Line, json_object
from core.exchange.row import Row
from core.exchange.walk import is_page

DELIMITERS: Final = ",;\t|"

_SAMPLE: Final = 100
_SAMPLED: Final = 256 * 1024
"""Lines, and characters of them, by which the form of a list is told."""

_NUMBERED: Final = re.compile(r"\A(?:[-*\u2022\u2013]|\(?[0-9]{1,5}[.)])\s{1,16}")
"""What stands before an item of a list that people read."""

_NUMBERS: Final = re.compile(r"\s*#\s*[,;\t|]")
"""How headings begin of which the first is that of the numbers; any other line after a `#` is a comment."""

_WIDE: Final = re.compile(r"\s{2,16}")
_TITLES: Final = 10
"""Rows among which headings are looked for."""

_NAMED_BELOW: Final = 2
_MOST: Final = 0.8
_TELLING: Final = frozenset({"canonical", "handle", "url", *HASHES})

_EMPTY: Final = frozenset({"", "-", "--", "n/a", "na", "nil", "none", "no"})
"""What people write into a cell for which they have nothing."""

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
    sample = _first(given)
    texts = [s.text for s in sample if not s.cut]
    read = cas.rows if cas.is_export(texts, name) else _form([t for t in texts if not _is_aside(t)])
    yield from read(chain(sample, given))


def is_document(lines: Iterable[Line]) -> bool:
    """Tell by its first lines whether a list is JSON of another kind than one object a line."""
    sample = [line for line in _first(lines) if not _is_aside(line.text)]
    if not sample or not sample[0].text.lstrip().startswith(("{", "[")):
        return False
    found = [None if line.cut else json_object(line.text) for line in sample]
    if found[0] is not None and is_page(found[0]) and not format_of(found[0]):
        return True
    # A damaged line does not make one object a line a document.
    return sum(one is not None for one in found) * 2 <= len(found)


def _first(lines: Iterable[Line]) -> list[Line]:
    """Take the first lines of a list, by which its form is told; of long ones fewer."""
    taken, length = list[Line](), 0
    for line in lines:
        taken.append(line)
        length += len(line.text)
        if len(taken) == _SAMPLE or length >= _SAMPLED:
            break
    return taken


def _is_aside(text: str) -> bool:
    return not text.strip() or (text.lstrip().startswith("#") and not _NUMBERS.match(text))


def _form(sample: list[str]) -> Reader:
    """Choose how a list is read by its first lines, comments and blank ones left out."""
    first = sample[0].strip() if sample else ""
    if first.startswith(("{", "[")):
        return _ndjson
    if headed := _headed(sample):
        return headed
    cut = {d: sum(len(cells_of(line, d)) > 1 for line in sample) for d in DELIMITERS}
    most = max(cut, key=lambda d: cut[d])
    # A comma may be part of an address: one line alone with a comma is not yet a table.
    if cut[most] >= max(_MOST * len(sample), 2 if most == "," else 1):
        fields = guessed([cells_of(line, most) for line in sample])
        if _TELLING & set(fields):
            return lambda lines: _table(lines, most, fields)
    return plain


def _headed(sample: list[str]) -> Reader | None:
    """Return what reads a table with headings, or None where the first lines have none.

    They may stand below a title; one word alone that headings have, too, is none there.
    """
    tables = {d: _sampled(sample, d) for d in DELIMITERS}
    for at in range(_TITLES):
        names = {d: known(t[at]) or bool(table_of(t[at])) for d, t in tables.items() if at < len(t)}
        best = max(names, key=lambda d: names[d], default="")
        if names and names[best] >= (_NAMED_BELOW if at else 1):
            heads, others = tables[best][at], tables[best][at + 1 :]
            fields = completed(fields_of(heads), heads, others)
            return lambda lines: _table(lines, best, fields, heads)
    return None


def _sampled(sample: list[str], delimiter: str) -> list[tuple[str, ...]]:
    """Cut the first lines of a list into the rows of a table."""
    lines = (Line(number, text) for number, text in enumerate(sample, start=1))
    return [record.cells for record in records(lines, delimiter) if any(record.cells)]


def _ndjson(lines: Iterable[Line]) -> Iterator[Row]:
    for line in lines:
        if not line.text.strip():
            continue
        found = None if line.cut else json_object(line.text)
        if found is None:
            wrong = too_long(line) or "not a JSON object"
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
        text = _NUMBERED.sub("", line.text.partition(" # ")[0].strip())
        if not text or is_comment(line.text):
            continue
        if apart := _apart(text):
            yield Row(line=line.number, text=line.text, fields=apart)
            continue
        kind, _, value = text.partition(" ")
        typed, wrong = _typed(kind) if value else ("", "")
        unnamed = next((f for f, form in HASHES.items() if form.fullmatch(text)), "url")
        fields = {typed: value.strip()} if typed else {unnamed: text}
        yield Row(line=line.number, text=line.text, fields=fields, wrong=too_long(line) or wrong)


def _apart(text: str) -> dict[str, str]:
    """Read a line of which the parts are set apart by wide spaces, as text copied out of a page has them.

    One part must be an address. Parts that single spaces set apart must be numbers or a platform; any other
    line is read as a whole.
    """
    parts = _WIDE.split(text)
    if len(parts) == 1:
        parts = text.split(" ")
        if not all(p.isdigit() or looks_like_address(p) or is_platform(p) for p in parts):
            return {}
    addresses = [part for part in parts if looks_like_address(part)]
    if len(parts) == 1 or len(addresses) != 1:
        return {}
    others = [part for part in parts if part not in addresses and not part.isdigit()]
    platform = next((part for part in others if is_platform(part)), "")
    name = next((part for part in others if part != platform), "")
    found = {"url": addresses[0], "platform": platform, "name": name}
    return {field: value for field, value in found.items() if value}


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


def _table(
    lines: Iterable[Line], delimiter: str, fields: list[str], heads: tuple[str, ...] = ()
) -> Iterator[Row]:
    read: Read | None = table_of(heads)
    wide = platforms_of(fields)
    below = not heads
    for record in records(lines, delimiter):
        if record.wrong:
            yield Row(line=record.line, text=record.text, wrong=record.wrong)
        elif not any(record.cells):
            continue
        elif not below:
            below = record.cells == heads
            if not below:
                yield Row(line=record.line, text=record.text)
        elif any(record.cells[len(fields) :]):
            wrong = f"{len(record.cells)} cells, the header has {len(fields)}"
            yield Row(line=record.line, text=record.text, wrong=wrong)
        else:
            named = {f: c for f, c in zip(fields, record.cells, strict=False) if c}
            row = Row(line=record.line, text=record.text, fields=named)
            if read:
                cells = dict(zip(heads, record.cells, strict=False))
                row = row_of(cells, read, line=record.line, text=record.text) or row
            yield from _each(row, wide) if wide else (row,)


def _each(row: Row, wide: Mapping[str, str]) -> Iterator[Row]:
    """Give a row for each platform that has a column of its own, where something stands in it."""
    rest = {name: cell for name, cell in row.fields.items() if name not in wide}
    there = [
        (platform, row.fields[name])
        for name, platform in wide.items()
        if row.fields.get(name, "").casefold() not in _EMPTY
    ]
    if not there:
        yield row
    for platform, cell in there:
        fields = {**rest, "platform": platform, "handle": cell}
        yield Row(line=row.line, text=row.text, fields=fields)


def _plainly(value: object) -> str:
    """Write a JSON value as a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    return json.dumps(value, ensure_ascii=False)
