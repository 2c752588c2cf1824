"""Conditions in the form in which a policy asks them: what they found is kept while a message is judged.

What a condition found is needed for two things only: whether it holds, and the matches it rests on. So no
finding and no sentence is made of what nobody reads.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from core.model import Match
from core.policy.conditions import Around, Condition, Facts, Finding, GapFound, MatchFound
from core.policy.index import rareness

Ground = tuple[Match, bool]
"""A match that a condition rests on, and whether the condition named its kind of signal."""

Needs = frozenset[int]
"""Places of conditions on a match, one of which must fit, or `GAP`; empty where nothing is needed."""

GAP: Final = -1
_NOTHING: Final[Needs] = frozenset()
_COMMON: Final = 100


class Look(Around):
    """One message while it is judged: what is known of it so far."""

    __slots__ = ("fitting", "may_fit", "said")

    def __init__(self, facts: Facts, may_fit: dict[int, list[Match]]) -> None:
        Around.__init__(self, facts)  # `super()` costs twice as much
        self.may_fit = may_fit
        self.fitting: dict[int, list[Match]] = {}
        self.said: dict[Called, tuple[Finding, ...]] = {}


class Asked(Protocol):
    """A condition in the form in which it is asked."""

    @property
    def needs(self) -> Needs:
        """What must be there for it to hold."""
        ...

    @property
    def rareness(self) -> int:
        """How rare what it needs is."""
        ...

    @property
    def cost(self) -> int:
        """How late it is asked among others: what costs least settles it mostly."""
        ...

    def holds(self, look: Look) -> bool:
        """Tell whether the condition holds."""
        ...

    def first(self, look: Look) -> Match | None:
        """Return the first match it rests on."""
        ...

    def grounds(self, look: Look) -> Iterator[Ground]:
        """Yield the matches it rests on, in the order of the condition's own findings."""
        ...


class Fitting:
    """A condition on a match; `all_wanted` where somebody asks for more than the first one that fits."""

    def __init__(self, condition: MatchFound, place: int) -> None:
        self.needs = frozenset({place})
        self.rareness = rareness(condition)
        self.cost = 2 if condition.asks_more else 0
        self.all_wanted = False
        self._condition = condition
        self._place = place
        self._named = condition.named
        self.asks_more = condition.asks_more

    def holds(self, look: Look) -> bool:
        """Tell whether a match fits."""
        may_fit = look.may_fit.get(self._place)
        return may_fit is not None and (not self.asks_more or bool(self._settled(look, may_fit)))

    def first(self, look: Look) -> Match | None:
        """Return the first match that fits."""
        may_fit = look.may_fit.get(self._place)
        if may_fit is None:
            return None
        if not self.asks_more:
            return may_fit[0]
        found = self._settled(look, may_fit)
        return found[0] if found else None

    def grounds(self, look: Look) -> Iterator[Ground]:
        """Yield every match that fits, or the first one where that is enough."""
        may_fit = look.may_fit.get(self._place, ())
        for match in self._settled(look, may_fit) if self.asks_more else may_fit:
            yield match, self._named

    def _settled(self, look: Look, may_fit: Sequence[Match]) -> Sequence[Match]:
        """Return those that fit in all they are asked for, of those that may."""
        found = look.fitting.get(self._place)
        if found is None:
            found = look.fitting[self._place] = []
            for match in may_fit:
                if self._condition.fits(match, look):
                    found.append(match)
                    if not self.all_wanted:
                        break
        return found


class Called:
    """Any other condition: it is called, once for a message."""

    cost = 1
    rareness = _COMMON

    def __init__(self, condition: Condition) -> None:
        self.needs = frozenset({GAP}) if isinstance(condition, GapFound) else _NOTHING
        self._condition = condition

    def holds(self, look: Look) -> bool:
        """Tell whether it yields a finding."""
        said = look.said.get(self)
        return bool(self._said(look) if said is None else said)

    def first(self, look: Look) -> Match | None:
        """Return the first match of its findings."""
        return next((found.match for found in self._said(look) if found.match), None)

    def grounds(self, look: Look) -> Iterator[Ground]:
        """Yield the matches of its findings; circumstances have none."""
        for finding in self._said(look):
            if finding.match is not None:
                yield finding.match, finding.named

    def _said(self, look: Look) -> tuple[Finding, ...]:
        said = look.said.get(self)
        if said is None:
            said = look.said[self] = tuple(self._condition(look.facts))
        return said


class All:
    """Every one of some conditions holds."""

    cost = 3

    def __init__(self, parts: Sequence[Asked]) -> None:
        self._parts = tuple(parts)
        self._cheapest_first = tuple(sorted(parts, key=lambda part: part.cost))
        rarest = min((part for part in parts if part.needs), key=lambda part: part.rareness, default=None)
        self.needs = rarest.needs if rarest else _NOTHING
        self.rareness = rarest.rareness if rarest else _COMMON

    def holds(self, look: Look) -> bool:
        """Tell whether all hold."""
        for part in self._cheapest_first:  # a loop and not `all`: a generator costs as much as what it asks
            if not part.holds(look):
                return False
        return bool(self._parts)

    def first(self, look: Look) -> Match | None:
        """Return the first match that one of them rests on."""
        for part in self._parts:
            if match := part.first(look):
                return match
        return None

    def grounds(self, look: Look) -> Iterator[Ground]:
        """Yield the grounds of all."""
        for part in self._parts:
            yield from part.grounds(look)


class Any:
    """At least one of some conditions holds."""

    cost = 3

    def __init__(self, parts: Sequence[Asked]) -> None:
        self._parts = tuple(parts)
        self._cheapest_first = tuple(sorted(parts, key=lambda part: part.cost))
        every = all(part.needs for part in parts)
        self.needs = _NOTHING.union(*(part.needs for part in parts)) if every else _NOTHING
        self.rareness = max((part.rareness for part in parts), default=_COMMON)

    def holds(self, look: Look) -> bool:
        """Tell whether one holds."""
        for part in self._cheapest_first:  # noqa: SIM110 - as in `All`
            if part.holds(look):
                return True
        return False

    def first(self, look: Look) -> Match | None:
        """Return the first match that one of those rests on that hold."""
        for part in self._parts:
            if part.holds(look) and (match := part.first(look)):
                return match
        return None

    def grounds(self, look: Look) -> Iterator[Ground]:
        """Yield the grounds of those that hold."""
        for part in self._parts:
            if part.holds(look):
                yield from part.grounds(look)


class Without:
    """A condition does not hold."""

    cost = 3
    needs = _NOTHING
    rareness = _COMMON

    def __init__(self, part: Asked) -> None:
        self._part = part

    def holds(self, look: Look) -> bool:
        """Tell whether it does not hold."""
        return not self._part.holds(look)

    def first(self, look: Look) -> None:
        """Return nothing: what is not there is no match."""

    def grounds(self, look: Look) -> Iterator[Ground]:  # noqa: ARG002 - what others need
        """Yield nothing: what is not there is no match."""
        return iter(())
