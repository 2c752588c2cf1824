"""The lists of words are read whole, and put together in linear time."""

import pytest

from core.text.words import pieces, words


def test_every_list_has_its_words_in_every_script() -> None:
    """Latin and Arabic script are folded alike; two words for one kind of channel lead to the same."""
    listed = words()

    assert {"backup", "oflclal", "بیکاپ"} <= listed.added
    assert listed.again < listed.added
    assert listed.channel["نیوز"] == listed.channel["news"] == "news"
    assert {"agalnst", "fans"} <= listed.about
    assert ("new", "acount") in listed.replaces
    assert listed.person <= listed.common
    assert all(word.islower() or not word.isascii() for word in listed.affixes)


@pytest.mark.parametrize(
    ("text", "vocabulary", "count"),
    [
        ("omarkhan", {"omar", "khan"}, 2),
        ("omaraza", {"omar", "raza"}, 2),  # they share the r
        ("khankhankhan", {"khan"}, 3),
        ("newsdesk", {"news", "desk", "newsdesk"}, 1),
        ("omarlantern", {"omar"}, None),
        ("lantern", set[str](), None),
        ("", {"omar"}, 0),
    ],
)
def test_a_spelling_comes_apart_into_the_fewest_words(
    text: str, vocabulary: set[str], count: int | None
) -> None:
    """Or into none, where something is left over."""
    assert pieces(text, frozenset(vocabulary)) == count


def test_many_ways_to_come_apart_take_no_longer() -> None:
    """2 to the power of 2,000 ways would end no day."""
    assert pieces("a" * 2000 + "b", frozenset({"a", "aa", "aaa"})) is None
