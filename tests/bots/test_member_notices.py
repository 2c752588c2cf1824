"""What a member reads: what was done, where and whom to ask, in their language, and nothing of any list."""

import unicodedata
from dataclasses import fields, replace
from datetime import timedelta, timezone

import pytest

from bots.member_notices import notice_of, once_of, words_of
from bots.notice_words import ARABIC, ENGLISH, LANGUAGES, URDU, Words
from core.model import INVERSES, Action, ActionKind, Happening, Message, Notice, Place, Sentence, Telling
from tests import make

KARACHI = timezone(timedelta(hours=5), "PKT")
TELLABLE = [
    k for k in ActionKind if k not in INVERSES.values() and k not in (ActionKind.REPORT, ActionKind.NOTIFY)
]
PLACE = "“\u2068Kite Flyers\u2069”"
FOUND = ["link", "account", "file", "image", "video", "text", "likeness", ""]


def about(language: str = "", happening: Happening = Happening.POSTED) -> Message:
    """Give a message by a member whose app speaks a language."""
    return make.message(author=replace(make.account(), language=language), happening=happening)


def written(notice: Notice, message: Message, kind: ActionKind = ActionKind.NOTIFY) -> tuple[str, ...]:
    """Give a notice's lines."""
    return notice_of(Action(kind=kind, notice=notice), message, KARACHI)


def test_a_notice_says_what_where_and_whom_to_ask() -> None:
    """The time is local and its zone is named; names and times are isolated."""
    notice = Notice(deeds=(ActionKind.DELETE, ActionKind.BAN), found="image", by_person=True)

    assert written(notice, about()) == (
        "This is about your message of \u20682026-03-01 17:00 PKT\u2069 in “\u2068Kite Flyers\u2069”.",
        "It contained a picture that is on a list of known propaganda of banned organisations.",
        "A program recognised it, and a moderator decided.",
        "The message is removed.",
        "It was decided that you are banned from the group.",
        f"If this was news, research or a mistake, write to the moderators of {PLACE}: a person can look.",
    )


def test_what_is_taken_back_is_told_with_a_word_of_regret() -> None:
    """It says what holds again, and what cannot be brought back."""
    notice = Notice(telling=Telling.REVERSAL, deeds=(ActionKind.DELETE, ActionKind.BAN), by_person=True)

    assert written(notice, about())[1:] == (
        ENGLISH.mistaken,
        "The message cannot be brought back; you may post it again.",
        "You are no longer banned, and may come back.",
        f"We are sorry. You need not do anything; the moderators of {PLACE} answer your questions.",
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", ENGLISH),
        ("en", ENGLISH),
        ("ur", URDU),
        ("ur-PK", URDU),
        ("AR-eg", ARABIC),
        ("arn", ENGLISH),
        ("de", ENGLISH),
        ("../ur", ENGLISH),
    ],
)
def test_the_language_is_the_members_where_it_is_written_in(language: str, words: Words) -> None:
    """Only the first part of the tag counts, in any case; whatever else is English."""
    assert words_of(about(language).author) is words


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("happening", [Happening.POSTED, Happening.JOINED])
@pytest.mark.parametrize("found", FOUND)
@pytest.mark.parametrize("kind", TELLABLE)
@pytest.mark.parametrize("telling", list(Telling))
def test_there_is_a_sentence_for_each_kind_in_each_language(
    language: str, happening: Happening, found: str, kind: ActionKind, telling: Telling
) -> None:
    """No brace is left, each line is whole, and is read in the direction of its script."""
    lines = written(Notice(telling=telling, deeds=(kind,), found=found), about(language, happening))

    assert len(lines) >= 3
    for line in lines:
        assert not {"{", "}"} & set(line)
        assert line[-1] in ".۔"
        assert (unicodedata.bidirectional(line[0]) == "L") is (language == "en")
        assert line.count("\u2068") == line.count("\u2069")


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_no_language_lacks_a_sentence_that_another_has(words: Words) -> None:
    """The tables have the same keys everywhere, and every kind that can be told."""
    for field in fields(Words):
        ours, english = getattr(words, field.name), getattr(ENGLISH, field.name)
        if isinstance(ours, dict):
            assert ours.keys() == english.keys()
    assert set(words.deeds) == set(words.taken_back) == set(TELLABLE)
    assert set(words.found) == set(FOUND)


@pytest.mark.parametrize(
    ("deeds", "line"),
    [
        ((ActionKind.WARN,), "This is a warning. Nothing else has been done."),
        ((ActionKind.WARN, ActionKind.DELETE), "This is a warning."),
        ((), "It was shown to the moderators. Nothing else has been done."),
    ],
)
def test_nothing_else_is_said_only_where_it_is_true(deeds: tuple[ActionKind, ...], line: str) -> None:
    """A warning beside a deletion is not all that was done."""
    assert line in written(Notice(deeds=deeds, found="link"), about(), ActionKind.WARN)


def test_a_warning_that_is_not_the_first_is_counted() -> None:
    """The first one is just a warning."""
    first = Notice(deeds=(ActionKind.WARN,), warnings=1)
    third = replace(first, warnings=3)

    assert not any("warnings" in line for line in written(first, about(), ActionKind.WARN))
    assert f"With it, 3 warnings to you stand in {PLACE}." in written(third, about(), ActionKind.WARN)
    for language in ("ar", "ur"):
        assert "3" in "".join(written(third, about(language))[1:-1])


def test_what_an_extension_finds_and_what_no_list_knows_have_their_words() -> None:
    """An unknown kind has a general sentence; where nothing was recognised none is claimed."""
    unknown = written(Notice(deeds=(ActionKind.DELETE,), found="phone"), about())
    nothing = written(Notice(deeds=(ActionKind.DELETE,)), about())

    assert ENGLISH.found[""] in unknown
    assert not {*ENGLISH.found.values(), ENGLISH.person, ENGLISH.program} & set(nothing)


@pytest.mark.parametrize("name", ["\u202eevil {at}", "t.me/evil @all", "{0.__class__}", "x" * 500])
def test_the_name_of_a_group_is_harmless_in_it(name: str) -> None:
    """A name cannot turn a line around, fill a place of its own, ping or be tapped."""
    message = replace(about("ur"), place=Place(id="fake:room", name=name))

    said = "\n".join(written(Notice(deeds=(ActionKind.BAN,), found="link"), message))

    assert "\u202e" not in said
    assert "t.me/" not in said
    assert "@all" not in said
    assert "x" * 50 not in said


def test_a_place_without_a_name_is_the_group() -> None:
    """Nothing is quoted that is not there."""
    message = replace(about(), place=Place(id="fake:room"))

    assert written(Notice(), message)[-1].endswith("the moderators of the group: a person can look.")


def test_the_same_notice_is_known_again_and_another_is_not() -> None:
    """By message, kind, and what it tells; who decided does not make it another."""
    action = Action(kind=ActionKind.NOTIFY, notice=Notice(deeds=(ActionKind.BAN,)))
    others = [
        replace(action, kind=ActionKind.WARN),
        replace(action, notice=Notice(deeds=(ActionKind.DELETE,))),
        replace(action, notice=Notice(deeds=(ActionKind.BAN,), telling=Telling.REVERSAL)),
    ]
    same = replace(action, note="x", by="Omar", notice=Notice(deeds=(ActionKind.BAN,), by_person=True))

    assert once_of(same, about()) == once_of(action, about())
    assert len({once_of(one, about()) for one in [action, *others]}) == 4
    assert once_of(action, make.message(message_id="fake:room:2")) != once_of(action, about())


def because(*texts: str, language: str = "en") -> tuple[tuple[Sentence, ...], ...]:
    """Give what some rules say in one language."""
    return tuple((Sentence(language, text),) for text in texts)


@pytest.mark.parametrize(
    ("language", "said"), [("ur-PK", "یہ ممنوع ہے۔"), ("en", "It is forbidden."), ("ar", "یہ ممنوع ہے۔")]
)
def test_what_the_rule_says_stands_between_what_was_found_and_who_decided(language: str, said: str) -> None:
    """In the language of the member's app, else in the first that the rule is written in."""
    rule = (Sentence("ur", "یہ ممنوع ہے۔"), Sentence("en", "It is forbidden."))
    notice = Notice(deeds=(ActionKind.DELETE,), found="link", because=(rule,))
    words = LANGUAGES[language.partition("-")[0]]

    lines = written(notice, about(language))

    assert lines[1:5] == (words.found["link"], said, words.program, words.deeds[ActionKind.DELETE])


def test_without_a_find_the_rule_says_why_all_the_same() -> None:
    """What was not recognised is not claimed."""
    notice = Notice(deeds=(ActionKind.MUTE,), because=because("Quiet week."))

    assert written(notice, about())[1:3] == ("Quiet week.", ENGLISH.deeds[ActionKind.MUTE])


def test_a_notice_tells_three_sentences_at_most() -> None:
    """A policy of many rules writes no novel."""
    lines = written(Notice(because=because("One.", "Two.", "Three.", "Four.")), about())

    assert lines[1:4] == ("One.", "Two.", "Three.")
    assert "Four." not in lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("read t.me/evil", "read t[.]me/evil"),
        ("ask @all, https://x.example", "ask @\u2060all, https[:]//x[.]example"),
        ("two\n lines\ttabs", "two lines tabs"),
        ("{place} {at} {0.__class__} }{", "{place} {at} {0[.]__class__} }{"),
        ("\u202eturned\u202c \u0007", "turned"),
        ("in \u2068Kites\u2069.", "in \u2068Kites\u2069."),
        ("می\u200cشود", "می\u200cشود"),
        ("x" * 900, "x" * 399 + "…"),
        ("x" * 390 + "\u2068" + "y" * 50 + "\u2069", "x" * 390 + "\u2068" + "y" * 8 + "…\u2069"),
    ],
)
def test_the_sentence_of_a_rule_is_one_harmless_line(text: str, line: str) -> None:
    """Nothing to tap, ping or fill in, no line turned around; joiners and isolated names stay."""
    assert written(Notice(because=because(text)), about())[1] == line


def test_a_notice_that_takes_back_gives_no_reason_of_a_rule() -> None:
    """What was taken back has none any more."""
    notice = Notice(telling=Telling.REVERSAL, deeds=(ActionKind.DELETE,), because=because("It is forbidden."))

    assert "It is forbidden." not in written(notice, about())
