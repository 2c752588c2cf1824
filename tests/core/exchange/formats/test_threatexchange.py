"""ThreatExchange: indicators and descriptors become items, and opinions become their state."""

import pytest

from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record
from core.exchange.formats.threatexchange import read

PDQ, MD5 = "0f" * 32, "ab" * 16
BAD, GOOD = "MALICIOUS", "NON_MALICIOUS"
OTHER_KINDS = ("HASH_TMK", "HASH_SHA512", "HASH_PDQ_OCR", "HASH_URL_MD5", "IP_ADDRESS", "", 7)


def indicator(**more: object) -> Item:
    """Read an indicator with some values of its own."""
    return read(Record({"id": "77", "indicator": PDQ, "type": "HASH_PDQ", **more}), Position())


def descriptor(owner: str, status: str = BAD, **more: object) -> dict[str, object]:
    """Give the opinion of one owner."""
    return {"owner": {"id": owner, "name": f"Org {owner}"}, "status": status, **more}


def reacted(key: str, who: str) -> list[dict[str, str]]:
    """Give a reaction to somebody's opinion."""
    return [{"key": key, "value": who}]


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("HASH_PDQ", PDQ, "pdq"),
        ("HASH_MD5", MD5, "md5"),
        ("HASH_VIDEO_MD5", MD5, "md5"),
        ("HASH_SHA1", "ab" * 20, "sha1"),
        ("HASH_SHA256", PDQ, "sha256"),
        ("URI", "https://t.me/kites", "url"),
        ("DOMAIN", "kites.example", "url"),
        ("TEXT_STRING", "a statement", "text"),
    ],
)
def test_kinds_that_are_compared_here_are_taken(kind: str, value: str, key: str) -> None:
    """Every kind that has a field of ours."""
    assert indicator(type=kind, indicator=value).keys == ((key, value),)


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_other_kinds_are_refused_by_name(kind: object) -> None:
    """What is compared with nothing here would lie in a bank for nothing."""
    with pytest.raises(BadInput, match="is not compared here: only MD5"):
        indicator(type=kind)


@pytest.mark.parametrize("value", [None, "", "  ", ["x"], True])
def test_an_indicator_without_a_value_is_refused(value: object) -> None:
    """It names nothing."""
    with pytest.raises(BadInput, match="indicator is missing"):
        indicator(indicator=value)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, ""),
        ({"status": "MALICIOUS"}, ""),
        ({"status": "SUSPICIOUS"}, ""),
        ({"status": "UNKNOWN"}, ""),
        ({"status": "NON_MALICIOUS"}, "withdrawn"),
        ({"should_delete": True}, "withdrawn"),
        ({"should_delete": "true"}, "withdrawn"),
        ({"should_delete": False, "is_expired": True}, "withdrawn"),
        ({"is_expired": True, "expire_time": 1767225600}, ""),
        ({"descriptors": {"data": [descriptor("1"), descriptor("2")]}}, ""),
        (
            {"descriptors": {"data": [descriptor("1"), descriptor("2", GOOD)]}},
            "disputed",
        ),
        ({"descriptors": [descriptor("1", GOOD)]}, "withdrawn"),
        ({"status": "MALICIOUS", "descriptors": [descriptor("1", GOOD)]}, "disputed"),
        (
            {"descriptors": [descriptor("1", reactions=reacted("NON_MALICIOUS", "2,3"))]},
            "disputed",
        ),
        (
            {"descriptors": [descriptor("1", reactions=reacted("DISAGREE_WITH_TAGS", "1"))]},
            "",
        ),
        ({"descriptors": [descriptor("1", reactions=reacted("INGESTED", "2"))]}, ""),
        (
            {
                "should_delete": True,
                "descriptors": [descriptor("1"), descriptor("2", GOOD)],
            },
            "withdrawn",
        ),
    ],
)
def test_opinions_become_a_state(said: dict[str, object], state: str) -> None:
    """A deletion is believed; opinions that disagree dispute it; where none is for it, it is gone."""
    assert indicator(**said).fields["state"] == state


@pytest.mark.parametrize("value", ["maybe", 2, [True]])
def test_a_deletion_that_cannot_be_read_is_refused(value: object) -> None:
    """Whether it is gone must not be guessed."""
    with pytest.raises(BadInput, match="should_delete must be true or false"):
        indicator(should_delete=value)


def test_tags_times_and_owners_are_kept() -> None:
    """Tags of the industry's vocabulary name the entity, the source and the priority."""
    item = indicator(
        status="MALICIOUS",
        creation_time=1767225600,
        last_updated="2026-01-02T00:00:00+0000",
        expired_on=0,
        tags={"data": [{"text": "group:Blue Lantern"}, {"text": "media_priority_s1"}]},
        descriptors=[
            descriptor("1", description="seen in May", share_level="AMBER"),
            descriptor("2", tags=["example"], share_level="GREEN"),
        ],
    )

    assert {name: value for name, value in item.fields.items() if value} == {
        "ref": "77",
        "label": "malicious",
        "entity": "Blue Lantern",
        "reason": "seen in May",
        "source": "Org 1, Org 2",
        "first_seen": "2026-01-01T00:00:00+00:00",
        "last_seen": "2026-01-02T00:00:00+0000",
        "sharing": "amber",
        "+priority": "s1",
        "+tags": "group:Blue Lantern, media_priority_s1, example",
    }


def test_a_source_that_is_tagged_is_better_than_the_owner() -> None:
    """Whoever uploaded it may have it from somebody else."""
    item = indicator(tags="source:Kite Watch,other", owner_name="Org 1")

    assert (item.fields["source"], item.fields["+tags"]) == ("Kite Watch", "source:Kite Watch, other")
