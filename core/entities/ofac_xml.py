"""The Specially Designated Nationals list of OFAC (United States Treasury), as SDN.XML."""

from collections.abc import Iterator
from typing import Final

from core.entities.reading import Draft, Item, ListFile, PassedOver
from core.entities.references import un_reference
from core.entities.xml import Element, Entries

ROOT: Final = "sdnList"


def read(file: ListFile) -> Iterator[Item]:
    """Give the organisations, and count individuals, vessels and aircraft."""
    for entry in Entries(file, ("sdnEntry",)):
        kind = entry.first("sdnType").lower()
        if kind == "entity":
            yield from _organisation(entry)
        else:
            yield PassedOver(kind or "entry without a type")


def _organisation(entry: Element) -> Iterator[Item]:
    draft = Draft(list_name="ofac_sdn", reference=entry.first("uid"), line=entry.line)
    draft.call(_name(entry), first=True)
    for alias in entry.all("akaList", "aka"):
        draft.call(_name(alias), line=alias.line, weak=alias.first("category").lower() == "weak")
    for program in entry.all("programList", "program"):
        draft.programs.setdefault(program.text)
    draft.un_reference = next(
        (cited for one in entry.all("idList", "id") if (cited := un_reference(one.first("idNumber")))), ""
    )
    yield from draft.items()


def _name(element: Element) -> str:
    return " ".join(filter(None, (element.first("firstName"), element.first("lastName"))))
