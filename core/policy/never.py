"""Rules that cannot do what they say: found when a file is loaded, not on the night they are needed.

A rule that can never match, and a rule that would do more than report although nothing beside a phrase or
the circumstances speaks for it. Told from the conditions alone, without an example of a message.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from core.model import Action
from core.policy.circumstances import Happened, InCrisis, InLane
from core.policy.conditions import AllOf, AnyOf, Condition, GapFound, MatchFound, Not, stands_in
from core.policy.document import Document
from core.policy.expression import expressions
from core.policy.faults import Fault, quoted
from core.policy.policy import Policy, Rule
from core.policy.proposals import REPORT
from core.policy.refusals import spot_of

_BESIDE: Final = (
    "Ask for a link, a file, a picture or an account beside it. See policies/README.md#conditions"
)
_PHRASE: Final = (
    "more than a report, on a phrase alone",
    f"Reporters and victims write names and slogans, too. {_BESIDE}",
)
_NOTHING: Final = (
    "more than a report, on nothing that a list knows",
    "Add a match to its condition. See policies/README.md#circumstances",
)
_DENIED: Final = (
    "Deny it in the expression, as in '!(author.days > 30)': what is not known is then neither. "
    "See policies/README.md#expressions"
)
_NEVER: Final = "Every condition of an `all` must be able to hold at once. See policies/README.md#conditions"


def meaningless(policy: Policy, found: Document) -> Iterator[Fault]:
    """Yield a fault for each rule of a file that cannot do what it says.

    Args:
        policy: As it was built from the file alone, or together with what it extends; its own rules are
            those of the document, in that order.
        found: The file.
    """
    for place, rule in enumerate(policy.rules):
        if why := _never(rule.when):
            spot = spot_of(("rules", place, "when"), found)
            yield Fault(spot=spot, what=f"rule can never match: {why}", remedy=_NEVER)
        if _denied(rule.when):
            spot = spot_of(("rules", place, "when"), found)
            yield Fault(spot=spot, what="an expression under a `not`", remedy=_DENIED)
        for key, actions in _done(rule):
            if (said := _groundless(rule.when)) and any(a.kind.rank > REPORT.kind.rank for a in actions):
                spot = spot_of(("rules", place, *key), found)
                yield Fault(spot=spot, what=said[0], remedy=said[1])
        if policy.limits.crisis is None and any(isinstance(c, InCrisis) for c in _leaves(rule.when)):
            spot = spot_of(("rules", place, "when"), found)
            remedy = "Say from when until when it lasts: crisis: {from: …, until: …}. "
            remedy += "See policies/README.md#bounds"
            yield Fault(spot=spot, what="a crisis condition in a policy without a crisis", remedy=remedy)

        for name in _lanes(rule.when):
            if all(lane.name != name for lane in policy.limits.lanes):
                spot = spot_of(("rules", place, "when"), found)
                there = ", ".join(lane.name for lane in policy.limits.lanes) or "none"
                remedy = f"It has: {there}. See policies/README.md#bounds"
                yield Fault(spot=spot, what=f"no lane of the policy is called {quoted(name)}", remedy=remedy)


def _lanes(condition: Condition) -> Iterator[str]:
    """Yield the names of lanes that a condition asks for or excludes."""
    if isinstance(condition, InLane):
        yield condition.name
    elif isinstance(condition, Not):
        yield from _lanes(condition.condition)
    elif isinstance(condition, AllOf | AnyOf):
        for inner in condition.conditions:
            yield from _lanes(inner)


def _denied(condition: Condition) -> bool:
    """Tell whether an expression stands under a `not`: what is not known would count as its opposite."""
    if isinstance(condition, AllOf | AnyOf):
        return any(_denied(inner) for inner in condition.conditions)
    return isinstance(condition, Not) and any(True for _ in expressions(condition.condition))


def _done(rule: Rule) -> Iterator[tuple[tuple[str, ...], tuple[Action, ...]]]:
    yield ("do",), rule.do
    if rule.ladder:
        yield ("ladder", "second"), rule.ladder.second
        yield ("ladder", "third"), rule.ladder.third or ()


def _leaves(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions that a condition is made of, save what it excludes."""
    if isinstance(condition, AllOf | AnyOf):
        for inner in condition.conditions:
            yield from _leaves(inner)
    elif not isinstance(condition, Not):
        yield condition


def _groundless(condition: Condition) -> tuple[str, str] | None:
    """Say why no more than a report can follow, or None where more can.

    A rule on gaps alone is old and stays valid: it only ever reported.
    """
    leaves = tuple(_leaves(condition))
    matches = [leaf for leaf in leaves if isinstance(leaf, MatchFound)]
    if matches:
        return _PHRASE if all(match.signal == "phrase" for match in matches) else None
    return None if not leaves or any(isinstance(leaf, GapFound) for leaf in leaves) else _NOTHING


def _never(condition: Condition) -> str:
    """Say why a condition can never hold, or ""."""
    if isinstance(condition, AnyOf):
        whys = [_never(inner) for inner in condition.conditions]
        return whys[0] if all(whys) else ""
    if not isinstance(condition, AllOf):
        return ""
    return next((why for inner in condition.conditions if (why := _never(inner))), "") or _contradiction(
        tuple(_flat(condition.conditions))
    )


def _flat(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """Yield all that must hold: an `all` in an `all`, and each part of a `not: {any: …}`."""
    for one in conditions:
        if isinstance(one, AllOf):
            yield from _flat(one.conditions)
        elif isinstance(one, Not) and isinstance(one.condition, AnyOf):
            yield from _flat(Not(inner) for inner in one.condition.conditions)
        else:
            yield one


def _contradiction(all_of: tuple[Condition, ...]) -> str:
    """Say which two of the conditions exclude each other."""
    excluded = [one.condition for one in all_of if isinstance(one, Not)]
    asked = [one for one in all_of if not isinstance(one, Not)]
    if any(covers(no, yes) for no in excluded for yes in asked):
        return "it excludes what it asks for"
    happenings = [set(one.happenings) for one in asked if isinstance(one, Happened)]
    if happenings and not set.intersection(*happenings):
        return "one message is one happening"
    return ""


def covers(wide: Condition, narrow: Condition) -> bool:
    """Tell whether whatever fits the second condition fits the first, as far as can be told."""
    if isinstance(wide, MatchFound) and isinstance(narrow, MatchFound):
        return _covers_match(wide, narrow)
    if isinstance(wide, GapFound) and isinstance(narrow, GapFound):
        return _within(wide.part, narrow.part)
    if isinstance(wide, Happened) and isinstance(narrow, Happened):
        return set(narrow.happenings) <= set(wide.happenings)
    return wide == narrow


def _covers_match(wide: MatchFound, narrow: MatchFound) -> bool:
    same = ("signal", "bank", "trust", "hidden", "carried")
    return (
        all(getattr(wide, key) in {None, getattr(narrow, key)} for key in same)
        and all(
            _folded(getattr(wide, key)) in {None, _folded(getattr(narrow, key))}
            for key in ("label", "entity")
        )
        and (
            wide.strength is None
            or (narrow.strength is not None and narrow.strength.rank >= wide.strength.rank)
        )
        and (wide.max_distance is None or _at_most(narrow.max_distance, wide.max_distance))
        and (wide.sources is None or _at_most(wide.sources, narrow.sources))
        and _within(wide.part, narrow.part)
    )


def _folded(text: str | None) -> str | None:
    return text.casefold() if text is not None else None


def _at_most(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low <= high


def _within(wide: str | None, narrow: str | None) -> bool:
    return wide is None or (narrow is not None and stands_in(narrow, wide))
