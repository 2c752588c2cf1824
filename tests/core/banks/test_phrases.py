"""Phrases as whole words in every script; expressions in linear time."""

import logging

import pytest

from core.banks.phrases import LONGEST, Phrases, expression, phrase
from core.errors import BadInput
from core.text.prose import folded


def stands(kind: str, value: str, text: str) -> bool:
    """Tell whether a phrase or expression is found in a text."""
    phrases = Phrases()
    phrases.put(kind, 7, value)
    return phrases.found(folded(text)) == (7,)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("blue lanterns", "The BLUE LANTERNS!"),
        ("blue lanterns", "blue, lanterns"),
        ("blue lanterns", "bluе lаntеrns"),
        ("Blue-Lanterns", "see blue lanterns"),
        ("کتاب", "هذا كِتاب"),
        ("كتاب", "یہ کتاب ہے"),
        ("چراغ", "نیلا چراغ۔"),
        ("ډله", "د نیلي فانوس ډله"),
        ("青い", "あの青い灯"),
        ("№ 4", "no 4"),
    ],
)
def test_a_phrase_is_found_as_words(value: str, text: str) -> None:
    """Whatever their case, marks, keyboard and punctuation."""
    assert stands("phrase", value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("blue lanterns", "blue lanternsmith"),
        ("blue lanterns", "skyblue lanterns"),
        ("blue lanterns", "blue paper lanterns"),
        ("کہا", "کھا"),
        ("چراغ", "چراغاں"),
        ("blue", ""),
    ],
)
def test_a_part_of_a_word_is_no_phrase(value: str, text: str) -> None:
    """Nor are its words apart from one another."""
    assert not stands("phrase", value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (r"lamps?\b", "two LAMPS"),
        (r"\d{3} kites", "١٢٣ kites"),
        (r"خلاف[ةه]", "في خِلافة"),
        (r"نیلا\s+چراغ", "نيلا  چراغ"),
        (r"caf[eé]", "Café"),
        (r"^blue", "Blue"),
        (r"#\w+lamp", "see #bluelamp"),
    ],
)
def test_an_expression_is_asked_of_the_folded_text(value: str, text: str) -> None:
    """What in it is not ASCII is folded like the text; punctuation is there."""
    assert expression(value) == value
    assert stands("expression", value, text)


@pytest.mark.parametrize(
    ("value", "text"), [(r"lamps?\b", "lampshade"), (r"^blue", "a blue"), (r"\d{4}", "123 4")]
)
def test_an_expression_that_does_not_fit_is_not_found(value: str, text: str) -> None:
    """Near misses."""
    assert not stands("expression", value, text)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("(", "no expression that RE2 knows: missing ): ("),
        ("(?=lamp)", "no expression that RE2 knows: invalid perl operator: (?="),
        (r"(a)\1", r"no expression that RE2 knows: invalid escape sequence: \1"),
        ("x{2000}", "no expression that RE2 knows: invalid repetition size: {2000}"),
        ("lamp|", "it matches an empty text, so every message"),
        (".*", "it matches an empty text, so every message"),
        (r"\bچراغ\b", r"\b knows ASCII letters only, and never matches here: write (^|\PL) and (\PL|$)"),
        ("a" * (LONGEST + 1), "an expression has 400 characters at most"),
    ],
)
def test_a_bad_expression_is_refused_with_its_reason(value: str, reason: str) -> None:
    """Word for word."""
    with pytest.raises(BadInput) as refused:
        expression(value)

    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("!", "a phrase has two letters or digits at least"),
        ("a", "a phrase has two letters or digits at least"),
        ("ab " * 200, "a phrase has 400 characters at most; a longer text is a statement (text)"),
    ],
)
def test_a_bad_phrase_is_refused_with_its_reason(value: str, reason: str) -> None:
    """Word for word."""
    with pytest.raises(BadInput) as refused:
        phrase(value)

    assert str(refused.value) == reason


def test_what_an_expression_for_other_letters_recommends_works() -> None:
    """The remedy in the message is one."""
    value = expression(r"(^|\PL)چراغ(\PL|$)")

    assert stands("expression", value, "نیلا چراغ")
    assert not stands("expression", value, "چراغاں")


def test_many_are_found_each_by_its_number() -> None:
    """Also where more expressions are known than are asked together."""
    phrases = Phrases()
    for number in range(200):
        phrases.put("expression", number, rf"lamp{number}\b")
        phrases.put("phrase", 1000 + number, f"kite {number}")

    assert phrases.found(folded("lamp12, lamp199 and kite 12")) == (1012, 12, 199)
    assert phrases.found(folded("lamp 12")) == ()
    assert len(phrases) == 400


def test_what_is_removed_is_no_longer_found() -> None:
    """Nor what was replaced."""
    phrases = Phrases()
    phrases.put("phrase", 1, "blue lamp")
    phrases.put("expression", 2, "red lamp")
    assert phrases.found("blue lamp, red lamp") == (1, 2)

    phrases.put("phrase", 1, "green lamp")
    phrases.remove("expression", 2)
    phrases.remove("expression", 3)

    assert phrases.found("blue lamp, red lamp") == ()
    assert phrases.found("green lamp") == (1,)


def test_one_bad_expression_does_not_keep_the_others_from_being_known(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is logged by its number and never its value."""
    phrases = Phrases()
    phrases.put("expression", 1, "(")
    phrases.put("expression", 2, "lamp")

    with caplog.at_level(logging.ERROR):
        assert phrases.found("lamp") == (2,)

    assert [(record.getMessage(), record.__dict__["entry"]) for record in caplog.records] == [
        ("expression in a bank is none", 1)
    ]


@pytest.mark.parametrize("value", ["(a+)+$", "(a|a)+$", "(.*a){12}x"])
@pytest.mark.timeout(60)
def test_no_expression_takes_more_than_linear_time(value: str) -> None:
    """What hangs a backtracking engine."""
    assert not stands("expression", expression(value), "a" * 100_000 + "!")
