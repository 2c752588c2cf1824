"""Values and the entries they stand for, held against a dictionary through any order of changes."""

from hypothesis import given
from hypothesis import strategies as st

from core.banks.keys import Keys

CHANGES = st.lists(st.tuples(st.booleans(), st.sampled_from("abcdef"), st.integers(1, 5)), max_size=60)


@given(CHANGES, st.integers(1, 10))
def test_any_order_of_changes_gives_what_a_dictionary_gives(
    changes: list[tuple[bool, str, int]], waiting: int
) -> None:
    """However often what is fresh is sorted in meanwhile, each value stands for the entries put last."""
    keys, plain = Keys(waiting=waiting), dict[str, list[int]]()

    for put, value, number in changes:
        had = plain.setdefault(value, [])
        if put:
            keys.put(value, number)
            had += [number] if number not in had else []
        else:
            keys.drop(value, number)
            plain[value] = [n for n in had if n != number]

    assert {value: keys.find(value) for value in "abcdefg"} == {
        value: tuple(plain.get(value, ())) for value in "abcdefg"
    }
    assert len(keys) == sum(map(len, plain.values()))


def test_a_large_list_is_found_whole() -> None:
    """Past several sortings nothing is lost, and what is not there is not found."""
    keys = Keys(waiting=1000)

    for number in range(20_000):
        keys.put(f"telegram:user/listed_{number}", number)

    assert all(keys.find(f"telegram:user/listed_{number}") == (number,) for number in range(20_000))
    assert not any(keys.find(f"telegram:user/other_{number}") for number in range(1000))
    assert len(keys._fresh) <= 2500


def test_what_is_taken_out_of_the_sorted_part_is_gone() -> None:
    """A withdrawal long after the list came is known at once."""
    keys = Keys(waiting=4)
    for number in range(50):
        keys.put(str(number), number)

    keys.drop("7", 7)

    assert keys.find("7") == ()
    assert len(keys) == 49


def test_a_mark_without_a_value_is_no_value() -> None:
    """What was dropped leaves its mark in the first look, and is as unknown as what never was there."""
    keys = Keys()
    keys.put("7", 7)

    keys.drop("7", 7)

    assert keys.find("7") == ()
    assert len(keys) == 0
