"""Filing rules by what they need leaves out only rules that would not have held."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Gap, Match
from core.policy.circumstances import ByAuthor
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, GapFound, MatchFound, Not
from core.policy.index import Needs, index, needs
from tests import make


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (MatchFound(), {("match", "")}),
        (MatchFound(signal="link", bank="b"), {("bank", "b")}),
        (MatchFound(label="Banned", bank="b"), {("label", "banned")}),
        (MatchFound(entity="The Front", label="x"), {("entity", "the front")}),
        (MatchFound(signal="link", hidden=True), {("hidden", "")}),
        (MatchFound(signal="link", hidden=False), {("signal", "link")}),
        (GapFound(part="x"), {("gap", "")}),
        (Not(MatchFound(bank="b")), {("always", "")}),
        (ByAuthor(role="a"), {("always", "")}),
        (AllOf((MatchFound(), Not(GapFound()), MatchFound(bank="b"))), {("bank", "b")}),
        (AnyOf((MatchFound(bank="b"), GapFound())), {("bank", "b"), ("gap", "")}),
        (AnyOf((MatchFound(bank="b"), ByAuthor(role="a"))), {("always", "")}),
    ],
)
def test_a_rule_is_filed_under_the_rarest_thing_it_needs(condition: Condition, expected: Needs) -> None:
    """All conditions of an `all` are needed, so the rarest is enough; of an `any`, each may be the one."""
    assert needs(condition) == expected


WORDS = st.sampled_from((None, "a", "B"))
MATCHES_FOUND = st.builds(
    MatchFound,
    signal=st.sampled_from((None, "link", "image")),
    bank=WORDS,
    label=WORDS,
    entity=WORDS,
    hidden=st.sampled_from((None, True, False)),
)
CONDITIONS = st.recursive(
    MATCHES_FOUND | st.just(GapFound()) | st.just(ByAuthor(role="a")),
    lambda inner: (
        st.builds(Not, inner)
        | st.lists(inner, min_size=1, max_size=3).map(lambda some: AllOf(tuple(some)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some)))
    ),
    max_leaves=6,
)


@st.composite
def found(draw: st.DrawFn) -> Match:
    """Draw a match with the words that conditions ask for."""
    word = st.sampled_from(("", "A", "b", "a", "B"))
    match = make.match(kind=draw(st.sampled_from(("link", "pdq"))), bank=draw(word))
    entry = replace(match.entry, label=draw(word), entity=draw(word))
    return replace(match, entry=entry, signal=replace(match.signal, hidden=draw(st.booleans())))


@given(
    st.lists(CONDITIONS, max_size=5),
    st.lists(found(), max_size=3),
    st.sampled_from(((), (Gap(part="text", reason="odd"),))),
    st.sampled_from(((), ("a",))),
)
def test_no_rule_that_would_hold_is_left_out(
    conditions: list[Condition],
    matches: list[Match],
    gaps: tuple[Gap, ...],
    roles: tuple[str, ...],
) -> None:
    """Whatever the rules and the finds are: what is not asked would not have held, and the order stays."""
    message = replace(make.message(), author=replace(make.account(), roles=roles))
    facts = Facts(message=message, matches=tuple(matches), gaps=gaps)

    asked = list(index(conditions).asked(facts))

    holding = [place for place, condition in enumerate(conditions) if any(True for _ in condition(facts))]
    assert asked == sorted(set(asked))
    assert set(holding) <= set(asked)
