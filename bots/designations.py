"""The organisation an entry belongs to, in words: on a card, under Details, and for programs.

A card names who designated it, and the UN's reference; Details has every list with its reference and date.
Where the name of the entry means no organisation of the imported lists, or several, it stands alone.
"""

import re
from collections.abc import Iterable
from typing import Final

from bots.wording import harmless
from core.entities.directory import Directory
from core.entity import AUTHORITIES, LISTS, Entity, Listing

_LONGEST: Final = 60
_PLAIN: Final = re.compile(r"[A-Za-z0-9]{1,20}(?:[.-][A-Za-z0-9]{1,20}){0,4}")


def entity_words(text: str, known: Directory) -> str:
    """Return what a card says of an entry's organisation."""
    found = known.resolve(text)
    if found is None or not found.designations:
        return f"entity: {harmless(text, _LONGEST)}"
    return f"entity: {harmless(found.title, _LONGEST)}, {designated(found)}"


def designated(entity: Entity) -> str:
    """Say who designated an organisation; what only a collection tells is told as such."""
    own = {LISTS[one.list_name]: one for one in _listings(entity) if LISTS.get(one.list_name)}
    told = {name: one for one in _listings(entity) for name in one.authorities if name not in own}
    first = ", ".join(_authority(name, own[name]) for name in _ranked(own))
    second = ", ".join(_authority(name, told[name]) for name in _ranked(told))
    if first:
        return f"designated by {first}" + (f"; OpenSanctions tells of {second}" if second else "")
    return f"designated by {second}, as OpenSanctions tells" if second else "collected by OpenSanctions"


def entity_details(text: str, known: Directory) -> tuple[str, ...]:
    """Return all that is known of an entry's organisation, a list in a line."""
    found = known.bearing(text)
    if len(found) > 1:
        names = ", ".join(harmless(one.title, _LONGEST) for one in found[:3])
        return (f"the name is one of {len(found)} designated organisations ({names}), so none is shown",)
    return tuple(line for entity in found for line in designation_lines(entity))


def designation_lines(entity: Entity) -> tuple[str, ...]:
    """Say which lists have, or had, an organisation."""
    lines = [f"designated: {_on_list(d.listing)}" for d in entity.designations]
    return (*lines, *(f"no longer designated: {_on_list(d.listing)}" for d in entity.former))


def entity_object(text: str, known: Directory) -> dict[str, object]:
    """Return the same for programs: what the entry names and, where known, which organisation it is."""
    found = known.resolve(text)
    if found is None:
        return {"named": text}
    lists = [{"list": d.listing.list_name, "reference": d.listing.reference} for d in found.designations]
    return {"named": text, "name": found.title, "designations": lists}


def _listings(entity: Entity) -> tuple[Listing, ...]:
    return tuple(d.listing for d in entity.designations)


def _ranked(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (AUTHORITIES.index(name) if name in AUTHORITIES else 99, name))


def _authority(name: str, listing: Listing) -> str:
    return f"{name} ({_reference(listing.un_reference)})" if name == "UN" and listing.un_reference else name


def _on_list(listing: Listing) -> str:
    own = LISTS.get(listing.list_name) or listing.list_name
    words = [f"{own}, list {listing.list_name}"]
    if listing.reference:
        words.append(f"reference {_reference(listing.reference)}")
    if listing.un_reference and listing.un_reference != listing.reference:
        words.append(f"which cites {_reference(listing.un_reference)}")
    if listing.listed_on:
        words.append(f"since {harmless(listing.listed_on, 20)}")
    if listing.withdrawn_on:
        words.append(f"gone from the list on {listing.withdrawn_on}")
    return ", ".join(words)


def _reference(written: str) -> str:
    """Return a reference as people search for it; one that a phone would take for an address is defanged."""
    is_plain = _PLAIN.fullmatch(written) and ("." not in written or written.rpartition(".")[2].isdigit())
    return written if is_plain else harmless(written, 40)
