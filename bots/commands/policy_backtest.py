"""`nigehban policy backtest`: what a policy would have done in an export, counted; nobody is touched.

Which days count is known only when the newest message is, so a hit is kept as its few words until the end.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from rich.console import Console

from bots.commands.said import line, plainly, say, table
from core.model import Gap, Message, Signal, Verdict

BAR: Final = 40
"""Width of the longest bar of the plot."""

_SHOWN: Final = 50
"""Rows of a table; an export may have thousands of places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One item that a rule held for."""

    at: datetime
    place: str
    rules: tuple[str, ...]
    shadows: tuple[str, ...]
    does: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Counting:
    """Counts what a policy would have done, by rule, action, place and hour.

    Attributes:
        days: Only so many days before the newest item; None for all.
        programs: One line for programs instead of tables.
    """

    days: int | None = None
    programs: bool = False
    streams: bool = False
    _hits: list[Hit] = field(default_factory=list)
    _times: list[datetime] = field(default_factory=list)

    @property
    def code(self) -> int:
        """1 if a rule would have held."""
        return 1 if self._within() else 0

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Never asked for."""

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:  # noqa: ARG002  # counts name no item
        """Count an item."""
        self._times.append(message.at)
        shadows = tuple(note for note in verdict.notes if ", in shadow, would: " in note)
        if verdict.rules or shadows:
            does = tuple(str(action.kind) for action in verdict.actions) or ("record",)
            self._hits.append(
                Hit(
                    at=message.at,
                    place=message.place.name or message.place.id,
                    rules=verdict.rules,
                    shadows=shadows,
                    does=does if verdict.rules else (),
                )
            )

    def end(self) -> None:
        """Print the counts."""
        hits = self._within()
        counts = {
            "rules": Counter(rule for hit in hits for rule in hit.rules),
            "shadow": Counter(note for hit in hits for note in hit.shadows),
            "actions": Counter(action for hit in hits for action in hit.does),
            "places": Counter(hit.place for hit in hits),
        }
        hours = Counter(hit.at.hour for hit in hits)
        items = len(self._times) if self.days is None else sum(at >= self._since() for at in self._times)
        if self.programs:
            said = {name: dict(counter) for name, counter in counts.items()}
            said["hours"] = {str(hour): hours[hour] for hour in range(24)}
            line({"schema": "nigehban.backtest/1", "items": items, "hits": len(hits), **said})
            sys.stdout.flush()
            return
        for name, counter in counts.items():
            _count(name, counter)
        _plot(hours)
        say(f"would have hit {len(hits):,} of {items:,} items")

    def _since(self) -> datetime:
        return max(self._times) - timedelta(days=self.days or 0)

    def _within(self) -> list[Hit]:
        if self.days is None:
            return self._hits
        return [hit for hit in self._hits if hit.at >= self._since()]


def _count(name: str, counter: Counter[str]) -> None:
    if not counter:
        return
    made = table(name)
    made.add_column("items", justify="right")
    for word, count in counter.most_common(_SHOWN):
        made.add_row(plainly(word), f"{count:,}")
    if len(counter) > _SHOWN:
        made.add_row(f"and {len(counter) - _SHOWN:,} more", "")
    Console(markup=False).print(made)


def _plot(hours: Counter[int]) -> None:
    """Print a bar for each hour of the day, as the times of the export are."""
    if not hours:
        return
    say("hours")
    most = max(hours.values())
    for hour in range(24):
        bar = "█" * -(-hours[hour] * BAR // most)
        say(f"  {hour:02}  {bar} {hours[hour] or ''}".rstrip())
