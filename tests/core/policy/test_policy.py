"""A policy proposes what its rules say, and three things whatever they say."""

from dataclasses import replace
from itertools import permutations

import pytest

from core.model import Action, ActionKind, Gap, Happening, Match, Outcome, Strength, Trust
from core.policy.conditions import AllOf, AnyOf, Condition, GapFound, MatchFound, Not
from core.policy.policy import Policy, Rule
from tests import make

REPORT, DELETE, MUTE, BAN = ActionKind.REPORT, ActionKind.DELETE, ActionKind.MUTE, ActionKind.BAN
NOTIFY, WARN, KICK = ActionKind.NOTIFY, ActionKind.WARN, ActionKind.KICK
NO_MEDIA = ActionKind.NO_MEDIA
PROMOTED = make.match(trust=Trust.ACT)
GAP = Gap(part="attachment[0]", reason="too large")


def rule(*kinds: ActionKind, name: str = "known", for_s: int | None = None) -> Rule:
    """Give a rule for any match."""
    do = tuple(Action(kind=k, for_s=for_s if k.lasts else None) for k in kinds)
    return Rule(name=name, when=MatchFound(), do=do)


def test_a_rule_that_holds_is_named_and_its_actions_are_proposed() -> None:
    """The verdict has the matches, the gaps, the rule and what it proposes."""
    policy = Policy(name="default", rules=(rule(REPORT), Rule(name="gaps", when=GapFound())))

    verdict = policy.judge(make.message(), (PROMOTED,), (GAP,))

    assert (verdict.policy, verdict.rules) == ("default", ("known", "gaps"))
    assert (verdict.matches, verdict.gaps) == ((PROMOTED,), (GAP,))
    assert [a.kind for a in verdict.actions] == [REPORT]
    assert verdict.outcome is Outcome.REVIEW


def test_nothing_found_is_allowed() -> None:
    """Without matches, gaps and reports no rule of any match fires."""
    verdict = Policy(name="strict", rules=(rule(REPORT, DELETE),)).judge(make.message("hello"), (), ())

    assert (verdict.rules, verdict.actions, verdict.outcome) == ((), (), Outcome.ALLOW)


def test_a_rule_that_does_nothing_records_without_a_card() -> None:
    """An empty `do` leaves a verdict with its matches and no action."""
    verdict = Policy(name="observe", rules=(rule(),)).judge(make.message(), (PROMOTED,), ())

    assert (verdict.rules, verdict.actions, verdict.outcome) == (("known",), (), Outcome.REVIEW)


@pytest.mark.parametrize("rules", [(), (rule(),)])
def test_a_members_report_always_reaches_the_moderators(rules: tuple[Rule, ...]) -> None:
    """No policy can keep a report from being shown."""
    verdict = Policy(name="observe", rules=rules).judge(make.message(happening=Happening.REPORTED), (), ())

    assert [a.kind for a in verdict.actions] == [REPORT]
    assert verdict.rules == ("a member's report",)


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (PROMOTED, [DELETE, BAN]),
        (make.match(trust=Trust.ACT, strength=Strength.STRONG), [DELETE, BAN]),
        (make.match(trust=Trust.ACT, strength=Strength.WEAK), [REPORT]),
        (make.match(trust=Trust.TRIAL), [REPORT]),
        (make.match("blue lanterns", kind="phrase", trust=Trust.ACT), [REPORT]),
        (make.match("0f" * 32, kind="text", trust=Trust.ACT), [DELETE, BAN]),
    ],
)
def test_only_a_sure_match_of_a_promoted_list_leads_to_more_than_a_report(
    match: Match, expected: list[ActionKind]
) -> None:
    """What a list on trial, a likeness or a phrase would do becomes a report."""
    verdict = Policy(name="mine", rules=(rule(DELETE, BAN),)).judge(make.message(), (match,), ())

    assert [a.kind for a in verdict.actions] == expected


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (None, [DELETE, BAN]),
        (BAN, [DELETE, BAN]),
        (DELETE, [REPORT, DELETE]),
        (REPORT, [REPORT]),
    ],
)
def test_a_list_leads_to_no_more_than_it_may(most: ActionKind | None, expected: list[ActionKind]) -> None:
    """What is beyond a bank's strongest action becomes a report."""
    match = replace(PROMOTED, bank=replace(PROMOTED.bank, most=most))

    verdict = Policy(name="mine", rules=(rule(DELETE, BAN),)).judge(make.message(), (match,), ())

    assert [a.kind for a in verdict.actions] == expected


def likeness(strength: Strength = Strength.STRONG, trust: Trust = Trust.ACT) -> Match:
    """Give an account that resembles a listed one."""
    return make.match("Blue Lantern", kind="profile", strength=strength, trust=trust)


@pytest.mark.parametrize(
    ("when", "match", "expected"),
    [
        (MatchFound(), likeness(), [REPORT]),
        (MatchFound(strength=Strength.STRONG, trust=Trust.ACT), likeness(), [REPORT]),
        (MatchFound(label="lantern channel"), likeness(), [REPORT]),
        (AnyOf((MatchFound(), GapFound())), likeness(), [REPORT]),
        (MatchFound(signal="likeness"), likeness(), [BAN]),
        (AllOf((MatchFound(signal="likeness"), MatchFound())), likeness(), [BAN]),
        (MatchFound(signal="likeness"), likeness(Strength.WEAK), [REPORT]),
        (MatchFound(signal="likeness"), likeness(trust=Trust.TRIAL), [REPORT]),
        (MatchFound(), PROMOTED, [BAN]),
    ],
)
def test_a_likeness_leads_to_more_than_a_report_only_where_a_rule_names_it(
    when: Condition, match: Match, expected: list[ActionKind]
) -> None:
    """Nobody who is on no list is banned by a rule that was written for what is on one."""
    policy = Policy(name="mine", rules=(Rule(name="r", when=when, do=(Action(kind=BAN),)),))

    verdict = policy.judge(make.message(), (match,), ())

    assert [a.kind for a in verdict.actions] == expected


@pytest.mark.parametrize("when", [GapFound(), Not(MatchFound(signal="image"))])
def test_a_rule_that_rests_on_no_match_only_reports(when: GapFound | Not) -> None:
    """A gap, or the absence of something, never deletes, even beside a promoted match."""
    policy = Policy(name="mine", rules=(Rule(name="r", when=when, do=(Action(kind=DELETE),)),))

    verdict = policy.judge(make.message(), (PROMOTED,), (GAP,))

    assert [a.kind for a in verdict.actions] == [REPORT]


def test_the_order_of_rules_does_not_matter() -> None:
    """Every order of the same rules proposes the same."""
    rules = (rule(REPORT, name="a"), rule(MUTE, for_s=60, name="b"), rule(DELETE, MUTE, for_s=3600, name="c"))

    verdicts = {
        Policy(name="p", rules=r).judge(make.message(), (PROMOTED,), ()).actions for r in permutations(rules)
    }

    assert verdicts == {(Action(kind=REPORT), Action(kind=DELETE), Action(kind=MUTE, for_s=3600))}


def test_of_several_holds_on_media_the_longest_stands() -> None:
    """As of several mutes; each comes with its rule's own time."""
    rules = tuple(rule(NO_MEDIA, for_s=for_s, name=str(for_s)) for for_s in (60, 86_400, 3600))

    verdict = Policy(name="p", rules=rules).judge(make.message(), (PROMOTED,), ())

    assert verdict.actions == (Action(kind=NO_MEDIA, for_s=86_400),)


@pytest.mark.parametrize(
    ("proposed", "expected"),
    [
        ((MUTE, BAN), [BAN]),
        ((KICK, BAN), [BAN]),
        ((MUTE, KICK, BAN), [BAN]),
        ((MUTE, KICK), [KICK]),
        ((NOTIFY, WARN), [WARN]),
        ((NOTIFY, MUTE), [NOTIFY, MUTE]),
        ((NO_MEDIA, MUTE), [MUTE]),
        ((NO_MEDIA, KICK), [KICK]),
        ((BAN, NO_MEDIA), [BAN]),
        ((NO_MEDIA, DELETE, WARN), [WARN, DELETE, NO_MEDIA]),
        ((BAN, DELETE, WARN, REPORT), [REPORT, WARN, DELETE, BAN]),
    ],
)
def test_what_another_action_outdoes_is_left_out(
    proposed: tuple[ActionKind, ...], expected: list[ActionKind]
) -> None:
    """A mute after a ban would replace the ban on one platform; two notices would tell the same twice."""
    policy = Policy(name="p", rules=tuple(rule(kind, for_s=60, name=kind) for kind in proposed))

    assert [a.kind for a in policy.judge(make.message(), (PROMOTED,), ()).actions] == expected


def test_kinds_of_action_grow_stronger_in_one_order() -> None:
    """A limit on a list and on what may rest on a weak match is a place in this order."""
    assert sorted([BAN, KICK, MUTE, DELETE, WARN, NOTIFY, REPORT], key=lambda kind: kind.rank) == [
        REPORT,
        NOTIFY,
        WARN,
        DELETE,
        MUTE,
        KICK,
        BAN,
    ]


@pytest.mark.parametrize(
    ("happening", "expected"),
    [
        (Happening.JOINED, [REPORT, BAN]),
        (Happening.PROFILE, [REPORT, BAN]),
        (Happening.POSTED, [DELETE, BAN]),
        (Happening.EDITED, [DELETE, BAN]),
    ],
)
def test_where_nothing_was_written_a_deletion_is_a_report(
    happening: Happening, expected: list[ActionKind]
) -> None:
    """An account that showed itself has no message; no card claims that one was deleted."""
    policy = Policy(name="strict", rules=(rule(DELETE, BAN),))

    verdict = policy.judge(make.message(happening=happening), (PROMOTED,), ())

    assert [a.kind for a in verdict.actions] == expected
