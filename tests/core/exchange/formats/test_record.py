"""Values of records are read plainly, or refused; nothing is guessed."""

import pytest

from core.errors import BadInput
from core.exchange.formats.record import Record, kind_of, strictest, words_of


@pytest.mark.parametrize(
    ("value", "read"),
    [(" a ", "a"), (7, "7"), (10**30, "1" + "0" * 30), (True, ""), (1.5, ""), (None, ""), ([], ""), ({}, "")],
)
def test_a_text_is_a_text_or_a_whole_number(value: object, read: str) -> None:
    """Anything else counts as missing."""
    assert Record({"a": value}).text("a") == read
    assert Record({"a": value, "b": "c"}).text("a", "b") == (read or "c")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1767225600, "2026-01-01T00:00:00+00:00"),
        ("1767225600", "2026-01-01T00:00:00+00:00"),
        (1767225600.5, "2026-01-01T00:00:00.500000+00:00"),
        (1767225600000, "2026-01-01T00:00:00+00:00"),
        ("2026-01-01", "2026-01-01"),
        (0, ""),
        ("0", ""),
        ("", ""),
        (None, ""),
        (False, ""),
    ],
)
def test_a_time_is_a_number_or_a_text(value: object, read: str) -> None:
    """Seconds, milliseconds, or written out; 0 is no time."""
    assert Record({"a": value}).moment("a") == read


@pytest.mark.parametrize("value", [-5, float("inf"), float("nan"), 10**14 * 9, 10**40, [], {}])
def test_a_number_that_is_no_time_is_refused(value: object) -> None:
    """Whatever JSON lets a number be."""
    with pytest.raises(BadInput, match="a must be a time"):
        Record({"a": value}).moment("a")


@pytest.mark.parametrize(
    ("value", "said"),
    [(True, True), ("True", True), (1, True), (False, False), ("false", False), (0, False), (None, False)],
)
def test_a_flag_is_said_in_several_ways(value: object, *, said: bool) -> None:
    """By JSON, and by tables."""
    assert Record({"a": value}).flag("a") is said
    assert Record({}).flag("a") is False


@pytest.mark.parametrize(
    ("limits", "read"),
    [
        ([], ""),
        (["", "TLP:WHITE"], "clear"),
        (["green", "TLP:AMBER", "clear"], "amber"),
        (["tlp:amber+strict", "AMBER"], "amber+strict"),
        (["TLP:AMBER_STRICT"], "amber+strict"),
        (["green", "tlp:ex:kites"], "red"),
    ],
)
def test_of_several_limits_the_strictest_holds(limits: list[str], read: str) -> None:
    """One that is not known is as strict as can be."""
    assert strictest(limits) == read


def test_what_is_inside_has_its_type_or_is_not_there() -> None:
    """A list of words, of records, or a record; of mixed lists, what fits."""
    inside = {"a": ["x", 1, {"text": "y"}, None, " "], "b": {"data": [{"c": 1}, 2]}, "d": "p, q,", "e": 5}
    record = Record(inside)

    assert record.words("a") == ("x", "y")
    assert record.words("d") == ("p", "q")
    assert record.records("b") == ({"c": 1},)
    assert [*record.words("e"), *record.records("e"), *record.inner("e")] == []


def test_words_of_several_records_are_told_once() -> None:
    """In the order in which they were said first."""
    first, second = Record({"tags": ["a", "b"]}), Record({"tags": "c,a"})

    assert words_of((first, second), "tags") == ("a", "b", "c")


@pytest.mark.parametrize("name", ["SHA3-256", "hash", "HASH_", "md5md5", "pdq ocr", "x" * 1000])
def test_a_kind_that_only_resembles_one_is_refused(name: str) -> None:
    """The message shows how it begins."""
    with pytest.raises(BadInput, match="is not compared here") as refused:
        kind_of(name)

    assert len(str(refused.value)) < 150
