"""A rule that did not hold is explained by the first condition that failed; a notch by what would follow."""

from dataclasses import replace

import pytest

from core.model import Action, ActionKind, Gap, Match, Strength, Trust
from core.policy.circumstances import ByAuthor, Counted, InPlace
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, GapFound, MatchFound, Not
from core.policy.explain import Notch, explained, failed, notches
from core.policy.policy import Policy, Rule, Stage
from tests import make


def picture(distance: int, strength: Strength = Strength.STRONG) -> Match:
    """Give a match of a picture."""
    found = make.match("0f" * 32, kind="pdq", strength=strength, trust=Trust.ACT)
    return replace(found, distance=distance)


def facts(*matches: Match) -> Facts:
    """Give the facts of a message with these matches and one gap."""
    return Facts(message=make.message(), matches=matches, gaps=(Gap(part="text", reason="odd"),))


@pytest.mark.parametrize(
    ("condition", "matches", "expected"),
    [
        (MatchFound(), (), "match: nothing was recognised"),
        (MatchFound(signal="link"), (picture(9),), "match: signal asks for link, found image"),
        (MatchFound(max_distance=20), (picture(21),), "match: distance asks for 20, found 21"),
        (MatchFound(strength=Strength.SAME), (picture(9),), "match: strength asks for same, found strong"),
        (MatchFound(trust=Trust.ACT), (make.match(),), "match: trust asks for act, found trial"),
        (MatchFound(hidden=True), (picture(9),), "match: hidden asks for true, found false"),
        (MatchFound(carried="quoted"), (picture(9),), "match: carried asks for quoted, found own"),
        (MatchFound(sources=2), (picture(9),), "match: sources asks for 2, found 1"),
        (MatchFound(label="x"), (picture(9),), "match: label asks for x, found lantern channel"),
        (MatchFound(bank="x", entity="y"), (picture(9),), "match: bank asks for x, found community"),
        (
            MatchFound(signal="image", max_distance=5),
            (make.match(), picture(9)),
            "match: distance asks for 5, found 9",
        ),
        (GapFound(part="attachment"), (), "gap: nothing was left out in attachment"),
        (Not(GapFound()), (), "not: text could not be looked at: odd"),
        (AllOf((GapFound(), InPlace(("x",)), MatchFound())), (), "place: another one than the rule names"),
        (
            AnyOf((ByAuthor(role="a"), Counted(at_least=3, within_s=60))),
            (),
            "author: not one whom the rule names; count: 1 finds, it asks for 3",
        ),
    ],
)
def test_the_first_condition_that_failed_is_told(
    condition: Condition, matches: tuple[Match, ...], expected: str
) -> None:
    """The match that comes furthest is told by its first key that does not fit."""
    assert failed(condition, facts(*matches)) == expected


def test_each_rule_is_told_with_its_ground_or_its_failure() -> None:
    """In the order of the file: held by a match's sentence, failed by a key, not looked at as a draft."""
    rules = (
        Rule(name="a", when=MatchFound()),
        Rule(name="b", when=MatchFound(signal="file")),
        Rule(name="c", when=MatchFound(), stage=Stage.DRAFT),
    )

    told = list(explained(Policy(name="p", rules=rules), facts(make.match())))

    assert [(t.rule.name, t.held, t.why) for t in told] == [
        ("a", True, "the text links to it"),
        ("b", False, "match: signal asks for file, found link"),
        ("c", False, "a draft is not looked at"),
    ]


@pytest.mark.parametrize(
    ("distance", "expected"),
    [
        (19, []),
        (20, [Notch(change="one bit further", follows="all: report")]),
        (21, [Notch(change="one bit nearer", follows="sure, all: report, delete")]),
        (22, []),
    ],
)
def test_a_notch_of_distance_is_told_where_it_would_change_something(
    distance: int, expected: list[Notch]
) -> None:
    """Only at the border of a limit one bit matters."""
    do = (Action(kind=ActionKind.REPORT), Action(kind=ActionKind.DELETE))
    rules = (
        Rule(name="sure", when=MatchFound(max_distance=20, strength=Strength.STRONG), do=do),
        Rule(name="all", when=MatchFound(), do=do[:1]),
    )

    found = list(notches(Policy(name="p", rules=rules), facts(picture(distance))))

    assert [n for n in found if "bit" in n.change] == expected


def test_a_grade_of_strength_is_told_where_it_would_change_something() -> None:
    """A weak match that is one grade stronger would fire the rule that asks for it."""
    rules = (Rule(name="sure", when=MatchFound(strength=Strength.STRONG)),)

    (notch,) = notches(Policy(name="p", rules=rules), facts(picture(9, Strength.WEAK)))

    assert notch == Notch(change="one grade stronger", follows="sure: record only")
