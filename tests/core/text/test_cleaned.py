"""Texts without their disguises, and the way back to where every character stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.cleaned import Cleaned, cleaned, masked_targets

CLEANED = [
    ("plain text. nothing to do", "plain text. nothing to do"),
    ("", ""),
    ("zero\u200bwidth\u200d and \ufeffmore\u2060", "zerowidth and more"),
    ("soft\u00adhyphen", "softhyphen"),
    ("\u202eright\u202c \u2066isolated\u2069", "right isolated"),
    ("filler\u3164 \u115f\uffa0x", "filler x"),
    ("tag\U000e0061s", "tags"),
    ("bell\x07 and delete\x7f", "bell and delete"),
    ("lines\nand\ttabs stay", "lines\nand\ttabs stay"),
    ("ｆｕｌｌ．ｗｉｄｔｈ／１", "full.width/1"),
    ("𝐛𝐨𝐥𝐝 𝒊𝒕𝒂𝒍𝒊𝒄 𝟗", "bold italic 9"),
    ("ⓒⓘⓡⓒⓛⓔⓢ 🄰🄱", "circles AB"),
    ("greek 𝛂 stays greek", "greek 𝛂 stays greek"),
    ("s\u0336t\u0336r\u0336uck", "struck"),
    ("z" + "\u0301\u0316\u0334" * 20 + "algo", "zalgo"),
    ("cafe\u0301", "café"),
    ("x² and m³", "x² and m³"),
    ("5…6", "5…6"),
    ("one·two", "one·two"),
    ("1\ufe0f\u20e3first", "1 first"),
    ("a\u3002b", "a.b"),
    ("a&#46;b &amp;#x2e; &period; &lt;", "a.b . . <"),
    ("AT&T &copyright & &#99999999;", "AT&T &copyright & &#99999999;"),
    ("[label](https://target.example) end", "label end"),
    ("[label](<https://target.example>)", "label"),
    ("[not a mask] (https://x.example)", "[not a mask] (https://x.example)"),
    ("under\\_score and C:\\dir", "under_score and C:\\dir"),
    ("نیا\u200cچینل", "نیاچینل"),
    ("الْقَنَاة", "الْقَنَاة"),
    ("👍🏽 ok", "👍🏽 ok"),
]


@pytest.mark.parametrize(("text", "expected"), CLEANED, ids=ascii)
def test_disguises_go_and_everything_else_stays(text: str, expected: str) -> None:
    """Invisible and styled characters are undone; letters, powers, emoji and harakat are not."""
    assert cleaned(text).text == expected


def test_every_character_leads_back_to_where_it_stood() -> None:
    """After several replacements, one behind the other, places are still those of the original."""
    text = "[see](https://x.example) t\u200b&#46;m\u0336e/ｎａｍｅ!"

    clean = cleaned(text)

    at = clean.text.index("t.me")
    assert clean.text == "see t.me/name!"
    assert clean.place(at) == text.index("t\u200b")
    assert clean.place(at + 1) == text.index("&#46;")
    assert text[clean.place(clean.text.index("name")) :] == "ｎａｍｅ!"
    assert clean.end(len(clean.text)) == len(text)


def test_a_text_without_disguise_is_the_same_object() -> None:
    """Most texts have none, and cost nothing but the look."""
    text = "nothing here, but a link: https://t.me/example_media"

    assert cleaned(text) == Cleaned(text)


def test_targets_of_masked_links_are_given_with_their_places() -> None:
    """What a label hides is read on its own."""
    text = "a [b](https://c.example/d) [e](<https://f.example>)"

    found = list(masked_targets(text))

    assert found == [("https://c.example/d", 6), ("https://f.example", 32)]


def test_heaps_of_marks_are_not_composed() -> None:
    """Putting 100,000 marks in order would take quadratic time: the test's time limit is the assertion."""
    assert cleaned("a" + "\u0301\u0316" * 50_000).text == "a"


@given(st.text(alphabet="ab&#46;[](x)\\_\u200b\u0301ｔ𝐛\n", max_size=60))
def test_places_ascend_and_lie_in_the_text(text: str) -> None:
    """For any text, each character's place is in the original, and none comes before its predecessor's."""
    clean = cleaned(text)

    places = [clean.place(at) for at in range(len(clean.text))]

    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
