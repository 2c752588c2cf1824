"""An expression is a circumstance: it holds or does not, whatever the message, and is no ground by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import BadInput
from core.model import Action, ActionKind, Gap, Happening, Match, Strength, Trust
from core.policy.conditions import AllOf, AnyOf, Facts, MatchFound, Not
from core.policy.cost import EXPRESSION, size
from core.policy.explain import explained, failed
from core.policy.expression import SAMPLES, Expression, expressions, tried
from core.policy.loader import read_policy
from core.policy.policy import Policy, Rule, Stage
from core.policy.program import WrongExpression
from tests import make

KNOWN = make.match(trust=Trust.ACT)
WEAK = make.match("0f" * 32, kind="pdq", trust=Trust.ACT, strength=Strength.WEAK)
DELETE = Action(kind=ActionKind.DELETE)
OVERFLOWS = "found + gaps + 9223372036854775804 > 0"
"""Numbers have 64 bits: with four of what it counts, there is no such sum."""


def facts(*matches: Match, days: int | None = 3) -> Facts:
    """Give the facts of a message by somebody who is here for so many days."""
    at = make.NOON
    since = None if days is None else at - timedelta(days=days)
    message = make.message(author=replace(make.account(), since=since))
    return Facts(message=message, matches=matches)


@pytest.mark.parametrize(
    ("text", "matches", "days", "holds"),
    [
        ("found > 1", (KNOWN, WEAK), 3, True),
        ("found > 1", (KNOWN,), 3, False),
        ("sure == 1 && 'image' in kinds", (KNOWN, WEAK), 3, True),
        ("author.days < 7", (KNOWN,), 3, True),
        ("author.days < 7", (KNOWN,), 7, False),
        ("author.days < 7", (KNOWN,), None, False),
        ("!(author.days < 7)", (KNOWN,), None, False),
        ("author.days < 7 || !author.known", (KNOWN,), None, True),
        ("'blue lantern front' in entities", (KNOWN,), 3, True),
        ("'Blue Lantern Front' in entities", (KNOWN,), 3, False),
        ("found == 0", (), 3, True),
    ],
)
def test_an_expression_holds_or_does_not(
    text: str, matches: tuple[Match, ...], days: int | None, *, holds: bool
) -> None:
    """Of all matches together; what is not known is neither."""
    findings = list(Expression(text)(facts(*matches, days=days)))

    assert bool(findings) is holds
    assert all(finding.match is None for finding in findings)


def test_two_of_the_same_text_are_equal() -> None:
    """What was made ready of them is no part of their value."""
    assert Expression("found > 1") == Expression("found > 1")
    assert len({Expression("found > 1"), Expression("found > 1"), Expression("found > 2")}) == 2
    assert repr(Expression("found > 1")) == "Expression(text='found > 1')"


def test_it_is_tried_on_messages_of_every_kind() -> None:
    """With finds and without, by the known and by others: what would go wrong at night goes wrong now."""
    assert len(SAMPLES) == 4 * len(Happening)
    assert {sample.message.happening for sample in SAMPLES} == set(Happening)
    assert tried("author.days < 3") == Expression("author.days < 3")
    with pytest.raises(WrongExpression) as refused:
        tried("message.happening == 'joined' && found + 9223372036854775807 > 0")
    assert refused.value.what == (
        "its expression cannot be worked out: OUT_OF_RANGE: integer overflow (where the message was joined)"
    )


def test_beside_a_match_it_narrows_what_the_match_leads_to() -> None:
    """The find is the ground, the expression a condition; alone it leads to a report."""
    both = Rule(name="both", when=AllOf((MatchFound(), Expression("author.days < 7"))), do=(DELETE,))
    alone = Rule(name="alone", when=Expression("found > 0"), do=(DELETE,))

    def does(rule: Rule, days: int) -> list[ActionKind]:
        return [a.kind for a in Policy(name="p", rules=(rule,)).of(facts(KNOWN, days=days)).actions]

    assert (does(both, 3), does(both, 9)) == ([ActionKind.DELETE], [])
    assert does(alone, 3) == [ActionKind.REPORT]


def refusal(when: str, do: str = "[report, delete]") -> str:
    """Return the first line that a rule is refused with, or ""."""
    text = f"version: 1\nrules: [{{name: a, when: {when}, do: {do}}}]\n"
    try:
        read_policy(text.encode(), name="p", where="p")
    except BadInput as refused:
        return str(refused).splitlines()[0]
    return ""


@pytest.mark.parametrize(
    ("when", "do", "why"),
    [
        ("{cel: found > 1}", "[report]", ""),
        ("{cel: found > 1}", "[report, notify]", "more than a report, on nothing that a list knows"),
        ("{all: [cel: found > 1, place: [x]]}", "[delete]", "more than a report, on nothing"),
        ("{all: [match: {signal: phrase}, cel: found > 1]}", "[delete]", "more than a report, on a phrase"),
        ("{all: [match: {}, cel: found > 1]}", "[delete]", ""),
        ("{all: [match: {}, not: {cel: found > 1}]}", "[delete]", "an expression under a `not`"),
        ("{not: {any: [gap: {}, all: [cel: found > 1]]}}", "[report]", "an expression under a `not`"),
        ("{any: [match: {}, cel: '!(found > 1)']}", "[report]", ""),
    ],
)
def test_it_is_no_ground_and_stands_under_no_not(when: str, do: str, why: str) -> None:
    """What is not known would count as its opposite there."""
    told = refusal(when, do)

    assert why in told
    assert bool(why) is bool(told)


def test_what_cannot_be_worked_out_does_not_hold_and_is_noted() -> None:
    """Nothing is raised and the other rules go on; what is only not known is no trouble."""
    broken = Rule(name="sum", when=AllOf((MatchFound(), Expression(OVERFLOWS))), do=(DELETE,))
    unknown = Rule(name="new", when=Expression("author.days < 3"), do=(DELETE,))
    draft = replace(broken, name="draft", stage=Stage.DRAFT)
    fine = Rule(name="fine", when=MatchFound(), do=(Action(kind=ActionKind.REPORT),))
    found = replace(facts(KNOWN, KNOWN, WEAK, days=None), gaps=(Gap(part="text", reason="odd"),))

    verdict = Policy(name="p", rules=(broken, unknown, draft, fine)).of(found)

    assert verdict.rules == ("fine",)
    assert verdict.notes == ("rule sum: its expression cannot be worked out: OUT_OF_RANGE: integer overflow",)


def test_an_expression_that_cannot_be_worked_out_is_noted_where_nothing_was_found() -> None:
    """It is wrong at every message, and who wrote it is to hear of it before the first find."""
    rule = Rule(name="sum", when=AllOf((MatchFound(), Expression("message.hour + 9223372036854775807 > 1"))))

    verdict = Policy(name="p", rules=(rule,)).judge(make.message(), (), ())

    assert [note[:34] for note in verdict.notes] == ["rule sum: its expression cannot be"]


def test_why_it_did_not_hold_is_explained() -> None:
    """In a rule's explanation, as for every condition."""
    rule = Rule(name="a", when=AllOf((MatchFound(), Expression("found > 1"))))

    assert failed(rule.when, facts(KNOWN)) == "cel: it is not so that “found > 1”"
    assert [told.held for told in explained(Policy(name="p", rules=(rule,)), facts(KNOWN, WEAK))] == [True]
    overflown = replace(facts(KNOWN, KNOWN, WEAK), gaps=(Gap(part="text", reason="odd"),))
    assert (
        failed(Expression(OVERFLOWS), overflown)
        == "cel: its expression cannot be worked out: OUT_OF_RANGE: integer overflow"
    )


def test_expressions_are_found_wherever_they_stand_and_counted_for_what_they_take() -> None:
    """Ten conditions each."""
    one, two = Expression("found > 1"), Expression("gaps > 1")
    condition = AnyOf((AllOf((MatchFound(), one)), Not(two), MatchFound()))

    assert list(expressions(condition)) == [one, two]
    assert size(condition) == 5 + 2 * EXPRESSION


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("found + 1 > 2", True),
        ("found - gaps > 2", True),
        ("-found < 2", True),
        ("found > -1", False),
        ("sure > 1", False),
    ],
)
def test_only_what_counts_together_may_fail(text: str, *, may: bool) -> None:
    """So no message pays for asking what cannot."""
    assert Expression(text).may_fail is may
