"""`nigehban bank`: lists in and out, and how far each is trusted; results for people or for programs."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bots.commands.entries import EntryCommands
from bots.commands.said import cell, line, reading, say, table
from bots.wording import counted
from core.banks.upkeep import exported, remove, stats, trust
from core.errors import BadInput
from core.exchange.entries import Look
from core.exchange.file import FileExchange
from core.exchange.given import Given
from core.exchange.intake import Intake, take_in
from core.keeping import BankStore
from core.model import Sharing, Trust
from core.ports import Exchange

IMPORT: Final = "nigehban.import/1"
STATS: Final = "nigehban.stats/1"
BANK: Final = "nigehban.bank/1"
SHOWN: Final = 20
"""Rejected rows that are spelled out for people; programs get all of them."""

Makers = Mapping[str, Callable[[str], Exchange]]
"""Exchanges that extensions bring, by name, each made from a location."""


class BankCommands:
    """The verbs of `nigehban bank`; each returns its exit code.

    Args:
        store: Where banks are kept.
        look: Fingerprints media files.
        makers: Exchanges beyond files.
        at: The present moment, noted on what is added.
        entries: The verbs that concern entries, terms and bundles.
    """

    def __init__(
        self, store: BankStore, *, look: Look, makers: Makers, at: datetime, entries: EntryCommands
    ) -> None:
        self._entries = entries
        self._store = store
        self._look = look
        self._makers = makers
        self._at = at

    async def run(self, given: argparse.Namespace) -> int:
        """Do what the words of the command line say."""
        verbs = {
            "import": self._import,
            "add": self._add,
            "remove": self._remove,
            "promote": self._promote,
            "demote": self._demote,
            "export": self._export,
            "stats": self._stats,
            "list": self._list,
            "show": self._entries.show,
            "override": self._entries.override,
            "set": self._entries.set,
            "verify": self._entries.verify,
        }
        return await verbs[given.verb](given)

    async def _import(self, given: argparse.Namespace) -> int:
        exchange: Exchange
        if given.exchange is None:
            exchange = file = FileExchange(Path(given.location), look=self._look)
            with reading(file, _items) as step:
                intake = await take_in(exchange, given.bank, self._store, at=self._at, progress=step)
        else:
            exchange = self._made(given.exchange, given.location)
            intake = await take_in(exchange, given.bank, self._store, at=self._at)
        return _told(intake, given)

    async def _add(self, given: argparse.Namespace) -> int:
        noted = {"ref": given.ref, "label": given.label, "reason": given.reason}
        items = Given(given.items, look=self._look, noted=noted)
        intake = await take_in(items, given.bank, self._store, at=self._at)
        _told(intake, given)
        return 1 if intake.rejected else 0

    async def _remove(self, given: argparse.Namespace) -> int:
        removed = await remove(given.items, given.bank, self._store)
        for item, count in removed:
            if given.format == "ndjson":
                line({"schema": BANK, "bank": given.bank, "item": item, "removed": count})
            else:
                say(f"{item}: {counted(count, 'entry', 'entries')} taken out of {given.bank}")
        return 0 if all(count for _, count in removed) else 1

    async def _promote(self, given: argparse.Namespace) -> int:
        return await self._trust(given, Trust.ACT, "may act now: policies may act on what it finds")

    async def _demote(self, given: argparse.Namespace) -> int:
        return await self._trust(
            given, Trust.TRIAL, "is on trial now: what it finds is shown, and counts for nothing else"
        )

    async def _trust(self, given: argparse.Namespace, trusted: Trust, meaning: str) -> int:
        bank = await trust(given.bank, trusted, self._store)
        if given.format == "ndjson":
            line({"schema": BANK, "bank": bank.name, "trust": bank.trust})
        else:
            say(f"{bank.name} {meaning}")
        return 0

    async def _export(self, given: argparse.Namespace) -> int:
        if given.bundle:
            return await self._entries.bundle(given)
        limit = Sharing(given.sharing) if given.sharing else Sharing.RED
        left_out: Counter[Sharing] = Counter()
        # An export is read by programs and by `bank import`: it has one form, whoever asks.
        async for entry in exported(given.bank, self._store, limit=limit, left_out=left_out):
            line(entry)
        for sharing, count in left_out.items():
            sys.stderr.write(f"nigehban: {count:,} entries were left out: they are {sharing}\n")
        return 0

    async def _stats(self, given: argparse.Namespace) -> int:
        made = table("bank", "trust", "entries", "kinds", "states")
        for one in await stats(self._store):
            if given.format == "ndjson":
                counts = {"entries": one.entries, "kinds": dict(one.kinds), "states": dict(one.states)}
                line({"schema": STATS, "bank": one.bank.name, "trust": one.bank.trust, **counts})
            kinds, states = (
                ", ".join(f"{name} {n:,}" for name, n in counts.items()) for counts in (one.kinds, one.states)
            )
            made.add_row(cell(one.bank.name), one.bank.trust, f"{one.entries:,}", kinds, states)
        return _shown(made, given)

    async def _list(self, given: argparse.Namespace) -> int:
        made = table("bank", "trust", "entries")
        for bank, entries in await self._store.banks():
            if given.format == "ndjson":
                line({"schema": BANK, "bank": bank.name, "trust": bank.trust, "entries": entries})
            made.add_row(cell(bank.name), bank.trust, f"{entries:,}")
        return _shown(made, given)

    def _made(self, name: str, location: str) -> Exchange:
        if name not in self._makers:
            known = ", ".join(sorted(self._makers)) or "none: name one in NIGEHBAN_EXTENSIONS"
            raise BadInput(f"there is no exchange {name!r}. There is: {known}")
        return self._makers[name](location)


def _told(intake: Intake, given: argparse.Namespace) -> int:
    """Say what became of a list; returns 0, since rows that cannot be used are named and not a failure."""
    counts = {
        "accepted": intake.accepted,
        "duplicates": intake.duplicates,
        "withdrawn": intake.withdrawn,
    }
    if given.format == "ndjson":
        rejected = [{"line": r.line, "text": r.text, "reason": r.reason} for r in intake.rejected]
        unlisted = {"unlisted": intake.unlisted} if intake.unlisted else {}
        line({"schema": IMPORT, "bank": given.bank, **counts, "rejected": rejected, **unlisted})
        return 0
    say(", ".join(f"{count:,} {word}" for word, count in counts.items()) + f" in {given.bank}")
    for row in intake.rejected[:SHOWN]:
        say(f"  line {row.line} rejected: {row.reason}: {row.text}")
    more = len(intake.rejected) - SHOWN + intake.unlisted
    if more > 0:
        named = f"the first {len(intake.rejected):,}" if intake.unlisted else "all"
        say(f"  and {more:,} more rejected: --format ndjson names {named} of them")
    return 0


def _items(intake: Intake) -> str:
    return f"{intake.accepted + intake.duplicates:,} items"


def _shown(table: Table, given: argparse.Namespace) -> int:
    if given.format == "text":
        if table.row_count:
            Console().print(table)
        else:
            say("There is no bank yet. Take a list in: nigehban bank import FILE --bank NAME")
    return 0
