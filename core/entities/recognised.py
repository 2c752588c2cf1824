"""Which list a file is, by what is in it and never by its name."""

from collections.abc import Mapping
from itertools import islice
from typing import Final

from core.entities import eu, ofac_csv, ofac_xml, opensanctions, opensanctions_csv, uk_sanctions, un
from core.entities.proscribed import DELIMITERS, LISTS, Proscribed, list_of
from core.entities.reading import ListFile, Reader
from core.entities.tables import END_OF_FILE, Columns, Record, opened_list, records
from core.entities.xml import root_of
from core.errors import BadInput

KNOWN: Final = (
    "the UN's consolidated XML, OFAC's SDN.XML or sdn.csv, the UK Sanctions List and the EU's files as CSV, "
    "OpenSanctions' entities (JSON lines) and targets.simple.csv, tables of proscribed organisations"
)

_BY_ROOT: Final[Mapping[str, Reader]] = {un.ROOT: un.read, ofac_xml.ROOT: ofac_xml.read}
_START: Final = 400
_ROWS: Final = 20


class Companion(BadInput):
    """A file that is read together with another one, and is no list by itself."""


def reader_of(file: ListFile, told: str = "") -> Reader:
    """Return what reads a file.

    Args:
        file: The list.
        told: The name of the list where it is a simple table, as whoever imports it says, or "".

    Raises:
        Companion: It belongs to a list.
        BadInput: It cannot be read, or is no list that is known.
    """
    if not file.size_bytes:
        raise file.refused("it is empty. Download the list again")
    start = next(file.pieces())[:_START].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        root = root_of(file)
        if root not in _BY_ROOT:
            raise file.refused(f"XML of a kind that is not known (<{root[:40]}>). Known are {KNOWN}")
        return _BY_ROOT[root]
    if start.startswith(b"{"):
        return opensanctions.read
    if start.startswith(b"["):
        raise file.refused(
            "JSON that is not one object a line. OpenSanctions offers its entities as JSON lines"
        )
    return _table(file, told)


def _table(file: ListFile, told: str) -> Reader:
    if rows := _rows(file, ","):
        if any(ofac_csv.is_list(row.cells) for row in rows):
            return ofac_csv.read
        if ofac_csv.is_companion(rows[0].cells):
            raise Companion(
                f"cannot read {file.path}: it belongs to sdn.csv and is read with it. Import sdn.csv."
            )
        if any(Columns.of(row.cells).has(*uk_sanctions.COLUMNS) for row in rows):
            return uk_sanctions.read
        if any(Columns.of(row.cells).has(*opensanctions_csv.COLUMNS) for row in rows):
            return opensanctions_csv.read
    if any(Columns.of(row.cells).has(*eu.COLUMNS) for row in _rows(file, ";")):
        return eu.read
    for delimiter in DELIMITERS:
        found = [name for row in _rows(file, delimiter) if (name := list_of(Columns.of(row.cells)))]
        if found and (told or found[0] in LISTS):
            return Proscribed(delimiter, told or found[0])
        if found:
            raise file.refused(
                f"a table that may be any country's. Say whose: --list {' or --list '.join(LISTS)}"
            )
    raise file.refused(f"no list that is known. Known are {KNOWN}")


def _rows(file: ListFile, delimiter: str) -> list[Record]:
    """Return the first rows of a table."""
    with opened_list(file) as lines:
        first = (line for line in islice(lines, _ROWS) if line.text != END_OF_FILE)
        return [row for row in records(first, delimiter) if isinstance(row, Record)]
