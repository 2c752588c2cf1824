"""`nigehban inbox`: how much waits, and what failed for good; nothing of what a message says is shown.

What failed for good lies there until somebody has it handed out again, after an update that mends why.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Final

from rich.console import Console

from bots.commands.said import line, plainly, say, table
from bots.raw import Raw, record
from bots.wording import counted, moment
from core.keeping import Dead, GivenUp
from core.ports import Inbox

Concerned = Callable[[Raw], str]
"""Returns the id of what a platform's event is about: a message, else a place, else ""."""

SHOWN: Final = 50
"""Items that are named for people."""

NAMED: Final = 10_000
"""Items that are named for programs."""


async def run(
    given: argparse.Namespace,
    inbox: Inbox,
    dead: Dead,
    *,
    concerned: Mapping[str, Concerned],
    zone: tzinfo,
) -> int:
    """Print what waits and what was given up, or hand it out again.

    Args:
        given: The words of the command line.
        inbox: Tells how much waits.
        dead: Knows what was given up.
        concerned: By platform, what its events are about.
        zone: The time zone of times.

    Returns:
        1 if something was given up, or an item that was named is not there; else 0.
    """
    programs = given.format == "ndjson"
    if given.again is not None:
        return await _again(given.again, inbox, dead, programs=programs)
    waiting, deaths = await inbox.depth(), await dead.deaths()
    if programs:
        _counts(waiting, deaths)
        for one in await dead.given_up(limit=NAMED):
            line({"schema": "nigehban.givenup/1", **_values(one, concerned)})
    else:
        say(f"{counted(waiting, 'item')} waiting or being worked on, {deaths:,} given up")
        _show(await dead.given_up(limit=SHOWN), deaths, concerned, zone)
    return int(deaths > 0)


async def _again(ids: Sequence[str], inbox: Inbox, dead: Dead, *, programs: bool) -> int:
    """Hand the items of some ids out again, or all where there is none."""
    count = await dead.again(ids or None)
    missing = max(0, len(set(ids)) - count)
    if programs:
        _counts(await inbox.depth(), await dead.deaths(), again=count)
    elif missing:
        say(f"{counted(count, 'item')} handed out again; {missing:,} not found (nigehban inbox names them)")
    else:
        say(f"{counted(count, 'item')} handed out again")
    return int(missing > 0)


def _counts(waiting: int, deaths: int, **more: int) -> None:
    line({"schema": "nigehban.inbox/1", "waiting": waiting, "given_up": deaths, **more})
    sys.stdout.flush()


def _values(one: GivenUp, concerned: Mapping[str, Concerned]) -> dict[str, object]:
    return {
        "item": one.id,
        "platform": one.platform,
        "about": _about(one, concerned) or None,
        "at": one.at.isoformat(),
        "attempts": one.attempt,
        "why": one.why or None,
    }


def _show(some: Sequence[GivenUp], deaths: int, concerned: Mapping[str, Concerned], zone: tzinfo) -> None:
    if not some:
        return
    shown = table("item", "message", "given up", "attempts", "why")
    for column in shown.columns[:2]:
        column.no_wrap = True  # an id in two pieces cannot be copied
    for one in some:
        about = _about(one, concerned) or f"{one.platform}, of no message"
        why = one.why or "not noted"
        shown.add_row(one.id, plainly(about), moment(one.at, zone), str(one.attempt), plainly(why))
    Console(markup=False).print(shown)
    if deaths > len(some):
        say(f"… and {deaths - len(some):,} more (--format ndjson names {NAMED:,})")
    say("nigehban inbox --again hands them out again, --again ITEM only that one; the log says more of why")


def _about(one: GivenUp, concerned: Mapping[str, Concerned]) -> str:
    """Return the id of what an item is about; "" where its platform, or its event, is not known."""
    try:
        return concerned[one.platform](record(json.loads(one.body)))
    except (ValueError, KeyError, RecursionError):
        return ""
