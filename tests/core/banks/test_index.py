"""The index finds what the store said last, and forgets what it said to forget."""

import logging
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.banks.index import Hit, Index
from core.keeping import Change
from core.model import Signal
from tests import make

HASH = "0f" * 32


def change(  # noqa: PLR0913 - a builder: every argument has a default
    entry_id: int = 1,
    *,
    kind: str = "link",
    value: str = "telegram:user/bluelantern",
    matchable: bool = True,
    revision: int = 0,
    days: int | None = None,
) -> Change:
    """Give a change; it expires so many days after noon."""
    until = None if days is None else make.NOON + timedelta(days=days)
    return Change(
        revision=revision or entry_id,
        entry_id=entry_id,
        kind=kind,
        value=value,
        matchable=matchable,
        expires_at=until,
    )


def signal(
    kind: str = "link", value: str = "telegram:user/bluelantern", *, quality: int | None = None
) -> Signal:
    """Give a signal in a text."""
    return Signal(kind=kind, value=value, part="text", quality=quality)


def hits(index: Index, wanted: Signal) -> list[int]:
    """Return the numbers of the entries that a signal meets at noon."""
    return [hit.entry_id for hit in index.hits(wanted, now=make.NOON)]


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("link", "telegram:user/bluelantern", [1]),
        ("account", "telegram:user/bluelantern", [1]),
        ("link", "telegram:user/bluelantern2", []),
        ("link", "telegram:user/BlueLantern", []),
        ("sha256", "telegram:user/bluelantern", []),
    ],
)
def test_equal_values_of_the_same_kind_meet(kind: str, value: str, expected: list[int]) -> None:
    """A link meets its entry, and so does an account; other values and kinds do not."""
    index = Index()
    index.apply([change(1)])

    assert hits(index, signal(kind, value)) == expected


def test_entries_of_several_banks_are_all_found() -> None:
    """The same value in three banks is three hits; each goes alone."""
    index = Index()
    index.apply([change(1), change(2), change(3)])
    assert hits(index, signal()) == [1, 2, 3]

    index.apply([change(2, matchable=False, revision=4)])
    assert hits(index, signal()) == [1, 3]

    index.apply([change(1, matchable=False, revision=5), change(3, matchable=False, revision=6)])
    assert hits(index, signal()) == []
    assert len(index) == 0


def test_the_same_change_again_changes_nothing() -> None:
    """Reading a change twice leaves one hit, for keys and for pictures."""
    changes = [change(1), change(2, kind="pdq", value=HASH)]
    index = Index()
    index.apply(changes)
    index.apply(changes)

    assert hits(index, signal()) == [1]
    assert index.hits(signal("pdq", HASH), now=make.NOON) == (Hit(2, 0),)
    assert (len(index), index.revision) == (2, 2)


@pytest.mark.parametrize(("quality", "expected"), [(None, [1]), (100, [1]), (50, [1]), (49, []), (0, [])])
def test_a_picture_of_low_quality_never_matches(quality: int | None, expected: list[int]) -> None:
    """Below 50 a hash says too little, even where it is equal."""
    index = Index()
    index.apply([change(1, kind="pdq", value=HASH)])

    assert hits(index, signal("pdq", HASH, quality=quality)) == expected


@pytest.mark.parametrize("kind", ["link", "pdq"])
@pytest.mark.parametrize(("days", "expected"), [(None, [1]), (1, [1]), (0, []), (-1, [])])
def test_an_expired_entry_does_not_match(kind: str, days: int | None, expected: list[int]) -> None:
    """From its moment of expiry on an entry is not found, without any change."""
    value = HASH if kind == "pdq" else "telegram:user/bluelantern"
    index = Index()
    index.apply([change(1, kind=kind, value=value, days=days)])

    assert hits(index, signal(kind, value)) == expected


def test_an_expiry_can_be_taken_back() -> None:
    """An entry that is renewed without an end matches again."""
    index = Index()
    index.apply([change(1, days=-1)])
    index.apply([change(1, revision=2)])

    assert hits(index, signal()) == [1]


@pytest.mark.parametrize("kind", ["text", "phrase", "expression"])
def test_what_texts_meet_is_counted_and_forgotten(kind: str) -> None:
    """A statement, a phrase or an expression is known until it is taken out."""
    index = Index()

    index.apply([change(1, kind=kind, value="a long statement")])
    assert (len(index), index.revision) == (1, 1)
    index.apply([change(1, kind=kind, value="a long statement", matchable=False, revision=2)])
    assert (len(index), index.revision) == (0, 2)


def test_a_hash_that_is_none_does_not_stop_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    """A broken entry is logged by its number and never its value; what comes after it is known."""
    with caplog.at_level(logging.ERROR):
        index = Index()
        index.apply([change(1, kind="pdq", value="not a hash"), change(2)])

    assert hits(index, signal()) == [2]
    assert hits(index, signal("pdq", "not a hash")) == []
    assert [vars(record)["entry"] for record in caplog.records] == [1]
    assert "not a hash" not in caplog.text


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.booleans(), st.sampled_from(["link", "pdq"])), max_size=30),
    st.data(),
)
def test_any_history_in_any_pieces_ends_the_same(
    history: list[tuple[int, bool, str]], data: st.DataObject
) -> None:
    """However the changes are cut into batches, what matches is what the last change of each entry says."""
    kinds = {number: kind for number, _, kind in reversed(history)}
    changes = [
        change(n, kind=kinds[n], value=HASH, matchable=m, revision=i + 1)
        for i, (n, m, _) in enumerate(history)
    ]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(changes)), max_size=4)))
    index = Index()
    for start, end in zip([0, *cuts], [*cuts, len(changes)], strict=True):
        index.apply(changes[start:end])

    last = {number: matchable for number, matchable, _ in history}
    expected = sorted(n for n, matchable in last.items() if matchable)
    assert sorted(hits(index, signal("link", HASH)) + hits(index, signal("pdq", HASH))) == expected
    assert index.revision == len(history)
