"""What of a text is compared, and that hostile texts cost no more than others."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.prose import UNSEEN, digest, folded, heard, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Blue, LANTERNS!", "blue lanterns"),
        ("ｂｌｕｅ 𝐥𝐚𝐧𝐭𝐞𝐫𝐧", "blue lantern"),
        ("Ⓑⓛⓤⓔ 🅑🄻🅄🅴", "blue blue"),
        ("🇧🇱🇺🇪", "blue"),
        ("blúé läntern", "blue lantern"),
        ("b\u200bl\u200du\u2060e", "blue"),
        ("blue\u00adlantern", "bluelantern"),
        ("bluе lаntеrn", "blue lantern"),
        ("ΒLUE LΑΝΤΕRΝ", "blue lantern"),
        ("bʟᴜᴇ", "blue"),
        ("b1ue l4nt3rn", "blue lantern".replace("blue", "biue")),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("blue_lantern", "blue lantern"),
        ("🏮 blue 🏮🏮 lantern", "blue lantern"),
        ("blue https://t.me/x?y=1 lantern www.a.example t.me/b", "blue lantern"),
        ("on 4 March 2031", "on 4 march 2031"),
        ("٤ مارس ۲۰۳۱", "4 مارس 2031"),
        ("४ मार्च", "4 मरच"),
        ("a\U000e0062b\ufe0f", "ab"),
        ("\ud800x", "x"),
        ("…—!", ""),
        ("", ""),
    ],
)
def test_words_are_folded(text: str, expected: str) -> None:
    """Case, width, style, marks, invisible characters, look-alikes, digits, punctuation, addresses."""
    assert words(folded(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("route 66a", "route 66a"),
        ("1st", "1st"),
        ("v2", "v2"),
        ("a1b", "aib"),
        ("нет", "het"),
        ("http is a word", "http is a word"),
    ],
)
def test_digits_are_letters_only_between_latin_ones(text: str, expected: str) -> None:
    """A number at the border of a word stays one; a script that is folded is folded everywhere alike."""
    assert words(folded(text)) == expected


def test_expressions_see_punctuation() -> None:
    """Folding keeps what stands between words."""
    assert folded("Blue-Lantern: №4!") == "blue-lantern: no4!"


def test_every_mark_and_every_invisible_character_is_taken_out() -> None:
    """The blocks that are looked through hold all of them; a newer Unicode may need another block."""
    left = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in UNSEEN and folded(chr(code))
    ]

    assert left == []


@given(st.text())
@settings(deadline=None)
def test_folding_twice_is_folding_once_for_words(text: str) -> None:
    """What is compared is not changed by being compared again."""
    once = words(folded(text))

    assert digest(words(once)) == digest(once)
    assert "  " not in once
    assert once == once.strip()


def test_digits_for_letters_in_many_words_are_heard_as_letters() -> None:
    """At the ends of words, too, where a digit alone could be one; numbers stay."""
    assert heard("3v3ry k1t3 7h4t w3 10s3 c0m35 84ck w17h 40 50ng5") == folded(
        "every kite that we iose comes 8ack with 40 songs"
    )


@pytest.mark.parametrize(
    "text",
    [
        "the G7 and the A4 sheet, an mp3 and 4k, then a lot of other words that say nothing of the kind here",
        "w3 s41d n0",
        "room 5a, room 5b",
        "in 2014 there were 40 kites and 31 lamps",
        "7h3 k1t35 0f 7h3 h4rb0ur پتنگ",
    ],
)
def test_few_digits_beside_letters_are_names_of_things(text: str) -> None:
    """Papers and players are not renamed; other scripts have no such habit."""
    assert heard(text) == folded(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" + "\u0316\u0301" * 250_000,
        "\u0301" * 100_000,
        "a" * 1_000_000,
        "4" * 100_000 + "a",
        "a4" * 50_000,
        "http://" * 20_000,
        "ﷺ" * 20_000,
        "\U000e0062" * 100_000,
        "각" * 100_000,
    ],
    ids=lambda text: f"{len(text)} of U+{ord(text[-1]):04X}",
)
@pytest.mark.timeout(60)
def test_a_hostile_text_ends(text: str) -> None:
    """A hundred thousand marks on one letter would take Unicode's decomposition minutes on a slow machine."""
    assert isinstance(words(heard(text)), str)
