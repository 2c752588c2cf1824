"""The command line's words: what commands there are, what they take, and how wrong use is refused.

One line on standard error and exit code 2, never a usage page: the line names the word and the remedy.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final, Never

from bots.exchange_arguments import bank_words, exchange_words, takes_format, with_example
from bots.policy_arguments import policy_words
from core.errors import BadInput

_Add = Callable[..., argparse.ArgumentParser]
"""Adds a command: takes its name and its help."""

_ITEMS: Final = (
    "picture, video or other file; folder; Telegram Desktop or DiscordChatExporter export; .ndjson"
)


class _Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong instead of printing a page and leaving."""

    def error(self, message: str) -> Never:
        """Refuse the words, with where to read on."""
        unknown = message.partition("unrecognized arguments: ")[2]
        late = any(word.partition("=")[0] == "--home" for word in unknown.split())
        before = " --home stands before the command: nigehban --home DIR COMMAND." if late else ""
        raise BadInput(f"{message}.{before} See: {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """Make the parser; the result's `command` (and `verb`) say what was asked for."""
    root = _Parser(
        prog="nigehban",
        description="A guardian for Telegram groups and Discord servers.",
        epilog="Example: nigehban --home state scan samples",
    )
    root.add_argument("--home", type=Path, metavar="DIR", help="the folder that state is kept in")
    add = root.add_subparsers(dest="command", required=True, metavar="COMMAND").add_parser
    _run(add)
    _looking(add)
    policy_words(add)
    _bank(add)
    _entity(add)
    exchange_words(add)
    _inbox(add)
    return root


def _run(add: _Add) -> None:
    verb = with_example(add)
    run = verb("run", "serve Telegram and Discord; without a token, play the samples", "run --policy strict")
    run.add_argument("--policy", metavar="FILE", help="a policy file, or the name of one that ships")


def _looking(add: _Add) -> None:
    verb = with_example(add)
    scan = verb(
        "scan", "say what would be flagged in files and exports, and why", "scan samples --policy strict"
    )
    scan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_ITEMS)
    scan.add_argument("--policy", metavar="FILE", help="a policy file, or the name of one that ships")
    scan.add_argument("--bank", action="append", metavar="NAME", help="only this bank; may be repeated")
    scan.add_argument("--all", action="store_true", help="also the items that nothing was found in")
    takes_format(scan)
    signals = verb(
        "signals",
        "show the canonical signals taken from each item",
        "signals photo.jpg --format ndjson",
    )
    signals.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_ITEMS)
    takes_format(signals)


def _bank(add: _Add) -> None:
    bank = with_example(add)("bank", "lists of known items", "bank import list.csv --bank kites")
    add_verb = bank.add_subparsers(dest="verb", required=True, metavar="VERB").add_parser
    verb = with_example(add_verb, "bank")
    take = verb(
        "import",
        "take a list in: CSV, plain text, NDJSON or an exchange's own format",
        "import list.csv --bank kites",
    )
    take.add_argument("location", metavar="FILE", help="a file; with --exchange, whatever that takes")
    take.add_argument("--exchange", metavar="NAME", help="of an extension, instead of a file")
    add_items = verb(
        "add",
        "add media files (by their fingerprints) or identifiers",
        "add poster.jpg t.me/example --bank kites --label banned",
    )
    add_items.add_argument(
        "items", nargs="+", metavar="FILE", help="a media file, an address or an identifier"
    )
    for name in ("ref", "label", "reason"):
        add_items.add_argument(f"--{name}", default="", metavar=name.upper())
    remove = verb("remove", "take entries out by reference or value", "remove t.me/example --bank kites")
    remove.add_argument("items", nargs="+", metavar="REF", help="a reference, an address or a hash")
    promote = verb("promote", "let policies act on a bank, not only flag", "promote --bank kites")
    demote = verb("demote", "let a bank only flag again", "demote --bank kites")
    for one in (take, add_items, remove, promote, demote):
        one.add_argument("--bank", required=True, metavar="NAME")
        takes_format(one)
    export = verb(
        "export",
        "print a bank's entries, one a line, or write a signed bundle of them",
        "export kites --bundle kites.bundle --sharing green",
    )
    export.add_argument("bank", metavar="NAME")
    bank_words(add_verb, export)
    stats = verb("stats", "count entries by kind and state", "stats")
    every = verb("list", "name the banks, how far they are trusted and how large they are", "list")
    for one in (export, stats, every):
        takes_format(one)


def _entity(add: _Add) -> None:
    entity = with_example(add)(
        "entity", "official lists of designated organisations", "entity import consolidated.xml"
    )
    add_verb = entity.add_subparsers(dest="verb", required=True, metavar="VERB").add_parser
    verb = with_example(add_verb, "entity")
    take = verb(
        "import",
        "take official lists in; each comes into the place of what it had",
        "import consolidated.xml sdn.csv UK-Sanctions-List.csv",
    )
    take.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="a list as its publisher offers it")
    take.add_argument(
        "--list",
        choices=("uk_proscribed", "pk_nacta"),
        default="",
        metavar="NAME",
        help="whose a simple table is, where its columns do not tell: uk_proscribed or pk_nacta",
    )
    take.add_argument("--whole", action="store_true", help="withdraw whatever the file lacks")
    every = verb("list", "name the organisations", "list --format ndjson")
    show = verb(
        "show",
        "say all that is known of one organisation, and which banks name it",
        'show "Blue Lantern Front"',
    )
    show.add_argument("name", metavar="NAME", help="a name, an abbreviation or a reference such as QDe.999")
    for one in (take, every, show):
        takes_format(one)


def _inbox(add: _Add) -> None:
    inbox = with_example(add)("inbox", "say how much waits, and what failed for good", "inbox --again")
    inbox.add_argument(
        "--again",
        nargs="*",
        metavar="ITEM",
        help="hand these items out again, of those that failed for good; without an item, all of them",
    )
    takes_format(inbox)
