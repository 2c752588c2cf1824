"""Meta's ThreatExchange: the answers of `/threat_updates`, descriptors, and tables with the same names.

An indicator carries the opinions of all who know it. Where some say it is harmful and others say it is not,
it is disputed; where the latter are alone, it counts as taken back.

Source: developers.facebook.com/docs/threat-exchange, and facebook/ThreatExchange,
python-threatexchange/threatexchange/exchanges/impl/fb_threatexchange_api.py.
"""

from typing import Final

from core.exchange.formats.record import Item, Position, Record, kind_of, state, strictest, words_of

KEYS: Final = (frozenset({"indicator", "type"}), frozenset({"raw_indicator", "type"}))

_HARMFUL: Final = {"MALICIOUS": True, "SUSPICIOUS": True, "NON_MALICIOUS": False}
_REACTIONS: Final = {"HELPFUL": True, "NON_MALICIOUS": False, "DISAGREE_WITH_TAGS": False}


def read(record: Record, _position: Position) -> Item:
    """Make an item of an indicator or a descriptor."""
    descriptors = record.records("descriptors")
    tags = words_of((record, *descriptors), "tags")
    opinions = _opinions(record, descriptors)
    expires_at = record.moment("expired_on", "expire_time")
    gone = record.flag("should_delete") or (record.flag("is_expired") and not expires_at)
    owners = [d.inner("owner").text("name") for d in descriptors]
    return Item(
        keys=((kind_of(record.text("type")), record.needed("raw_indicator", "indicator")),),
        fields={
            "ref": record.text("indicator_id", "id"),
            "label": record.text("status").casefold(),
            "entity": _tagged(tags, "group:"),
            "reason": next((said for r in (record, *descriptors) if (said := r.text("description"))), ""),
            "source": _tagged(tags, "source:")
            or ", ".join(dict.fromkeys(filter(None, (record.text("owner_name"), *owners)))),
            "state": state(withdrawn=gone or opinions == {False}, disputed=len(opinions) > 1),
            "first_seen": record.moment("creation_time", "added_on"),
            "last_seen": record.moment("last_updated"),
            "expires_at": expires_at,
            "sharing": strictest(r.text("share_level") for r in (record, *descriptors)),
            "+priority": _tagged(tags, "media_priority_"),
            "+tags": ", ".join(tags),
        },
    )


def _opinions(record: Record, descriptors: tuple[Record, ...]) -> set[bool]:
    """Return what is said: True that it is harmful, False that it is not; who wrote also counts by that."""
    said = {_HARMFUL.get(r.text("status").upper()) for r in (record, *descriptors)}
    owners = {d.inner("owner").text("id") for d in descriptors}
    for one in (record, *descriptors):
        for reaction in one.records("reactions"):
            others = {who.strip() for who in reaction.text("value").split(",")} - owners
            if others:
                said.add(_REACTIONS.get(reaction.text("key").upper()))
    return {opinion for opinion in said if opinion is not None}


def _tagged(tags: tuple[str, ...], start: str) -> str:
    return next((tag.removeprefix(start) for tag in tags if tag.startswith(start)), "")
