"""The conditions of rules: frozen values that are called with the facts of a message and explain themselves.

A condition holds when it yields at least one finding. Its fields are the keys a policy file names; its body
is pure. `MatchFound` looks at one match at a time: all of its fields must fit the same match.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from core.model import Gap, Match, Message, Strength, Trust
from core.model.setting import setters
from core.policy.limits import UNBOUND, Limits

_QUOTES: Final = ("quote", "reply", "reply_to_message", "external_reply")
"""What parts begin with that repeat an earlier message."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Facts:
    """All that a condition may look at: a message, what was recognised in it, what could not be seen.

    Attributes:
        earlier: When earlier messages of the same author, in the same place, had a match.
        limits: The policy's own: its lanes and its crisis can be asked about.
    """

    message: Message
    matches: tuple[Match, ...] = ()
    gaps: tuple[Gap, ...] = ()
    earlier: tuple[datetime, ...] = ()
    limits: Limits = UNBOUND

    def __init__(
        self,
        *,
        message: Message,
        matches: tuple[Match, ...] = (),
        gaps: tuple[Gap, ...] = (),
        earlier: tuple[datetime, ...] = (),
        limits: Limits = UNBOUND,
    ) -> None:
        _set_message(self, message)
        _set_matches(self, matches)
        _set_gaps(self, gaps)
        _set_earlier(self, earlier)
        _set_limits(self, limits)

    def earlier_within(self, seconds: int) -> int:
        """Count the earlier finds of the author in so many seconds before this message."""
        # Lengths, and not a moment before: that one would lie before all time for a message of the year 1.
        none, most = timedelta(), timedelta(seconds=seconds)
        return sum(none <= self.message.at - at <= most for at in self.earlier)

    def carried(self, match: Match) -> str:
        """Say whose words a match stands in: quoted, forwarded or own."""
        return Around(self).carried(match)

    def agreeing(self, match: Match) -> int:
        """Count the independent lists that know what stands in the part of a match."""
        return Around(self).agreeing(match)


_set_message, _set_matches, _set_gaps, _set_earlier, _set_limits = setters(Facts)


class Around:
    """What the matches of a message stand among, looked up once for all who ask: many cost no more each."""

    __slots__ = ("_knowing", "facts")

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._knowing: dict[str, set[str]] | None = None

    def carried(self, match: Match) -> str:
        """Say whose words a match stands in: quoted, forwarded or own."""
        part = match.signal.part
        if part.startswith(_QUOTES) and part.split(".", 1)[0].split("[", 1)[0] in _QUOTES:
            return "quoted"
        return "forwarded" if self.facts.message.forwarded or part.startswith("forward.") else "own"

    def agreeing(self, match: Match) -> int:
        """Count the independent lists that know what stands in the part of a match."""
        if self._knowing is None:
            self._knowing = {}
            for one in self.facts.matches:
                if one.bank.trust is not Trust.TRIAL and one.strength is not Strength.WEAK:
                    self._knowing.setdefault(one.signal.part, set()).add(one.bank.origin or one.bank.name)
        return len(self._knowing.get(match.signal.part, ()))


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a condition holds: a sentence for a moderator, and the match it rests on, where it rests on one.

    Attributes:
        named: The condition asked for this kind of signal by its name.
    """

    because: str
    match: Match | None = None
    named: bool = False


class Condition(Protocol):
    """What a rule waits for."""

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield every reason why it holds; nothing means that it does not."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFound:
    """A match that fits every field; a field that is None fits any match.

    Attributes:
        signal: What a moderator calls it: link, account, file, image, ….
        label: Compared without regard to case, as `entity` is.
        strength: This one or a stronger one.
        max_distance: At most so many of 256 bits differ; a match without a distance is an equality and fits.
        part: The path of the part, or its beginning: `attachment` fits `attachment[0].qr`.
        sources: So many independent lists know what stands in the same part. Lists of one origin are one
            source; a list on trial, and a match that is weak, agrees with nobody.
        hidden: Whether the eye cannot see the part.
        carried: own, forwarded or quoted.
    """

    signal: str | None = None
    bank: str | None = None
    label: str | None = None
    entity: str | None = None
    strength: Strength | None = None
    max_distance: int | None = None
    trust: Trust | None = None
    part: str | None = None
    sources: int | None = None
    hidden: bool | None = None
    carried: str | None = None

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield every match that fits, with the match's own sentence."""
        around = Around(facts)
        for match in facts.matches:
            if self.fits_kind(match) and self.fits(match, around):
                yield Finding(match.because, match, named=self.named)

    @property
    def named(self) -> bool:
        """It asks for a kind of signal by its name."""
        return self.signal is not None

    @property
    def asks_more(self) -> bool:
        """It asks for more than `fits_kind` looks at."""
        return (self.max_distance, self.part, self.sources, self.carried) != (None,) * 4

    def fits_kind(self, match: Match) -> bool:
        """Tell whether all fits that a list says of a match: what many matches have alike."""
        # A chain and not a loop over fields: most keys are left out, and asking for None costs least.
        return (
            (self.signal is None or self.signal == match.signal.subject)
            and (self.bank is None or self.bank == match.bank.name)
            and (self.label is None or self.label.casefold() == match.entry.label.casefold())
            and (self.entity is None or self.entity.casefold() == match.entry.entity.casefold())
            and (self.trust is None or self.trust is match.bank.trust)
            and (self.strength is None or match.strength.rank >= self.strength.rank)
            and (self.hidden is None or self.hidden is match.signal.hidden)
        )

    def fits(self, match: Match, around: "Around") -> bool:
        """Tell whether the rest fits: what is this match's own, and what it stands among."""
        return (
            (self.max_distance is None or (match.distance or 0) <= self.max_distance)
            and (self.part is None or stands_in(match.signal.part, self.part))
            and (self.carried is None or around.carried(match) == self.carried)
            and (self.sources is None or around.agreeing(match) >= self.sources)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFound:
    """A part that could not be looked at; `part` as in `MatchFound`."""

    part: str | None = None

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield every gap that fits."""
        for gap in facts.gaps:
            if self.part is None or stands_in(gap.part, self.part):
                yield Finding(f"{gap.part} could not be looked at: {gap.reason}")


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the conditions holds, each perhaps by another match."""

    conditions: tuple[Condition, ...]

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield the findings of all, or nothing."""
        # What looks at no match costs next to nothing, and mostly settles it.
        if any(not isinstance(c, _LOOKING) and next(c(facts), None) is None for c in self.conditions):
            return
        found: list[Finding] = []
        for condition in self.conditions:
            before = len(found)
            found.extend(condition(facts))
            if len(found) == before:
                return
        yield from found


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield the findings of all that hold."""
        for condition in self.conditions:
            yield from condition(facts)


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    condition: Condition

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield one finding, which rests on no match, where the condition yields none."""
        if next(self.condition(facts), None) is None:
            yield Finding("what the rule excludes was not found")


_LOOKING: Final = (MatchFound, AllOf, AnyOf, Not)
"""Conditions that go through all matches."""


def stands_in(path: str, beginning: str) -> bool:
    """Tell whether a part's path is this one or lies within it, at the border of a step (`.` or `[`)."""
    return path == beginning or (path.startswith(beginning) and path[len(beginning)] in ".[")
