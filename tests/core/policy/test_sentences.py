"""What a rule says to people: filled once, harmless, in each of its languages, and no secret of a list."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.model import Action, ActionKind, Entry, Match, Place, Sentence, Strength, Trust, Verdict
from core.policy.conditions import MatchFound
from core.policy.policy import Policy, Rule, Stage
from tests import make

REPORT, NOTIFY, DELETE = ActionKind.REPORT, ActionKind.NOTIFY, ActionKind.DELETE
KNOWN = make.match(trust=Trust.ACT)
ENGLISH = Sentence("en", "A {signal} of {entity} was found in {place}.")
URDU = Sentence("ur", "{place} میں {entity} کا مواد ملا۔")


def rule(
    *kinds: ActionKind,
    name: str = "known",
    because: Sequence[Sentence] = (ENGLISH, URDU),
    stage: Stage = Stage.ENFORCE,
) -> Rule:
    """Give a rule for any match."""
    do = tuple(Action(kind=kind) for kind in kinds)
    return Rule(name=name, when=MatchFound(), do=do, stage=stage, because=tuple(because))


def judged(*rules: Rule, match: Match = KNOWN) -> Verdict:
    """Give the verdict of some rules on a match."""
    return Policy(name="p", rules=rules).judge(make.message(), (match,), ())


def test_a_sentence_is_filled_and_nothing_in_it_is_read_again() -> None:
    """What a list or a member wrote is set in once, whatever it looks like, cut short and isolated."""
    match = replace(KNOWN, entry=Entry(kind="link", value="xyz", label="{entity}", entity="B" * 200))

    (note,) = judged(
        rule(REPORT, because=[Sentence("en", "{label} of {entity}, {place}")]), match=match
    ).notes

    assert note == (f"rule known: \u2068{{entity}}\u2069 of \u2068{'B' * 80}\u2069, \u2068Kite Flyers\u2069")


def test_the_author_is_told_it_in_every_language_by_rules_that_do_more_than_report() -> None:
    """The card has it in English; what a rule that only reports says is for the moderators."""
    loud, quiet = rule(REPORT, NOTIFY), rule(REPORT, name="seen", because=[Sentence("en", "Ask Omar.")])

    verdict = judged(loud, quiet)

    assert verdict.because == (
        (
            Sentence(
                "en",
                "A \u2068link\u2069 of \u2068Blue Lantern Front\u2069 was found in \u2068Kite Flyers\u2069.",
            ),
            Sentence("ur", "\u2068Kite Flyers\u2069 میں \u2068Blue Lantern Front\u2069 کا مواد ملا۔"),
        ),
    )
    assert verdict.notes == (
        "rule known: " + verdict.because[0][0].text,
        "rule seen: Ask Omar.",
    )


@pytest.mark.parametrize(
    ("stage", "match"),
    [
        (Stage.DRAFT, KNOWN),
        (Stage.SHADOW, KNOWN),
        (Stage.NOTIFY, KNOWN),
        (Stage.ENFORCE, replace(KNOWN, strength=Strength.WEAK)),
        (Stage.ENFORCE, make.match(trust=Trust.TRIAL)),
    ],
)
def test_a_rule_that_came_to_a_report_only_says_nothing_to_the_author(stage: Stage, match: Match) -> None:
    """Neither a stage on trial nor a find that is not sure."""
    assert judged(rule(REPORT, NOTIFY, stage=stage), match=match).because == ()


def test_the_same_sentence_of_two_rules_is_told_once() -> None:
    """In the order of the file."""
    other = rule(DELETE, name="third", because=[Sentence("en", "It breaks rule 3.")])

    verdict = judged(rule(NOTIFY), rule(DELETE, name="second"), other)

    assert [said[0].text[:10] for said in verdict.because] == ["A \u2068link\u2069 o", "It breaks "]


@pytest.mark.parametrize(
    ("label", "value", "shown"),
    [
        ("lantern channel", "telegram:user/bluelantern", "\u2068lantern channel\u2069"),
        ("see telegram:user/bluelantern", "telegram:user/bluelantern", "unknown"),
        ("banned", "a", "\u2068banned\u2069"),
        ("banned", "an", "\u2068banned\u2069"),
        ("banned", "ban", "unknown"),
        ("banned", "", "\u2068banned\u2069"),
        ("", "telegram:user/bluelantern", "unknown"),
        ("\u202e\n \u2069", "telegram:user/bluelantern", "unknown"),
        ("two\nlines\u202e", "telegram:user/bluelantern", "\u2068twolines\u2069"),
    ],
)
def test_a_label_that_repeats_what_is_listed_is_not_told(label: str, value: str, shown: str) -> None:
    """Lists are secrets; and nothing in a name moves the cursor or turns the line around."""
    match = replace(KNOWN, entry=Entry(kind="link", value=value, label=label))

    verdict = judged(rule(NOTIFY, because=[Sentence("en", "{label}")]), match=match)

    assert verdict.because == ((Sentence("en", shown),),)


def test_a_place_without_a_name_is_told_by_its_id() -> None:
    """A sentence is never left with a hole."""
    message = replace(make.message(), place=Place(id="fake:room"))

    verdict = Policy(name="p", rules=(rule(NOTIFY),)).judge(message, (KNOWN,), ())

    assert verdict.because[0][0].text.endswith("in \u2068fake:room\u2069.")
