"""What an action is, what undoes it, and in which language a sentence is said."""

import pytest

from core.model import Sentence, spoken

THREE = (Sentence("ur", "اردو"), Sentence("en", "plain"), Sentence("en-GB", "British"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "plain"),
        ("en-GB", "British"),
        ("EN-gb", "British"),
        ("en-US", "plain"),
        ("ur-PK", "اردو"),
        ("ar", "اردو"),
        ("", "اردو"),
        ("eng", "اردو"),
        ("e", "اردو"),
    ],
)
def test_a_sentence_is_said_in_ones_language_or_in_the_first_there_is(language: str, said: str) -> None:
    """The whole tag counts first, then its first part, in any case of letters."""
    assert spoken(THREE, language) == said


def test_where_nothing_is_written_nothing_is_said() -> None:
    """In no language."""
    assert not spoken((), "en")
