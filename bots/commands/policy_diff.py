"""`nigehban policy diff`: which messages two policies decide differently."""

import sys
from collections import Counter
from dataclasses import dataclass, field

from bots.commands.said import line, plainly, say
from core.history import Past
from core.model import Verdict
from core.policy.policy import Policy
from core.tally import Tallied


@dataclass(slots=True, kw_only=True)
class Comparing:
    """Tells which items two policies decide differently; each remembers by itself what authors did before.

    Attributes:
        several: Items come from several exports, whose numbers say nothing without the export's name.
    """

    old: Policy
    new: Policy
    programs: bool = False
    several: bool = False
    _both: tuple[Tallied, Tallied] = field(init=False)
    _items: int = 0
    _changed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Give each policy a memory of its own."""
        self._both = Tallied(self.old), Tallied(self.new)

    @property
    def code(self) -> int:
        """1 if a decision would change."""
        return 1 if self._changed else 0

    def past(self, source: str, item: str, past: Past) -> None:
        """Print an item whose actions change; rules alone may change their names."""
        self._items += 1
        before, after = (
            policy.judge(past.message, past.matches, past.gaps, who=past.who) for policy in self._both
        )
        was, becomes = does(before), does(after)
        if was == becomes:
            return
        self._changed[f"{was} → {becomes}"] += 1
        if self.programs:
            said = {"source": source, "item": item, "before": _listed(before), "after": _listed(after)}
            line({"schema": "nigehban.policydiff/1", **said})
        else:
            named = f"{source} {item}" if self.several else item
            say(plainly(f"{named}: {was} → {becomes} ({', '.join(after.rules) or 'no rule'})"))

    def end(self) -> None:
        """Print the counts."""
        if self.programs:
            sys.stdout.flush()
            return
        for change, count in self._changed.most_common():
            say(f"{count:>6,}  {change}")
        say(f"{self._changed.total():,} of {self._items:,} items would be decided differently")


def does(verdict: Verdict) -> str:
    """Say what follows from a verdict, in a few words."""
    return ", ".join(_listed(verdict)) or ("record" if verdict.rules else "nothing")


def _listed(verdict: Verdict) -> list[str]:
    return [f"{a.kind} for {a.for_s} s" if a.for_s else str(a.kind) for a in verdict.actions]
