"""Each letter of each table, and the words that must stay apart."""

import unicodedata

import pytest

from core.text.arabic import ALIKE, SAME
from core.text.prose import folded, words


@pytest.mark.parametrize(("letter", "expected"), SAME.items(), ids=map(unicodedata.name, SAME))
def test_a_letter_is_read_as_the_one_it_stands_for(letter: str, expected: str) -> None:
    """Alone and within a word."""
    assert folded(letter) == expected
    assert words(folded(f"م{letter}م")) == f"م{expected}م"


@pytest.mark.parametrize("letter", SAME, ids=map(unicodedata.name, SAME))
def test_folding_ends_where_it_arrives(letter: str) -> None:
    """No letter is folded to one that is folded on."""
    assert SAME[letter] not in SAME


@pytest.mark.parametrize(("letter", "expected"), ALIKE.items(), ids=map(unicodedata.name, ALIKE))
def test_letters_that_tell_words_apart_are_not_folded_in_words(letter: str, expected: str) -> None:
    """They are swapped only where whole texts are compared, and lead to a letter of the first table's end."""
    assert folded(letter) == letter
    assert expected not in SAME
    assert expected not in ALIKE


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("أ", "ا"),
        ("إ", "ا"),
        ("آ", "ا"),
        ("ؤ", "و"),
        ("ئ", "ي"),
        ("ۂ", "ه"),
        ("ۓ", "ے"),
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("ﭖ", "پ"),
        ("ﮎ", "ك"),
        ("ﮨ", "ه"),
        ("ﯾ", "ي"),
        ("ﺔ", "ه"),
        ("ﻰ", "ي"),
    ],
    ids=lambda one: unicodedata.name(one) if len(one) == 1 else one,
)
def test_seats_and_presentation_forms_are_plain_letters(letter: str, expected: str) -> None:
    """Unicode takes them apart before the table is asked."""
    assert folded(letter) == expected


@pytest.mark.parametrize("mark", [chr(c) for c in range(0x64B, 0x660)] + ["\u0670", "\u0640"])
def test_harakat_and_tatweel_are_none(mark: str) -> None:
    """With and without them it is the same word."""
    assert folded(f"كتا{mark}ب") == "كتاب"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("کہا", "کھا"),  # said, eat
        ("پل", "بل"),
        ("ٹال", "تال"),
        ("ګل", "کل"),
        ("ړوند", "روند"),
        ("سوال", "شوال"),
        ("چار", "جار"),
        ("قلب", "كلب"),
        ("ضل", "ظل"),
    ],
)
def test_words_that_differ_stay_apart(one: str, other: str) -> None:
    """The first table must not make one word of two."""
    assert words(folded(one)) != words(folded(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("کتابِ ما", "كتاب ما"),
        ("هي", "ہی"),
        ("مدرسة", "مدرسه"),
        ("على", "علی"),
        ("إسلام آباد", "اسلام اباد"),
        ("گُل", "ګل"),
        ("می‌روم", "ميروم"),
        ("۱۲۳", "١٢٣"),
    ],
)
def test_one_word_on_two_keyboards_is_one(one: str, other: str) -> None:
    """Arabic, Persian, Urdu and Pashto keyboards write the same words with other code points."""
    assert words(folded(one)) == words(folded(other))
