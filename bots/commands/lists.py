"""The commands about lists, whoever keeps them: `nigehban bank` and `nigehban exchange`."""

import argparse
from collections.abc import Callable, Mapping
from datetime import datetime

from bots.commands.bank import BankCommands
from bots.commands.entries import EntryCommands
from bots.commands.exchange import ExchangeCommands
from bots.lists import lists
from core.exchange.entries import Look
from core.exchange.gates import Gate
from core.keeping import BankStore, Seen
from core.ports import Exchange
from core.settings import Settings
from core.store.connect import Database

_TRIES = 3
"""A person waits, so a busy server is asked again."""


async def run_lists(  # noqa: PLR0913 - each is a part of its own
    given: argparse.Namespace,
    settings: Settings,
    database: Database,
    *,
    banks: BankStore,
    look: Look,
    extensions: Mapping[str, Callable[[str], Exchange]],
    clock: Callable[[], datetime],
    seen: Seen,
    canary: Gate,
) -> int:
    """Run one of these commands; returns its exit code."""
    parts = lists(
        settings,
        database,
        banks=banks,
        extensions=extensions,
        clock=clock,
        tries=_TRIES,
        seen=seen,
        canary=canary,
    )
    if given.command == "exchange":
        return await ExchangeCommands(parts, banks=banks, clock=clock).run(given)
    entries = EntryCommands(banks, parts.kept, keys=settings.home / "keys", at=clock())
    return await BankCommands(banks, look=look, makers=extensions, at=clock(), entries=entries).run(given)
