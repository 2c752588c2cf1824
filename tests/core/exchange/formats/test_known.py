"""A record says by its own names which format it is in; many lists have some of these names."""

import pytest

from core.exchange.formats import misp, stix, stopncii, tech_against_terrorism, threatexchange
from core.exchange.formats.known import format_of, row_of, table_of
from core.exchange.formats.record import Read, Record


@pytest.mark.parametrize(
    ("record", "read"),
    [
        ({"indicator": "a", "type": "URI", "more": 1}, threatexchange.read),
        ({"raw_indicator": "a", "type": "URI"}, threatexchange.read),
        ({"hash_digest": "a", "algorithm": "MD5"}, tech_against_terrorism.read),
        ({"hashValue": "a", "signalType": "URL"}, stopncii.read),
        ({"type": "indicator", "id": "indicator--1"}, stix.read),
        ({"type": "md5", "category": "a", "value": "b"}, misp.read_attribute),
        ({"name": "file", "Attribute": []}, misp.read_object),
        ({"type": "md5", "value": "a"}, None),
        ({"type": "bundle", "id": "bundle--1", "objects": []}, None),
        ({"type": "m.room.message", "content": {}}, None),
        ({"url": "t.me/kites", "id": 7}, None),
        ({"indicator": "a"}, None),
        ({}, None),
    ],
)
def test_a_record_is_known_by_its_names(record: Record, read: Read | None) -> None:
    """By all of a few, never by one alone."""
    found = format_of(record)

    assert (found.read if found else None) is read


@pytest.mark.parametrize(
    ("header", "read"),
    [
        (("indicator_id", "indicator", "type", "status"), threatexchange.read),
        (("uuid", "category", "type", "value", "to_ids"), misp.read_attribute),
        (("type", "id"), None),
        (("type", "content"), None),
        (("no", "url", "type"), None),
    ],
)
def test_a_table_is_known_by_its_header(header: tuple[str, ...], read: Read | None) -> None:
    """Formats whose records hold records are no tables."""
    assert table_of(header) is read


def test_what_is_empty_is_no_field() -> None:
    """A row says only what is known."""
    record = {"hash_digest": "ab", "algorithm": "MD5", "ideology": ""}

    row = row_of(record, tech_against_terrorism.read, line=3, text="x")

    assert row is not None
    assert (row.line, row.keys, row.fields) == (3, (("md5", "ab"),), {})
