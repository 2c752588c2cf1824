"""The Specially Designated Nationals list of OFAC as its three old files: sdn.csv, alt.csv, add.csv.

They have no header, `-0-` stands for an empty cell, and the last character is the end mark of old systems.
Other names stand in alt.csv beside the list; names of low quality only in the remarks. Addresses (add.csv)
are not read: nothing here needs them.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from core.entities.reading import Draft, Item, ListFile, PassedOver, Unread
from core.entities.tables import Record, opened_list, records

EMPTY: Final = "-0-"

_WIDTH: Final = 12
_OTHER_NAMES_WIDTH: Final = 5
_ADDRESSES_WIDTH: Final = 6
_NUMBER, _NAME, _KIND, _PROGRAMS, _REMARKS = 0, 1, 2, 3, 11
_OTHER_NAME: Final = 3
_KINDS: Final = frozenset({"aka", "fka", "nka"})
_WEAK: Final = re.compile(r"\ba\.k\.a\. '([^']{1,200})'")

Others = dict[str, list[tuple[int, str]]]
"""Other names with the lines they stand on, by the number of the entry."""


def is_list(cells: Sequence[str]) -> bool:
    """Tell whether a row is one of sdn.csv."""
    return len(cells) == _WIDTH and cells[0].isdecimal() and EMPTY in cells


def is_companion(cells: Sequence[str]) -> bool:
    """Tell whether a row is one of alt.csv or add.csv."""
    if len(cells) == _OTHER_NAMES_WIDTH:
        return cells[0].isdecimal() and cells[2].lower() in _KINDS
    return len(cells) == _ADDRESSES_WIDTH and cells[0].isdecimal() and cells[1].isdecimal() and EMPTY in cells


def _companion(path: Path, word: str) -> Path | None:
    """Return the file beside a list that is called like it with another word for `sdn`, in any case."""
    wanted = path.name.lower().replace("sdn", word) if "sdn" in path.name.lower() else f"{word}.csv"
    names = {one.name.lower(): one for one in path.parent.iterdir()}
    return names.get(wanted)


def read(file: ListFile) -> Iterator[Item]:
    """Give the organisations, and count individuals, vessels and aircraft."""
    others: Others = {}
    beside = _companion(file.path, "alt")
    if beside is None:
        file.notes.append("alt.csv is not beside it: only the first name of each is known")
    else:
        yield from _other_names(ListFile(beside), others)
    with opened_list(file) as lines:
        for record in records(lines, ","):
            if isinstance(record, Unread):
                yield record
            elif not is_list(cells := _padded(record)):
                reason = f"{len(record.cells)} cells, a row of sdn.csv has {_WIDTH} and begins with a number"
                yield Unread(line=record.line, text=record.text, reason=reason)
            else:
                yield from _entry(record, cells, others.pop(cells[_NUMBER], []))
    for number, names in others.items():
        for line, name in names:
            yield Unread(line=line, text=name, reason=f"in {beside}: no entry {number} in the list")


def _other_names(file: ListFile, others: Others) -> Iterator[Unread]:
    with opened_list(file) as lines:
        for record in records(lines, ","):
            if isinstance(record, Unread):
                yield record
            elif len(record.cells) <= _OTHER_NAME or not record.cells[0].isdecimal():
                yield Unread(line=record.line, text=record.text, reason=f"in {file.path}: no number and name")
            else:
                others.setdefault(record.cells[0], []).append((record.line, record.cells[_OTHER_NAME]))


def _entry(record: Record, row: Sequence[str], others: Sequence[tuple[int, str]]) -> Iterator[Item]:
    if row[_KIND] != EMPTY:
        yield PassedOver(row[_KIND].lower())
        return
    draft = Draft(list_name="ofac_sdn", reference=row[_NUMBER], line=record.line)
    draft.call(_told(row[_NAME]), first=True)
    for line, name in others:
        draft.call(_told(name), line=line)
    for weak in _WEAK.findall(row[_REMARKS]):
        draft.call(weak, weak=True)
    for program in _told(row[_PROGRAMS]).split("] ["):
        if program.strip("[] "):
            draft.programs.setdefault(program.strip("[] "))
    yield from draft.items()


def _padded(record: Record) -> tuple[str, ...]:
    """Return a row's cells; columns that a later version adds at the end are left out."""
    return record.cells[:_WIDTH]


def _told(cell: str) -> str:
    return "" if cell == EMPTY else cell
