"""MISP: the attributes and objects of events, of JSON exports and of its CSV export.

MISP says of every attribute whether it is for detection (`to_ids`); what is not is context, such as the link
to a newspaper, and must never be matched. An object, such as a file with its hashes, is one item.

Source: misp-standard.org, "MISP core format".
"""

from collections.abc import Mapping
from typing import Final

from core.banks.values import address
from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record, kind_of, state, strictest

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


def read_attribute(record: Record, position: Position) -> Item:
    """Make an item of an attribute that stands alone."""
    return Item(keys=(_key(record),), fields=_fields(record, position))


def read_object(record: Record, position: Position) -> Item:
    """Make an item of an object; it is for detection where one of its attributes is."""
    attributes = [one for one in record.records("Attribute") if not one.flag("deleted")]
    gone = record.flag("deleted") or not attributes
    if gone:
        attributes = list(record.records("Attribute"))
    if not any(one.flag("to_ids") for one in attributes):
        raise BadInput(_CONTEXT)
    platform = record.text("name").removesuffix("-account")
    keys: dict[tuple[str, str], None] = {}
    rest: dict[str, str] = {}
    if platform != record.text("name"):
        keys[_account(platform, attributes)] = None
        attributes = []
    for one in attributes:
        relation = one.text("object_relation") or one.text("type")
        try:
            keys[_hash(one) or _key(one)] = None
        except BadInput:
            rest[f"+{relation}"] = one.text("value")[:_KEPT]
    if not keys:
        raise BadInput(f"an object {record.text('name')[:40]} without a hash, an address or an account")
    fields = {**rest, **_fields(record, position), "+object": record.text("name")}
    if gone:
        fields["state"] = state(withdrawn=True)
    return Item(keys=list(keys), fields=fields)


def _key(record: Record) -> tuple[str, str]:
    if not record.flag("to_ids"):
        raise BadInput(_CONTEXT)
    kind, value = record.text("type"), record.needed("value")
    if kind in _PARTS:
        field, part = _PARTS[kind]
        return field, value.split("|")[part].strip()
    field = kind_of(kind)
    if field == "text":
        raise BadInput("a text of MISP is a remark, no statement to be compared")
    return field, value


def _hash(record: Record) -> tuple[str, str] | None:
    """Read a hash for which MISP has no type: it is a text in the place of one, and never for detection."""
    relation = record.text("object_relation").casefold()
    return (relation, record.needed("value")) if relation == "pdq" else None


def _account(platform: str, attributes: list[Record]) -> tuple[str, str]:
    said = {one.text("object_relation"): one.text("value") for one in attributes}
    for name in _NAMES:
        if name in said and (found := address(said[name], platform)):
            return "canonical", found
    raise BadInput(f"an account on {platform[:40]} without a name or number that is one there")


def _fields(record: Record, position: Position) -> dict[str, str]:
    start, event_word, _ = position.path.rpartition("Event")
    event = (position.around(start + event_word) if event_word else None) or record.inner("Event")
    tags = [*_tags(record), *(t for one in record.records("Attribute") for t in _tags(one)), *_tags(event)]
    limits = [tag for tag in tags if tag.casefold().startswith("tlp:")]
    if _OWN_ORGANISATION in {record.text("distribution"), event.text("distribution")}:
        limits.append("amber+strict")
    plain = [tag for tag in tags if tag not in limits and not tag.startswith(_GALAXIES)]
    return {
        "ref": record.text("uuid", "id"),
        "label": next(iter(plain), ""),
        "entity": next((tag.partition("=")[2].strip('"') for tag in tags if tag.startswith(_GALAXIES)), ""),
        "reason": record.text("comment") or event.text("info"),
        "source": event.inner("Orgc").text("name"),
        "state": state(withdrawn=record.flag("deleted")),
        "first_seen": record.moment("first_seen"),
        "last_seen": record.moment("last_seen", "timestamp"),
        "sharing": strictest(limits),
        "+category": record.text("category"),
        "+tags": ", ".join(plain),
        "+event": event.text("info"),
    }


def _tags(record: Record) -> tuple[str, ...]:
    return (*record.words("Tag"), *record.words("attribute_tag"))
