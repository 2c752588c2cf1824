"""MISP: attributes and objects that are for detection become items; context never does."""

from collections.abc import Mapping

import pytest

from core.errors import BadInput
from core.exchange.formats.misp import read_attribute, read_object
from core.exchange.formats.record import Item, Position, Record

MD5, SHA256, PDQ = "ab" * 16, "cd" * 32, "0f" * 32


def attribute(**more: object) -> dict[str, object]:
    """Give an attribute for detection with some values of its own."""
    return {"uuid": "u1", "type": "md5", "category": "Payload delivery", "value": MD5, "to_ids": True, **more}


def read(event: Mapping[str, object] | None = None, **more: object) -> Item:
    """Read an attribute of an event."""
    around = {"response[1].Event": Record(event or {})}
    position = Position("response[1].Event.Attribute[3]", lambda key: around.get(key, Record()))
    return read_attribute(Record(attribute(**more)), position)


def file(*attributes: Mapping[str, object], **more: object) -> Item:
    """Read an object that is a file."""
    record = {"uuid": "o1", "name": "file", "Attribute": list(attributes), **more}
    return read_object(Record(record), Position())


@pytest.mark.parametrize(
    ("kind", "value", "key"),
    [
        ("md5", MD5, ("md5", MD5)),
        ("sha256", SHA256, ("sha256", SHA256)),
        ("url", "https://t.me/kites", ("url", "https://t.me/kites")),
        ("domain", "kites.example", ("url", "kites.example")),
        ("hostname", "a.kites.example", ("url", "a.kites.example")),
        ("filename|md5", f"a|b.jpg|{MD5}", ("md5", MD5)),
        ("domain|ip", "kites.example|203.0.113.5", ("url", "kites.example")),
    ],
)
def test_attributes_that_are_compared_here_are_taken(kind: str, value: str, key: tuple[str, str]) -> None:
    """Of a type with several parts, the part that counts."""
    assert read(type=kind, value=value).keys == (key,)


@pytest.mark.parametrize("kind", ["sha512", "ssdeep", "yara", "email-src", "filename", "ip-src"])
def test_other_attributes_are_refused(kind: str) -> None:
    """By the name of their type."""
    with pytest.raises(BadInput, match=f"{kind} is not compared here"):
        read(type=kind)


@pytest.mark.parametrize("said", [False, None, "0", ""])
def test_context_is_never_matched(said: object) -> None:
    """The link to a newspaper stands in many events."""
    with pytest.raises(BadInput, match="to_ids is not set"):
        read(type="link", value="https://news.example/a", to_ids=said)


def test_what_the_event_says_holds_for_its_attributes() -> None:
    """Its organisation, its title, its marks; an attribute's own marks can only be stricter."""
    event = {
        "info": "Lantern posters",
        "Orgc": {"name": "Example Org"},
        "Tag": [
            {"name": "tlp:amber"},
            {"name": 'misp-galaxy:threat-actor="Blue Lantern"'},
            {"name": "poster"},
        ],
    }

    item = read(event, Tag=[{"name": "tlp:green"}], comment="seen twice", timestamp="1767225600")

    assert {name: value for name, value in item.fields.items() if value} == {
        "ref": "u1",
        "label": "poster",
        "entity": "Blue Lantern",
        "reason": "seen twice",
        "source": "Example Org",
        "last_seen": "2026-01-01T00:00:00+00:00",
        "sharing": "amber",
        "+category": "Payload delivery",
        "+tags": "poster",
        "+event": "Lantern posters",
    }
    assert read(event | {"distribution": "0"}).fields["sharing"] == "amber+strict"
    assert read({"Tag": [{"name": "tlp:red"}]}, Tag=[{"name": "tlp:clear"}]).fields["sharing"] == "red"


def test_a_deleted_attribute_is_taken_back() -> None:
    """MISP keeps what it deletes, so that others learn of it."""
    assert read(deleted=True).fields["state"] == "withdrawn"
    assert read(deleted=False).fields["state"] == ""


def test_a_file_with_its_hashes_is_one_item() -> None:
    """PDQ has no type in MISP: it is a text of that name, which is never for detection by itself."""
    item = file(
        attribute(object_relation="md5"),
        attribute(type="sha512", value="ef" * 64, object_relation="sha512"),
        attribute(type="text", value=PDQ, object_relation="pdq", to_ids=False),
        attribute(type="filename", value="a.jpg", object_relation="filename", to_ids=False),
        attribute(type="sha256", value=SHA256, object_relation="sha256", to_ids=False),
    )

    assert item.keys == [("md5", MD5), ("pdq", PDQ)]
    assert (item.fields["+filename"], item.fields["+sha256"], item.fields["ref"]) == ("a.jpg", SHA256, "o1")


def test_an_object_that_is_context_is_refused() -> None:
    """So is one for detection in which nothing is compared here."""
    with pytest.raises(BadInput, match="to_ids is not set"):
        file(attribute(to_ids=False))
    with pytest.raises(BadInput, match="an object file without a hash"):
        file(attribute(type="filename", value="a.jpg"))


def test_an_object_whose_attributes_are_gone_is_taken_back() -> None:
    """Deleted as a whole, or attribute by attribute; of the rest, what is gone is left out."""
    gone = attribute(deleted=True)

    assert file(gone).fields["state"] == "withdrawn"
    assert file(attribute(), deleted=True).fields["state"] == "withdrawn"
    left = file(gone, attribute(type="sha256", value=SHA256))
    assert (left.keys, left.fields["state"]) == ([("sha256", SHA256)], "")


@pytest.mark.parametrize(
    ("platform", "relation", "value", "found"),
    [
        ("telegram", "id", "5692472147", "telegram:id/5692472147"),
        ("telegram", "username", "@Kites_Tv", "telegram:user/kites_tv"),
        ("twitter", "link", "https://x.com/kites_tv", "x:user/kites_tv"),
    ],
)
def test_an_account_is_read_by_its_platform(platform: str, relation: str, value: str, found: str) -> None:
    """By its link, its number or its name."""
    part = attribute(type="text", value=value, object_relation=relation)

    item = read_object(Record({"name": f"{platform}-account", "Attribute": [part]}), Position())

    assert list(item.keys) == [("canonical", found)]


def test_an_account_that_is_none_is_refused() -> None:
    """A name that the platform does not have."""
    part = attribute(type="text", value="a b", object_relation="username")

    with pytest.raises(BadInput, match="an account on telegram without a name"):
        read_object(Record({"name": "telegram-account", "Attribute": [part]}), Position())
