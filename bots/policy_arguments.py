"""The words of `nigehban policy`: verbs, what they take, and an example of each."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

_Add = Callable[..., argparse.ArgumentParser]
_FILE: Final = "a policy file, - for standard input, or the name of one that ships"
_ITEMS: Final = "picture, video or other file; folder; export; .ndjson"
_STORED: Final = "what is stored of the messages seen here"
_DIGITS: Final = 5


def policy_words(add: _Add) -> None:
    """Add the command to the parser."""
    policy = add("policy", help="policy files")
    verb = policy.add_subparsers(dest="verb", required=True, metavar="VERB").add_parser
    check = verb("check", help="say whether policy files can be used, and what is wrong")
    test = verb("test", help="run the examples of policy files")
    for one in (check, test):
        one.add_argument("paths", nargs="+", type=Path, metavar="FILE", help=_FILE)
    schema = verb("schema", help="print the JSON Schema of policy files, for editors, or the reference")
    schema.add_argument("--format", choices=("json", "markdown"), default="json")
    made = verb("new", help="ask five questions and write a policy file")
    made.add_argument("path", type=Path, metavar="FILE", help="where to; nothing may be there yet")
    history = verb("history", help="list the policies that were in force, newest first")
    history.add_argument("--place", metavar="PLACE", help="only of this place, by its id")
    history.add_argument("--show", type=int, metavar="N", help="print the files of one version")
    history.add_argument("--most", type=_whole, default=20, metavar="N", help="versions of a place (20)")
    restore = verb("restore", help="put a version in force again")
    restore.add_argument("number", type=int, metavar="N", help="its number in the history")
    for one in (check, test, history, _hits(verb), *_on_items(verb)):
        one.add_argument(
            "--format", choices=("text", "ndjson"), default="text", help="for people or programs"
        )


def _hits(verb: _Add) -> argparse.ArgumentParser:
    """Add the verb that shows what rules matched while the bot ran."""
    hits = verb(
        "hits",
        help="count what each rule matched lately, also in shadow; with --rule, name the messages",
        epilog='Example: nigehban policy hits --stage shadow --rule "sure links" --days 14',
    )
    hits.add_argument("--days", type=int, default=7, metavar="N", help="the last so many days (7)")
    hits.add_argument("--place", default="", metavar="ID", help="only this place, such as telegram:-1001234")
    hits.add_argument("--rule", default="", metavar="NAME", help="only this rule, with its messages")
    hits.add_argument("--stage", choices=("shadow", "notify", "enforce"), default="", help="only this stage")
    return hits


def _on_items(verb: _Add) -> tuple[argparse.ArgumentParser, ...]:
    """Add the verbs that look at messages, with the banks at home."""
    explain = verb(
        "explain",
        help="say of each rule why it holds for a message, or what failed first",
        epilog='Example: nigehban policy explain --text "see t.me/example" --policy strict',
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


def _over_time(verb: _Add) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """Add the verbs that also go through what is stored."""
    backtest = verb(
        "backtest",
        help="count what a policy would have done: in exports, or in what is stored here",
        epilog="Example: nigehban policy backtest --policy strict --days 30",
    )
    backtest.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=f"{_ITEMS}; none: {_STORED}")
    diff = verb(
        "diff",
        help="say which decisions would change from one policy to another",
        epilog="Example: nigehban policy diff default strict --on export/",
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
