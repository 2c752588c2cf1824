"""A policy: rules, each of which looks at the same facts and proposes; the engine disposes.

Rules do not see one another, so their order cannot matter. Two things no file can change: a member's report
always reaches the moderators; and what a list on trial, a weak match or a mere phrase would lead to is a
report and nothing more. A likeness leads to more only by a rule that names it, never by one for whatever is
found. A policy has no clock and does no I/O, so that the same message is judged the same way again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.model import (
    Action,
    ActionKind,
    Gap,
    Happening,
    Match,
    Message,
    Sentence,
    Shadow,
    Verdict,
)
from core.policy.asked import Look
from core.policy.circumstances import asks_for_roles
from core.policy.compiled import Compiled
from core.policy.conditions import Condition, Facts
from core.policy.examples import Example
from core.policy.expression import Expression, expressions
from core.policy.limits import Limits, in_place
from core.policy.proposals import REPORT, combined, permitted
from core.policy.sentences import Wording


class Stage(StrEnum):
    """How far a rule is trusted.

    `draft`: not looked at. `shadow`: what it would do is noted, and nothing is done. `notify`: it reports,
    and no more. `enforce`: it does what it says.
    """

    DRAFT = "draft"
    SHADOW = "shadow"
    NOTIFY = "notify"
    ENFORCE = "enforce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What a rule does when the author had earlier finds here within so many seconds."""

    within_s: int
    second: tuple[Action, ...]
    third: tuple[Action, ...] | None = None

    def after(self, earlier: int, first: tuple[Action, ...]) -> tuple[Action, ...]:
        """Return what follows after so many earlier finds."""
        if earlier == 0:
            return first
        return self.second if earlier == 1 or self.third is None else self.third


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When something holds, do something.

    Attributes:
        name: For the moderators' card and for the admin; unique in its policy.
        do: What to propose; empty records the case without showing it.
        id: What a file that extends this one calls it; its name, where it has none.
        ladder: What to propose instead when it is not the first find of this author.
        because: The sentence for people, by language; the first one is told where theirs is missing.
    """

    name: str
    when: Condition
    do: tuple[Action, ...] = ()
    id: str = ""
    stage: Stage = Stage.ENFORCE
    ladder: Steps | None = None
    because: tuple[Sentence, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def key(self) -> str:
        """What a file that extends this one calls the rule."""
        return self.id or self.name

    @property
    def acts(self) -> bool:
        """It may propose more than a report."""
        steps = (*self.ladder.second, *(self.ladder.third or ())) if self.ladder else ()
        return any(action.kind is not ActionKind.REPORT for action in (*self.do, *steps))

    def step(self, facts: Facts) -> tuple[Action, ...]:
        """Return what it says is to be done, after what the author did before."""
        if self.ladder is None:
            return self.do
        return self.ladder.after(facts.earlier_within(self.ladder.within_s), self.do)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A rule that is looked at, with what can be told of it beforehand.

    Attributes:
        reports: What it proposes, where that is the same whatever it rests on; None where it may do more.
        by_role: It asks for a role, perhaps to spare it.
    """

    rule: Rule
    in_shadow: bool
    reports: tuple[Action, ...] | None
    by_role: bool
    wording: Wording | None


def _ready(rule: Rule) -> _Ready:
    reports = None if rule.acts or rule.ladder else rule.do
    return _Ready(
        rule=rule,
        in_shadow=rule.stage is Stage.SHADOW,
        reports=(REPORT,) if rule.stage is Stage.NOTIFY else reports,
        by_role=asks_for_roles(rule.when),
        wording=Wording(rule.because, f"rule {rule.name}: ") if rule.because else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Places in which another policy holds."""

    places: tuple[str, ...]
    policy: "Policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A community's rules under one name, and what bounds all of them.

    Attributes:
        groups: Where another policy holds instead; the first that names a place counts.
    """

    name: str
    rules: tuple[Rule, ...] = ()
    limits: Limits = field(default_factory=Limits)
    groups: tuple[Group, ...] = ()
    _asked: tuple[_Ready, ...] = field(init=False, repr=False, compare=False)
    _compiled: Compiled = field(init=False, repr=False, compare=False)
    _nothing: Verdict = field(init=False, repr=False, compare=False)
    _fallible: tuple[tuple[str, Expression], ...] = field(init=False, repr=False, compare=False)
    _alone: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Bring the rules that are looked at into the form in which they are asked."""
        asked = tuple(_ready(rule) for rule in self.rules if rule.stage is not Stage.DRAFT)
        conditions = Compiled((ready.rule.when, ready.reports is None) for ready in asked)
        object.__setattr__(self, "_asked", asked)
        object.__setattr__(self, "_compiled", conditions)
        object.__setattr__(self, "_nothing", Verdict(policy=self.name))
        fallible = ((r.rule.name, one) for r in asked for one in expressions(r.rule.when) if one.may_fail)
        object.__setattr__(self, "_fallible", tuple(fallible))
        object.__setattr__(self, "_alone", conditions.may_hold_alone or bool(self._fallible))

    def within(self, house: Limits) -> "Policy":
        """Return this policy, and those of its groups, with the exempt roles and the lanes of a house."""
        groups = tuple(replace(group, policy=group.policy.within(house)) for group in self.groups)
        limits = self.limits.within(house)
        return (
            self
            if (limits, groups) == (self.limits, self.groups)
            else replace(self, limits=limits, groups=groups)
        )

    def at(self, message: Message) -> "Policy":
        """Return the policy that holds where a message stands."""
        return next((group.policy for group in self.groups if in_place(message, group.places)), self)

    def judge(
        self,
        message: Message,
        matches: Sequence[Match],
        gaps: Sequence[Gap],
        earlier: Sequence[datetime] = (),
    ) -> Verdict:
        """Return what this policy makes of a message, of what was recognised in it and what was not seen.

        Args:
            message: What happened.
            matches: What was recognised.
            gaps: What could not be looked at.
            earlier: When earlier messages of the author here had a match, for counts and ladders.
        """
        if self.groups and (holds := self.at(message)) is not self:
            return holds.judge(message, matches, gaps, earlier)
        if not (matches or gaps or self._alone or message.happening is _REPORTED):
            return self._nothing
        return self.of(
            Facts(
                message=message,
                matches=tuple(matches),
                gaps=tuple(gaps),
                earlier=tuple(earlier),
                limits=self.limits,
            )
        )

    def of(self, facts: Facts) -> Verdict:
        """Return what this policy makes of facts."""
        message = facts.message
        fired, notes = list[str](), list[str]()
        because: list[tuple[Sentence, ...]] = []
        shadows: list[Shadow] = []
        proposed: list[Action] = []
        acting = False  # where no rule acts, all that is proposed is the same report
        look = self._compiled.look(facts)
        holding = self._compiled.holding(look)
        for place in sorted(holding):
            ready = self._asked[place]
            does = ready.reports
            if does is None:
                acting = True
                does = self._permitted(place, look)
            if ready.in_shadow:
                shadows.append(Shadow(rule=ready.rule.name, does=tuple(dict.fromkeys(a.kind for a in does))))
                notes.append(shadows[-1].note)
                continue
            fired.append(ready.rule.name)
            proposed += does
            if ready.wording:
                notes.append(ready.wording.card(message, holding[place]))
                if ready.reports is None and any(action != REPORT for action in does):
                    because.append(ready.wording.told(message, holding[place]))
        if message.happening is _REPORTED:
            fired.append(MEMBERS_REPORT)
            proposed.append(REPORT)
        notes += self._troubles(facts) if self._fallible else ()
        actions, bounds = self._bounded(combined(proposed), message) if acting else (tuple(proposed[:1]), [])
        return Verdict(
            policy=self.name,
            matches=facts.matches,
            gaps=facts.gaps,
            actions=actions,
            rules=tuple(fired),
            notes=(*notes, *bounds),
            because=tuple(dict.fromkeys(because)) if because else (),
            shadows=tuple(shadows),
        )

    def _permitted(self, place: int, look: Look) -> tuple[Action, ...]:
        """Return what a rule proposes that may act; a report where a role may spare the author."""
        ready, message = self._asked[place], look.facts.message
        if ready.by_role and message.author.roles_unknown:
            return (REPORT,)
        return permitted(ready.rule.step(look.facts), self._compiled.grounds(place, look), message)

    def _troubles(self, facts: Facts) -> list[str]:
        """Say what expressions could not be asked, and why."""
        return [f"rule {name}: {why}" for name, one in self._fallible if (why := one.trouble(facts))]

    def _bounded(self, actions: tuple[Action, ...], message: Message) -> tuple[tuple[Action, ...], list[str]]:
        """Turn what the limits forbid into a report; return with it the sentences of those that did."""
        told: list[str] = []
        if not actions or actions[-1].kind is REPORT.kind:  # the strongest is the last
            return actions, told
        for most, sentence in self.limits.on(message):
            within = combined(a if a.kind.rank <= most.rank else REPORT for a in actions)
            if within != actions:
                told.append(sentence)
            actions = within
        return actions, told


MEMBERS_REPORT: Final = "a member's report"
"""The rule that no file names: a report always reaches the moderators."""

_REPORTED: Final = Happening.REPORTED  # of an enum's members, asking for one takes as long as comparing five
