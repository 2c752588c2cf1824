"""MISP: the attributes and objects of events, of JSON exports and of its CSV export.

MISP says of every attribute whether it is for detection (`to_ids`); what is not is context, such as the link
to a newspaper, and must never be matched. An object, such as a file with its hashes, is one item.

Source: misp-standard.org, "MISP core format".
"""

from collections.abc import Mapping
from typing import Final

from core.banks.values import address
from core.errors import BadInput
from core.exchange.formats.record import (
    Item,
    Place,
    Record,
    flag,
    inner,
    kind_of,
    moment,
    needed,
    records,
    state,
    strictest,
    text,
    words,
)

ATTRIBUTE: Final = (frozenset({"type", "category", "value"}),)
OBJECT: Final = (frozenset({"name", "Attribute"}),)

_PARTS: Final[Mapping[str, tuple[str, int]]] = {
    "filename|md5": ("md5", -1),
    "filename|sha1": ("sha1", -1),
    "filename|sha256": ("sha256", -1),
    "domain|ip": ("url", 0),
    "hostname|port": ("url", 0),
    "ip-dst": ("url", 0),
}
"""Types whose value has several parts, and which of them is compared."""

_NAMES: Final = ("link", "url", "id", "user-id", "account-id", "username", "account-name", "name", "handle")
_GALAXIES: Final = ("misp-galaxy:threat-actor=", "threat-actor:name=")
_OWN_ORGANISATION: Final = "0"
_KEPT: Final = 200
_CONTEXT: Final = "to_ids is not set: its source says that it is not for detection"


def read_attribute(record: Record, place: Place) -> Item:
    """Make an item of an attribute that stands alone."""
    return Item(keys=(_key(record),), fields=_fields(record, place))


def read_object(record: Record, place: Place) -> Item:
    """Make an item of an object; it is for detection where one of its attributes is."""
    attributes = [one for one in records(record, "Attribute") if not flag(one, "deleted")]
    gone = flag(record, "deleted") or not attributes
    if gone:
        attributes = list(records(record, "Attribute"))
    if not any(flag(one, "to_ids") for one in attributes):
        raise BadInput(_CONTEXT)
    platform = text(record, "name").removesuffix("-account")
    keys: dict[tuple[str, str], None] = {}
    rest: dict[str, str] = {}
    if platform != text(record, "name"):
        keys[_account(platform, attributes)] = None
        attributes = []
    for one in attributes:
        relation = text(one, "object_relation") or text(one, "type")
        try:
            keys[_hash(one) or _key(one)] = None
        except BadInput:
            rest[f"+{relation}"] = text(one, "value")[:_KEPT]
    if not keys:
        raise BadInput(f"an object {text(record, 'name')[:40]} without a hash, an address or an account")
    fields = {**rest, **_fields(record, place), "+object": text(record, "name")}
    if gone:
        fields["state"] = state(withdrawn=True, disputed=False)
    return Item(keys=list(keys), fields=fields)


def _key(record: Record) -> tuple[str, str]:
    if not flag(record, "to_ids"):
        raise BadInput(_CONTEXT)
    kind, value = text(record, "type"), needed(record, "value")
    if kind in _PARTS:
        field, part = _PARTS[kind]
        return field, value.split("|")[part].strip()
    field = kind_of(kind)
    if field == "text":
        raise BadInput("a text of MISP is a remark, no statement to be compared")
    return field, value


def _hash(record: Record) -> tuple[str, str] | None:
    """Read a hash for which MISP has no type: it is a text in the place of one, and never for detection."""
    relation = text(record, "object_relation").casefold()
    return (relation, needed(record, "value")) if relation == "pdq" else None


def _account(platform: str, attributes: list[Record]) -> tuple[str, str]:
    said = {text(one, "object_relation"): text(one, "value") for one in attributes}
    for name in _NAMES:
        if name in said and (found := address(said[name], platform)):
            return "canonical", found
    raise BadInput(f"an account on {platform[:40]} without a name or number that is one there")


def _fields(record: Record, place: Place) -> dict[str, str]:
    start, event_word, _ = place.path.rpartition("Event")
    event = (place.around(start + event_word) if event_word else {}) or inner(record, "Event")
    tags = [*_tags(record), *(t for one in records(record, "Attribute") for t in _tags(one)), *_tags(event)]
    limits = [tag for tag in tags if tag.casefold().startswith("tlp:")]
    if _OWN_ORGANISATION in {text(record, "distribution"), text(event, "distribution")}:
        limits.append("amber+strict")
    plain = [tag for tag in tags if tag not in limits and not tag.startswith(_GALAXIES)]
    return {
        "ref": text(record, "uuid", "id"),
        "label": next(iter(plain), ""),
        "entity": next((tag.partition("=")[2].strip('"') for tag in tags if tag.startswith(_GALAXIES)), ""),
        "reason": text(record, "comment") or text(event, "info"),
        "source": text(inner(event, "Orgc"), "name"),
        "state": state(withdrawn=flag(record, "deleted"), disputed=False),
        "first_seen": moment(record, "first_seen"),
        "last_seen": moment(record, "last_seen", "timestamp"),
        "sharing": strictest(limits),
        "+category": text(record, "category"),
        "+tags": ", ".join(plain),
        "+event": text(event, "info"),
    }


def _tags(record: Record) -> tuple[str, ...]:
    return (*words(record, "Tag"), *words(record, "attribute_tag"))
