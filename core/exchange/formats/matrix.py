"""Matrix policy lists: state events of a room that say which users and rooms to keep out.

Rules with wildcards and for whole servers are refused: what is compared here are single accounts and rooms.

Source: spec.matrix.org, client-server API, "Moderation policy lists".
"""

import re
from typing import Final

from core.errors import BadInput
from core.exchange.formats.record import Item, Place, Record, inner, moment, needed, state, text

KEYS: Final = (frozenset({"type", "content"}),)

_RULE: Final = re.compile(r"(?:m\.policy\.rule|m\.room\.rule|org\.matrix\.mjolnir\.rule)\.(user|room|server)")
_BANS: Final = frozenset({"m.ban", "org.matrix.mjolnir.ban", "m.takedown", "org.matrix.msc4204.takedown"})


def is_rule(record: Record) -> bool:
    """Tell whether a record is a rule of a policy list."""
    return _RULE.fullmatch(text(record, "type")) is not None


def read(record: Record, _place: Place) -> Item:
    """Make an item of a rule; one whose content is gone was taken back."""
    rule, content = _RULE.fullmatch(text(record, "type")), inner(record, "content")
    target = rule[1] if rule else ""
    if target == "server":
        raise BadInput("a rule for a whole server: only single users and rooms are compared here")
    # Whoever takes a rule back leaves the event without content; its key names the target, by custom.
    entity = text(content, "entity") if content else text(record, "state_key").removeprefix("rule:")
    if not entity:
        raise BadInput("entity is missing, or is no text")
    if "*" in entity or "?" in entity:
        raise BadInput("a rule with wildcards: only single users and rooms are compared here")
    if content and needed(content, "recommendation") not in _BANS:
        raise BadInput(f"recommendation {text(content, 'recommendation')[:40]} is no ban")
    return Item(
        keys=(("canonical", f"matrix:{target}/{entity}"),),
        fields={
            "ref": text(record, "event_id"),
            "reason": text(content, "reason"),
            "source": text(record, "sender"),
            "state": state(withdrawn=not content, disputed=False),
            "first_seen": moment(record, "origin_server_ts"),
        },
    )
