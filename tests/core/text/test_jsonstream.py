"""The cursor in a JSON file: what it takes, in what memory, and how it refuses."""

import io
import json
from collections.abc import Callable

import pytest

from core.errors import BadInput
from core.text.jsonstream import JsonStream


def stream(text: str | bytes, *, chunk_bytes: int = 1000) -> JsonStream:
    """A stream over a file of this content."""
    content = text if isinstance(text, bytes) else text.encode()
    return JsonStream(io.BytesIO(content), name="chat.json", remedy="Export again.", chunk_bytes=chunk_bytes)


def drain(cursor: JsonStream) -> list[object]:
    """Take every value of an array, one by one."""
    return [cursor.value() for _ in cursor.elements()]


@pytest.mark.parametrize("chunk_bytes", [1, 2, 3, 7, 64])
def test_values_are_whole_wherever_the_chunks_end(chunk_bytes: int) -> None:
    """A number, an escape or a letter of several bytes may lie across two reads."""
    values = [12345, -0.5, "لالٹین", 'a\\b\n"c', "😀", True, None, {"deep": [1, [2, {"x": "y"}]]}, [], {}]

    assert drain(stream(json.dumps(values), chunk_bytes=chunk_bytes)) == values
    written = json.dumps(values, ensure_ascii=False, indent=1)
    assert drain(stream(written, chunk_bytes=chunk_bytes)) == values


def test_only_what_is_asked_for_is_decoded() -> None:
    """A key that nobody wants is passed over, whatever is below it."""
    cursor = stream('{"other": {"a": [1, {"b": [[]]}], "c": "}"}, "wanted": [1, 2], "end": null}')
    found: dict[str, object] = {}

    for key in cursor.members():
        if key == "wanted":
            found[key] = cursor.value()
        else:
            cursor.skip()

    assert found == {"wanted": [1, 2]}
    assert cursor.peek() == ""


def test_the_memory_is_that_of_one_value() -> None:
    """What was taken is let go of: a file of many messages never stands in memory whole."""
    cursor = stream("[" + ",".join(['"' + "x" * 10_000 + '"'] * 400) + "]", chunk_bytes=1000)
    longest = 0

    for _ in cursor.elements():
        cursor.value()
        longest = max(longest, len(cursor._text))

    assert 0 < longest <= 1000 + 10_010


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r'["a\x0Bb"]', "a\x0bb"),
        (r'["\\x0B"]', r"\x0B"),
        (r'["\\\x1F"]', "\\\x1f"),
        ('["raw \x0b control"]', "raw \x0b control"),
    ],
)
def test_control_characters_of_telegram_desktop_are_read(written: str, meant: str) -> None:
    r"""It writes `\x0B` as C++ does; a backslash before an x that was escaped stays one."""
    assert drain(stream(written)) == [meant]


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    """Editors on Windows put one in front."""
    assert drain(stream(b"\xef\xbb\xbf[1]")) == [1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[\n{"a": 1},\n{"b": "cut', "line 3: the file ends in the middle. Export again."),
        ("[1, 2", "line 1: the file ends in the middle. Export again."),
        ('[\n1,\n{"a"\n', "line 3: the file ends in the middle. Export again."),
        ("[1,\n2 3]", 'line 2: not JSON ("," expected). Export again.'),
        ('[\n\n{"a" 1}]', "line 3: not JSON (expecting ':' delimiter). Export again."),
        ("[nope]", "line 1: not JSON (expecting value). Export again."),
        ("[" + "9" * 5000 + "]", "line 1: a number with too many digits. Export again."),
        ("[" * 100_000, "line 1: nested too deep. Export again."),
    ],
)
def test_a_broken_file_is_refused_with_its_line(content: str, message: str) -> None:
    """One line that says where, what and the remedy; never a stack trace."""
    with pytest.raises(BadInput) as refused:
        drain(stream(content))

    assert str(refused.value) == f"cannot read chat.json: {message}"


@pytest.mark.parametrize("take", [JsonStream.skip, JsonStream.value])
def test_endless_nesting_is_refused_also_where_it_is_skipped(take: Callable[[JsonStream], object]) -> None:
    """A file made to exhaust the stack ends as a refusal."""
    with pytest.raises(BadInput, match="nested too deep"):
        take(stream('{"a":' * 100_000))


def test_a_value_without_end_is_refused_before_it_fills_the_memory() -> None:
    """A quotation mark too many would make the rest of a huge file one value."""
    file = io.BytesIO(b'["' + b"x" * 5000)
    cursor = JsonStream(file, name="a", remedy="b", most_characters=1000, chunk_bytes=100)

    with pytest.raises(BadInput, match="a value of over 1,000 characters"):
        drain(cursor)

    assert file.tell() < 1500


@pytest.mark.parametrize("chunk_bytes", [1, 5, 10_000])
def test_a_value_is_told_by_its_line_and_as_it_stands(chunk_bytes: int) -> None:
    """Whoever rejects one value of a document can say where it stood and what it was."""
    cursor = stream('[\n1, {"a":\n 2},\n\n"x"]', chunk_bytes=chunk_bytes)
    told = []

    for _ in cursor.elements():
        cursor.peek()
        line = cursor.line
        cursor.value()
        told.append((line, cursor.taken))

    assert told == [(2, "1"), (2, '{"a":\n 2}'), (5, '"x"')]


@pytest.mark.parametrize(
    ("text", "begins"),
    [('{"Event": 1}', True), (' {\n "Event" : 1}', True), ('{"Events": 1}', False), ('["Event"]', False)],
)
def test_how_an_object_begins_can_be_seen_before_it_is_taken(text: str, *, begins: bool) -> None:
    """Whoever walks a document decides by the first key whether to go inside or to take the whole."""
    cursor = stream(text)

    assert cursor.begins("Event") is begins
    assert cursor.value() == json.loads(text)


def test_a_document_in_another_encoding_is_read() -> None:
    """Windows programs save JSON as UTF-16."""
    file = io.BytesIO('["لالٹین"]'.encode("utf-16"))

    assert drain(JsonStream(file, name="a", remedy="b", encoding="utf-16", chunk_bytes=3)) == ["لالٹین"]


def test_what_came_before_the_damage_is_kept() -> None:
    """Messages before the broken line were already handed out."""
    cursor = stream('[{"id": 1}, {"id": 2}, {"id": ')
    values = (cursor.value() for _ in cursor.elements())

    taken = [next(values), next(values)]

    assert taken == [{"id": 1}, {"id": 2}]
    with pytest.raises(BadInput, match="ends in the middle"):
        next(values)
