"""What looks alike has one skeleton, and what does not has two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.confusables import MAX_CHARACTERS, folded, skeleton

ALIKE = {
    "capitals": ("Blue Lantern", "BLUE LANTERN"),
    "cyrillic": ("Peace Choir", "\u0420\u0435\u0430\u0441\u0435 \u0421hoir"),
    "greek": ("Voice of Mino", "\u03bdoi\u03f2e \u03bff \u039cin\u03bf"),
    "armenian": ("honor", "\u0570\u0585\u0578\u0585r"),
    "cherokee": ("DAWN", "\u13a0\u13aa\u13b3N"),
    "mathematical": ("lantern", "\U0001d425\U0001d41a\U0001d427\U0001d42d\U0001d41e\U0001d42b\U0001d427"),
    "fullwidth": ("lantern", "\uff4c\uff41\uff4e\uff54\uff45\uff52\uff4e"),
    "circled": ("lamp", "\u24db\u24d0\u24dc\u24df"),
    "squared": ("LAMP", "\U0001f17b\U0001f170\U0001f17c\U0001f17f"),
    "regional indicators": ("LAMP", "\U0001f1f1\U0001f1e6\U0001f1f2\U0001f1f5"),
    "small capitals": ("lantern", "\u029f\u1d00\u0274\u1d1b\u1d07\u0280\u0274"),
    "accents": ("Lantern", "L\u00e0\u0144t\u00ebr\u0148"),
    "strokes": ("lantern voice", "\u0142antern v\u00f8ice"),
    "stacked marks": ("lamp", "l\u0336a\u0336m\u0336p\u0336"),
    "invisible": ("lamp", "l\u200ba\u2060m\u00adp\ufeff"),
    "fillers": ("lamp", "l\u3164amp\u2800"),
    "variation selectors": ("lamp", "l\ufe0famp"),
    "one and zero": ("oil lamp", "01l 1amp"),
    "capital i": ("lantern", "Iantern"),
    "r and n": ("modem", "modern"),
    "ligature": ("official", "o\ufb03cial"),
    "arabic yeh": ("\u06a9\u06cc\u0641", "\u06a9\u064a\u0641"),
    "arabic kaf": ("\u06a9\u062a\u0627\u0628", "\u0643\u062a\u0627\u0628"),
    "teh marbuta": ("\u0641\u0627\u0637\u0645\u0647", "\u0641\u0627\u0637\u0645\u0629"),
    "urdu heh": ("\u0645\u0627\u0647", "\u0645\u0627\u06c1"),
    "hamza on alef": ("\u0627\u062d\u0645\u062f", "\u0623\u062d\u0645\u062f"),
    "madda": ("\u0627\u0645\u0646\u0647", "\u0622\u0645\u0646\u0629"),
    "vowel marks": ("\u0645\u062d\u0645\u062f", "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f"),
    "tatweel": ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0640\u0640\u0645\u062f"),
    "joiners": ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u200c\u0645\u062f"),
    "presentation forms": ("\u0645\u062d\u0645\u062f", "\ufee3\ufea4\ufee4\ufeaa"),
    "pashto": ("\u06a9\u0644\u06cc", "\u06a9\u0644\u06cd"),
    "arabic digits": ("area 51", "area \u0665\u0661"),
    "urdu digits": ("area 51", "area \u06f5\u06f1"),
}


@pytest.mark.parametrize(("plain", "disguised"), ALIKE.values(), ids=ALIKE)
def test_what_looks_alike_has_one_skeleton(plain: str, disguised: str) -> None:
    """A reader takes one for the other."""
    assert plain != disguised
    assert skeleton(plain) == skeleton(disguised)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("lantern", "lanterns"),
        ("lantern", "l antern"),
        ("blue_lantern", "blue-lantern"),
        ("lantern", "lamtern"),
        ("cat", "bat"),
        ("4lamp", "alamp"),
        ("\u06af\u0644", "\u06a9\u0644"),  # gaf and kaf are two letters of Urdu
        ("\u0628\u0627\u063a", "\u0628\u0627\u0639"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u0648\u062f"),
        ("\u092e\u0928", "\u092e\u0941\u0928"),  # a vowel sign is a letter
        ("\u304b\u306b", "\u304b\u3082"),
    ],
)
def test_what_does_not_look_alike_has_two(one: str, another: str) -> None:
    """Digits that stand for letters only by habit are left to whoever compares handles."""
    assert skeleton(one) != skeleton(another)


def test_a_skeleton_can_be_read() -> None:
    """Text in ASCII keeps its words, so that it can be cut at them."""
    assert skeleton("Blue Lantern (Voice)") == "blue lantem (volce)"
    assert skeleton("\u200b\u2060") == ""


@given(st.text(max_size=60))
def test_a_skeleton_is_its_own_skeleton(text: str) -> None:
    """Whatever the text is, taking it twice changes nothing; and capitals of ASCII make no difference."""
    once = skeleton(text)

    assert skeleton(once) == once


@given(st.text(st.characters(codec="ascii"), max_size=60), st.sampled_from("\u0430\u00e9\u0645"))
def test_one_foreign_letter_changes_only_itself(text: str, foreign: str) -> None:
    """ASCII folds the same beside other scripts as alone."""
    assert skeleton(text + " " + foreign) == skeleton(text + " ") + skeleton(foreign)


def test_folding_keeps_one_letter_for_each() -> None:
    """Whoever counts edits wants the two letters of rn apart."""
    assert (folded("Modern"), skeleton("Modern")) == ("modern", "modem")
    assert folded("m\u043edern") == "modern"


def test_a_very_long_text_is_cut() -> None:
    """Nobody's name is a book."""
    assert len(skeleton("a" * (MAX_CHARACTERS + 5))) == MAX_CHARACTERS
    assert len(skeleton("\u0430" * (MAX_CHARACTERS + 5))) == MAX_CHARACTERS
