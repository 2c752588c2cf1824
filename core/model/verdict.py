"""What was recognised in a message, and what a policy makes of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from core.model.action import Action, ActionKind, Sentence
from core.model.bank import Bank, Entry
from core.model.setting import setters
from core.model.signal import Gap, Signal
from core.view import Where


class Strength(StrEnum):
    """How sure a match is: the same thing, surely the same thing altered, or only alike."""

    WEAK = "weak"
    STRONG = "strong"
    SAME = "same"

    @property
    def rank(self) -> int:
        """0 for weak, 2 for same: an order to compare by."""
        return _RANKS[self]


_RANKS: Final = {strength: place for place, strength in enumerate(Strength)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A signal met an entry.

    Attributes:
        distance: In bits of 256 for pictures; None where equality is the only answer.
        because: One sentence for a moderator.
        where: Of a picture, where in the upload it was found.
    """

    signal: Signal
    bank: Bank
    entry: Entry
    strength: Strength
    distance: int | None = None
    because: str
    where: Where | None = None


class Outcome(StrEnum):
    """What follows from a verdict."""

    ALLOW = "allow"
    REVIEW = "review"
    ENFORCE = "enforce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadow:
    """A rule in shadow held, and what it would have done; nothing, if it would only have recorded."""

    rule: str
    does: tuple[ActionKind, ...] = ()

    @property
    def note(self) -> str:
        """What moderators and whoever counts are told of it."""
        return f"rule {self.rule}, in shadow, would: {', '.join(self.does) or 'record'}"


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Verdict:
    """What a policy, by its name, makes of one message.

    Attributes:
        rules: Names of the rules that fired, in the order of the file.
        gaps: What could not be looked at; with a gap the outcome is never `allow`.
        notes: What the policy has to say to moderators: why a rule is there, what a bound took away, what a
            rule in shadow would have done.
        because: What the rules that asked for more than a report say to the author, each in its languages.
        shadows: The rules in shadow that held, in the order of the file.
        braked: Which quota held everything but the report back, and what it held back; "" where none did.
    """

    policy: str
    matches: tuple[Match, ...] = ()
    actions: tuple[Action, ...] = ()
    gaps: tuple[Gap, ...] = ()
    rules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    because: tuple[tuple[Sentence, ...], ...] = ()
    shadows: tuple[Shadow, ...] = ()
    braked: str = ""

    def __init__(  # noqa: PLR0913 - the fields
        self,
        *,
        policy: str,
        matches: tuple[Match, ...] = (),
        actions: tuple[Action, ...] = (),
        gaps: tuple[Gap, ...] = (),
        rules: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        because: tuple[tuple[Sentence, ...], ...] = (),
        shadows: tuple[Shadow, ...] = (),
        braked: str = "",
    ) -> None:
        _set_policy(self, policy)
        _set_matches(self, matches)
        _set_actions(self, actions)
        _set_gaps(self, gaps)
        _set_rules(self, rules)
        _set_notes(self, notes)
        _set_because(self, because)
        _set_shadows(self, shadows)
        _set_braked(self, braked)

    @property
    def outcome(self) -> Outcome:
        """Derived, so that it cannot contradict the rest: showing a case to humans is a review."""
        if any(a.kind is not ActionKind.REPORT for a in self.actions):
            return Outcome.ENFORCE
        return Outcome.REVIEW if self.matches or self.gaps or self.actions else Outcome.ALLOW

    def reported_only(self) -> "Verdict":
        """The same verdict with everything but reporting dropped: what moderators' own messages get."""
        return replace(self, actions=tuple(a for a in self.actions if a.kind is ActionKind.REPORT))


(
    _set_policy,
    _set_matches,
    _set_actions,
    _set_gaps,
    _set_rules,
    _set_notes,
    _set_because,
    _set_shadows,
    _set_braked,
) = setters(Verdict)
