"""A rule that did not hold is explained by the first condition that failed; a notch by what would follow."""

from dataclasses import replace

import pytest

from core.banks.index import Hit
from core.banks.sentences import strength
from core.model import Action, ActionKind, Gap, Ladder, Match, Strength, Trust
from core.policy.circumstances import ByAuthor, Counted, InPlace
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, GapFound, MatchFound, Not
from core.policy.explain import Notch, explained, failed, notches
from core.policy.policy import Group, Policy, Rule, Stage
from core.view import MAX_BITS
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


def graded(distance: int, strength: Strength, ladder: Ladder) -> list[Notch]:
    """Return what a bit would change for a picture of a list with this ladder."""
    do = (Action(kind=ActionKind.REPORT), Action(kind=ActionKind.DELETE))
    rules = (
        Rule(name="sure", when=MatchFound(strength=Strength.STRONG), do=do),
        Rule(name="all", when=MatchFound(), do=do[:1]),
    )
    match = picture(distance, strength)
    match = replace(match, bank=replace(match.bank, ladder=ladder))
    found = notches(Policy(name="p", rules=rules), facts(match))
    return [notch for notch in found if "bit" in notch.change]


NARROW = Ladder(same=4, strong=20)


@pytest.mark.parametrize(
    ("distance", "strength", "ladder", "change", "follows"),
    [
        (20, Strength.STRONG, NARROW, "one bit further (weak instead of strong)", "all: report"),
        (21, Strength.WEAK, NARROW, "one bit nearer (strong instead of weak)", "sure, all: report, delete"),
        (4, Strength.SAME, NARROW, "one bit further (strong instead of same)", "sure, all: report, delete"),
        (31, Strength.STRONG, Ladder(), "one bit further (no match any more)", "no rule"),
        (31, Strength.WEAK, NARROW, "one bit further (no match any more)", "no rule"),
        (
            10,
            Strength.SAME,
            Ladder(),
            "one bit further (strong instead of same)",
            "sure, all: report, delete",
        ),
        (
            20,
            Strength.SAME,
            Ladder(same=20, strong=20),
            "one bit further (weak instead of same)",
            "all: report",
        ),
    ],
)
def test_a_bit_over_the_border_of_a_lists_ladder_is_told(
    distance: int, strength: Strength, ladder: Ladder, change: str, follows: str
) -> None:
    """With what it makes of the match, whether or not anything else follows from it."""
    assert graded(distance, strength, ladder) == [Notch(change=change, follows=follows)]


@pytest.mark.parametrize(
    ("distance", "strength", "ladder"),
    [
        (3, Strength.SAME, NARROW),
        (5, Strength.STRONG, NARROW),  # whether it fills the upload is not known: no more is promised
        (3, Strength.STRONG, NARROW),  # stands inside another picture
        (19, Strength.STRONG, NARROW),
        (22, Strength.WEAK, NARROW),
        (30, Strength.STRONG, Ladder()),
        (32, Strength.STRONG, Ladder()),  # recognised by which bits differ
        (9, Strength.WEAK, Ladder()),
        (0, Strength.SAME, Ladder()),
    ],
)
def test_a_bit_away_from_every_border_is_not_told(distance: int, strength: Strength, ladder: Ladder) -> None:
    """Nothing would be otherwise."""
    assert graded(distance, strength, ladder) == []


@pytest.mark.parametrize("ladder", [Ladder(), NARROW, Ladder(same=20, strong=20), Ladder(same=12, strong=30)])
def test_a_bit_further_is_graded_as_the_banks_would(ladder: Ladder) -> None:
    """What is said of a picture that fills the upload is what a lookup says of the next distance."""
    for distance in range(MAX_BITS):
        here, there = (strength(Hit(1, bits), ladder) for bits in (distance, distance + 1))
        told = graded(distance, here, ladder)
        said = [n.change for n in told if "further" in n.change]
        assert said == ([] if there is here else [f"one bit further ({there} instead of {here})"])


def test_each_picture_is_moved_by_its_own_ladder() -> None:
    """What becomes of them is said once for each way; what has no distance stays."""
    policy = Policy(name="p", rules=(Rule(name="all", when=MatchFound()),))
    pictures = [picture(31), picture(10, Strength.SAME), picture(31), make.match(trust=Trust.ACT)]

    (notch,) = notches(policy, facts(*pictures))

    assert notch.change == "one bit further (no match any more, strong instead of same)"
    assert notch.follows == "all: record only"


def test_where_another_policy_holds_that_one_is_explained() -> None:
    """The rules of the house say nothing about a group that has its own."""
    report, delete = (Action(kind=kind) for kind in (ActionKind.REPORT, ActionKind.DELETE))
    strong = MatchFound(strength=Strength.STRONG)
    own = Policy(name="own", rules=(Rule(name="own", when=strong, do=(report, delete)),))
    house = Policy(
        name="house",
        rules=(Rule(name="house", when=MatchFound(), do=(report,)),),
        groups=(Group(places=(make.place().id,), policy=own),),
    )

    assert [told.rule.name for told in explained(house, facts(picture(9)))] == ["own"]
    assert Notch(change="one grade weaker", follows="no rule") in list(notches(house, facts(picture(9))))
