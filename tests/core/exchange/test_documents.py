"""JSON documents of exchanges, from their first byte to their rows."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.exchange.documents import Document
from core.exchange.file import FileExchange
from core.exchange.intake import take_in
from core.model import Entry, EntryState, Sharing
from core.ports import Accepted, Rejected, Update
from tests import make
from tests.core.exchange.documents import DOCUMENTS, MD5
from tests.core.exchange.looks import never
from tests.fake_banks import MemoryBanks

AMBER = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"


async def updates(folder: Path, document: object, encoding: str = "utf-8") -> list[Update]:
    """Read a document."""
    path = folder / "list.json"
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    path.write_bytes(text.encode(encoding))
    return [update async for update in FileExchange(path, look=never).fetch(None)]


async def entries(folder: Path, document: object) -> list[Entry]:
    """Read a document of which every record can be used."""
    found = await updates(folder, document)
    assert [u for u in found if isinstance(u, Rejected)] == []
    return [entry for update in found if not isinstance(update, Rejected) for entry in update.entries]


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_record_that_cannot_be_used_is_told_where_it_stands(name: str, tmp_path: Path) -> None:
    """By its path in the document, and how it begins; with a line, where the document has lines."""
    (told,) = [u for u in await updates(tmp_path, DOCUMENTS[name]) if isinstance(u, Rejected)]
    (indented,) = [
        u for u in await updates(tmp_path, json.dumps(DOCUMENTS[name], indent=1)) if isinstance(u, Rejected)
    ]

    assert "[2]: {" in told.text or "[3]: {" in told.text
    assert told.line == 1 < indented.line
    assert "\n" not in indented.text


async def test_what_stands_behind_a_record_holds_for_it(tmp_path: Path) -> None:
    """Marks, names and opinions of a bundle may come last; so may the head of an event."""
    indicator = {
        "type": "indicator",
        "id": "indicator--1",
        "created_by_ref": "identity--1",
        "object_marking_refs": ["marking-definition--1"],
        "pattern": f"[file:hashes.MD5 = '{MD5[0]}']",
    }
    behind = [
        {"type": "identity", "id": "identity--1", "name": "Example Org"},
        {"type": "marking-definition", "id": "marking-definition--1", "definition": {"tlp": "amber"}},
        {"type": "opinion", "id": "opinion--1", "opinion": "disagree", "object_refs": ["indicator--1"]},
    ]
    attribute = {"type": "md5", "category": "a", "value": MD5[1], "to_ids": True}
    event = {"Attribute": [attribute], "Orgc": {"name": "Kite Org"}, "Tag": [{"name": "tlp:red"}]}

    (first,) = await entries(tmp_path, {"objects": [indicator, *behind]})
    (second,) = await entries(tmp_path, {"Event": event})

    assert (first.source, first.sharing, first.state) == ("Example Org", Sharing.AMBER, EntryState.DISPUTED)
    assert (second.source, second.sharing) == ("Kite Org", Sharing.RED)


async def test_every_event_of_an_export_speaks_for_its_own_attributes(tmp_path: Path) -> None:
    """Two events, two limits."""
    attributes = [{"type": "md5", "category": "a", "value": value, "to_ids": True} for value in MD5[:2]]
    events = [
        {"Event": {"Attribute": [attribute], "Tag": [{"name": f"tlp:{limit}"}]}}
        for attribute, limit in zip(attributes, ("green", "red"), strict=True)
    ]

    for document in ({"response": events}, events):
        assert [e.sharing for e in await entries(tmp_path, document)] == [Sharing.GREEN, Sharing.RED]


async def test_records_of_several_formats_may_stand_in_one_list(tmp_path: Path) -> None:
    """A record says itself what it is."""
    mixed = [
        {"hash_digest": MD5[0], "algorithm": "MD5"},
        {"url": "https://t.me/kites", "label": "banned"},
        {
            "type": "m.policy.rule.user",
            "content": {"entity": "@kite:evil.example", "recommendation": "m.ban"},
        },
        {"type": "indicator", "id": "indicator--1", "pattern": f"[file:hashes.MD5 = '{MD5[1]}']"},
    ]

    assert [(e.kind, e.value) for e in await entries(tmp_path, mixed)] == [
        ("md5", MD5[0]),
        ("link", "telegram:user/kites"),
        ("link", "matrix:user/@kite:evil.example"),
        ("md5", MD5[1]),
    ]


async def test_several_keys_of_one_record_are_one_item(tmp_path: Path) -> None:
    """Each way to recognise it is an entry; together they count once."""
    pattern = f"[file:hashes.MD5 = '{MD5[0]}' OR file:hashes.PDQ = '{'0f' * 32}']"
    bundle = {"objects": [{"type": "indicator", "id": "indicator--1", "pattern": pattern}]}

    (update,) = await updates(tmp_path, bundle)

    assert isinstance(update, Accepted)
    assert [(e.kind, e.ref) for e in update.entries] == [("md5", "indicator--1"), ("pdq", "indicator--1")]


@pytest.mark.parametrize(
    "record",
    [
        {"hash_digest": "zz" * 16, "algorithm": "MD5"},
        {"hash_digest": MD5[0], "algorithm": "MD5", "updated_on": "yesterday"},
        {"hash_digest": MD5[0], "algorithm": "MD5", "deleted": "perhaps"},
        {"hash_digest": MD5[0], "algorithm": ["MD5"]},
        {"hashValue": MD5[0], "signalType": "VideoMD5"},
        {"indicator": {"id": 1}, "type": "HASH_MD5"},
        {"type": "indicator", "id": "indicator--1"},
        {"type": "indicator", "id": "indicator--1", "pattern": "[url:value = 'https://t.me/login']"},
        {"value": MD5[0], "category": "a", "type": "md5"},
        {"name": "file", "Attribute": []},
        {"nothing": "known"},
        [],
        None,
        "text",
        7,
    ],
)
async def test_a_malformed_record_spoils_no_other(record: object, tmp_path: Path) -> None:
    """It is rejected with a reason; those around it are taken."""
    good = {"hash_digest": MD5[1], "algorithm": "MD5"}

    found = await updates(tmp_path, {"results": [good, record, good] if record != [] else [good, [7], good]})

    assert [type(u) for u in found] == [Accepted, Rejected, Accepted]
    assert isinstance(found[1], Rejected)
    assert found[1].reason


async def test_of_a_repeated_key_the_last_one_counts(tmp_path: Path) -> None:
    """As with every other reader of JSON; a repeated list is read both times."""
    record = f'{{"hash_digest": "{MD5[0]}", "hash_digest": "{MD5[1]}", "algorithm": "MD5"}}'

    found = await entries(tmp_path, f'{{"results": [{record}], "results": [{record}]}}')

    assert [e.value for e in found] == [MD5[1], MD5[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_a_document_in_any_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    """As for every other list."""
    record = {"hash_digest": MD5[0], "algorithm": "MD5", "ideology": "پتنگ"}

    (update,) = await updates(tmp_path, {"results": [record]}, encoding)

    assert isinstance(update, Accepted)
    assert update.entries[0].ideology == "پتنگ"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{\n "count": 1\n}', "this JSON holds no list that is known"),
        ('{\n "a": {"b": 1},\n "c": []}', "this JSON holds no list that is known"),
        ('{\n "results": [', "line 2: the file ends in the middle"),
        ('{"a": ' * 5000, "nested too deep"),
        ("[\n{]", "line 2: not JSON"),
    ],
)
async def test_what_is_no_list_is_refused(text: str, reason: str, tmp_path: Path) -> None:
    """One line that says where, what, and what to do."""
    with pytest.raises(BadInput, match=reason) as refused:
        await updates(tmp_path, text)

    assert str(refused.value).count("cannot read") == 1
    assert str(refused.value).endswith("export it as NDJSON, CSV or plain text.")


async def test_what_came_before_the_damage_is_kept(tmp_path: Path) -> None:
    """A list that was cut off while it was copied is taken in as far as it goes, and the rest is told."""
    path = tmp_path / "list.json"
    first = json.dumps({"hash_digest": MD5[0], "algorithm": "MD5"})
    path.write_text(f'{{"results": [{first}, {{"hash', encoding="utf-8")
    store = MemoryBanks()

    with pytest.raises(BadInput, match="the file ends in the middle"):
        await take_in(FileExchange(path, look=never), "b", store, at=make.NOON)

    assert [entry.value for _, entry in store.rows.values()] == [MD5[0]]


async def test_of_a_broken_bundle_nothing_is_taken(tmp_path: Path) -> None:
    """Its marks may have stood in what is missing: nobody could tell how far its entries may be shared."""
    bundle = json.dumps(DOCUMENTS["stix"])

    with pytest.raises(BadInput, match="the file ends in the middle"):
        await updates(tmp_path, bundle[:-10])


def test_one_record_may_not_fill_the_memory(tmp_path: Path) -> None:
    """It is refused long before."""
    path = tmp_path / "list.json"
    path.write_text('{"results": [{"a": "' + "x" * 2_000_000 + '"}]}', encoding="utf-8")

    with pytest.raises(BadInput, match="a value of over 300,000 characters"):
        list(Document(path, "utf-8", longest=300_000).rows())


def test_objects_about_others_may_not_fill_the_memory(tmp_path: Path) -> None:
    """A million identities are no list."""
    objects = [{"type": "identity", "id": f"identity--{n}"} for n in range(5)]
    objects.append({"type": "indicator", "id": "indicator--1", "pattern": "[url:value = 'a.example']"})
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"objects": objects}), encoding="utf-8")

    with pytest.raises(BadInput, match="over 3 objects that are about others"):
        list(Document(path, "utf-8", most_aside=3).rows())


def test_how_far_it_is_can_be_told(tmp_path: Path) -> None:
    """Nothing before, all of it at the end."""
    path = tmp_path / "list.json"
    path.write_text('{"results": []}', encoding="utf-8")
    document = Document(path, "utf-8")
    assert document.read_bytes == 0

    assert list(document.rows()) == []

    assert document.read_bytes == 15


WORDS: tuple[str, ...] = (
    "type",
    "id",
    "indicator",
    "indicator--1",
    "pattern",
    "value",
    "category",
    "to_ids",
    "Attribute",
)
WORDS += ("hash_digest", "algorithm", "MD5", MD5[0], "hashValue", "signalType", "hashStatus", "Active")
WORDS += ("descriptors", "data", "tags", "deleted", "content", "m.policy.rule.user", "Tag", "Event")
WORDS += ("Attribute", "name")
WORDS += ("[url:value = 'a.example']", "object_marking_refs", "marking-definition", AMBER)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=4)
)
VALUES = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inside, max_size=6),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=VALUES, wrapped=st.sampled_from(["results", "objects", "Event", "other"]))
def test_no_document_brings_another_error(tmp_path: Path, value: object, wrapped: str) -> None:
    """Whatever stands in whatever place: rows, or one refusal."""
    path = tmp_path / "list.json"
    path.write_text(json.dumps({wrapped: value}), encoding="utf-8")

    try:
        rows = list(Document(path, "utf-8").rows())
    except BadInput as refused:
        assert str(refused).startswith(f"cannot read {path}: ")  # noqa: PT017 - either outcome is right
    else:
        assert all(row.wrong or row.keys or row.fields or row.text for row in rows)
