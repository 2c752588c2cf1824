"""The words of `nigehban policy`: verbs, what they take, and an example of each."""

import argparse
from pathlib import Path
from typing import Final

from bots.exchange_arguments import Add, Verb, with_example

_FILE: Final = "a policy file, - for standard input, or the name of one that ships"
_ITEMS: Final = "picture, video or other file; folder; export; .ndjson"
_STORED: Final = "what is stored of the messages seen here"
_DIGITS: Final = 5
_MOST_DIGITS: Final = 18
"""What a database takes as a number."""


def policy_words(add: Add) -> None:
    """Add the command to the parser."""
    policy = with_example(add)("policy", "policy files", "policy check kites.yaml")
    add_verb = policy.add_subparsers(dest="verb", required=True, metavar="VERB").add_parser
    verb = with_example(add_verb, "policy")
    files = _files(verb)
    history = verb("history", "list the policies that were in force, newest first", "history --show 3")
    history.add_argument("--place", metavar="PLACE", help="only of this place, by its id")
    history.add_argument("--show", type=_number, metavar="N", help="print the files of one version")
    history.add_argument("--most", type=_whole, default=20, metavar="N", help="versions of a place (20)")
    restore = verb("restore", "put a version in force again", "restore 3")
    restore.add_argument("number", type=_number, metavar="N", help="its number in the history")
    for one in (*files, history, _hits(verb), *_on_items(verb)):
        one.add_argument(
            "--format", choices=("text", "ndjson"), default="text", help="for people or programs"
        )


def _files(verb: Verb) -> tuple[argparse.ArgumentParser, ...]:
    """Add the verbs that need nothing but files; returns those that speak to people or programs."""
    check = verb(
        "check", "say whether policy files can be used, and what is wrong", "check kites.yaml strict"
    )
    test = verb("test", "run the examples of policy files", "test kites.yaml")
    for one in (check, test):
        one.add_argument("paths", nargs="+", type=Path, metavar="FILE", help=_FILE)
    schema = verb(
        "schema",
        "print the JSON Schema of policy files, for editors, or the reference",
        "schema --format markdown",
    )
    schema.add_argument("--format", choices=("json", "markdown"), default="json", help="which of them (json)")
    made = verb("new", "ask five questions and write a policy file", "new kites.yaml")
    made.add_argument("path", type=Path, metavar="FILE", help="where to; nothing may be there yet")
    return check, test


def _hits(verb: Verb) -> argparse.ArgumentParser:
    """Add the verb that shows what rules matched while the bot ran."""
    hits = verb(
        "hits",
        "count what each rule matched lately, also in shadow; with --rule, name the messages",
        'hits --stage shadow --rule "sure links" --days 14',
    )
    hits.add_argument("--days", type=_number, default=7, metavar="N", help="the last so many days (7)")
    hits.add_argument("--place", default="", metavar="ID", help="only this place, such as telegram:-1001234")
    hits.add_argument("--rule", default="", metavar="NAME", help="only this rule, with its messages")
    hits.add_argument("--stage", choices=("shadow", "notify", "enforce"), default="", help="only this stage")
    return hits


def _on_items(verb: Verb) -> tuple[argparse.ArgumentParser, ...]:
    """Add the verbs that look at messages, with the banks at home."""
    explain = verb(
        "explain",
        "say of each rule why it holds for a message, or what failed first",
        'explain --text "see t.me/example" --policy strict',
    )
    explain.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=_ITEMS)
    explain.add_argument("--text", metavar="WORDS", help="a message that was only written")
    explain.add_argument("--case", metavar="ID", help="a case that is stored, by its id (7K3)")
    explain.add_argument("--all", action="store_true", help="also the items that nothing was found in")
    backtest, diff = _over_time(verb)
    for one in (explain, backtest):
        one.add_argument("--policy", metavar="FILE", help="a policy file, or the name of one that ships")
    for one in (explain, backtest, diff):
        one.add_argument("--bank", action="append", metavar="NAME", help="only this bank; may be repeated")
    return explain, backtest, diff


def _over_time(verb: Verb) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """Add the verbs that also go through what is stored."""
    backtest = verb(
        "backtest",
        "count what a policy would have done: in exports, or in what is stored here",
        "backtest --policy strict --days 30",
    )
    backtest.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=f"{_ITEMS}; none: {_STORED}")
    diff = verb(
        "diff",
        "say which decisions would change from one policy to another",
        "diff default strict --on export/",
    )
    diff.add_argument("policy", metavar="A", help="the policy as it is")
    diff.add_argument("other", metavar="B", help="the policy as it would be")
    diff.add_argument(
        "--on",
        dest="paths",
        nargs="+",
        type=Path,
        default=[],
        metavar="PATH",
        help=f"{_ITEMS}; none: {_STORED}",
    )
    for one in (backtest, diff):
        one.add_argument(
            "--days",
            type=_whole,
            metavar="N",
            help="only the last N days (of exports: before the newest message)",
        )
        one.add_argument("--place", metavar="ID", help="only this place, by its id (telegram:-100…)")
    return backtest, diff


def _whole(written: str) -> int:
    """Read a number of days, or of versions.

    Raises:
        ArgumentTypeError: It is none, or there would be nothing to look at.
    """
    if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS and int(written)):
        raise argparse.ArgumentTypeError(f"{written!r} is no whole number from 1 on, such as 30")
    return int(written)


def _number(written: str) -> int:
    """Read a number whose bounds the command knows.

    Raises:
        ArgumentTypeError: It is none.
    """
    digits = written.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        raise argparse.ArgumentTypeError(f"{written!r} is no whole number, such as 3")
    return int(written)
