"""Why a rule held or did not, in words, and what one notch would have changed. Pure, as the policy itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.model import Match, Strength
from core.policy.circumstances import AtHours, ByAuthor, Counted, Happened, InCrisis, InLane, InPlace
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, GapFound, MatchFound, Not, stands_in
from core.policy.expression import Expression
from core.policy.policy import Policy, Rule, Stage
from core.view import MAX_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one rule.

    Attributes:
        why: What it rests on, or the first condition that failed.
    """

    rule: Rule
    held: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notch:
    """A small change of what was found, and what would follow from it instead."""

    change: str
    follows: str


def explained(policy: Policy, facts: Facts) -> Iterator[Told]:
    """Yield what became of each rule of the policy that holds there, in the order of the file."""
    policy = policy.at(facts.message)
    facts = replace(facts, limits=policy.limits)
    for rule in policy.rules:
        findings = tuple(rule.when(facts))
        if rule.stage is Stage.DRAFT:
            yield Told(rule=rule, held=False, why="a draft is not looked at")
        elif findings:
            yield Told(rule=rule, held=True, why=findings[0].because)
        else:
            yield Told(rule=rule, held=False, why=failed(rule.when, facts))


def failed(condition: Condition, facts: Facts) -> str:
    """Say what of a condition that does not hold failed first."""
    match condition:
        case AllOf(conditions=inner):
            why = next(failed(one, facts) for one in inner if not _holds(one, facts))
        case AnyOf(conditions=inner):
            why = "; ".join(dict.fromkeys(failed(one, facts) for one in inner))
        case Not(condition=excluded):
            why = f"not: {next(iter(excluded(facts))).because}"
        case MatchFound():
            why = _failed_match(condition, facts)
        case GapFound(part=part):
            why = f"gap: nothing was left out in {part}" if part else "gap: nothing was left out"
        case Counted(at_least=at_least, within_s=within_s):
            why = f"count: {1 + facts.earlier_within(within_s)} finds, it asks for {at_least}"
        case Expression():
            why = f"cel: {condition.trouble(facts) or f'it is not so that “{condition.text}”'}"
        case ByAuthor():
            why = "author: not one whom the rule names"
        case _:
            why = f"{_KEYS.get(type(condition), 'condition')}: another one than the rule names"
    return why


_KEYS: Final = {
    InPlace: "place",
    InLane: "lane",
    Happened: "happening",
    AtHours: "hours",
    InCrisis: "crisis",
}


def _holds(condition: Condition, facts: Facts) -> bool:
    return next(condition(facts), None) is not None


def _failed_match(wanted: MatchFound, facts: Facts) -> str:
    """Say which key the match fails that comes furthest, in the order of the keys of a file."""
    if not facts.matches:
        return "match: nothing was recognised"
    misses = [list(_misses(wanted, match, facts)) for match in facts.matches]
    furthest = min(misses, key=lambda missed: (len(missed), -missed[0][0]))
    return f"match: {furthest[0][1]}"


def _misses(wanted: MatchFound, match: Match, facts: Facts) -> Iterator[tuple[int, str]]:
    """Yield each key that a match does not fit, by its place, with what was asked for and what was there."""
    limit = wanted.max_distance
    there: Sequence[tuple[str, object, object, bool]] = (
        ("signal", wanted.signal, match.signal.subject, wanted.signal == match.signal.subject),
        ("bank", wanted.bank, match.bank.name, wanted.bank == match.bank.name),
        ("label", wanted.label, match.entry.label, _same(wanted.label, match.entry.label)),
        ("entity", wanted.entity, match.entry.entity, _same(wanted.entity, match.entry.entity)),
        ("strength", wanted.strength, match.strength, _rank(match.strength) >= _rank(wanted.strength)),
        ("distance", limit, match.distance, (match.distance or 0) <= (limit or 0)),
        ("trust", wanted.trust, match.bank.trust, wanted.trust == match.bank.trust),
        ("part", wanted.part, match.signal.part, stands_in(match.signal.part, wanted.part or "")),
        ("sources", wanted.sources, facts.agreeing(match), facts.agreeing(match) >= (wanted.sources or 0)),
        ("hidden", wanted.hidden, match.signal.hidden, wanted.hidden == match.signal.hidden),
        ("carried", wanted.carried, facts.carried(match), wanted.carried == facts.carried(match)),
    )
    for place, (key, asked, found, fits) in enumerate(there):
        if asked is not None and not fits:
            yield place, f"{key} asks for {_word(asked)}, found {_word(found)}"


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) or "none"


def _same(one: str | None, other: str) -> bool:
    return one is not None and one.casefold() == other.casefold()


def _rank(strength: Strength | None) -> int:
    return -1 if strength is None else strength.rank


def notches(policy: Policy, facts: Facts) -> Iterator[Notch]:
    """Yield each small change of what was found that would change what follows, or how sure a picture is."""
    policy = policy.at(facts.message)
    now = _outcome(policy, facts)
    for bits, change in ((-1, "one bit nearer"), (1, "one bit further")):
        moved = [(match, _moved(match, bits)) for match in facts.matches]
        graded = dict.fromkeys(words for match, other in moved if (words := _regraded(match, other)))
        then = _outcome(policy, replace(facts, matches=tuple(other for _, other in moved if other)))
        if then != now or graded:
            yield Notch(change=f"{change} ({', '.join(graded)})" if graded else change, follows=then)
    for steps, change in ((1, "one grade stronger"), (-1, "one grade weaker")):
        matches = tuple(_graded(match, steps) for match in facts.matches)
        then = _outcome(policy, replace(facts, matches=matches))
        if then != now:
            yield Notch(change=change, follows=then)


def _outcome(policy: Policy, facts: Facts) -> str:
    verdict = policy.of(replace(facts, limits=policy.limits))
    rules, actions = ", ".join(verdict.rules) or "no rule", ", ".join(a.kind for a in verdict.actions)
    return f"{rules}: {actions or 'record only'}" if verdict.rules else rules


def _moved(match: Match, bits: int) -> Match | None:
    """Return a picture's match at another distance, as its list's ladder grades it there; None for no match.

    Beyond `MAX_BITS` a picture is recognised by which bits differ, which one bit more does not settle.
    """
    if match.distance is None:
        return match
    distance = max(0, match.distance + bits)
    if match.distance <= MAX_BITS < distance:
        return None
    there, here = _grade(match, distance), _grade(match, match.distance)
    return replace(match, distance=distance, strength=match.strength if there is here else there)


def _grade(match: Match, distance: int) -> Strength:
    """Return how sure a picture's match is at a distance (`core.banks.sentences.strength`).

    What fills the whole upload alone can be the same. What is the same does; of anything else it is not
    known here, and no more than strong is promised.
    """
    ladder = match.bank.ladder
    if ladder.strong < MAX_BITS and distance > ladder.strong:
        return Strength.WEAK
    return Strength.SAME if match.strength is Strength.SAME and distance <= ladder.same else Strength.STRONG


def _regraded(match: Match, moved: Match | None) -> str:
    """Say how much surer or less sure a match is where it was moved to; "" where it is as before."""
    if moved is None:
        return "no match any more"
    return "" if moved.strength is match.strength else f"{moved.strength} instead of {match.strength}"


def _graded(match: Match, steps: int) -> Match:
    grades = list(Strength)
    return replace(match, strength=grades[min(max(match.strength.rank + steps, 0), len(grades) - 1)])
