"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, as CSV.

Its first line tells its date, its second the columns. An organisation has a row for each of its names, and
for each of its addresses once more.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from core.entities.dates import iso_date
from core.entities.reading import Draft, Gathered, Item, ListFile, Unread
from core.entities.references import un_reference
from core.entities.tables import Columns, Record, header, opened_list, records

COLUMNS: Final = ("Unique ID", "Name 6", "Designation Type")

_FIRST_NAMES: Final = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")


def read(file: ListFile) -> Iterator[Item]:
    """Give the organisations, and count individuals and ships."""
    gathered = Gathered(file)
    with opened_list(file) as lines:
        found = records(lines, ",")
        columns = header(found, *COLUMNS)
        for record in found:
            if isinstance(record, Unread):
                yield record
                continue
            reference, kind = (
                columns.get(record, "Unique ID"),
                columns.get(record, "Designation Type").lower(),
            )
            if not reference:
                yield Unread(line=record.line, text=record.text, reason="no Unique ID")
            elif kind != "entity":
                yield from gathered.other(reference, kind)
            else:
                make = partial(Draft, list_name="uk_sanctions", reference=reference, line=record.line)
                _add(gathered.draft(reference, make), record, columns)
    yield from gathered.items()


def _add(draft: Draft, record: Record, columns: Columns) -> None:
    """Add what one row says."""
    kind = columns.get(record, "Name type").lower()
    draft.call(
        " ".join(filter(None, (columns.get(record, name) for name in _FIRST_NAMES))),
        line=record.line,
        first=kind == "primary name",
        weak=columns.get(record, "Alias strength").lower().startswith("low"),
    )
    draft.call(columns.get(record, "Name non-latin script"), line=record.line)
    draft.listed_on = draft.listed_on or iso_date(columns.get(record, "Date Designated"))
    draft.un_reference = draft.un_reference or un_reference(columns.get(record, "UN Reference Number"))
    if program := columns.get(record, "Regime Name"):
        draft.programs.setdefault(program)
