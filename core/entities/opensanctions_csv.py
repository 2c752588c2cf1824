"""OpenSanctions' collections as a table (`targets.simple.csv`): one designated entity a row, its names in it.

Every row is a target, so that nothing has to be asked about sanctions. The table tells whose lists a target
is on by their titles, and neither a reference of the UN nor since when; the entities as JSON lines do.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from core.entities.opensanctions import KINDS, ORGANISATIONS
from core.entities.reading import Draft, Gathered, Item, ListFile, PassedOver, Unread
from core.entities.tables import Columns, Record, header, opened_list, records

COLUMNS: Final = ("id", "schema", "name", "aliases", "dataset")

_AUTHORITIES: Final[Mapping[str, str]] = {
    "un security council": "UN",
    "us ofac": "US",
    "us state department": "US",
    "uk ": "UK",
    "eu ": "EU",
    "pakistan": "PK",
}
"""How titles of lists of designations begin, and whose they are."""


def read(file: ListFile) -> Iterator[Item]:
    """Give the organisations, and count persons, vessels and whatever else there is."""
    gathered = Gathered(file)
    with opened_list(file) as lines:
        found = records(lines, ",")
        columns = header(found, *COLUMNS)
        for record in found:
            if isinstance(record, Unread):
                yield record
                continue
            number, schema = columns.get(record, "id"), columns.get(record, "schema")
            if not number or not schema:
                yield Unread(line=record.line, text=record.text, reason="no id or schema")
            elif schema not in ORGANISATIONS:
                yield PassedOver(KINDS.get(schema, schema))
            else:
                make = partial(Draft, list_name="opensanctions", reference=number, line=record.line)
                _add(gathered.draft(number, make), record, columns)
    yield from gathered.items()


def _add(draft: Draft, record: Record, columns: Columns) -> None:
    draft.call(columns.get(record, "name"), first=True)
    for alias in columns.get(record, "aliases").split(";"):
        draft.call(alias)
    for program in columns.get(record, "program_ids").split(";"):
        if program.strip():
            draft.programs.setdefault(program.strip())
    for title in columns.get(record, "dataset").casefold().split(";"):
        for beginning, authority in _AUTHORITIES.items():
            if title.strip().startswith(beginning):
                draft.authorities.setdefault(authority)
