"""`nigehban policy hits`: what rules matched while the bot ran, also those in shadow; nobody is touched.

Days are those of the time zone of cards. What was held back, or would have been done in shadow, is told as
what it was and not as what was done.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from rich.console import Console

from bots.brakes.hits import Matched, matched, since_days, spark
from bots.commands.said import line, plainly, say, table
from bots.wording import moment
from core.errors import BadInput
from core.keeping import Hit, RuleHits, Which

LONGEST: Final = 365
"""Days that hits are kept at most."""

BARS: Final = 31
"""Days that the bars show; the counts are of all."""

SHOWN: Final = 50
"""Messages that are named for people."""

NAMED: Final = 10_000
"""Messages that are named for programs."""

_NAMES: Final = 5
"""Rules that are named to who asked for another one."""

_SHADOW: Final = "shadow"


async def run(given: argparse.Namespace, hits: RuleHits, *, zone: tzinfo, at: datetime) -> int:
    """Print what was matched.

    Args:
        given: The words of the command line.
        hits: Where hits are kept.
        zone: Whose days are counted.
        at: The present moment.

    Raises:
        BadInput: The number of days is none.
    """
    if not 1 <= given.days <= LONGEST:
        raise BadInput(f"--days {given.days}: expected 1 to {LONGEST}. Hits are kept no longer.")
    which = Which(place=given.place, rule=given.rule, stage=given.stage)
    since = since_days(at, given.days, zone=zone)
    programs = given.format == "ndjson"
    named: Sequence[Hit] = ()
    if given.rule:
        named = await hits.newest(which, since=since, limit=NAMED if programs else SHOWN)
    if programs and given.rule:
        _hit_lines(named)
        return 0
    rows = matched(await hits.counts(which, since=since), zone=zone)
    if programs:
        _count_lines(rows)
    elif not rows and (others := await _others(given, hits, since=since)):
        say(f"nothing of that {_span(given.days)}. What matched: {', '.join(others)}")
    else:
        _tell(rows, named, since=since, at=at, zone=zone, days=given.days)
    return 0


async def _others(given: argparse.Namespace, hits: RuleHits, *, since: datetime) -> Sequence[str]:
    """Return the rules that matched, with their places, where what was asked for may be misspelt."""
    if not (given.rule or given.place or given.stage):
        return ()
    which = [row.which for row in matched(await hits.counts(Which(), since=since), zone=UTC)]
    named = list(dict.fromkeys(f"“{one.rule}” ({one.stage}) in {one.place}" for one in which))
    return [*named[:_NAMES], *([f"{len(named) - _NAMES} more"] if len(named) > _NAMES else [])]


def _span(days: int) -> str:
    return "today" if days == 1 else f"in {days} days"


def _count_lines(rows: Sequence[Matched]) -> None:
    for row in rows:
        line(
            {
                "schema": "nigehban.hits/1",
                **row.which._asdict(),
                "messages": row.messages,
                "last": row.last.isoformat(),
                "days": {day.isoformat(): count for day, count in sorted(row.days.items())},
            }
        )
    sys.stdout.flush()


def _hit_lines(named: Sequence[Hit]) -> None:
    for one in named:
        line(
            {
                "schema": "nigehban.hit/1",
                "place": one.place,
                "policy": one.policy,
                "rule": one.rule,
                "stage": one.stage,
                "at": one.at.isoformat(),
                "message": one.message_id,
                "url": one.url,
                "does": list(one.does),
            }
        )
    sys.stdout.flush()


def _tell(  # noqa: PLR0913 - each is one word where it is called
    rows: Sequence[Matched],
    named: Sequence[Hit],
    *,
    since: datetime,
    at: datetime,
    zone: tzinfo,
    days: int,
) -> None:
    console = Console(markup=False)
    if not rows:
        say(f"no rule matched anything {_span(days)}")
        return
    today = at.astimezone(zone).date()
    first = max(since.date(), today - timedelta(days=BARS - 1))
    made = table("place", "policy", "rule", "stage", "messages", "by day", "last")
    made.columns[4].justify = "right"
    for row in rows:
        words = [plainly(word) for word in row.which]
        bars = spark(row, since=first, until=today)
        made.add_row(*words, f"{row.messages:,}", bars, moment(row.last, zone))
    console.print(made)
    if named:
        console.print(_messages(named, zone))
    total = sum(row.messages for row in rows)
    if len(named) < total and named:
        say(f"and {total - len(named):,} more (--format ndjson names up to {NAMED:,})")


def _messages(named: Sequence[Hit], zone: tzinfo) -> object:
    made = table("when", "what followed", "message")
    for one in named:
        does = ", ".join(one.does) or "recorded"
        would = f"would: {', '.join(one.does) or 'record'}" if one.stage == _SHADOW else does
        made.add_row(moment(one.at, zone), would, plainly(one.url or one.message_id))
    return made
