"""Results for people: a table of each source at the end, strongest first in an item, and one closing line.

What cannot be looked at is counted by its reason: in an export of a large group it is hundreds of files.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.model import Gap, Match, Message, Outcome, Signal, Strength, Verdict

_LIGHTS: Final = {Strength.SAME: "bold red", Strength.STRONG: "red", Strength.WEAK: "yellow"}
_OUTCOMES: Final = {Outcome.ENFORCE: "bold red", Outcome.REVIEW: "yellow", Outcome.ALLOW: "green"}


@dataclass(slots=True, kw_only=True)
class Tables:
    """Collects what was found and prints it at the end.

    Attributes:
        console: Where to.
        every: Also items without a match.
    """

    console: Console
    every: bool = False
    streams: bool = False
    _tables: dict[str, Table] = field(default_factory=dict)
    _items: int = 0
    _found: int = 0
    _word: str = ""
    _gaps: Counter[str] = field(default_factory=Counter)

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Put an item's signals into its source's table."""
        self._count(gaps, found=bool(signals), word="with signals")
        table = self._table(source, "item", "kind", "signal", "part")
        for place, signal in enumerate(signals):
            hidden = " (hidden)" if signal.hidden else ""
            cells = (signal.subject, signal.value, signal.part + hidden)
            table.add_row(_plain("" if place else item), *(_plain(cell) for cell in cells))

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:  # noqa: ARG002  # the printer for programs names the message
        """Put an item's matches into its source's table."""
        flagged = any(match.strength is not Strength.WEAK for match in verdict.matches)
        self._count(verdict.gaps, found=flagged, word="flagged")
        if not verdict.matches and not self.every:
            return
        table = self._table(source, "item", "outcome", "found", "sure", "list", "why")
        first = (_plain(item), _plain(verdict.outcome, _OUTCOMES[verdict.outcome]))
        ranked = sorted(verdict.matches, key=lambda match: -match.strength.rank)
        for place, match in enumerate(ranked):
            table.add_row(*(("", "") if place else first), *_cells(match))
        if not ranked:
            table.add_row(*first)

    def end(self) -> None:
        """Print the tables, what could not be looked at, and the closing line."""
        for table in self._tables.values():
            self.console.print(table)
        for reason, count in self._gaps.most_common():
            times = "once" if count == 1 else f"{count:,} times"
            self.console.print(_plain(f"Not looked at, {times}: {reason}", "yellow"))
        items = "1 item" if self._items == 1 else f"{self._items:,} items"
        verb = f", {self._found:,} {self._word}" if self._word else ""
        self.console.print(f"{items} looked at{verb}.")

    def _count(self, gaps: Sequence[Gap], *, found: bool, word: str) -> None:
        self._items += 1
        self._found += found
        self._word = word
        self._gaps.update(gap.reason for gap in gaps)

    def _table(self, source: str, *columns: str) -> Table:
        if source not in self._tables:
            table = Table(title=_plain(source, "bold"), title_justify="left", show_lines=False)
            for column in columns:
                table.add_column(
                    column, overflow="fold", no_wrap=column in {"item", "kind", "outcome", "sure"}
                )
            self._tables[source] = table
        return self._tables[source]


def _cells(match: Match) -> tuple[Text, Text, Text, Text]:
    sure = match.strength + ("" if match.distance is None else f" ({match.distance} bits)")
    known = f"{match.bank.name}: {match.entry.ref or match.entry.value}"
    return (
        _plain(f"{match.signal.subject} {match.signal.value} in {match.signal.part}"),
        _plain(sure, _LIGHTS[match.strength]),
        _plain(known + (f" “{match.entry.label}”" if match.entry.label else "")),
        _plain(match.because),
    )


def _plain(text: str, style: str = "") -> Text:
    """Text as it is, without markup and without what could steer a terminal or turn a line around."""
    return Text("".join(c for c in text if c.isprintable()), style=style)
