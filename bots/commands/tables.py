"""Results for people: a table of each source at the end, strongest first in an item, and one closing line.

What cannot be looked at is counted by its reason: in an export of a large group it is hundreds of files.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bots.commands.said import cell
from bots.designations import entity_words
from bots.sealed import shown
from bots.wording import counted
from core.entities.directory import NOBODY, Directory
from core.model import Gap, Match, Message, Outcome, Signal, Strength, Verdict

_LIGHTS: Final = {Strength.SAME: "bold red", Strength.STRONG: "red", Strength.WEAK: "yellow"}
_OUTCOMES: Final = {Outcome.ENFORCE: "bold red", Outcome.REVIEW: "yellow", Outcome.ALLOW: "green"}
_NUMBER: Final = re.compile(r"[0-9][0-9.,]*")


@dataclass(slots=True, kw_only=True)
class Tables:
    """Collects what was found and prints it at the end.

    Attributes:
        console: Where to.
        every: Also items without a match.
        known: Which organisations are designated.
    """

    console: Console
    every: bool = False
    known: Directory = NOBODY
    streams: bool = False
    _tables: dict[str, Table] = field(default_factory=dict)
    _items: int = 0
    _found: int = 0
    _word: str = ""
    _gaps: dict[str, Counter[str]] = field(default_factory=dict)

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Put an item's signals into its source's table."""
        self._count(gaps, found=bool(signals), word="with signals")
        table = self._table(source, "item", "kind", "signal", "part")
        for place, signal in enumerate(signals):
            hidden = " (hidden)" if signal.hidden else ""
            cells = (signal.subject, signal.value, signal.part + hidden)
            table.add_row(cell("" if place else item), *(cell(said) for said in cells))

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:  # noqa: ARG002  # the printer for programs names the message
        """Put an item's matches into its source's table."""
        flagged = any(match.strength is not Strength.WEAK for match in verdict.matches)
        self._count(verdict.gaps, found=flagged, word="flagged")
        if not verdict.matches and not self.every:
            return
        table = self._table(source, "item", "outcome", "sure", "why")
        first = (cell(item), cell(verdict.outcome, _OUTCOMES[verdict.outcome]))
        ranked = sorted(map(shown, verdict.matches), key=lambda match: -match.strength.rank)
        for place, match in enumerate(ranked):
            table.add_row(*(("", "") if place else first), *_cells(match, self.known))
        if not ranked:
            table.add_row(*first)

    def end(self) -> None:
        """Print the tables, what could not be looked at, and the closing line."""
        for table in self._tables.values():
            self.console.print(table)
        for reasons in sorted(self._gaps.values(), key=Counter.total, reverse=True):
            times = "once" if reasons.total() == 1 else f"{reasons.total():,} times"
            alike = ", and the like" if len(reasons) > 1 else ""
            self.console.print(cell(f"Not looked at, {times}: {next(iter(reasons))}{alike}", "yellow"))
        verb = f", {self._found:,} {self._word}" if self._word else ""
        self.console.print(f"{counted(self._items, 'item')} looked at{verb}.")

    def _count(self, gaps: Sequence[Gap], *, found: bool, word: str) -> None:
        self._items += 1
        self._found += found
        self._word = word
        for gap in gaps:
            # "video 41 MB (over the limit)" and "video 79.3 MB (over the limit)" are one reason.
            self._gaps.setdefault(_NUMBER.sub("", gap.reason), Counter())[gap.reason] += 1

    def _table(self, source: str, *columns: str) -> Table:
        if source not in self._tables:
            table = Table(title=cell(source, "bold"), title_justify="left", show_lines=False)
            for column in columns:
                tight = column in {"item", "kind", "outcome", "sure"}
                table.add_column(column, overflow="fold", no_wrap=tight)
            self._tables[source] = table
        return self._tables[source]


def _cells(match: Match, directory: Directory) -> tuple[Text, Text]:
    """How sure it is; and why, with where it was seen and the list's own words below."""
    hidden = " (hidden)" if match.signal.hidden else ""
    ref = "" if match.entry.ref == match.signal.value else match.entry.ref
    label = f"“{match.entry.label}”" if match.entry.label else ""
    known = " ".join(word for word in (f"list {match.bank.name}", ref, label) if word)
    entity = f" · {entity_words(match.entry.entity, directory)}" if match.entry.entity else ""
    seen = f"{match.signal.subject} in {match.signal.part}{hidden} · {known}{entity}"
    why = Text("\n").join((cell(match.because), cell(seen, "dim")))
    return cell(match.strength, _LIGHTS[match.strength]), why
