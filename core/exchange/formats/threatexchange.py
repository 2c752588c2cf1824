"""Meta's ThreatExchange: the answers of `/threat_updates`, descriptors, and tables with the same names.

An indicator carries the opinions of all who know it. Where some say it is harmful and others say it is not,
it is disputed; where the latter are alone, it counts as taken back.

Source: developers.facebook.com/docs/threat-exchange, and facebook/ThreatExchange,
python-threatexchange/threatexchange/exchanges/impl/fb_threatexchange_api.py.
"""

from typing import Final

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

KEYS: Final = (frozenset({"indicator", "type"}), frozenset({"raw_indicator", "type"}))

_HARMFUL: Final = {"MALICIOUS": True, "SUSPICIOUS": True, "NON_MALICIOUS": False}
_REACTIONS: Final = {"HELPFUL": True, "NON_MALICIOUS": False, "DISAGREE_WITH_TAGS": False}


def read(record: Record, _place: Place) -> Item:
    """Make an item of an indicator or a descriptor."""
    descriptors = records(record, "descriptors")
    tags = tuple(dict.fromkeys((*words(record, "tags"), *(t for d in descriptors for t in words(d, "tags")))))
    opinions = _opinions(record, descriptors)
    expires_at = moment(record, "expired_on", "expire_time")
    gone = flag(record, "should_delete") or (flag(record, "is_expired") and not expires_at)
    owners = [text(inner(d, "owner"), "name") for d in descriptors]
    return Item(
        keys=((kind_of(text(record, "type")), needed(record, "raw_indicator", "indicator")),),
        fields={
            "ref": text(record, "indicator_id", "id"),
            "label": text(record, "status").casefold(),
            "entity": _tagged(tags, "group:"),
            "reason": next((said for r in (record, *descriptors) if (said := text(r, "description"))), ""),
            "source": _tagged(tags, "source:")
            or ", ".join(dict.fromkeys(filter(None, (text(record, "owner_name"), *owners)))),
            "state": state(
                withdrawn=gone or opinions == {False},
                disputed=len(opinions) > 1,
            ),
            "first_seen": moment(record, "creation_time", "added_on"),
            "last_seen": moment(record, "last_updated"),
            "expires_at": expires_at,
            "sharing": strictest(text(r, "share_level") for r in (record, *descriptors)),
            "+priority": _tagged(tags, "media_priority_"),
            "+tags": ", ".join(tags),
        },
    )


def _opinions(record: Record, descriptors: tuple[Record, ...]) -> set[bool]:
    """Return what is said: True that it is harmful, False that it is not; who wrote also counts by that."""
    said = {_HARMFUL.get(text(r, "status").upper()) for r in (record, *descriptors)}
    owners = {text(inner(d, "owner"), "id") for d in descriptors}
    for one in (record, *descriptors):
        for reaction in records(one, "reactions"):
            others = {who.strip() for who in text(reaction, "value").split(",")} - owners
            if others:
                said.add(_REACTIONS.get(text(reaction, "key").upper()))
    return {opinion for opinion in said if opinion is not None}


def _tagged(tags: tuple[str, ...], start: str) -> str:
    return next((tag.removeprefix(start) for tag in tags if tag.startswith(start)), "")
