"""STIX: indicators become items; other objects mark, name and dispute them."""

from collections.abc import Mapping

import pytest

from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record
from core.exchange.formats.stix import is_object, read, spoken_of

ID = "indicator--1"
GREEN, RED = "34098fce-860f-48ae-8e50-ebd3cc5e41da", "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"


def indicator(
    pattern: object = "[url:value = 'https://t.me/kites']",
    around: Mapping[str, Mapping[str, object]] | None = None,
    **more: object,
) -> Item:
    """Read an indicator with some values of its own, among other objects."""
    record = Record({"type": "indicator", "id": ID, "pattern": pattern, **more})
    item = read(record, Position("objects[0]", lambda key: Record((around or {}).get(key, {}))))
    assert item is not None
    return item


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        ("[url:value = 'https://t.me/kites']", [("url", "https://t.me/kites")]),
        ("[domain-name:value = 'kites.example']", [("url", "kites.example")]),
        ("[ipv4-addr:value = '203.0.113.5']", [("url", "203.0.113.5")]),
        (
            "[file:hashes.'SHA-256' = 'aa' OR file:hashes.MD5 = 'bb' OR file:hashes.'PDQ' = 'cc']",
            [("sha256", "aa"), ("md5", "bb"), ("pdq", "cc")],
        ),
        ("[file:hashes.MD5 = 'aa' AND file:hashes.'SHA-1' = 'bb']", [("md5", "aa"), ("sha1", "bb")]),
        ("[file:hashes.MD5 = 'aa' AND file:size = 5]", [("md5", "aa")]),
        ("[file:hashes.MD5 = 'aa' AND file:hashes.'SHA-512' = 'bb']", [("md5", "aa")]),
        ("[artifact:hashes.MD5 = 'aa']", [("md5", "aa")]),
        (
            "[url:value = 'a.example' OR url:value = 'b.example']",
            [("url", "a.example"), ("url", "b.example")],
        ),
        (
            "[user-account:account_type = 'telegram' AND user-account:user_id = '5692472147']",
            [("canonical", "telegram:id/5692472147")],
        ),
        (
            "[user-account:account_type = 'telegram' AND user-account:account_login = 'Kites_Tv']",
            [("canonical", "telegram:user/kites_tv")],
        ),
    ],
)
def test_patterns_of_known_items_are_taken(pattern: str, keys: list[tuple[str, str]]) -> None:
    """Hashes, addresses and accounts; a hash is enough, whatever else is asked of the file."""
    assert list(indicator(pattern).keys) == keys


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("[file:hashes.'SHA-512' = 'aa']", "SHA-512 is not compared here"),
        ("[file:name = 'a.jpg']", "file:name is not compared here"),
        ("[url:value = 'a.example' AND file:name = 'a.jpg']", "joined by AND would match more"),
        ("[url:value LIKE 'a%']", "a comparison by LIKE"),
        ("[file:hashes.MD5 != 'aa']", "a comparison by !="),
        ("[file:hashes.MD5 = 'aa'] FOLLOWEDBY [url:value = 'a.example']", "joined by FOLLOWEDBY"),
        ("[user-account:user_id = '5692472147']", "an account needs account_type"),
        ("[email-addr:value = 'a@b.example']", "email-addr:value is not compared here"),
        ("not a pattern", "no STIX pattern"),
        (None, "pattern is missing"),
        ({"a": 1}, "pattern is missing"),
    ],
)
def test_other_patterns_are_refused(pattern: object, reason: str) -> None:
    """A part of a condition would match what the whole does not."""
    with pytest.raises(BadInput, match=reason):
        indicator(pattern)


def test_what_else_a_pattern_offers_is_taken_and_the_rest_named() -> None:
    """One alternative that cannot be used spoils no other."""
    item = indicator("[file:hashes.'SHA-512' = 'aa' OR file:hashes.MD5 = 'bb']")

    assert list(item.keys) == [("md5", "bb")]
    assert item.fields["+not used"].startswith("SHA-512 is not compared here")


@pytest.mark.parametrize("kind", ["identity", "marking-definition", "relationship", "report", "opinion"])
def test_objects_about_others_are_no_items(kind: str) -> None:
    """They are neither taken nor rejected."""
    assert read(Record({"type": kind, "id": f"{kind}--1"}), Position()) is None


@pytest.mark.parametrize("kind", ["malware", "file", "url", "x-kites"])
def test_objects_that_might_be_items_are_told(kind: str) -> None:
    """Only an indicator says that something is to be found."""
    with pytest.raises(BadInput, match=f"a STIX {kind} is not taken"):
        read(Record({"type": kind, "id": f"{kind}--1"}), Position())


def test_another_language_of_patterns_is_refused() -> None:
    """YARA, Sigma and Snort are no lists."""
    with pytest.raises(BadInput, match="a pattern in yara is not read"):
        indicator("rule a {}", pattern_type="yara")


@pytest.mark.parametrize(
    ("said", "around", "state"),
    [
        ({}, {}, ""),
        ({"revoked": False}, {}, ""),
        ({"revoked": True}, {}, "withdrawn"),
        ({"indicator_types": ["benign"]}, {}, "withdrawn"),
        ({}, {f"disputed {ID}": {"type": "opinion"}}, "disputed"),
        ({"revoked": True}, {f"disputed {ID}": {"type": "opinion"}}, "withdrawn"),
        ({}, {"disputed indicator--2": {"type": "opinion"}}, ""),
    ],
)
def test_revocations_and_opinions_become_a_state(
    said: dict[str, object], around: dict[str, dict[str, object]], state: str
) -> None:
    """The producer's word comes before what others think."""
    assert indicator(around=around, **said).fields["state"] == state


@pytest.mark.parametrize(
    ("opinion", "keys"),
    [("strongly-disagree", ["disputed a--1", "disputed a--2"]), ("agree", []), ("neutral", []), ("", [])],
)
def test_an_opinion_that_disagrees_speaks_of_its_objects(opinion: str, keys: list[str]) -> None:
    """One that agrees changes nothing."""
    said = {"type": "opinion", "id": "opinion--1", "opinion": opinion, "object_refs": ["a--1", "a--2"]}

    assert list(spoken_of(Record(said))) == keys


@pytest.mark.parametrize(
    ("refs", "around", "sharing"),
    [
        ([], {}, ""),
        ([f"marking-definition--{GREEN}"], {}, "green"),
        ([f"marking-definition--{GREEN}", f"marking-definition--{RED}"], {}, "red"),
        (["marking-definition--1"], {"marking-definition--1": {"definition": {"tlp": "amber"}}}, "amber"),
        (
            ["marking-definition--1"],
            {"marking-definition--1": {"extensions": {"e--1": {"tlp_2_0": "amber+strict"}}}},
            "amber+strict",
        ),
        (["marking-definition--1"], {"marking-definition--1": {"definition": {"statement": "(c)"}}}, ""),
    ],
)
def test_marks_become_the_sharing_limit(
    refs: list[str], around: dict[str, dict[str, object]], sharing: str
) -> None:
    """By their fixed ids, or as the bundle defines them; of several the strictest holds."""
    assert indicator(around=around, object_marking_refs=refs).fields["sharing"] == sharing


def test_marks_of_parts_hold_for_the_whole() -> None:
    """An entry is handed on whole, or not at all."""
    part = {"marking_ref": f"marking-definition--{RED}", "selectors": ["name"]}

    assert indicator(granular_markings=[part]).fields["sharing"] == "red"


def test_names_times_and_labels_are_kept() -> None:
    """The name is no account's display name: it must not be compared with members' names."""
    item = indicator(
        around={"identity--1": {"name": "Example Org"}},
        created_by_ref="identity--1",
        name="lantern",
        labels=["banned", "poster"],
        created="2026-01-01T00:00:00.000Z",
        modified="2026-01-02T00:00:00Z",
        valid_until="2027-01-01T00:00:00Z",
    )

    assert {name: value for name, value in item.fields.items() if value} == {
        "ref": ID,
        "label": "banned",
        "reason": "lantern",
        "source": "Example Org",
        "first_seen": "2026-01-01T00:00:00.000Z",
        "last_seen": "2026-01-02T00:00:00Z",
        "expires_at": "2027-01-01T00:00:00Z",
        "+name": "lantern",
        "+labels": "banned, poster",
    }


@pytest.mark.parametrize(
    ("record", "known"),
    [
        ({"type": "indicator", "id": ID}, True),
        ({"type": "bundle", "id": "bundle--1"}, False),
        ({"type": "url", "id": "7"}, False),
        ({"type": 1, "id": ID}, False),
    ],
)
def test_an_object_is_known_by_its_id(record: dict[str, object], *, known: bool) -> None:
    """Many lists have columns called type and id; a bundle is what objects are wrapped in."""
    assert is_object(Record(record)) is known
