"""Examples of a rule: situations that it must match, or must not; written beside it, run by a command."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.policy.conditions import Condition, Facts
from core.policy.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A situation, and whether its rule is to match it."""

    must_match: bool
    facts: Facts

    def holds(self, when: Condition, limits: Limits) -> bool:
        """Tell whether the rule's condition does what the example says."""
        return any(True for _ in when(replace(self.facts, limits=limits))) is self.must_match

    def told(self) -> str:
        """Say the situation in a few words."""
        return ", ".join(self._words()) or "a message with nothing found"

    def _words(self) -> Iterator[str]:
        for match in self.facts.matches:
            distance = "" if match.distance is None else f", {match.distance} bits"
            yield f"{match.strength} {match.signal.subject} ({match.bank.trust}{distance})"
        for gap in self.facts.gaps:
            yield f"gap in {gap.part}"
