"""Conditions on what surrounds a match: the place, the author, what happened, when, how often.

Not one of them is a ground for more than a report: a rule that does more must name what a list knows beside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model import Happening
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, Finding, Not
from core.policy.limits import Hours, in_place


@dataclass(frozen=True, slots=True)
class InPlace:
    """The message stands in one of these places, given by id or name."""

    places: tuple[str, ...]

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield the place."""
        if in_place(facts.message, self.places):
            yield Finding(f"it stands in {facts.message.place.name or facts.message.place.id}")


@dataclass(frozen=True, slots=True)
class InLane:
    """The message stands in a context lane of the policy, given by its name."""

    name: str

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield the lane."""
        if any(lane.name == self.name for lane in facts.limits.lanes_of(facts.message)):
            yield Finding(f"it stands in the context lane {self.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ByAuthor:
    """The author fits every field that is given.

    Attributes:
        newcomer_s: Joined at most so many seconds before; whoever's joining is not known is no newcomer.
        created_s: The account was made at most so many seconds before; of which it is not known never fits.
        role: One of the author's roles, in any case of letters.
    """

    newcomer_s: int | None = None
    created_s: int | None = None
    role: str | None = None

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield one finding for an author that fits."""
        author, at = facts.message.author, facts.message.at
        if self.newcomer_s is not None and _longer_ago(author.since, at, self.newcomer_s):
            return
        if self.created_s is not None and _longer_ago(author.created, at, self.created_s):
            return
        if self.role is not None and self.role.casefold() not in {role.casefold() for role in author.roles}:
            return
        yield Finding("the author is one whom the rule names")


def _longer_ago(when: datetime | None, at: datetime, most_s: int) -> bool:
    return when is None or at - when > timedelta(seconds=most_s)


def asks_for_roles(condition: Condition) -> bool:
    """Tell whether a condition rests on a role, or on there being none: under a `not` it spares somebody."""
    if isinstance(condition, AllOf | AnyOf):
        return any(map(asks_for_roles, condition.conditions))
    if isinstance(condition, Not):
        return asks_for_roles(condition.condition)
    return isinstance(condition, ByAuthor) and condition.role is not None


@dataclass(frozen=True, slots=True)
class Happened:
    """One of these things happened."""

    happenings: tuple[Happening, ...]

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield what happened."""
        if facts.message.happening in self.happenings:
            yield Finding(f"it was {facts.message.happening}")


@dataclass(frozen=True, slots=True)
class AtHours:
    """The message came in these hours of a day."""

    hours: Hours

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield one finding in these hours."""
        if self.hours.hold(facts.message.at):
            yield Finding("it came in the hours that the rule names")


@dataclass(frozen=True, slots=True)
class InCrisis:
    """The message came while the policy's crisis lasts."""

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield one finding in a crisis."""
        crisis = facts.limits.crisis
        if crisis and crisis.holds(facts.message.at):
            yield Finding("the policy's crisis lasts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """So many finds of this author here, this one included, within so many seconds."""

    at_least: int
    within_s: int

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield the count."""
        count = 1 + facts.earlier_within(self.within_s)
        if count >= self.at_least:
            yield Finding(f"{count} finds of this author")
