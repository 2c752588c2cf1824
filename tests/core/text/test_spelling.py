"""Spellings are equal where people changed only what does not change the name."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.spelling import letters, spelled, spelled_words, without_pairs


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("bluelantern", "blue_lantern"),
        ("bluelantern", "b.l.u.e-lantern"),
        ("bluelantern", "BlueLantern"),
        ("bluelantern", "bluelanttern"),
        ("bluelantern", "bluuuuelantern"),
        ("bluelantern", "blu3l4nt3rn"),
        ("bluelantern", "8lue1antern"),
        ("lanternpress", "lant3rnpre55"),
        ("bluelantern", "b\u0406uel\u0430nt\u0435rn"),
        ("کتاب", "كتاب"),
    ],
)
def test_what_people_change_in_a_name_changes_no_spelling(one: str, another: str) -> None:
    """Separators, case, doubled letters, digits for letters, look-alike letters."""
    assert spelled(one) == spelled(another)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("bluelantern", "bluelanterns"),
        ("bluelantern", "blue_lantern_2"),
        ("bluelantern", "glueLantern"),
        ("area6", "area2"),
        ("मन", "मुन"),
    ],
)
def test_another_name_has_another_spelling(one: str, another: str) -> None:
    """A letter more, or another one, is another name; so is a vowel sign."""
    assert spelled(one) != spelled(another)


def test_words_stay_apart() -> None:
    """Each word is spelled by itself; what stands between them goes."""
    assert spelled_words("The Blue-Lantern | Pr3ss!") == ["the", "blue", "lantern", "pres"]
    assert spelled_words("🔥🔥") == []


def test_a_pair_that_looks_like_a_letter_is_told_apart_and_can_be_folded() -> None:
    """A letter that is swapped with the r or the n of "rn" must stay one edit away."""
    assert spelled("lantern") != spelled("lantem")
    assert without_pairs(spelled("lantern")) == without_pairs(spelled("lantem")) == "lantem"


def test_letters_leave_nothing_between() -> None:
    """In ASCII and elsewhere."""
    assert letters("Blue_Lantern 2") == "bluelantern2"
    assert letters("نیا، چینل") == "نیاچینل"


@given(st.text(max_size=40))
def test_a_spelling_says_nothing_twice_in_a_row(text: str) -> None:
    """Whatever the text."""
    spelling = spelled(text)

    assert all(a != b for a, b in pairwise(spelling))
