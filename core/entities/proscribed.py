"""Proscribed organisations as a simple table: a name and a date in a row, of the UK or of Pakistan.

Neither has a file format of its own; a table that somebody wrote down from the page, or made of it, is what
there is. The column of the date tells whose it is, unless whoever imports it does.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from core.entities.dates import iso_date
from core.entities.reading import Draft, Gathered, Item, ListFile, Unread
from core.entities.tables import Columns, Record, opened_list, records
from core.errors import BadInput

DELIMITERS: Final = ",;\t|"

NAMES: Final = (
    "Organisation",
    "Organization",
    "Name of Organisation",
    "Name of Organization",
    "Proscribed Organisation",
    "Proscribed Organization",
    "Name of Proscribed Organization",
    "Name of Proscribed Organisation",
    "Name of the Organisation",
    "Name of the Organization",
    "Organisation Name",
    "Organization Name",
    "Proscribed Organisation Name",
    "Proscribed Organization Name",
    "Organisations",
    "Organizations",
    "Name of Outfit",
    "Outfit",
    "تنظیم کا نام",
    "کالعدم تنظیم",
    "تنظیم",
    "Name",
)
_DATES: Final[Mapping[str, str]] = {
    "Date of proscription": "uk_proscribed",
    "Date proscribed": "uk_proscribed",
    "Proscribed": "uk_proscribed",
    "Date of Notification": "pk_nacta",
    "Notification date": "pk_nacta",
    "Notified": "pk_nacta",
    "Notified on": "pk_nacta",
    "Date notified": "pk_nacta",
}
_OTHER_DATES: Final = ("Date", "Listed on", "Date listed", "Proscribed on", "Year", "تاریخ")
_REFERENCES: Final = (
    "S.No",
    "S. No.",
    "Sr. No",
    "Serial No",
    "Serial",
    "Sr",
    "S#",
    "No",
    "#",
    "نمبر شمار",
    "نمبر",
)
_ALIASES: Final = ("Aliases", "Also known as", "Other names", "AKA")

LISTS: Final = ("uk_proscribed", "pk_nacta")


def list_of(columns: Columns) -> str:
    """Return the list that a header belongs to; `?` where it may be either, "" where it is of neither."""
    if not any(columns.has(name) for name in NAMES):
        return ""
    told = next((found for name, found in _DATES.items() if columns.has(name)), "")
    return told or ("?" if any(columns.has(name) for name in (*_OTHER_DATES, *_REFERENCES)) else "")


class Proscribed:
    """A reader of such a table.

    Args:
        delimiter: Between its cells.
        name: The list's name.
    """

    def __init__(self, delimiter: str, name: str) -> None:
        self._delimiter = delimiter
        self._name = name

    def __call__(self, file: ListFile) -> Iterator[Item]:
        """Give its organisations."""
        gathered = Gathered(file)
        columns: Columns | None = None
        with opened_list(file) as lines:
            for record in records(lines, self._delimiter):
                if isinstance(record, Unread):
                    yield record
                elif columns is None:
                    found = Columns.of(record.cells)
                    columns = found if list_of(found) else None
                else:
                    yield from self._row(record, columns, gathered)
        if columns is None:
            raise BadInput("there is no header with the column Organisation")
        yield from gathered.items()

    def _row(self, record: Record, columns: Columns, gathered: Gathered) -> Iterator[Unread]:
        if [cell for cell in record.cells[len(columns.places) :] if cell]:
            wrong = f"{len(record.cells)} cells, the header has {len(columns.places)}"
            yield Unread(line=record.line, text=record.text, reason=wrong)
            return
        draft = Draft(
            list_name=self._name,
            reference=columns.get(record, *_REFERENCES),
            line=record.line,
            listed_on=iso_date(columns.get(record, *_DATES, *_OTHER_DATES)),
        )
        draft.call(columns.get(record, *NAMES), first=True)
        for alias in columns.get(record, *_ALIASES).split(";"):
            draft.call(alias)
        gathered.draft(str(record.line), lambda: draft)
