"""What rules matched is put together by rule and by the day of a zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bots.brakes.hits import MOST, Matched, hit_lines, in_shadow, matched, since_days, spark
from core.keeping import Count, Hit, Which
from tests import make
from tests.fake_brakes import MemoryHits

KATHMANDU = timezone(timedelta(hours=5, minutes=45), "NPT")
LINKS = Which("fake:room", "strict", "links", "shadow")


def count(start: datetime, messages: int, which: Which = LINKS) -> Count:
    """Give what one slot counted."""
    place, policy, rule, stage = which
    return Count(
        place=place,
        policy=policy,
        rule=rule,
        stage=stage,
        start=start,
        messages=messages,
        last=start + timedelta(minutes=9),
    )


def hit(number: int, *, rule: str = "links", stage: str = "shadow", days: int = 0) -> Hit:
    """Give a hit so many days before noon."""
    return Hit(
        place="fake:room",
        policy="strict",
        rule=rule,
        stage=stage,
        message_id=f"fake:room:{number}",
        at=make.NOON - timedelta(days=days),
        url=f"https://chat.example/{number}",
    )


def test_counts_are_put_together_by_rule_and_day() -> None:
    """The busiest first; a quarter of an hour before midnight there is still the day before."""
    midnight = datetime(2026, 2, 28, 18, 15, tzinfo=UTC)
    files = LINKS._replace(rule="files")
    counts = [count(midnight - timedelta(minutes=15), 1), count(midnight, 2), count(midnight, 9, files)]

    first, second = matched(counts, zone=KATHMANDU)

    assert (first.which, first.messages, first.days) == (files, 9, {date(2026, 3, 1): 9})
    assert second == Matched(
        which=LINKS,
        messages=3,
        last=midnight + timedelta(minutes=9),
        days={date(2026, 2, 28): 1, date(2026, 3, 1): 2},
    )


def test_the_same_rule_at_another_stage_or_place_is_another_line() -> None:
    """What was counted in shadow stays so after the rule was put in force."""
    others = [LINKS, LINKS._replace(stage="enforce"), LINKS._replace(place="fake:other")]

    assert len(matched([count(make.NOON, 1, one) for one in others], zone=UTC)) == 3


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({}, "····"),
        ({1: 1}, "█···"),
        ({1: 8, 2: 1, 4: 4}, "█▁·▄"),
        ({3: 1000, 4: 1}, "··█▁"),
        ({9: 5}, "····"),
    ],
)
def test_a_bar_stands_for_each_day(days: dict[int, int], expected: str) -> None:
    """The tallest is the most, the smallest still more than none; what is outside of the days is left out."""
    row = Matched(
        which=LINKS, messages=1, last=make.NOON, days={date(2026, 3, day): n for day, n in days.items()}
    )

    assert spark(row, since=date(2026, 3, 1), until=date(2026, 3, 4)) == expected


def test_days_begin_at_midnight_of_the_zone() -> None:
    """One day is today."""
    assert since_days(make.NOON, 1, zone=UTC) == datetime(2026, 3, 1, tzinfo=UTC)
    assert since_days(make.NOON, 7, zone=KATHMANDU) == datetime(2026, 2, 22, 18, 15, tzinfo=UTC)


async def test_a_room_is_told_a_line_for_each_rule() -> None:
    """How many, in which time, the last with its link; the place where several are meant."""
    hits = MemoryHits()
    await hits.record([hit(1, days=1), hit(2), hit(3, rule="files", stage="enforce", days=6), hit(4, days=7)])

    shadow = await hit_lines(hits, Which(place="fake:room", stage="shadow"), at=make.NOON, zone=UTC)
    every = await hit_lines(hits, Which(), at=make.NOON, zone=UTC)

    (line,) = shadow
    assert line.startswith("Rule “\u2068links\u2069” (shadow): 2 messages in 7 days, ")
    assert line.endswith(", last 2026-03-01 12:00 UTC https://chat.example/2 ↗")
    assert len(every) == 2
    assert every[1].startswith(
        "Rule “\u2068files\u2069” (enforce) in \u2068fake:room\u2069: 1 message in 7 days"
    )


async def test_a_room_is_told_of_few_rules_and_how_many_more_there_are() -> None:
    """A message has an end; the command line tells all."""
    hits = MemoryHits()
    await hits.record([hit(number, rule=f"rule {number}") for number in range(MOST + 3)])

    lines = await hit_lines(hits, Which(), at=make.NOON, zone=UTC)

    assert len(lines) == MOST + 1
    assert lines[-1] == "and 3 more: nigehban policy hits"


async def test_of_nothing_no_line_is_said() -> None:
    """A room is told of what there is; a rule in force is none in shadow."""
    hits = MemoryHits()
    await hits.record([hit(1, stage="enforce"), hit(2, days=1), hit(3, rule="old", days=7)])

    assert await hit_lines(MemoryHits(), Which(), at=make.NOON, zone=UTC) == ()
    (line,) = await in_shadow(hits, lambda: make.NOON, UTC, "fake:room")
    assert line.startswith("Rule “\u2068links\u2069” (shadow): 1 message in 7 days")
    assert await in_shadow(hits, lambda: make.NOON, UTC, "fake:else") == ()
