"""The conditions of a policy, whatever is alike in them once.

Rules of one community ask much the same. So equal conditions are one here, whatever rules they stand in, and
a condition is asked only where something is there without which it cannot hold. It comes to what calling
every condition comes to, which a test compares.
"""

from collections.abc import Iterable, Iterator

from core.model import Match
from core.policy.asked import GAP, All, Any, Asked, Called, Fitting, Ground, Look, Without
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, MatchFound, Not
from core.policy.index import Index

_Filed = tuple[Asked, list[int]]
"""A condition, and the rules that have it."""


class Compiled:
    """The conditions of some rules, each rule called by its place.

    Args:
        conditions: One for each rule; and whether all of its grounds are wanted, or the first is enough.
    """

    def __init__(self, conditions: Iterable[tuple[Condition, bool]]) -> None:
        self._fitting: dict[MatchFound, Fitting] = {}
        self._others: dict[Condition, Asked] = {}
        self._of_rule = [self._asked(one, all_wanted=all_wanted) for one, all_wanted in conditions]
        self._index = Index(tuple(self._fitting))
        rules: dict[Asked, list[int]] = {}
        for place, asked in enumerate(self._of_rule):
            rules.setdefault(asked, []).append(place)
        self._always = [(asked, places) for asked, places in rules.items() if not asked.needs]
        self._resting: dict[int, tuple[Fitting, list[int]]] = {}
        self._filed: dict[int, list[_Filed]] = {}
        for asked, places in rules.items():
            for need in asked.needs:
                if isinstance(asked, Fitting):
                    self._resting[need] = asked, places
                else:
                    self._filed.setdefault(need, []).append((asked, places))
        self._without_match = [*self._always, *self._filed.get(GAP, ())]

    @property
    def may_hold_alone(self) -> bool:
        """A condition may hold although nothing was recognised, and nothing left out."""
        return bool(self._always)

    def look(self, facts: Facts) -> Look:
        """Begin to look at a message: find what may fit each of its matches."""
        return Look(facts, self._index.may_fit(facts.matches))

    def holding(self, look: Look) -> dict[int, Match | None]:
        """Return the rules whose conditions hold, in any order, each with the first match it rests on."""
        found: dict[int, Match | None] = {}
        for place, matches in look.may_fit.items():
            if place in self._resting:
                fitting, rules = self._resting[place]
                if match := fitting.first(look) if fitting.asks_more else matches[0]:
                    for rule in rules:
                        found[rule] = match
            for asked, rules in self._filed.get(place, ()):
                if asked.holds(look):
                    found.update(dict.fromkeys(rules, asked.first(look)))
        for asked, rules in self._without_match if look.facts.gaps else self._always:
            if asked.holds(look):
                found.update(dict.fromkeys(rules, asked.first(look)))
        return found

    def grounds(self, rule: int, look: Look) -> Iterator[Ground]:
        """Yield the matches on which a rule rests whose condition holds."""
        return self._of_rule[rule].grounds(look)

    def _asked(self, condition: Condition, *, all_wanted: bool) -> Asked:
        """Return the one form of a condition and of all that are equal to it."""
        if isinstance(condition, MatchFound):
            fitting = self._fitting.setdefault(condition, Fitting(condition, len(self._fitting)))
            fitting.all_wanted |= all_wanted
            return fitting
        asked: Asked
        match condition:
            case AllOf(conditions=inner):
                asked = All([self._asked(one, all_wanted=all_wanted) for one in inner])
            case AnyOf(conditions=inner):
                asked = Any([self._asked(one, all_wanted=all_wanted) for one in inner])
            case Not(condition=excluded):
                asked = Without(self._asked(excluded, all_wanted=False))
            case _:
                asked = Called(condition)
        return self._others.setdefault(condition, asked)
