"""Matrix policy lists: state events of a room that say which users and rooms to keep out.

Rules with wildcards and for whole servers are refused: what is compared here are single accounts and rooms.

Source: spec.matrix.org, client-server API, "Moderation policy lists".
"""

import re
from typing import Final

from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record, state

KEYS: Final = (frozenset({"type", "content"}),)

_RULE: Final = re.compile(r"(?:m\.policy\.rule|m\.room\.rule|org\.matrix\.mjolnir\.rule)\.(user|room|server)")
_BANS: Final = frozenset({"m.ban", "org.matrix.mjolnir.ban", "m.takedown", "org.matrix.msc4204.takedown"})


def is_rule(record: Record) -> bool:
    """Tell whether a record is a rule of a policy list."""
    return _RULE.fullmatch(record.text("type")) is not None


def read(record: Record, _position: Position) -> Item:
    """Make an item of a rule; one whose content is gone was taken back."""
    rule, content = _RULE.fullmatch(record.text("type")), record.inner("content")
    target = rule[1] if rule else ""
    if target == "server":
        raise BadInput("a rule for a whole server: only single users and rooms are compared here")
    # Whoever takes a rule back leaves the event without content; its key names the target, by custom.
    entity = content.text("entity") if content else record.text("state_key").removeprefix("rule:")
    if not entity:
        raise BadInput("entity is missing, or is no text")
    if "*" in entity or "?" in entity:
        raise BadInput("a rule with wildcards: only single users and rooms are compared here")
    if content and content.needed("recommendation") not in _BANS:
        raise BadInput(f"recommendation {content.text('recommendation')[:40]} is no ban")
    return Item(
        keys=(("canonical", f"matrix:{target}/{entity}"),),
        fields={
            "ref": record.text("event_id"),
            "reason": content.text("reason"),
            "source": record.text("sender"),
            "state": state(withdrawn=not content),
            "first_seen": record.moment("origin_server_ts"),
        },
    )
