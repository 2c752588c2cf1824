"""Names as they are compared: folded in every script, taken apart where the list does so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.names import consonants, forms, is_short, key

ALIKE = [
    ("AL-LAMPA", "Al Lampa"),
    ("AL LAM'PA", "Al Lam’pa"),
    ('"The Lamp"', "THE LAMP"),
    ("Lanterne d’Été", "lanterne d'ete"),
    ("نیلی لالٹین", "نيلى لالٹين"),
    ("كتيبة", "کتیبه"),
    ("Ｌａｍｐ", "lamp"),
]
APART = [
    ("Tehrik-e Lamp", "Tehreek-e Lamp"),
    ("Baluch Lantern Army", "Baloch Lantern Army"),
    ("Lantern Front", "Lantern Fronts"),
    ("نیلی", "نیلا"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    """Case, marks, apostrophes, spaces and keyboards make no other name."""
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_another_transliteration_is_another_name(one: str, other: str) -> None:
    """Two spellings by ear meet only where a list has both."""
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("name", "whole", "parts", "abbreviations"),
    [
        ("Blue Lantern", ("Blue Lantern",), (), ()),
        ("Lantern Front (LF)", ("Lantern Front (LF)", "Lantern Front"), (), ("LF",)),
        ("Lantern Front (Northern Branch)", ("Lantern Front (Northern Branch)",), (), ()),
        ("Lantern Front (KU)", ("Lantern Front (KU)",), (), ()),
        (
            "Lantern Front (LF) and splinter group Kite (K)",
            ("Lantern Front (LF) and splinter group Kite (K)", "Lantern Front"),
            (),
            ("LF",),
        ),
        ("LANTERN FRONT / LNF", ("LANTERN FRONT / LNF", "LANTERN FRONT"), (), ("LNF",)),
        ("Lampish/LMP/LP", ("Lampish/LMP/LP", "Lampish"), (), ("LMP", "LP")),
        (
            "Lantern Front (LF) also known as Kite Union",
            ("Lantern Front (LF) also known as Kite Union", "Lantern Front (LF)", "Lantern Front"),
            ("Kite Union",),
            ("LF",),
        ),
        ("LMP", ("LMP",), (), ()),
    ],
)
def test_a_name_is_taken_apart_where_the_list_does_so(
    name: str, whole: tuple[str, ...], parts: tuple[str, ...], abbreviations: tuple[str, ...]
) -> None:
    """What is in brackets counts only as an abbreviation of what stands before it."""
    found = forms(name)

    assert found.whole == whole
    assert found.parts == parts
    assert found.abbreviations == abbreviations


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tehrik-e Lampan Pakistan (TLP)", "Tehreek-i-Lampan Pakistan", True),
        ("Baluchi Lantern Army", "Balochi Lantern Army", True),
        ("Lashkar Muhammad", "Lashkar Mohammed", True),
        ("Harbour Lantern Front", "Highland Lamp Federation", False),
        ("Blue Lantern Front", "Blue Lantern Army", False),
    ],
)
def test_what_the_ear_has_in_common(one: str, other: str, *, same: bool) -> None:
    """Vowels and doubled letters are how one word is spelled twice; other consonants are another word."""
    assert (consonants(one) == consonants(other)) is same
    assert consonants(one)


@pytest.mark.parametrize("name", ["ISL", "A Lamp", "Io Ea", "نیلی لالٹین کا محاذ", ""])
def test_too_little_is_not_heard(name: str) -> None:
    """One word, few consonants, or a script that leaves vowels out anyway: no likeness by ear."""
    assert consonants(name) == ""


def test_short_names_are_those_that_others_may_have() -> None:
    """Five letters in Latin script, three in one that leaves vowels out."""
    assert is_short(key("LAMPS"))
    assert not is_short(key("LAMPED"))
    assert not is_short(key("داعش"))


@given(st.text(max_size=600))
def test_any_text_can_be_a_name(text: str) -> None:
    """No name is too odd to be taken apart, and its whole is one of its forms."""
    found = forms(text)

    assert not text or text[:500] in {*found.whole, *found.abbreviations}
    assert consonants(text) == consonants(text)
    assert " " not in key(text)
