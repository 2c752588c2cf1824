"""Case ids can be said, heard and typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.store.ids import case_id, case_number

NUMBERS = st.integers(min_value=1, max_value=10**9)


@pytest.mark.parametrize(
    ("number", "spoken"), [(1, "DCK"), (2, "AH4"), (3, "7NN"), (32_768, "G82"), (32_769, "EDCK")]
)
def test_an_id_never_changes(number: int, spoken: str) -> None:
    """Cards that hang in moderators' rooms carry these ids for years."""
    assert case_id(number) == spoken


@given(NUMBERS)
def test_an_id_leads_back_to_its_case(number: int) -> None:
    """No two cases share an id, and each is found again."""
    assert case_number(case_id(number)) == number


def test_the_first_32768_ids_have_three_characters() -> None:
    """Short enough to call across a room; then they grow by one."""
    ids = {case_id(number) for number in range(1, 32_769)}

    assert len(ids) == 32_768
    assert {len(i) for i in ids} == {3}
    assert len(case_id(32_769)) == 4


@given(NUMBERS)
def test_an_id_is_understood_as_it_was_heard(number: int) -> None:
    """Small letters, O for zero, I or L for one, and spaces around are what people type."""
    typed = f" {case_id(number).lower().replace('0', 'o').replace('1', 'l')} "

    assert case_number(typed) == number


@pytest.mark.parametrize("text", ["", "7", "7K", "7K!", "UUU", "7-K3", "٣٣٣", "Z" * 13])
def test_what_is_no_id_is_none(text: str) -> None:
    """Too short, longer than any number of cases, or with a character that no id has."""
    assert case_number(text) is None
