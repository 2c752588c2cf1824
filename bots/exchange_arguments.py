"""The words of `nigehban exchange`, and those of `nigehban bank` for entries, terms and bundles."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from core.model import INVERSES, ActionKind, Judgement, Sharing, Standing, Trust

Add = Callable[..., argparse.ArgumentParser]
"""Adds a command: takes its name and its help."""

Verb = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a verb: its name, its help, and an example of its use."""

_ITEM: Final = "a reference, an address or a hash"
_SHORTEST_H: Final = 0.25
_LONGEST_H: Final = 24.0 * 30
_WHERE: Final = "https address, or a file"
_MOST: Final = ("none", *(kind for kind in ActionKind if kind not in INVERSES.values()))
_LIMITS: Final = tuple(limit for limit in Sharing if limit is not Sharing.SEALED)


def exchange_words(add: Add) -> None:
    """Add `nigehban exchange`."""
    exchange = with_example(add)("exchange", "lists of others, kept up to date", "exchange sync")
    verb = with_example(
        exchange.add_subparsers(dest="verb", required=True, metavar="VERB").add_parser, "exchange"
    )
    listing = verb("list", "name the subscriptions and how they are", "list")
    for one in (*_coming_in(verb), *_kept(verb), listing):
        takes_format(one)


def bank_words(verbs: Add, export: argparse.ArgumentParser) -> None:
    """Add what concerns entries, terms and bundles to `nigehban bank`."""
    export.add_argument("--bundle", type=Path, metavar="FILE", help="write a signed bundle instead")
    export.add_argument("--sharing", choices=_LIMITS, help="how far it may be handed on; default: the bank's")
    export.add_argument("--key", type=Path, metavar="FILE", help="your key; default: one in the home")
    export.add_argument("--next-key", type=Path, metavar="FILE", help="the key that will sign from later on")
    export.add_argument("--expires", metavar="DATE", help="of the bundle; default: in 90 days")
    verb = with_example(verbs, "bank")
    verify = verb("verify", "check that banks hold what they should", "verify")
    verify.add_argument("bank", nargs="?", metavar="NAME")
    show = verb("show", "show everything about an entry", "show kites lantern-14")
    show.add_argument("bank", metavar="NAME")
    show.add_argument("ref", metavar="REF", help=_ITEM)
    for one in (verify, show, _override(verb), _terms(verb)):
        takes_format(one)


def _coming_in(verb: Verb) -> Iterator[argparse.ArgumentParser]:
    preview = verb(
        "preview", "say what a list holds and would have hit", "preview https://kites.example/kites.csv"
    )
    preview.add_argument("location", metavar="LOCATION", help=_WHERE)
    _kind(preview)
    yield preview
    adding = verb("add", "subscribe to a list, on trial", "add kites https://kites.example/kites.bundle")
    adding.add_argument("name", metavar="NAME", help="of the bank that it fills")
    adding.add_argument("location", metavar="LOCATION", help=_WHERE)
    _kind(adding)
    adding.add_argument("--key", default="", help="the publisher's key or its fingerprint, for a bundle")
    adding.add_argument("--origin", default="", metavar="WHO", help="whose list it is; default: the server")
    adding.add_argument("--every", type=_hours, default=24.0, metavar="HOURS", help="how often it is asked")
    adding.add_argument("--reports", action="store_true", help="send opinions back by itself")
    yield adding
    syncing = verb("sync", "bring one list or all up to date", "sync kites")
    syncing.add_argument("name", nargs="?", metavar="NAME")
    syncing.add_argument("--accept", action="store_true", help="take in an update that was held")
    yield syncing


def _kept(verb: Verb) -> Iterator[argparse.ArgumentParser]:
    promote = verb("promote", "let a list flag, or act", "promote kites --to act")
    promote.add_argument("--to", choices=(Trust.FLAG, Trust.ACT), default=Trust.FLAG)
    showing = verb("show", "show everything about a subscription", "show kites")
    removing = verb("remove", "unsubscribe, and wipe what came from there", "remove kites")
    removing.add_argument("--keep-entries", action="store_true", help="keep the bank as one of your own")
    reporting = verb(
        "report",
        "send back what was found about entries",
        "report kites lantern-14 --opinion false_positive --reason 'a newsroom'",
    )
    for one in (promote, showing, removing, reporting):
        one.add_argument("name", metavar="NAME")
        yield one
    reporting.add_argument("entry", nargs="?", metavar="ENTRY", help=f"say this about it first: {_ITEM}")
    reporting.add_argument("--opinion", choices=tuple(Judgement), default=Judgement.FALSE_POSITIVE)
    reporting.add_argument("--reason", default="")


def _override(verb: Verb) -> argparse.ArgumentParser:
    override = verb(
        "override", "treat an entry otherwise here", "override kites lantern-14 --off --reason 'a newsroom'"
    )
    override.add_argument("bank", metavar="NAME")
    override.add_argument("value", metavar="REF", help=_ITEM)
    way = override.add_mutually_exclusive_group(required=True)
    for standing in Standing:
        way.add_argument(f"--{standing}", dest="standing", action="store_const", const=standing)
    way.add_argument("--restore", action="store_true", help="treat it as its list says again")
    override.add_argument("--reason", default="")
    return override


def _terms(verb: Verb) -> argparse.ArgumentParser:
    terms = verb("set", "change the terms of a bank", "set kites --most delete --ladder 10,20")
    terms.add_argument("bank", metavar="NAME")
    most = f"the strongest action that may rest on it: {', '.join(_MOST)}"
    terms.add_argument("--most", choices=_MOST, metavar="ACTION", help=most)
    terms.add_argument("--ladder", metavar="SAME,STRONG", help="bits up to which pictures are the same")
    terms.add_argument("--sharing", choices=tuple(Sharing))
    terms.add_argument("--origin", metavar="WHO", help="whose list it is")
    terms.add_argument("--expires", metavar="DATE", help="from then on nothing of it matches; or never")
    terms.add_argument("--trust", choices=tuple(Trust))
    return terms


def with_example(add: Add, command: str = "") -> Verb:
    """Return what adds a verb with its help and an example, which stands after the command's own name."""
    before = f"nigehban {command}".strip()

    def verb(name: str, help_: str, example: str) -> argparse.ArgumentParser:
        return add(name, help=help_, description=help_, epilog=f"Example: {before} {example}")

    return verb


def _kind(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--kind", metavar="KIND", help="list, bundle, threat_updates, tat, stopncii, or an extension's"
    )
    command.add_argument(
        "--credential", default="", metavar="VARIABLE", help="the variable that holds the token"
    )


def _hours(given: str) -> float:
    """Read a number of hours, from a quarter of one to a month.

    Raises:
        ArgumentTypeError: It is none, or out of these bounds.
    """
    try:
        hours = float(given)
    except ValueError:
        hours = 0.0
    if not _SHORTEST_H <= hours <= _LONGEST_H:
        raise argparse.ArgumentTypeError(f"{given!r} is no number of hours from 0.25 to 720, such as 24")
    return hours


def takes_format(command: argparse.ArgumentParser) -> None:
    """Let a command speak to people or to programs."""
    command.add_argument(
        "--format", choices=("text", "ndjson"), default="text", help="for people or programs"
    )
