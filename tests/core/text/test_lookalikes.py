"""Letters that look like ASCII: each becomes the one that its reader takes it for."""

import pytest

from core.text.lookalikes import has_lookalike, in_ascii, is_prose

FOLDED = [
    ("рауpal", "paypal"),
    ("АВС", "ABC"),
    ("dіscord", "discord"),
    ("ехаmрlе", "example"),
    ("Ιοτα", "Iota"),
    ("ᴛᴍᴇ", "tme"),
    ("élève", "eleve"),
    ("🇹🇲🇪", "tme"),
    ("plain_09", "plain_09"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_each_letter_becomes_its_twin_with_its_case(text: str, expected: str) -> None:
    """One for one, so that places stay; i and l are told apart."""
    assert in_ascii(text) == expected
    assert len(in_ascii(text)) == len(text)


@pytest.mark.parametrize("text", ["plain", "ہمارا چینل", "القناة", "频道", "भारत", "👍"])
def test_scripts_that_resemble_nothing_of_ascii_are_left_alone(text: str) -> None:
    """Arabic above all: an alef is no l to its readers."""
    assert not has_lookalike(text)
    assert in_ascii(text) == text


def test_a_word_of_another_alphabet_is_told_from_a_disguise() -> None:
    """A word with a letter of its own is prose; one of twins alone may be a disguise."""
    assert is_prose("привет")
    assert not is_prose("рауса")
