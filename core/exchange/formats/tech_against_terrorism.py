"""Tech Against Terrorism's hash list, version 2: one hash of one file a record, with its ideology.

Source: terrorismanalytics.org/docs/hash-list-v2.
"""

from typing import Final

from core.exchange.formats.record import Item, Position, Record, kind_of, state

KEYS: Final = (frozenset({"hash_digest", "algorithm"}),)


def read(record: Record, _position: Position) -> Item:
    """Make an item of a record; one that is deleted is taken back."""
    return Item(
        keys=((kind_of(record.text("algorithm")), record.needed("hash_digest")),),
        fields={
            "ref": record.text("id"),
            "ideology": record.text("ideology"),
            "state": state(withdrawn=record.flag("deleted")),
            "first_seen": record.moment("created_on"),
            "last_seen": record.moment("updated_on"),
            "+file_type": record.text("file_type"),
        },
    )
