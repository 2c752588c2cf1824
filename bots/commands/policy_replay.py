"""`nigehban policy explain|diff|backtest`: a policy, or two, on messages and exports, with the banks at home.

Each is a printer of `looking.scan`: items are read, looked at and matched as in a scan, and what differs is
only what is told of a verdict. The facts of an item are those of its verdict; nothing is looked at twice.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bots.commands.looking import scan_sources
from bots.commands.policy_backtest import Counting
from bots.commands.said import line, plainly, say
from bots.replay.inputs import sources
from bots.replay.reading import Reading, Source
from bots.sealed import shown
from core.errors import BadInput
from core.judge import Judge
from core.model import Account, Gap, Match, Message, Place, Signal, Text, Verdict
from core.policy.conditions import Facts
from core.policy.explain import explained, notches
from core.policy.policy import Policy
from core.ports import Files


class Replay(Protocol):
    """A printer that says at the end whether there was something to see."""

    streams: bool

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Never asked for."""
        ...

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:
        """Take one item in."""
        ...

    def end(self) -> None:
        """Print what is only known at the end."""
        ...

    @property
    def code(self) -> int:
        """The exit code: 1 if something is flagged, or differs."""
        ...


async def replayed(  # noqa: PLR0913 - each is one word where it is called
    given: argparse.Namespace,
    judge: Judge,
    files: Files,
    chosen: Policy,
    load: Callable[[str], Policy],
    *,
    at: datetime,
) -> int:
    """Run what the words of the command line ask for; returns the exit code.

    Args:
        given: The words.
        judge: Looks at items, with the chosen policy.
        files: Where their files are.
        chosen: The policy that the judge has.
        load: Loads the other one of two.
        at: The time of a message that was only written.

    Raises:
        BadInput: A path or a policy cannot be read, or there is nothing to look at.
    """
    written = getattr(given, "text", None)
    if not given.paths and written is None:
        raise BadInput('nothing to explain. Name a file or an export, or write --text "…".')
    inputs = [*sources(given.paths), *([] if written is None else [_only_written(written, at)])]
    printer = _printer(given, chosen, load)
    await scan_sources(inputs, judge=judge, files=files, printer=printer)
    return printer.code


def _printer(given: argparse.Namespace, chosen: Policy, load: Callable[[str], Policy]) -> Replay:
    programs = given.format == "ndjson"
    if given.verb == "explain":
        return Explaining(policy=chosen, programs=programs, every=given.all or given.text is not None)
    if given.verb == "diff":
        return Comparing(old=chosen, new=load(given.other), programs=programs)
    return Counting(days=given.days, programs=programs)


def _only_written(text: str, at: datetime) -> Source:
    message = Message(
        id="replay:text/1",
        place=Place(id="replay:text"),
        author=Account(),
        at=at,
        parts=(Text(text=text, path="text"),),
    )
    reading = Reading(item="text", message=message)
    return Source(name="text", shown="the text", size_bytes=0, read=lambda: iter((reading,)))


def facts_of(message: Message, verdict: Verdict) -> Facts:
    """Return the facts that a verdict was made of, sealed entries as they may be shown."""
    return Facts(message=message, matches=tuple(map(shown, verdict.matches)), gaps=verdict.gaps)


@dataclass(slots=True, kw_only=True)
class Explaining:
    """Tells of each item every rule: held, and by what; or the first condition that failed.

    Attributes:
        every: Also items in which nothing was found.
    """

    policy: Policy
    programs: bool = False
    every: bool = False
    streams: bool = True
    code: int = 0
    _items: int = 0
    _told: int = 0

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Never asked for."""

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:
        """Print what became of each rule, where there is something to say."""
        self._items += 1
        if not (self.every or verdict.matches or verdict.gaps or verdict.rules):
            return
        self._told += 1
        self.code = max(self.code, int(bool(verdict.matches)))
        values = self._values(facts_of(message, verdict), verdict)
        if self.programs:
            line({"schema": "nigehban.explain/1", "source": source, "item": item, **values})
        else:
            self._tell(item, facts_of(message, verdict), verdict)

    def _values(self, facts: Facts, verdict: Verdict) -> dict[str, object]:
        return {
            "does": [action.kind for action in verdict.actions],
            "found": [_found(match) for match in facts.matches],
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
        _say(f"{item}: {_does(verdict)}")
        for match in facts.matches:
            seen = f', stood there as "{match.signal.seen}"' if match.signal.seen else ""
            what = f"{match.signal.subject} {match.signal.value} in {match.signal.part}"
            _say(f"  found {what}{seen}: {match.because}")
        for gap in facts.gaps:
            _say(f"  not looked at: {gap.part}: {gap.reason}")
        for told in explained(self.policy, facts):
            _say(f"  {'✔' if told.held else '✘'} {told.rule.name} ({told.rule.stage}): {told.why}")
        for note in verdict.notes:
            _say(f"  note: {note}")
        for near in notches(self.policy, facts):
            _say(f"  {near.change}: {near.follows}")

    def end(self) -> None:
        """Say how many items nothing was found in."""
        if not self.programs and self._told < self._items:
            silent = f"{self._items - self._told:,} of {self._items:,} items"
            _say(f"nothing was found in {silent} (--all tells them)")
        sys.stdout.flush()


@dataclass(slots=True, kw_only=True)
class Comparing:
    """Tells which items two policies decide differently."""

    old: Policy
    new: Policy
    programs: bool = False
    streams: bool = True
    _items: int = 0
    _changed: Counter[str] = field(default_factory=Counter)

    @property
    def code(self) -> int:
        """1 if a decision would change."""
        return 1 if self._changed else 0

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Never asked for."""

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:
        """Print an item whose actions change; rules alone may change their names."""
        self._items += 1
        before, after = (
            policy.judge(message, verdict.matches, verdict.gaps) for policy in (self.old, self.new)
        )
        was, becomes = _does(before), _does(after)
        if was == becomes:
            return
        self._changed[f"{was} → {becomes}"] += 1
        if self.programs:
            said = {"source": source, "item": item, "before": _listed(before), "after": _listed(after)}
            line({"schema": "nigehban.policydiff/1", **said})
        else:
            _say(f"{item}: {was} → {becomes} ({', '.join(after.rules) or 'no rule'})")

    def end(self) -> None:
        """Print the counts."""
        if self.programs:
            sys.stdout.flush()
            return
        for change, count in self._changed.most_common():
            _say(f"{count:>6,}  {change}")
        _say(f"{self._changed.total():,} of {self._items:,} items would be decided differently")


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


def _does(verdict: Verdict) -> str:
    return ", ".join(_listed(verdict)) or ("record" if verdict.rules else "nothing")


def _listed(verdict: Verdict) -> list[str]:
    return [f"{a.kind} for {a.for_s} s" if a.for_s else str(a.kind) for a in verdict.actions]


def _say(words: str) -> None:
    say(plainly(words))
