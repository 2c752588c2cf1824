"""Examples of a rule: situations that it must match, or must not; written beside it, run by a command."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.policy.conditions import Condition, Facts
from core.policy.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A situation, and whether its rule is to match it.

    Attributes:
        around: What surrounds the finds, as far as the file names it, in a few words each.
    """

    must_match: bool
    facts: Facts
    around: tuple[str, ...] = ()

    def holds(self, when: Condition, limits: Limits) -> bool:
        """Tell whether the rule's condition does what the example says."""
        return any(True for _ in when(replace(self.facts, limits=limits))) is self.must_match

    def told(self) -> str:
        """Say the situation in a few words."""
        found = list(self._words()) or ["a message with nothing found"]
        return ", ".join((*found, *self.around))

    def _words(self) -> Iterator[str]:
        for match in self.facts.matches:
            more = [] if match.distance is None else [f"{match.distance} bits"]
            more += ["hidden"] if match.signal.hidden else []
            more += [f"in {match.signal.part}"] if match.signal.part != "text" else []
            more += [match.entry.entity] if match.entry.entity else []
            yield f"{match.strength} {match.signal.subject} ({', '.join((match.bank.trust, *more))})"
        for gap in self.facts.gaps:
            yield f"gap in {gap.part}"
