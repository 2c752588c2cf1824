"""A policy: rules, each of which looks at the same facts and proposes; the engine disposes.

Rules do not see one another, so their order cannot matter. Two things no file can change: a member's report
always reaches the moderators; and what a list on trial, a weak match or a mere phrase would lead to is a
report and nothing more. A likeness leads to more only by a rule that names it, never by one for whatever is
found. A policy has no clock and does no I/O, so that the same message is judged the same way again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.model import Action, ActionKind, Gap, Match, Message, Strength, Trust, Verdict
from core.policy.conditions import Condition, Facts, Finding, Reported

REPORT: Final = Action(kind=ActionKind.REPORT)
"""Show the case to the moderators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When something holds, do something.

    Attributes:
        name: For the moderators' card and for the admin; unique in its policy.
        do: What to propose; empty records the case without showing it.
    """

    name: str
    when: Condition
    do: tuple[Action, ...] = ()

    def proposals(self, findings: Iterable[Finding]) -> Iterator[Action]:
        """Yield what the rule proposes on the ground of its findings."""
        most = max((_most(finding).rank for finding in findings), default=REPORT.kind.rank)
        for action in self.do:
            yield action if action.kind.rank <= most else REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A community's rules under one name."""

    name: str
    rules: tuple[Rule, ...] = ()

    def judge(self, message: Message, matches: Sequence[Match], gaps: Sequence[Gap]) -> Verdict:
        """Return what this policy makes of a message, of what was recognised in it and what was not seen."""
        facts = Facts(message=message, matches=tuple(matches), gaps=tuple(gaps))
        fired: list[str] = []
        proposed: list[Action] = []
        for rule in (*self.rules, _MEMBERS_REPORT):
            if findings := tuple(rule.when(facts)):
                fired.append(rule.name)
                proposed.extend(_possible(a, message) for a in rule.proposals(findings))
        return Verdict(
            policy=self.name,
            matches=facts.matches,
            gaps=facts.gaps,
            actions=_combined(proposed),
            rules=tuple(fired),
        )


_MEMBERS_REPORT: Final = Rule(name="a member's report", when=Reported(), do=(REPORT,))

_ORDER: Final = tuple(ActionKind)
_OUTDONE: Final = {
    ActionKind.WARN: {ActionKind.NOTIFY},
    ActionKind.KICK: {ActionKind.MUTE},
    ActionKind.BAN: {ActionKind.MUTE, ActionKind.KICK},
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
    """Merge what the rules propose, each kind once: the longest mute, and nothing beside what outdoes it.

    One platform keeps a single set of restrictions per member, so a mute after a ban would replace the ban,
    and being kicked ends a mute. A warning tells what a notice would.
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
