"""Results for programs: one JSON object per line; others read them, so keys are only ever added."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from bots.designations import entity_object
from bots.sealed import shown
from core.entities.directory import NOBODY, Directory
from core.model import Gap, Match, Message, Signal, Verdict

SIGNALS: Final = "nigehban.signals/1"
SCAN: Final = "nigehban.scan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Prints each item as one line, at once.

    Attributes:
        file: Where to; its encoding is UTF-8.
        every: Also items without a match or a gap.
        known: Which organisations are designated.
    """

    file: TextIO
    every: bool = False
    known: Directory = NOBODY
    streams: bool = True

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Print a `nigehban.signals/1` line."""
        self._print(
            {
                "schema": SIGNALS,
                "source": source,
                "item": item,
                "signals": [_signal(signal) for signal in signals],
                "gaps": _gaps(gaps),
            }
        )

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:
        """Print a `nigehban.scan/1` line, where there is something to say."""
        if not (self.every or verdict.matches or verdict.gaps):
            return
        self._print(
            {
                "schema": SCAN,
                "source": source,
                "item": item,
                "message": message.id,
                "outcome": verdict.outcome,
                "matches": [_match(shown(match), self.known) for match in verdict.matches],
                "gaps": _gaps(verdict.gaps),
            }
        )

    def end(self) -> None:
        """Hand the last lines over."""
        self.file.flush()

    def _print(self, line: dict[str, object]) -> None:
        self.file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _signal(signal: Signal) -> dict[str, object]:
    line: dict[str, object] = {"kind": signal.kind, "value": signal.value, "part": signal.part}
    if signal.quality is not None:
        line["quality"] = signal.quality
    if signal.hidden:
        line["hidden"] = True
    return line


def _match(match: Match, known: Directory) -> dict[str, object]:
    line: dict[str, object] = {
        "signal": match.signal.subject,
        "value": match.signal.value,
        "bank": match.bank.name,
        "ref": match.entry.ref,
        "label": match.entry.label,
        "strength": match.strength,
        "distance": match.distance,
        "part": match.signal.part,
        "because": match.because,
    }
    if match.entry.entity:
        line["entity"] = entity_object(match.entry.entity, known)
    return line


def _gaps(gaps: Sequence[Gap]) -> list[dict[str, str]]:
    return [{"part": gap.part, "reason": gap.reason} for gap in gaps]
