"""Each condition: what it holds for, what only looks like it, and how it explains itself."""

from dataclasses import replace

import pytest

from core.model import Entry, Gap, Happening, Match, Strength, Trust
from core.policy.circumstances import Happened
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, GapFound, MatchFound, Not
from tests import make


def picture(distance: int = 9, *, part: str = "attachment[0]") -> Match:
    """Give a match of a picture."""
    found = make.match("0f" * 32, kind="pdq", strength=Strength.STRONG)
    return replace(found, distance=distance, signal=replace(found.signal, part=part))


def facts(*matches: Match, gaps: tuple[Gap, ...] = (), happening: Happening = Happening.POSTED) -> Facts:
    """Give the facts of a message with these matches and gaps."""
    return Facts(message=make.message("see", happening=happening), matches=matches, gaps=gaps)


def holds(condition: Condition, about: Facts) -> bool:
    """Tell whether a condition holds."""
    return any(True for _ in condition(about))


LINK = make.match()
BUTTON = replace(LINK, signal=replace(LINK.signal, part="button[1].url"))
GAP = Gap(part="attachment[1]", reason="video over the 20 MB limit")


@pytest.mark.parametrize(
    ("condition", "hit", "near_miss"),
    [
        (MatchFound(), LINK, None),
        (MatchFound(signal="link"), LINK, picture()),
        (MatchFound(signal="image"), picture(), LINK),
        (MatchFound(bank="community"), LINK, make.match(bank="community-2")),
        (
            MatchFound(label="Lantern CHANNEL"),
            LINK,
            replace(LINK, entry=replace(LINK.entry, label="lantern")),
        ),
        (MatchFound(entity="blue lantern front"), LINK, replace(LINK, entry=Entry(kind="link", value="x"))),
        (MatchFound(strength=Strength.STRONG), LINK, make.match(strength=Strength.WEAK)),
        (MatchFound(strength=Strength.STRONG), picture(), make.match(strength=Strength.WEAK)),
        (MatchFound(strength=Strength.SAME), LINK, picture()),
        (MatchFound(max_distance=20), picture(20), picture(21)),
        (MatchFound(max_distance=0), LINK, picture(1)),
        (MatchFound(trust=Trust.ACT), make.match(trust=Trust.ACT), LINK),
        (MatchFound(part="text"), LINK, BUTTON),
        (MatchFound(part="button"), BUTTON, LINK),
        (MatchFound(part="button[1]"), BUTTON, LINK),
        (MatchFound(part="attachment"), picture(), picture(part="attachment2")),
        (MatchFound(part="attachment[1]"), picture(part="attachment[1].qr"), picture(part="attachment[12]")),
        (MatchFound(signal="image", max_distance=10), picture(9), LINK),
    ],
)
def test_a_match_condition_holds_for_its_match_and_not_for_a_near_miss(
    condition: MatchFound, hit: Match, near_miss: Match | None
) -> None:
    """Every field narrows a match condition to what fits it."""
    assert [f.match for f in condition(facts(hit))] == [hit]
    assert not holds(condition, facts(*([near_miss] if near_miss else [])))


def test_all_fields_of_a_match_condition_must_fit_the_same_match() -> None:
    """A link in one list and a picture in another are not a picture in the first."""
    condition = MatchFound(signal="image", bank="community")

    assert not holds(condition, facts(LINK, replace(picture(), bank=make.match(bank="other").bank)))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [(GapFound(), True), (GapFound(part="attachment"), True), (GapFound(part="text"), False)],
)
def test_a_gap_condition_holds_for_what_could_not_be_looked_at(
    condition: GapFound, *, expected: bool
) -> None:
    """A gap fits by its part, and a match is no gap."""
    assert holds(condition, facts(gaps=(GAP,))) is expected
    assert not holds(condition, facts(LINK, picture()))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (AllOf((MatchFound(signal="link"), GapFound())), True),
        (AllOf((MatchFound(signal="image"), GapFound())), False),
        (AnyOf((MatchFound(signal="image"), GapFound())), True),
        (AnyOf((MatchFound(signal="image"), MatchFound(bank="other"))), False),
        (Not(MatchFound(signal="image")), True),
        (Not(MatchFound(signal="link")), False),
        (Not(Not(GapFound())), True),
        (AllOf((Not(MatchFound(signal="image")), AnyOf((GapFound(),)))), True),
    ],
)
def test_conditions_combine(condition: Condition, *, expected: bool) -> None:
    """`all`, `any` and `not` mean what they say, nested too; the message has a link and a gap."""
    assert holds(condition, facts(LINK, gaps=(GAP,))) is expected


def test_every_finding_explains_itself() -> None:
    """A moderator can read why each part of a condition holds."""
    condition = AllOf(
        (MatchFound(), GapFound(), Not(MatchFound(signal="image")), Happened((Happening.REPORTED,)))
    )

    findings = condition(facts(LINK, gaps=(GAP,), happening=Happening.REPORTED))

    assert [f.because for f in findings] == [
        "the text links to it",
        "attachment[1] could not be looked at: video over the 20 MB limit",
        "what the rule excludes was not found",
        "it was reported",
    ]


def listed(bank: str, *, origin: str = "", trust: Trust = Trust.FLAG, part: str = "text") -> Match:
    """Give a match with a list, whoever it is of."""
    match = make.match(bank=bank, trust=trust)
    return replace(match, bank=replace(match.bank, origin=origin), signal=replace(match.signal, part=part))


@pytest.mark.parametrize(
    ("others", "agree"),
    [
        ((), False),
        ((listed("b"),), True),
        ((listed("b", trust=Trust.ACT),), True),
        ((listed("b", trust=Trust.TRIAL),), False),
        ((listed("b", part="caption"),), False),
        ((listed("b", origin="Harbour Watch"),), False),
        ((replace(listed("b"), strength=Strength.WEAK),), False),
    ],
)
def test_an_action_may_ask_that_independent_lists_agree(others: tuple[Match, ...], agree: bool) -> None:  # noqa: FBT001
    """Two lists of one origin are one; a list on trial, and a weak match, agree with nobody."""
    first = listed("a", origin="Harbour Watch", trust=Trust.ACT)
    facts = Facts(message=make.message(), matches=(first, *others))

    found = {f.match for f in MatchFound(bank="a", sources=2)(facts)}

    assert found == ({first} if agree else set())
