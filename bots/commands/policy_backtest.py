"""`nigehban policy backtest`: what a policy would have done, counted; nobody is touched.

Which days of an export count is known only when its newest message is, so a hit is kept as its few words
until the end; of what is stored it is known before.
"""

import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from rich.console import Console

from bots.commands.said import line, plainly, say, table
from core.backtest import Counts, Hit, hit_of, said
from core.history import Past
from core.policy.policy import Policy
from core.tally import Tallied

BAR: Final = 40
"""Width of the longest bar of the plot."""

NOTHING: Final = (
    "nothing is stored of this time and place: that begins with the first nigehban run. "
    "An export can be named instead."
)
"""Said instead of counts that are all 0 because there was nothing to count."""

_SHOWN: Final = 50
"""Rows of a table; an export may have thousands of places."""


@dataclass(slots=True, kw_only=True)
class Counting:
    """Counts what a policy would have done in exports.

    Attributes:
        days: Only so many days before the newest item; None for all.
        programs: One line for programs instead of tables.
    """

    policy: Policy
    days: int | None = None
    programs: bool = False
    _tallied: Tallied = field(init=False)
    _hits: list[Hit] = field(default_factory=list)
    _times: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Remember what authors did before."""
        self._tallied = Tallied(self.policy)

    @property
    def code(self) -> int:
        """1 if a rule would have held."""
        return 1 if self._counts().hits else 0

    def past(self, source: str, item: str, past: Past) -> None:  # noqa: ARG002  # counts name no item
        """Count an item."""
        verdict = self._tallied.judge(past.message, past.matches, past.gaps, who=past.who)
        self._times.append(past.message.at)
        if hit := hit_of(past, verdict):
            self._hits.append(hit)

    def end(self) -> None:
        """Print the counts."""
        counts = self._counts()
        if self.programs:
            counted(counts)
        else:
            tell(counts)
            say(f"would have hit {counts.hits:,} of {counts.items:,} items")

    def _counts(self) -> Counts:
        since = None if self.days is None or not self._times else max(self._times) - timedelta(days=self.days)
        counts = Counts(items=sum(since is None or at >= since for at in self._times))
        for hit in self._hits:
            if since is None or hit.at >= since:
                counts.add(hit)
        return counts


def counted(counts: Counts) -> None:
    """Print one line for programs."""
    line(
        {
            "schema": "nigehban.backtest/1",
            "items": counts.items,
            "hits": counts.hits,
            "rules": dict(counts.rules),
            "shadow": dict(counts.shadow),
            "actions": dict(counts.actions),
            "places": dict(counts.places),
            "hours": {str(hour): counts.hours[hour] for hour in range(24)},
            "days": dict(sorted(counts.days.items())),
            "dismissed": counts.dismissed,
        }
    )
    sys.stdout.flush()


def tell(counts: Counts) -> None:
    """Print tables and the plot for people."""
    for name, counter in (
        ("rules", counts.rules),
        ("shadow", counts.shadow),
        ("actions", counts.actions),
        ("places", counts.places),
    ):
        _table(name, counter)
    _plot(counts.hours)


def remembered(counts: Counts) -> str:
    """Say what would have been hit of what is stored."""
    if counts.items == 0:
        return NOTHING
    stored = "1 message is stored" if counts.items == 1 else f"{counts.items:,} messages are stored"
    return f"{stored}: {said(counts)}"


def _table(name: str, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    made = table(name)
    made.add_column("items", justify="right")
    for word, count in Counter(counts).most_common(_SHOWN):
        made.add_row(plainly(word), f"{count:,}")
    if len(counts) > _SHOWN:
        made.add_row(f"and {len(counts) - _SHOWN:,} more", "")
    Console(markup=False).print(made)


def _plot(hours: Counter[int]) -> None:
    """Print a bar for each hour of the day."""
    if not hours:
        return
    say("hours")
    most = max(hours.values())
    for hour in range(24):
        bar = "█" * -(-hours[hour] * BAR // most)
        say(f"  {hour:02}  {bar} {hours[hour] or ''}".rstrip())
