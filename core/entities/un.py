"""The consolidated list of the UN Security Council, as XML."""

from collections.abc import Iterator
from typing import Final

from core.entities.dates import iso_date
from core.entities.reading import Draft, Item, ListFile, PassedOver
from core.entities.references import un_reference
from core.entities.xml import Element, Entries

ROOT: Final = "CONSOLIDATED_LIST"

_NAMES: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read(file: ListFile) -> Iterator[Item]:
    """Give the organisations, and count the individuals.

    Comments are not kept: they tell of persons.
    """
    for entry in Entries(file, ("ENTITY", "INDIVIDUAL")):
        if entry.tag == "INDIVIDUAL":
            yield PassedOver("individual")
        else:
            yield from _organisation(entry)


def _organisation(entry: Element) -> Iterator[Item]:
    reference = entry.first("REFERENCE_NUMBER")
    draft = Draft(
        list_name="un_sc",
        reference=reference,
        line=entry.line,
        un_reference=un_reference(reference),
        listed_on=iso_date(entry.first("LISTED_ON")),
    )
    draft.call(" ".join(filter(None, map(entry.first, _NAMES))), first=True)
    draft.call(entry.first("NAME_ORIGINAL_SCRIPT"))
    for alias in entry.all("ENTITY_ALIAS"):
        weak = alias.first("QUALITY").lower().startswith("low")
        draft.call(alias.first("ALIAS_NAME"), line=alias.line, weak=weak)
    if program := entry.first("UN_LIST_TYPE"):
        draft.programs.setdefault(program)
    yield from draft.items()
