"""What rules matched lately, put together for people: the same counts at the command line and in rooms."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from bots.wording import counted, harmless, moment, quoted
from core.keeping import Count, RuleHits, Which

MOST: Final = 8
"""Rules that a room is told of."""

_WEEK: Final = 7
"""Days that a room is told of, today included."""

_BARS: Final = "▁▂▃▄▅▆▇█"
_NONE: Final = "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What one rule matched in one place at one stage.

    Attributes:
        which: All four words of it.
        days: How many messages on each day that had any, by the calendar of a zone.
    """

    which: Which
    messages: int
    last: datetime
    days: Mapping[date, int]


def matched(counts: Iterable[Count], *, zone: tzinfo) -> tuple[Matched, ...]:
    """Put counts together by rule, those that matched most first."""
    days: dict[Which, Counter[date]] = {}
    last: dict[Which, datetime] = {}
    for count in counts:
        which = Which(count.place, count.policy, count.rule, count.stage)
        days.setdefault(which, Counter())[count.start.astimezone(zone).date()] += count.messages
        last[which] = max(count.last, last.get(which, count.last))
    rows = [Matched(which=w, messages=n.total(), last=last[w], days=n) for w, n in days.items()]
    return tuple(sorted(rows, key=lambda row: (-row.messages, row.which)))


def since_days(at: datetime, days: int, *, zone: tzinfo) -> datetime:
    """Return the midnight with which the last so many days begin, today included."""
    today = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=days - 1)


def spark(row: Matched, *, since: date, until: date) -> str:
    """Return a bar for each day, the tallest for the most; a dot for a day without a match."""
    most = max(row.days.values(), default=0)
    span = (since + timedelta(days=ago) for ago in range((until - since).days + 1))
    return "".join(
        _BARS[(n * len(_BARS) - 1) // most] if (n := row.days.get(day, 0)) else _NONE for day in span
    )


async def in_shadow(
    hits: RuleHits, clock: Callable[[], datetime], zone: tzinfo, place: str
) -> tuple[str, ...]:
    """Return what rules in shadow matched in a place within a week, a line for each."""
    which = Which(place=place, stage="shadow")
    return await hit_lines(hits, which, at=clock(), zone=zone)


async def hit_lines(hits: RuleHits, which: Which, *, at: datetime, zone: tzinfo) -> tuple[str, ...]:
    """Return what rules matched within a week, a line for each, for a room of moderators; none for none.

    Args:
        hits: Where hits are kept.
        which: Which are meant, such as those in shadow in one place.
        at: The present moment.
        zone: The time zone of times.
    """
    rows = matched(await hits.counts(which, since=since_days(at, _WEEK, zone=zone)), zone=zone)
    lines = []
    for row in rows[:MOST]:
        newest = await hits.newest(row.which, since=row.last, limit=1)
        messages = counted(row.messages, "message")
        where = "" if which.place else f" in {harmless(row.which.place, 60)}"
        link = "".join(f" {one.url} ↗" for one in newest if one.url)
        lines.append(
            f"Rule {quoted(row.which.rule, 80)} ({row.which.stage}){where}: {messages} in {_WEEK} days,"
            f" last {moment(row.last, zone)}{link}"
        )
    if len(rows) > MOST:
        lines.append(f"and {len(rows) - MOST} more: nigehban policy hits")
    return tuple(lines)
