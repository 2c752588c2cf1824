"""The collection of OpenSanctions: entities of FollowTheMoney, one JSON object a line, nested or not.

Who designated an organisation stands in the data sets it comes from; since when, and under which reference of
the UN, in a sanction of its own, which may come before or after it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from core.entities.dates import iso_date
from core.entities.reading import MOST_OTHERS, Draft, Gathered, Item, ListFile, PassedOver, Unread, shown
from core.entities.references import un_reference
from core.entities.tables import opened_list
from core.exchange.lines import Line, json_object

ORGANISATIONS: Final = frozenset({"Organization", "Company", "PublicBody", "LegalEntity"})
KINDS: Final[Mapping[str, str]] = {"Person": "individual", "Vessel": "vessel", "Airplane": "aircraft"}
_ALIASES: Final = ("name", "alias", "abbreviation", "previousName")
_SANCTIONED: Final = "sanction"
_AUTHORITIES: Final[Mapping[str, str]] = {
    "un_sc_sanctions": "UN",
    "us_ofac_sdn": "US",
    "us_state_terrorist_orgs": "US",
    "gb_hmt_sanctions": "UK",
    "gb_fcdo_sanctions": "UK",
    "gb_proscribed_orgs": "UK",
    "eu_fsf": "EU",
    "eu_sanctions_map": "EU",
    "pk_proscribed_orgs": "PK",
}
"""Data sets that are a list of designations, and whose; others are told by OpenSanctions alone."""

Raw = Mapping[str, object]


@dataclass(slots=True)
class _Sanctions:
    """What sanctions say, by the entity they are on."""

    since: dict[str, str] = field(default_factory=dict)
    un: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def add(self, properties: Raw, entities: Iterable[str]) -> None:
        """Take in one sanction; of several dates the first one counts."""
        dates = [iso_date(d) for name in ("listingDate", "startDate") for d in _texts(properties, name)]
        cited = (*_texts(properties, "unscId"), *_texts(properties, "authorityId"))
        for entity in entities:
            self.known.add(entity)
            if dates:
                self.since[entity] = min(filter(None, (self.since.get(entity, ""), *dates)))
            self.un.setdefault(entity, next(filter(None, map(un_reference, cited)), ""))


def read(file: ListFile) -> Iterator[Item]:
    """Give the organisations that are designated; count persons, vessels, and whatever else there is."""
    gathered, sanctions = Gathered(file), _Sanctions()
    with opened_list(file) as lines:
        for line in lines:
            if line.text.strip("\x1a \t\r"):
                yield from _line(line, gathered, sanctions)
    for number, draft in gathered.drafts.items():
        if number not in sanctions.known and _SANCTIONED not in draft.programs:
            yield PassedOver("organisation that is not designated")
            continue
        draft.listed_on = sanctions.since.get(number, "")
        draft.un_reference = sanctions.un.get(number, "")
        draft.programs.pop(_SANCTIONED, None)
        yield from draft.items()


def _line(line: Line, gathered: Gathered, sanctions: _Sanctions) -> Iterator[Item]:
    found = None if line.cut else json_object(line.text)
    properties = found.get("properties") if found else None
    number, schema = (found.get("id"), found.get("schema")) if found else (None, None)
    if not isinstance(properties, dict) or not isinstance(number, str) or not isinstance(schema, str):
        reason = (
            "longer than is read"
            if line.cut
            else "not an entity: a JSON object with id, schema and properties"
        )
        yield Unread(line=line.number, text=shown(line.text), reason=reason)
    elif schema == "Sanction":
        if len(sanctions.known) > MOST_OTHERS:
            raise gathered.file.refused("more entries than any list has")
        sanctions.add(properties, _texts(properties, "entity"))
    elif schema in ORGANISATIONS:
        make = partial(Draft, list_name="opensanctions", reference=number, line=line.number)
        _add(gathered.draft(number, make), found or {}, properties)
        for nested in _objects(properties, "sanctions"):
            sanctions.add(nested, (number,))
    else:
        yield PassedOver(KINDS.get(schema, schema))


def _add(draft: Draft, found: Raw, properties: Raw) -> None:
    caption = found.get("caption")
    names = [name for kind in _ALIASES for name in _texts(properties, kind)]
    if isinstance(caption, str) and caption in names:
        draft.call(caption, first=True)
    for name in names:
        draft.call(name, first=True)
    for name in _texts(properties, "weakAlias"):
        draft.call(name, weak=True)
    for program in _texts(properties, "programId"):
        draft.programs.setdefault(program)
    if _SANCTIONED in _texts(properties, "topics"):
        draft.programs.setdefault(_SANCTIONED)
    for name in _texts(found, "datasets"):
        if authority := _AUTHORITIES.get(name):
            draft.authorities.setdefault(authority)
    draft.url = draft.url or next(iter(_texts(properties, "sourceUrl")), "")


def _texts(properties: Raw, name: str) -> tuple[str, ...]:
    found = properties.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _objects(properties: Raw, name: str) -> Iterator[Raw]:
    """Give what is nested: the properties of the entities that stand inside."""
    found = properties.get(name)
    for one in found if isinstance(found, list) else ():
        inner = one.get("properties") if isinstance(one, dict) else None
        if isinstance(inner, dict):
            yield inner
