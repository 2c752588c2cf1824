"""Raw JSON is read for what is there in the expected shape; any other shape reads as absent."""

import pytest

from bots.raw import clean, number, record, records, text, utf16_slice


@pytest.mark.parametrize(
    ("value", "read"),
    [("kites", "kites"), ("لالٹین 😀", "لالٹین 😀"), ("a\ud83db", "a\ufffdb"), (7, ""), (None, ""), ([], "")],
)
def test_a_text_is_a_string_that_can_be_stored(value: object, read: str) -> None:
    """Half a character, which JSON can spell, becomes the sign for what is unreadable."""
    assert text(value) == read


@pytest.mark.parametrize(("value", "read"), [(0, 0), (-5, -5), (True, None), (1.0, None), ("1", None)])
def test_a_number_is_a_whole_one(value: object, read: int | None) -> None:
    """What is true is no 1."""
    assert number(value) == read


def test_objects_of_another_shape_are_absent() -> None:
    """An object where a list was expected holds nothing, and the other way round."""
    assert (record({"a": 1}), record([1]), record(None)) == ({"a": 1}, {}, {})
    assert list(records([{"a": 1}, 2, None, {"b": 3}])) == [{"a": 1}, {"b": 3}]
    assert [*records({"a": 1}), *records("ab"), *records(None)] == []


def test_half_a_character_can_be_written_again() -> None:
    r"""JSON can spell `\ud83d` alone, UTF-8 cannot; the count of UTF-16 units stays."""
    assert clean("a\ud83db") == "a\ufffdb"
    assert clean("😀 ok") == "😀 ok"


@pytest.mark.parametrize(
    ("whole", "offset", "length", "spanned"),
    [("see kites", 4, 5, "kites"), ("😀 kites", 3, 5, "kites"), ("😀", 0, 1, "\ufffd"), ("kites", 9, 2, "")],
)
def test_an_entity_counts_in_units_of_utf16(whole: str, offset: int, length: int, spanned: str) -> None:
    """A smiley is two; half of it is unreadable, and beyond the end there is nothing."""
    assert utf16_slice(whole, offset, length) == spanned
