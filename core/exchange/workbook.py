"""The rows of a workbook (.xlsx, .ods) as lines of CSV: what offices send their lists in.

Read are the cells' values and where a link in a cell leads; formulas are never worked out, and nothing
outside of the file is fetched. Whoever made it is not trusted: what is unpacked, how long a cell and how wide
a row may be is limited, and XML that defines entities is refused.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final
from xml.parsers import expat

from core.errors import BadInput
from core.exchange.sheets import Links, Row, Sheet, Strings, Table, local

START: Final = b"PK\x03\x04"
"""What every workbook begins with, and every other zip."""

MOST_BYTES: Final = 400_000_000
"""Of all that is unpacked; a list of a million rows has some hundred MB."""

_PIECE: Final = 1 << 16
_MEMBERS: Final = 10_000
_SHEET: Final = re.compile(r"xl/worksheets/sheet([0-9]{1,4})\.xml")
_STRINGS: Final = "xl/sharedStrings.xml"
_CONTENT: Final = "content.xml"


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        if file.read(len(START)) != START:
            return False
    try:
        with zipfile.ZipFile(path) as book:
            names = book.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False
    return _CONTENT in names or any(_SHEET.fullmatch(name) for name in names)


def lines_of(path: Path, *, most_bytes: int = MOST_BYTES) -> Iterator[tuple[int, str]]:
    """Give the rows of all sheets, each with its number on its sheet.

    Args:
        path: Of the workbook.
        most_bytes: How much of it is unpacked.

    Raises:
        BadInput: It is damaged, encrypted, or larger than any list.
    """
    try:
        with zipfile.ZipFile(path) as book:
            for number, cells in _rows(_Book(path, book, most_bytes)):
                if any(cells):
                    yield number, _line(cells)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise _refused(path, "it is damaged, or locked with a password") from error
    except expat.ExpatError as error:
        raise _refused(path, "its XML is damaged") from error


def _refused(path: Path, why: str) -> BadInput:
    return BadInput(f"cannot read {path}: {why}. Export the list as CSV, text or NDJSON.")


def _line(cells: list[str]) -> str:
    while cells and not cells[-1]:
        cells.pop()
    out = StringIO()
    # A cell with a line end is quoted only where line ends end a row.
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


@dataclass(slots=True)
class _Book:
    """An open workbook, and how much of it was unpacked, of how much at most."""

    path: Path
    zip: zipfile.ZipFile
    most: int
    unpacked: int = 0

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give what a member holds."""
        with self.zip.open(name) as member:
            while piece := member.read(_PIECE):
                self.unpacked += len(piece)
                if self.unpacked > self.most:
                    raise _refused(self.path, f"it unpacks to more than {self.most // 1_000_000} MB")
                yield piece

    def walk(self, name: str, reader: Sheet | Strings | Links | Table) -> Iterator[None]:
        """Have a member read; after each piece of it, what was read may be taken."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True

        def refuse(*_: object) -> None:
            raise _refused(self.path, "its XML defines entities")

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = lambda tag, given: reader.start(local(tag), given)
        parser.EndElementHandler = lambda tag: reader.end(local(tag))
        parser.CharacterDataHandler = reader.say
        for piece in self.pieces(name):
            parser.Parse(piece, False)  # noqa: FBT003 - expat's way to say that more follows
            yield
        parser.Parse(b"", True)  # noqa: FBT003 - and that nothing does
        yield


def _rows(book: _Book) -> Iterator[Row]:
    names = book.zip.namelist()[:_MEMBERS]
    if _CONTENT in names:
        table = Table()
        for _ in book.walk(_CONTENT, table):
            yield from table.taken()
        return
    strings = Strings()
    if _STRINGS in names:
        for _ in book.walk(_STRINGS, strings):
            pass
    sheets = sorted((int(found[1]), name) for name in names if (found := _SHEET.fullmatch(name)))
    for number, name in sheets:
        rels = f"xl/worksheets/_rels/sheet{number}.xml.rels"
        sheet = Sheet(strings.found, _targets(book, name, rels) if rels in names else {})
        for _ in book.walk(name, sheet):
            yield from sheet.taken()


def _targets(book: _Book, name: str, rels: str) -> dict[str, str]:
    """Return where the links of a sheet lead, by their cells; they stand behind all rows."""
    links = Links()
    for member in (rels, name):
        for _ in book.walk(member, links):
            pass
    return {cell: links.leads[by] for cell, by in links.cells.items() if by in links.leads}
