"""A policy: rules, each of which looks at the same facts and proposes; the engine disposes.

Rules do not see one another, so their order cannot matter. Two things no file can change: a member's report
always reaches the moderators; and what a list on trial, a weak match or a mere phrase would lead to is a
report and nothing more. A likeness leads to more only by a rule that names it, never by one for whatever is
found. A policy has no clock and does no I/O, so that the same message is judged the same way again.
"""

from collections.abc import Iterable, Iterator, Sequence
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
    Strength,
    Trust,
    Verdict,
    spoken,
)
from core.policy.conditions import Condition, Facts, Finding, Reported
from core.policy.examples import Example
from core.policy.expression import Expression, expressions
from core.policy.index import Index, index
from core.policy.limits import Limits, in_place
from core.policy.sentences import filled

REPORT: Final = Action(kind=ActionKind.REPORT)
"""Show the case to the moderators."""


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

    def proposals(self, findings: Iterable[Finding], facts: Facts) -> Iterator[Action]:
        """Yield what the rule proposes on the ground of its findings."""
        most = max((_most(finding).rank for finding in findings), default=REPORT.kind.rank)
        do = (
            self.ladder.after(facts.earlier_within(self.ladder.within_s), self.do) if self.ladder else self.do
        )
        for action in do:
            yield action if action.kind.rank <= most else REPORT


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
    _index: Index = field(init=False, repr=False, compare=False)
    _fallible: tuple[tuple[str, Expression], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """File the rules that are looked at by what they need."""
        object.__setattr__(self, "_index", index([rule.when for rule in self.rules]))
        fallible = (
            (rule.name, one)
            for rule in self.rules
            if rule.stage is not Stage.DRAFT
            for one in expressions(rule.when)
            if one.may_fail
        )
        object.__setattr__(self, "_fallible", tuple(fallible))

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
        holds = self.at(message)
        return holds.of(
            Facts(
                message=message,
                matches=tuple(matches),
                gaps=tuple(gaps),
                earlier=tuple(earlier),
                crisis=holds.limits.crisis,
            )
        )

    def of(self, facts: Facts) -> Verdict:
        """Return what this policy makes of facts."""
        fired: list[str] = []
        notes: list[str] = []
        because: list[tuple[Sentence, ...]] = []
        shadows: list[Shadow] = []
        proposed: list[Action] = []
        asked = [self.rules[place] for place in self._index.asked(facts)]
        if facts.message.happening is Happening.REPORTED:
            asked.append(_MEMBERS_REPORT)
        for rule in asked:
            if rule.stage is Stage.DRAFT or not (findings := tuple(rule.when(facts))):
                continue
            does = [_possible(a, facts.message) for a in rule.proposals(findings, facts)]
            if rule.stage is Stage.SHADOW:
                notes.append(f"rule {rule.name}, in shadow, would: {_words(does)}")
                shadows.append(Shadow(rule=rule.name, does=tuple(dict.fromkeys(a.kind for a in does))))
                continue
            fired.append(rule.name)
            does = [REPORT] if rule.stage is Stage.NOTIFY else does
            if rule.because:
                said = filled(rule.because, facts, findings)
                notes.append(f"rule {rule.name}: {spoken(said, 'en')}")
                because += [said] if any(action != REPORT for action in does) else []
            proposed += does
        notes += [f"rule {name}: {why}" for name, one in self._fallible if (why := one.trouble(facts))]
        actions, bounds = self._bounded(_combined(proposed), facts.message)
        return Verdict(
            policy=self.name,
            matches=facts.matches,
            gaps=facts.gaps,
            actions=actions,
            rules=tuple(fired),
            notes=(*notes, *bounds),
            because=tuple(dict.fromkeys(because)),
            shadows=tuple(shadows),
        )

    def _bounded(self, actions: tuple[Action, ...], message: Message) -> tuple[tuple[Action, ...], list[str]]:
        """Turn what the limits forbid into a report; return with it the sentences of those that did."""
        told = []
        for most, sentence in self.limits.on(message):
            within = _combined(a if a.kind.rank <= most.rank else REPORT for a in actions)
            if within != actions:
                told.append(sentence)
            actions = within
        return actions, told


MEMBERS_REPORT: Final = "a member's report"
"""The rule that no file names: a report always reaches the moderators."""

_MEMBERS_REPORT: Final = Rule(name=MEMBERS_REPORT, when=Reported(), do=(REPORT,))

_ORDER: Final = tuple(ActionKind)
_OUTDONE: Final = {
    ActionKind.WARN: {ActionKind.NOTIFY},
    ActionKind.MUTE: {ActionKind.NO_MEDIA},
    ActionKind.KICK: {ActionKind.NO_MEDIA, ActionKind.MUTE},
    ActionKind.BAN: {ActionKind.NO_MEDIA, ActionKind.MUTE, ActionKind.KICK},
}
_GUESS: Final = "likeness"
_WORDS: Final = "phrase"


def _most(finding: Finding) -> ActionKind:
    """Return the strongest action a finding may lead to; more than a report for what a list surely knows.

    That an account resembles a known one is a guess about somebody who is on no list, however sure: whoever
    wants more to follow from it writes a rule for it. Phrases never do: names and slogans are what reporters
    and victims write, too.
    """
    match = finding.match
    if match is None or match.bank.trust is not Trust.ACT or match.strength is Strength.WEAK:
        return ActionKind.REPORT
    if match.signal.subject == _WORDS or (match.signal.subject == _GUESS and not finding.named):
        return ActionKind.REPORT
    return match.bank.most or ActionKind.BAN


def _possible(action: Action, message: Message) -> Action:
    """Return an action, or a report where it would delete and an account only showed itself."""
    return REPORT if action.kind is ActionKind.DELETE and message.happening.shows_account else action


def _combined(proposed: Iterable[Action]) -> tuple[Action, ...]:
    """Merge what the rules propose, each kind once, for the longest time, and nothing beside what outdoes it.

    One platform keeps a single set of restrictions per member, so a mute after a ban would replace the ban,
    a hold on media a mute, and being kicked ends either. A warning tells what a notice would.
    """
    kinds: dict[ActionKind, Action] = {}
    for action in proposed:
        had = kinds.setdefault(action.kind, action)
        if had.for_s is not None and (action.for_s is None or action.for_s > had.for_s):
            kinds[action.kind] = replace(had, for_s=action.for_s)
    for kind, beside in _OUTDONE.items():
        if kind in kinds:
            kinds = {one: action for one, action in kinds.items() if one not in beside}
    return tuple(sorted(kinds.values(), key=lambda action: _ORDER.index(action.kind)))


def _words(actions: Iterable[Action]) -> str:
    return ", ".join(dict.fromkeys(str(action.kind) for action in actions)) or "record"
