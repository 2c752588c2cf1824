"""The composition root: reads the command line and the settings, builds the objects, and runs one command.

Nothing else builds anything. What is refused is one line on standard error and exit code 2.
"""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from rich.console import Console

from bots.arguments import parser
from bots.commands import looking, policy
from bots.commands.lines import Lines
from bots.commands.lists import run_lists
from bots.commands.looking import Printer
from bots.commands.tables import Tables
from bots.console.terminal import Terminal, playground
from bots.extensions import Extensions, load
from bots.health import health
from bots.kit import Kit
from bots.lists import lists
from bots.logs import log_to_stderr
from bots.lookups import lookups
from bots.replay.files import LocalFiles, local
from bots.serve import serve
from core.banks.banks import Banks
from core.banks.upkeep import bank_named
from core.engine import Engine
from core.errors import NigehbanError
from core.exchange.file import FileExchange
from core.exchange.intake import take_in
from core.inbox.sql import SqlInbox
from core.judge import Judge
from core.media.fetch import OncePerMessage
from core.media.remembered import Remembered
from core.media.sandbox import Patiently, Sandbox
from core.model import Account, Attachment, Gap, Message, Place, Signal
from core.policy.loader import bundled, load_policy
from core.policy.policy import Policy
from core.ports import Inbox, Listener, Platform, Resolver, SignalSource
from core.resolve.lookup import Lookup
from core.settings import Settings, read_settings
from core.signals.accounts import Accounts
from core.signals.contents import Contents
from core.signals.files import Digests
from core.signals.links import Links
from core.signals.opaque import Opaque
from core.signals.pictures import Pictures
from core.signals.profiles import Profiles
from core.signals.remembered import Remembering
from core.signals.texts import Texts
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.keeping import SqlStore
from core.store.notes import SqlNotes
from core.worker import Worker

SAMPLES: Final = Path(__file__).parents[1] / "samples"
DECODERS: Final = 2
"""Processes that decode media: a fingerprint costs more than all the rest, and machines have two cores."""

MAX_LOCAL_BYTES: Final = 200_000_000
"""The largest file that is read from the disk, where no platform sets a limit."""

FOR_BANKS_S: Final = 600.0
"""How long a file may take that goes into a bank: all frames of a video, when the machine is busy."""

FILES: Final = LocalFiles(MAX_LOCAL_BYTES)
FROM_DISK: Final = partial(OncePerMessage, max_bytes=MAX_LOCAL_BYTES)

SHIPPED: Final = ("default", "observe", "strict")

REFUSED: Final = 2


def main() -> None:
    """Run the command that the words of the command line ask for, and leave with its exit code."""
    try:
        sys.exit(run_command(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has enough of it; say nothing more, also not when closing it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def run_command(words: list[str]) -> int:
    """Run one command; returns its exit code."""
    try:
        given = parser().parse_args(words)
        settings = read_settings(home=given.home)
        log_to_stderr(settings.log_level)
        return asyncio.run(_command(given, settings))
    except NigehbanError as exc:
        print(f"nigehban: {exc}", file=sys.stderr)  # noqa: T201  # standard error is where people look
        return REFUSED


async def _command(given: argparse.Namespace, settings: Settings) -> int:
    if given.command == "policy":
        return policy.schema() if given.verb == "schema" else policy.check(given.paths, given.format)
    extensions = load(settings.extensions)
    if given.command == "run":
        return await _run(given, settings, extensions)
    async with _house(settings, extensions) as house:
        if given.command in ("bank", "exchange"):
            others, store = dict(extensions.exchanges), house.bank_store
            return await run_lists(
                given, settings, house.database, banks=store, look=house.look, extensions=others, clock=_now
            )
        scanning = given.command == "scan"
        chosen = _policy((given.policy if scanning else None) or settings.policy)
        for name in (given.bank or ()) if scanning else ():
            await bank_named(name, house.bank_store)
        banks = await house.banks(only=given.bank if scanning else ())
        judge = Judge(sources=house.sources, banks=banks, policy=chosen, once=FROM_DISK)
        command = looking.scan if scanning else looking.signals
        return await command(given.paths, judge=judge, files=FILES, printer=_printer(given))


async def _run(given: argparse.Namespace, settings: Settings, extensions: Extensions) -> int:
    chosen = _policy(given.policy or settings.policy)
    tokens = (settings.telegram.token, settings.discord.token)
    if not any(token.get_secret_value() for token in tokens) and not extensions.platforms:
        return await _play(settings, extensions, chosen)
    async with _house(settings, extensions) as house:
        inbox = _inbox(settings, house)
        try:
            await _serve(settings, extensions, house, inbox, chosen)
        finally:
            await inbox.close()
    return 0


async def _serve(
    settings: Settings, extensions: Extensions, house: "_House", inbox: Inbox, chosen: Policy
) -> None:
    banks = await house.banks()
    platforms: dict[str, Platform] = {}
    engine = house.engine(Judge(sources=house.sources, banks=banks, policy=chosen), platforms)
    kit = Kit(engine=engine, inbox=inbox, desk=house.store, notes=house.notes, clock=_now, zone=settings.zone)
    listeners = [*_own_platforms(settings, kit), *(make(kit) for make in extensions.platforms)]
    platforms.update({one.name: one for one in listeners})
    worker = Worker(inbox=inbox, platforms=platforms, engine=engine)
    async with (
        health(settings.http.host, settings.http.port, inbox.depth),
        lookups(settings.resolve, listeners) as resolvers,
    ):
        house.resolvers.update(resolvers)
        others = dict(extensions.exchanges)
        kept = lists(settings, house.database, banks=house.bank_store, extensions=others, clock=_now, tries=1)
        besides = {"sync the lists": kept.sync.follow} if settings.exchange.sync else {}
        await serve(listeners, worker.run, banks.follow, besides, say=_say)


def _own_platforms(settings: Settings, kit: Kit) -> Iterator[Listener]:
    """Build what a token is set for; a client library takes longer to import than all of ours."""
    if settings.telegram.token.get_secret_value():
        from bots.telegram.platform import Telegram  # noqa: PLC0415  # see above

        yield Telegram(settings.telegram, kit)
    if settings.discord.token.get_secret_value():
        from bots.discord.platform import Discord  # noqa: PLC0415  # see above

        yield Discord(settings.discord, kit)


async def _play(settings: Settings, extensions: Extensions, chosen: Policy) -> int:
    """Play the samples through everything but the platforms, in a store of their own that starts empty."""
    _say("No token is set (NIGEHBAN_TELEGRAM__TOKEN, NIGEHBAN_DISCORD__TOKEN): this is a playground.")
    _say("Two small invented chats are judged by the real core; nothing is done to anybody.")
    alone = settings.beside("playground")
    shutil.rmtree(alone.home, ignore_errors=True)
    async with _house(alone, extensions) as house:
        samples = FileExchange(SAMPLES / "list.csv", look=house.look)
        await take_in(samples, "samples", house.bank_store, at=_now())
        judge = Judge(sources=house.sources, banks=await house.banks(), policy=chosen)
        platforms: dict[str, Platform] = {}
        engine = house.engine(judge, platforms)

        def terminal(name: str) -> Terminal:
            return Terminal(
                name=name, engine=engine, rooms=house.store, clock=_now, zone=settings.zone, files=FILES
            )

        paths = (SAMPLES / "telegram", SAMPLES / "discord")
        await playground(paths, terminal=terminal, platforms=platforms, console=Console())
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _House:
    """What every command that keeps or knows something stands on."""

    database: Database
    store: SqlStore
    notes: SqlNotes
    bank_store: SqlBanks
    sources: tuple[SignalSource, ...]
    for_banks: tuple[SignalSource, ...]
    resolvers: dict[Lookup, Resolver]

    async def banks(self, *, only: Collection[str] | None = None) -> Banks:
        """Return the banks with all that is stored already in their index."""
        banks = Banks(self.bank_store, clock=_now, only=only)
        await banks.refresh()
        return banks

    async def look(self, path: Path) -> tuple[Sequence[Signal], Sequence[Gap]]:
        """Take the signals of one media file, as the live bot would, but of every frame of a video."""
        file = Attachment(ref=local(path.parent, path.name), path="file", name=path.name)
        nowhere = Place(id="file:")
        message = Message(id="file:", place=nowhere, author=Account(), at=_now(), parts=(file,))
        unknown = Banks(self.bank_store, clock=_now)
        # A list means the file itself: what is inside may be in a thousand others.
        judge = Judge(
            sources=self.for_banks,
            banks=unknown,
            policy=_policy("observe"),
            patience_s=FOR_BANKS_S,
            once=FROM_DISK,
        )
        return await judge.look(message, FILES)

    def engine(self, judge: Judge, platforms: Mapping[str, Platform]) -> Engine:
        """Return an engine for platforms that may still be added to the mapping."""
        return Engine(judge=judge, store=self.store, platforms=platforms, clock=_now)


@asynccontextmanager
async def _house(settings: Settings, extensions: Extensions) -> AsyncIterator[_House]:
    url = settings.database_url.get_secret_value()
    resolvers: dict[Lookup, Resolver] = {}  # filled where platforms are served: all else works offline
    database = await Database.open(url or f"sqlite:///{settings.home.resolve() / 'nigehban.db'}")
    try:
        async with Sandbox(workers=DECODERS) as sandbox:
            yield _House(
                database=database,
                store=SqlStore(database, worker=settings.worker),
                notes=SqlNotes(database),
                bank_store=SqlBanks(database),
                sources=(
                    Opaque(Links(), resolvers),
                    Accounts(),
                    Texts(),
                    Remembering(Digests()),
                    Opaque(Remembering(Pictures(Remembered(sandbox))), resolvers),
                    Profiles(),
                    Opaque(Contents(sandbox), resolvers),
                    *extensions.signals,
                ),
                for_banks=(Digests(), Pictures(Patiently(sandbox)), *extensions.signals),
                resolvers=resolvers,
            )
    finally:
        await database.close()


def _inbox(settings: Settings, house: _House) -> Inbox:
    if url := settings.redis_url.get_secret_value():
        from core.inbox.redis import RedisInbox  # noqa: PLC0415  # only who has a server waits for its client

        return RedisInbox(url, worker=settings.worker)
    return SqlInbox(house.database, worker=settings.worker)


def _policy(chosen: str) -> Policy:
    """Load a policy by the name of one that ships, or by its path."""
    return load_policy(bundled(chosen) if chosen in SHIPPED else Path(chosen))


def _printer(given: argparse.Namespace) -> Printer:
    every = getattr(given, "all", True)
    if given.format == "ndjson":
        return Lines(file=sys.stdout, every=every)
    return Tables(console=Console(), every=every)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # standard output is what `run` speaks on


if __name__ == "__main__":
    main()
