"""A document is walked to its records, whatever it wraps them in; what is no list stays outside."""

import io
import json

import pytest

from core.errors import BadInput
from core.exchange.walk import Found, is_page, walk
from core.text.jsonstream import JsonStream


def found(text: str) -> list[Found]:
    """Walk a document."""
    return list(walk(JsonStream(io.BytesIO(text.encode()), name="a.json", remedy="Get it again.")))


@pytest.mark.parametrize(
    ("document", "records"),
    [
        ([{"a": 1}, {"a": 2}], [("[0]", {"a": 1}), ("[1]", {"a": 2})]),
        ({"count": 1, "results": [{"a": 1}], "next": None}, [("results[0]", {"a": 1})]),
        ({"data": [{"a": 1}], "paging": {"cursors": {}}}, [("data[0]", {"a": 1})]),
        ({"Event": {"Attribute": [{"a": 1}]}}, [("Event.Attribute[0]", {"a": 1})]),
        (
            {"response": [{"Event": {"Object": [{"a": 1}]}}]},
            [("response[0].Event.Object[0]", {"a": 1})],
        ),
        ([[{"a": 1}]], [("[0][0]", {"a": 1})]),
        ({"results": [1, None, "x"]}, [("results[0]", 1), ("results[1]", None), ("results[2]", "x")]),
        ({"url": "a"}, [("", {"url": "a"})]),
        ({"results": []}, []),
        ([], []),
        (7, [("", 7)]),
    ],
)
def test_records_are_found_with_their_path(document: object, records: list[tuple[str, object]]) -> None:
    """In pages, bundles and events, and where there is nothing but one record."""
    assert [(f.path, f.value) for f in found(json.dumps(document)) if not f.beside] == records
    indented = json.dumps(document, indent=1)
    assert [(f.path, f.value) for f in found(indented) if not f.beside] == records


def test_what_stands_beside_a_list_is_told_after_it() -> None:
    """The head of an event may stand behind its attributes; large things of an event are passed over."""
    document = {
        "Event": {"info": "a", "Attribute": [{"b": 1}], "Tag": [{"name": "tlp:red"}], "Galaxy": [{"c": 2}]}
    }

    beside = [f for f in found(json.dumps(document)) if f.beside]

    assert [(f.path, f.value) for f in beside] == [
        ("Event", {"info": "a", "Tag": [{"name": "tlp:red"}]}),
        ("", {}),
    ]


def test_a_record_is_told_with_its_line_and_its_text() -> None:
    """So that whoever reads a report finds it."""
    text = '{"results": [\n {"a": 1},\n\n {"a":\n 2}]}'

    assert [(f.line, f.text) for f in found(text) if not f.beside] == [(2, '{"a": 1}'), (4, '{"a":\n 2}')]


def test_several_documents_in_one_file_are_read() -> None:
    """Whoever saves page after page appends them."""
    text = '{"results": [{"a": 1}]}\n{"results": [{"a": 2}]}'

    assert [f.value for f in found(text) if not f.beside] == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"results": [{"a": 1}, {"a"', "the file ends in the middle"),
        ('{"results": [{"a": 1} {"a": 2}]}', '"," expected'),
        ("[" * 100, "too deep"),
        ('{"results": ' * 100, "too deep"),
        ('{"a": ' * 100_000, "nested too deep"),
        ('[{"a": ' * 100_000, "nested too deep"),
        ('{"results": [' + "9" * 5000 + "]}", "a number with too many digits"),
        ('{"results": nope}', "not JSON"),
    ],
)
def test_a_damaged_document_is_refused(text: str, reason: str) -> None:
    """With the line, and what to do."""
    with pytest.raises(BadInput, match=reason) as refused:
        found(text)

    assert str(refused.value).startswith("cannot read a.json: line 1: ")
    assert str(refused.value).endswith("Get it again.")


def test_records_come_before_the_damage_behind_them() -> None:
    """What was read is not lost with the rest."""
    records = walk(JsonStream(io.BytesIO(b'[{"a": 1}, {"a"'), name="a.json", remedy="Get it again."))

    assert next(records).value == {"a": 1}
    with pytest.raises(BadInput):
        next(records)


def test_the_memory_is_that_of_one_record() -> None:
    """A list of any length is walked in pieces; a list that nobody asks for, too."""
    page = ",".join('{"a": "xxxxxxxxxxxxxxxxxxxx"}' for _ in range(1000))
    file = io.BytesIO(f'{{"Event": {{"Attribute": [{page}], "Galaxy": [{page}]}}}}'.encode())
    cursor = JsonStream(file, name="a", remedy="b", most_characters=1000, chunk_bytes=100)

    longest = max(len(cursor._text) for _ in walk(cursor))

    assert 0 < longest < 400


@pytest.mark.parametrize(
    ("record", "page"),
    [
        ({"results": [{"a": 1}]}, True),
        ({"Event": {"info": "a"}}, True),
        ({"results": []}, False),
        ({"data": "x"}, False),
        ({"data": {"a": 1}}, False),
        ({"entries": ["x"]}, False),
    ],
)
def test_a_page_is_told_from_a_record(record: dict[str, object], *, page: bool) -> None:
    """A row of a list may have columns of these names, too."""
    assert is_page(record) is page
