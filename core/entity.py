"""Designated organisations: what each official list says of them, and the one behind several lists.

A `Listing` is one entry of one list, as it is kept. An `Entity` is never kept: it is put together from
listings (`core.entities.joined`), so that a list can come anew, or go, and nothing else has to be mended.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from core.text.prose import folded, words

LISTS: Final[Mapping[str, str]] = {
    "un_sc": "UN",
    "ofac_sdn": "US",
    "uk_sanctions": "UK",
    "uk_proscribed": "UK",
    "eu_fsf": "EU",
    "pk_nacta": "PK",
    "opensanctions": "",
}
"""Every list that is read, and who designates by it. OpenSanctions designates nobody: it collects, and a
listing of it names the authorities. The order is the one in which lists are asked for an organisation's
name."""

AUTHORITIES: Final = ("UN", "US", "UK", "EU", "PK")
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An organisation as one list has it.

    Attributes:
        list_name: The list's name, a key of `LISTS`.
        reference: The list's own reference of it, or "".
        name: As the list writes it; untrusted text, like all names.
        aliases: Other names, in every script.
        weak_aliases: Names that the list itself calls of low quality.
        listed_on: `2001-10-06`, as far as it is known (`2001-03`); as the list writes it where it is no date;
            or "".
        un_reference: The reference of the UN's list (`QDe.004`), the list's own or cited, or "".
        programs: Under which programmes or regulations.
        authorities: Who designated it, as a collection says; empty where the list itself designates.
        url: Where the list says more, or "".
        withdrawn_on: The day on which it was seen to be gone from its list; "" while it is there.
    """

    list_name: str
    reference: str = ""
    name: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    listed_on: str = ""
    un_reference: str = ""
    programs: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    url: str = ""
    withdrawn_on: str = ""

    @property
    def key(self) -> str:
        """What it is known by within its list: its reference, or its folded name where it has none."""
        return self.reference or f"name:{words(folded(self.name))}"

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases, without the weak ones."""
        return (self.name, *self.aliases)

    def withdrawn(self, day: str) -> "Listing":
        """The same listing, gone from its list."""
        return replace(self, withdrawn_on=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Designation:
    """That a list has, or had, an organisation, and why it is taken for this one.

    Attributes:
        listing: As the list has it.
        because: How it was joined to the others; "" for the one that the others were joined to.
    """

    listing: Listing
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An organisation with everything the lists say of it.

    Attributes:
        name: As the first of its lists writes it.
        title: The same name for people: written without shouting where one of the lists does.
        aliases: All other names, in every script, abbreviations included.
        weak_aliases: Names of low quality that no list has as good ones.
        designations: By the lists that have it now.
        former: By lists that had it.
        not_joined: Sentences on names that it shares with others and that joined nothing.
    """

    name: str
    title: str
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    designations: tuple[Designation, ...] = ()
    former: tuple[Designation, ...] = ()
    not_joined: tuple[str, ...] = ()
