"""The library's own form of an expression is read, with the place of each part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.policy.program import _environment
from core.policy.tree import DEPTH, Node, TooDeep, tree


def read(text: str) -> Node:
    """Give the tree of an expression."""
    return tree(_environment().compile(text).serialize())


def test_every_part_is_named_and_placed() -> None:
    """Of a dotted name the place is its dot; of a method, its bracket."""
    assert read("!('é' in kinds) && author.days + 1 > 2") == Node(
        kind="call",
        at=16,
        word="_&&_",
        variant="logical_and",
        inner=(
            Node(
                kind="call",
                word="!_",
                variant="logical_not",
                inner=(
                    Node(
                        kind="call",
                        at=6,
                        word="@in",
                        variant="in_list",
                        inner=(Node(kind="constant", at=2, word="é"), Node(kind="name", at=9, word="kinds")),
                    ),
                ),
            ),
            Node(
                kind="call",
                at=35,
                word="_>_",
                variant="greater_int64",
                inner=(
                    Node(
                        kind="call",
                        at=31,
                        word="_+_",
                        variant="add_int64",
                        inner=(Node(kind="name", at=25, word="author.days"), Node(kind="constant", at=33)),
                    ),
                    Node(kind="constant", at=37),
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("['a', 'b'] == kinds", "list"),
        ("{'a': 1} == {}", "map"),
        ("kinds.all(k, k == 'a')", "macro"),
        ("place.name.size() > 1", "call"),
    ],
)
def test_each_kind_of_part_is_told(text: str, kind: str) -> None:
    """What is not allowed is told apart from what is."""
    assert kind in {node.kind for node in read(text).walk()}


def test_a_long_chain_of_or_is_flat_and_a_sum_is_not() -> None:
    """The library writes the first down in balance."""
    assert sum(node.word == "found" for node in read(" || ".join(["found > 1"] * 35)).walk()) == 35
    assert read("found" + " + 1" * (DEPTH - 2) + " > 0").word == "_>_"
    with pytest.raises(TooDeep):
        read("found" + " + 1" * (DEPTH - 1) + " > 0")


@pytest.mark.parametrize("wire", [3, 4, 6, 7])
def test_a_field_of_an_unknown_type_is_an_error(wire: int) -> None:
    """Groups are out of use and the rest was never given out: how long such a field is, nobody can tell."""
    with pytest.raises(ValueError, match=f"an unknown type of field: {wire}"):
        tree(bytes([1 << 3 | wire, 0]))


@given(st.binary(max_size=80))
def test_what_is_no_tree_is_an_error_and_nothing_else(written: bytes) -> None:
    """Whatever the bytes are."""
    with pytest.raises((ValueError, TooDeep)):
        tree(written)
