"""Tech Against Terrorism's hash list, version 2: one hash of one file a record, with its ideology.

Source: terrorismanalytics.org/docs/hash-list-v2.
"""

from typing import Final

from core.exchange.formats.record import Item, Place, Record, flag, kind_of, moment, needed, state, text

KEYS: Final = (frozenset({"hash_digest", "algorithm"}),)


def read(record: Record, _place: Place) -> Item:
    """Make an item of a record; one that is deleted is taken back."""
    return Item(
        keys=((kind_of(text(record, "algorithm")), needed(record, "hash_digest")),),
        fields={
            "ref": text(record, "id"),
            "ideology": text(record, "ideology"),
            "state": state(withdrawn=flag(record, "deleted"), disputed=False),
            "first_seen": moment(record, "created_on"),
            "last_seen": moment(record, "updated_on"),
            "+file_type": text(record, "file_type"),
        },
    )
