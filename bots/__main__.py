"""The composition root: reads the command line and the settings, builds the objects, and runs one command.

Beside it only `bots.house` and `bots.lists` build anything. What is refused is one line on standard error
and exit code 2.
"""

from bots import starting  # before all others: it makes Ctrl-C silent while they are loaded

# isort: split

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from rich.console import Console

from bots.arguments import parser
from bots.commands import absent_lists, given_up, looking, policy, policy_hits
from bots.commands.entity import EntityCommands
from bots.commands.lists import run_lists
from bots.commands.policy_history import KEPT
from bots.commands.policy_replay import replayed
from bots.commands.printers import printer
from bots.commands.said import plainly
from bots.console.terminal import Terminal, playground
from bots.discord import concerned as about_discord
from bots.extensions import Extensions, load
from bots.health import health
from bots.house import FILES, FROM_DISK, House, inbox_and_dead, inbox_of, now, opened_house
from bots.kit import Kit
from bots.lists import lists
from bots.live import live
from bots.logs import log_to_stderr
from bots.lookups import lookups
from bots.policies.serving import chosen_policy
from bots.serve import serve
from bots.streams import take_every_character
from bots.telegram import concerned as about_telegram
from core.banks.upkeep import bank_named
from core.entities.directory import Designations, Directory
from core.errors import NigehbanError
from core.exchange.file import FileExchange
from core.exchange.intake import take_in
from core.judge import Judge
from core.policy.policy import Policy
from core.ports import Inbox, Listener, Platform
from core.settings import Settings, read_settings
from core.store.hits import SqlHits
from core.store.policies import SqlPolicies
from core.worker import Worker

SAMPLES: Final = Path(__file__).parents[1] / "samples"
REFUSED: Final = 2
CONCERNED: Final[Mapping[str, given_up.Concerned]] = {
    "telegram": about_telegram.concerned,
    "discord": about_discord.concerned,
}
"""By platform, what tells which message an item of the inbox is about."""

starting.over()


def main() -> None:
    """Run the command that the words of the command line ask for, and leave with its exit code."""
    take_every_character()
    try:
        sys.exit(run_command(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(starting.INTERRUPTED)
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
        # It may quote a file that somebody else wrote; its lines stay lines.
        for row in f"nigehban: {exc}".split("\n"):
            print(plainly(row), file=sys.stderr)  # noqa: T201  # standard error is where people look
        return REFUSED


async def _command(given: argparse.Namespace, settings: Settings) -> int:
    if given.command == "policy" and given.verb in policy.ALONE:
        return policy.ALONE[given.verb](given)
    extensions = load(settings.extensions)
    if given.command == "run":
        return await _run(given, settings, extensions)
    async with opened_house(settings, extensions) as house:
        if given.command in ("bank", "exchange"):
            others, store = dict(extensions.exchanges), house.bank_store
            return await run_lists(
                given,
                settings,
                house.database,
                banks=store,
                look=house.look,
                extensions=others,
                clock=now,
                seen=await house.lookback(),
                canary=await house.canary(),
            )
        if given.command == "inbox":
            return await _look_into_inbox(given, settings, house)
        if (code := await _of_the_store(given, settings, house)) is not None:
            return code
        return await _look(given, settings, house)


async def _look(given: argparse.Namespace, settings: Settings, house: House) -> int:
    """Run what looks at files, exports and what is stored of messages."""
    scanning = given.command != "signals"
    chosen = chosen_policy((given.policy if scanning else None) or settings.policy)
    for name in (given.bank or ()) if scanning else ():
        await bank_named(name, house.bank_store)
    banks = await house.banks(only=given.bank if scanning else ())
    judge = Judge(sources=house.sources, banks=banks, policy=chosen, once=FROM_DISK)
    if given.command == "policy":
        past = await house.history(banks, only=given.bank)
        code = await replayed(
            given, judge, FILES, chosen, chosen_policy, history=past, at=now(), zone=settings.zone
        )
    else:
        command = looking.scan if scanning else looking.signals
        known = Directory(await house.entities.listings() if scanning else ())
        code = await command(given.paths, judge=judge, files=FILES, printer=printer(given, known))
    if scanning:
        there = [bank.name for bank, _ in await house.bank_store.banks()]
        absent_lists.warn(chosen, there, anew=bool(given.paths or getattr(given, "text", None)))
    return code


async def _of_the_store(given: argparse.Namespace, settings: Settings, house: House) -> int | None:
    """Run what looks at nothing but the store; returns None where another command is meant."""
    if given.command == "entity":
        return await EntityCommands(house.entities, at=now()).run(given)
    if given.command == "policy" and given.verb in KEPT:
        return await KEPT[given.verb](given, SqlPolicies(house.database), settings.zone, now())
    if given.command == "policy" and given.verb == "hits":
        return await policy_hits.run(given, SqlHits(house.database), zone=settings.zone, at=now())
    return None


async def _look_into_inbox(given: argparse.Namespace, settings: Settings, house: House) -> int:
    inbox, dead = inbox_and_dead(settings, house)
    try:
        return await given_up.run(given, inbox, dead, concerned=CONCERNED, zone=settings.zone)
    finally:
        await inbox.close()


async def _run(given: argparse.Namespace, settings: Settings, extensions: Extensions) -> int:
    chosen = given.policy or settings.policy
    tokens = (settings.telegram.token, settings.discord.token)
    if not any(token.get_secret_value() for token in tokens) and not extensions.platforms:
        return await _play(settings, extensions, chosen_policy(chosen))
    async with opened_house(settings, extensions) as house:
        inbox = inbox_of(settings, house)
        try:
            await _serve(settings, extensions, house, inbox, chosen)
        finally:
            await inbox.close()
    return 0


async def _serve(settings: Settings, extensions: Extensions, house: House, inbox: Inbox, chosen: str) -> None:
    platforms: dict[str, Platform] = {}
    lives = await live(house, settings, chosen, platforms)
    kit = Kit(
        engine=lives.engine,
        inbox=inbox,
        desk=house.store,
        notes=house.notes,
        clock=now,
        zone=settings.zone,
        designations=Designations(house.entities),
        policies=lives.desk,
    )
    listeners = [*_own_platforms(settings, kit), *(make(kit) for make in extensions.platforms)]
    platforms.update({one.name: one for one in listeners})
    worker = Worker(inbox=inbox, platforms=platforms, engine=lives.engine, flush=lives.flush)
    async with (
        health(settings.http.host, settings.http.port, inbox.depth),
        lookups(settings.resolve, listeners) as resolvers,
    ):
        house.resolvers.update(resolvers)
        others = dict(extensions.exchanges)
        kept = lists(
            settings,
            house.database,
            banks=house.bank_store,
            extensions=others,
            clock=now,
            tries=1,
            canary=await house.canary(),
        )
        sync = {"sync the lists": kept.sync.follow} if settings.exchange.sync else {}
        await serve(listeners, worker.run, lives.followers | sync, say=_say)


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
    async with opened_house(alone, extensions) as house:
        samples = FileExchange(SAMPLES / "list.csv", look=house.look)
        await take_in(samples, "samples", house.bank_store, at=now())
        judge = Judge(sources=house.sources, banks=await house.banks(), policy=chosen)
        platforms: dict[str, Platform] = {}
        engine = house.engine(judge, platforms)

        def terminal(name: str) -> Terminal:
            return Terminal(
                name=name, engine=engine, rooms=house.store, clock=now, zone=settings.zone, files=FILES
            )

        paths = (SAMPLES / "telegram", SAMPLES / "discord")
        await playground(paths, terminal=terminal, platforms=platforms, console=Console())
    return 0


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  # standard output is what `run` speaks on


if __name__ == "__main__":
    main()
