"""`nigehban policy explain`: of each message every rule, why it holds, or the first condition that failed."""

import sys
from dataclasses import dataclass, field

from bots.commands.policy_diff import does
from bots.commands.said import line, say
from bots.sealed import shown
from bots.wording import counted
from core.history import Before, Past
from core.model import Match, Verdict
from core.policy.conditions import Facts
from core.policy.explain import explained, notches
from core.policy.policy import Policy
from core.tally import Tallied


@dataclass(slots=True, kw_only=True)
class Explaining:
    """Tells of each item every rule: held, and by what; or the first condition that failed.

    Attributes:
        every: Also items in which nothing was found.
    """

    policy: Policy
    programs: bool = False
    every: bool = False
    code: int = 0
    _tallied: Tallied = field(init=False)
    _items: int = 0
    _told: int = 0

    def __post_init__(self) -> None:
        """Remember what authors did before."""
        self._tallied = Tallied(self.policy)

    def past(self, source: str, item: str, past: Past) -> None:
        """Print what became of each rule, where there is something to say."""
        message, earlier = self._tallied.before(past.message, past.matches, who=past.who)
        self.stored(source, item, past, Before(message=message, earlier=earlier))

    def stored(self, source: str, item: str, past: Past, before: Before) -> None:
        """As `past`, of a message of which is known already what its author did before."""
        verdict = self.policy.judge(before.message, past.matches, past.gaps, before.earlier)
        self._items += 1
        if not (self.every or verdict.matches or verdict.gaps or verdict.rules):
            return
        self._told += 1
        self.code = max(self.code, int(bool(verdict.matches)))
        seen = tuple(map(shown, past.matches))
        facts = Facts(message=before.message, matches=seen, gaps=past.gaps, earlier=before.earlier)
        if self.programs:
            row = self._values(facts, verdict)
            line({"schema": "nigehban.explain/1", "source": source, "item": item, **row})
        else:
            self._tell(item, facts, verdict)

    def _values(self, facts: Facts, verdict: Verdict) -> dict[str, object]:
        return {
            "does": [action.kind for action in verdict.actions],
            "found": [_found(match) for match in facts.matches],
            "earlier": len(facts.earlier),
            "rules": [
                {"rule": told.rule.name, "stage": told.rule.stage, "held": told.held, "why": told.why}
                for told in explained(self.policy, facts)
            ],
            "notes": list(verdict.notes),
            "notches": [
                {"change": notch.change, "follows": notch.follows} for notch in notches(self.policy, facts)
            ],
        }

    def _tell(self, item: str, facts: Facts, verdict: Verdict) -> None:
        say(f"{item}: {does(verdict)}")
        for match in facts.matches:
            seen = f', stood there as "{match.signal.seen}"' if match.signal.seen else ""
            what = f"{match.signal.subject} {match.signal.value} in {match.signal.part}"
            say(f"  found {what}{seen}: {match.because}")
        for gap in facts.gaps:
            say(f"  not looked at: {gap.part}: {gap.reason}")
        if facts.earlier:
            say(f"  {counted(len(facts.earlier), 'earlier find')} of this author here")
        for told in explained(self.policy, facts):
            say(f"  {'✔' if told.held else '✘'} {told.rule.name} ({told.rule.stage}): {told.why}")
        for note in verdict.notes:
            say(f"  note: {note}")
        for near in notches(self.policy, facts):
            say(f"  {near.change}: {near.follows}")

    def end(self) -> None:
        """Say how many items nothing was found in."""
        if not self.programs and self._told < self._items:
            silent = f"{self._items - self._told:,} of {self._items:,} items"
            say(f"nothing was found in {silent} (--all tells them)")
        sys.stdout.flush()


def _found(match: Match) -> dict[str, object]:
    return {
        "signal": match.signal.subject,
        "value": match.signal.value,
        "part": match.signal.part,
        "seen": match.signal.seen,
        "strength": match.strength,
        "distance": match.distance,
        "trust": match.bank.trust,
        "because": match.because,
    }
