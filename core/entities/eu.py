"""The consolidated list of the European Union's Financial Sanctions Files, as CSV.

An organisation has a row for each of its names, and further ones for addresses and numbers, where the columns
of the name are empty.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from core.entities.dates import iso_date
from core.entities.reading import Draft, Gathered, Item, ListFile, Unread
from core.entities.references import un_reference
from core.entities.tables import Columns, Record, header, opened_list, records

COLUMNS: Final = ("Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName")

_KINDS: Final = {"e": "enterprise", "p": "person"}


def read(file: ListFile) -> Iterator[Item]:
    """Give the organisations, and count the persons."""
    gathered = Gathered(file)
    with opened_list(file) as lines:
        found = records(lines, ";")
        columns = header(found, *COLUMNS)
        for record in found:
            if isinstance(record, Unread):
                yield record
                continue
            number, kind = columns.get(record, "Entity_LogicalId"), _kind(record, columns)
            if not number:
                yield Unread(line=record.line, text=record.text, reason="no Entity_LogicalId")
            elif kind == "enterprise":
                _add(gathered.draft(number, partial(_draft, number, record, columns)), record, columns)
            else:
                yield from gathered.other(number, "individual" if kind == "person" else kind)
    yield from gathered.items()


def _kind(record: Record, columns: Columns) -> str:
    """Return what the subject is; older and newer files have letter and word in each other's column."""
    cells = (columns.get(record, c) for c in ("Entity_SubjectType", "Entity_SubjectType_ClassificationCode"))
    found = [_KINDS.get(cell.lower(), cell.lower()) for cell in cells if cell]
    return next((kind for kind in found if kind in _KINDS.values()), found[0] if found else "")


def _draft(number: str, record: Record, columns: Columns) -> Draft:
    reference = columns.get(record, "Entity_EU_ReferenceNumber") or number
    return Draft(list_name="eu_fsf", reference=reference, line=record.line)


def _add(draft: Draft, record: Record, columns: Columns) -> None:
    """Add what one row says."""
    parts = (columns.get(record, f"NameAlias_{part}Name") for part in ("First", "Middle", "Last"))
    name = columns.get(record, "NameAlias_WholeName") or " ".join(filter(None, parts))
    remark = columns.get(record, "NameAlias_Remark").lower()
    weak = "low quality" in remark or columns.get(record, "NameAlias_Strong").lower() == "false"
    draft.call(name, line=record.line, first=not weak, weak=weak)
    draft.listed_on = draft.listed_on or iso_date(columns.get(record, "Entity_DesignationDate"))
    draft.un_reference = draft.un_reference or un_reference(columns.get(record, "Entity_UnitedNationId"))
    if program := columns.get(record, "Entity_Regulation_Programme"):
        draft.programs.setdefault(program)
    draft.url = draft.url or columns.get(record, "Entity_Regulation_PublicationUrl")
