"""What bounds a whole policy, whatever its rules say: exempt roles, lanes, quiet hours, a crisis, quotas.

A bound only ever takes away: what it forbids becomes a report to people. The time is the message's own, so
that the same message is judged the same way again. Quotas are the one bound that counts; here they are only
named, and `core.brakes.quotas` counts.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Final

from core.model import INVERSES, ActionKind, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A span of every day, in minutes after midnight; one that ends before it starts goes over midnight."""

    start_min: int
    end_min: int
    zone: tzinfo = UTC

    def hold(self, at: datetime) -> bool:
        """Tell whether a time lies in them; the end does not."""
        local = at if at.tzinfo is self.zone else at.astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        if self.start_min <= self.end_min:
            return self.start_min <= minute < self.end_min
        return minute >= self.start_min or minute < self.end_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """A time with an end in which other rules hold."""

    start: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether a time lies in it; the end does not."""
        return self.start <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Places where people write *about* what is listed: newsrooms, research, counter-speech."""

    name: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which nobody is awake who could undo a mistake; `most` is the strongest action in them."""

    hours: Hours
    most: ActionKind = ActionKind.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How often a policy may do something in one place within 60 minutes, and within 24 hours."""

    kind: ActionKind
    hour: int
    day: int


_OF_MESSAGES: Final = frozenset({ActionKind.NOTIFY, ActionKind.WARN, ActionKind.DELETE})


def _usual(kind: ActionKind) -> Quota:
    if kind in _OF_MESSAGES:
        return Quota(kind=kind, hour=60, day=300)
    return Quota(kind=kind, hour=20, day=60)


QUOTAS: Final = tuple(
    _usual(kind) for kind in ActionKind if kind is not ActionKind.REPORT and kind not in INVERSES.values()
)
"""What holds where a file says nothing.

A group hardly sees a listed message every minute, for an hour; a wrong rule that meets every message reaches
that soon, and has then cost sixty and not thousands. Members are rarer than messages, and losing them costs
more: so what keeps them from writing, or puts them out, has a third of it. Reports are never bounded, nor is
what gives back.
"""


ROLES_UNKNOWN: Final = "the author's roles are not known, and some are spared: report only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All bounds of a policy.

    Attributes:
        exempt: Roles, in folded case, whose members are reported and never acted upon.
        quotas: One for each kind of action that is bounded.
    """

    exempt: frozenset[str] = frozenset()
    lanes: tuple[Lane, ...] = ()
    quiet: Quiet | None = None
    crisis: Crisis | None = None
    quotas: tuple[Quota, ...] = QUOTAS

    def lanes_of(self, message: Message) -> Iterator[Lane]:
        """Yield the lanes in which a message stands."""
        return (lane for lane in self.lanes if in_place(message, lane.places))

    def within(self, house: "Limits") -> "Limits":
        """Return these bounds with whom and what a house wants no program to touch, in whatever place."""
        lanes = (*self.lanes, *(lane for lane in house.lanes if lane not in self.lanes))
        return replace(self, exempt=self.exempt | house.exempt, lanes=lanes)

    def on(self, message: Message) -> Iterator[tuple[ActionKind, str]]:
        """Yield the strongest action that each bound leaves for a message, and the bound in a sentence."""
        for lane in self.lanes_of(message):
            yield ActionKind.REPORT, f"{lane.name} is a context lane: report only"
        if self.exempt and message.author.roles_unknown:
            yield ActionKind.REPORT, ROLES_UNKNOWN
        for role in message.author.roles:
            if role.casefold() in self.exempt:
                yield ActionKind.REPORT, f"the role {role} is exempt: report only"
        if self.quiet and self.quiet.hours.hold(message.at):
            yield self.quiet.most, f"quiet hours: no more than {self.quiet.most}"


UNBOUND: Final = Limits()
"""Nothing but the quotas that every policy has."""


def in_place(message: Message, places: Collection[str]) -> bool:
    """Tell whether a message stands in one of some places, each given by its id or its name.

    What is said of a channel holds in its threads. A name may stand in any case of letters. One channel of a
    server is named by the channel's id, which the message's id begins with, or as cards call it:
    `Server #channel`.
    """
    names = {name.casefold() for name in (message.place.name, *message.place.above) if name}
    return any(
        message.place.id == place or message.id.startswith(f"{place}/") or place.casefold() in names
        for place in places
    )
