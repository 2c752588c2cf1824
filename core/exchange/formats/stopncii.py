"""StopNCII: hashes that people made of their own pictures, with what each platform found about them.

Source: facebook/ThreatExchange, python-threatexchange/threatexchange/exchanges/clients/stopncii/api.py.
"""

from typing import Final

from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record, kind_of, state, words_of

KEYS: Final = (frozenset({"hashValue", "signalType"}),)

_USED: Final = frozenset({"active", "received"})
_GONE: Final = frozenset({"withdrawn", "deleted"})


def read(record: Record, _position: Position) -> Item:
    """Make an item of a record; a platform that looked and did not block makes it disputed."""
    status = record.needed("hashStatus")
    if status.casefold() not in _USED | _GONE:
        raise BadInput(f"hashStatus must be Received, Active, Withdrawn or Deleted, not {status[:20]}")
    feedbacks = (*record.records("CSPFeedbacks"), *record.records("feedbacks"))
    said = {one.text("feedbackValue").casefold() for one in feedbacks}
    return Item(
        keys=((kind_of(record.text("signalType")), record.needed("hashValue")),),
        fields={
            "state": state(withdrawn=status.casefold() in _GONE, disputed="notblocked" in said),
            "last_seen": record.moment("lastModtimestamp"),
            "+status": status,
            "+tags": ", ".join(words_of((record, *feedbacks), "tags")),
        },
    )
