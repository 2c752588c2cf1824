"""The contract of the port `RuleHits`: in memory and in the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from core.keeping import Count, Hit, RuleHits, Which
from core.store.hits import SqlHits
from tests import make
from tests.fake_brakes import MemoryHits
from tests.stores import opened_store

LONG_AGO = make.NOON - timedelta(days=400)


@pytest.fixture(params=["memory", "sql"])
async def hits(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RuleHits]:
    """Lend each kind of store, empty."""
    if request.param == "memory":
        yield MemoryHits()
        return
    async with opened_store(tmp_path) as database:
        yield SqlHits(database)


def hit(number: int, *, minutes: float = 0, rule: str = "links", place: str = "fake:room") -> Hit:
    """Give a hit of a message of a number, so many minutes after noon."""
    return Hit(
        place=place,
        policy="strict",
        rule=rule,
        stage="shadow",
        message_id=f"{place}:{number}",
        at=make.NOON + timedelta(minutes=minutes),
        url=f"https://chat.example/{number}",
        does=("report", "delete"),
    )


async def test_hits_are_kept_as_they_were_given(hits: RuleHits) -> None:
    """Newest first, and no more than was asked for; what would only have been recorded does nothing."""
    one, two = hit(1), replace(hit(2, minutes=1), does=(), url="")

    await hits.record([one, two])
    await hits.record([])

    assert await hits.newest(Which(), since=LONG_AGO, limit=9) == (two, one)
    assert await hits.newest(Which(), since=LONG_AGO, limit=1) == (two,)
    assert await hits.newest(Which(), since=two.at, limit=9) == (two,)


async def test_one_message_is_one_hit_of_a_rule(hits: RuleHits) -> None:
    """Delivered again, or edited, it counts once, with what was noted first; other rules count beside it."""
    again = replace(hit(1, minutes=30), stage="enforce")

    await hits.record([hit(1), again])
    await hits.record([again, hit(1, rule="files")])

    assert await hits.newest(Which(), since=LONG_AGO, limit=9) == (hit(1, rule="files"), hit(1))


async def test_hits_of_one_moment_come_in_one_order(hits: RuleHits) -> None:
    """Whoever asks twice sees the same: by the message's id backwards, then by the rule."""
    await hits.record([replace(hit(number, rule=rule), at=make.NOON) for number in (2, 1) for rule in "ba"])

    found = await hits.newest(Which(), since=LONG_AGO, limit=9)

    assert [(one.message_id[-1], one.rule) for one in found] == [
        ("2", "a"),
        ("2", "b"),
        ("1", "a"),
        ("1", "b"),
    ]


async def test_hits_are_counted_by_quarters_of_an_hour(hits: RuleHits) -> None:
    """By rule, place and stage; a quarter begins with its first moment, in whatever zone it is told."""
    east = timezone(timedelta(hours=5, minutes=45))
    await hits.record([hit(1), hit(2, minutes=14.99), hit(3, minutes=15), hit(4, rule="files")])
    await hits.record([replace(hit(5), at=hit(5, minutes=16).at.astimezone(east))])

    counts = await hits.counts(Which(), since=LONG_AGO)

    assert [(c.rule, c.start, c.messages) for c in counts] == [
        ("files", make.NOON, 1),
        ("links", make.NOON, 2),
        ("links", make.NOON + timedelta(minutes=15), 2),
    ]
    assert counts[1] == Count(
        place="fake:room",
        policy="strict",
        rule="links",
        stage="shadow",
        start=make.NOON,
        messages=2,
        last=hit(2, minutes=14.99).at,
    )
    assert counts[0].start.tzinfo is UTC


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (Which(), {1, 2, 3, 4}),
        (Which(place="fake:room"), {1, 2, 4}),
        (Which(rule="files"), {2}),
        (Which(stage="enforce"), {4}),
        (Which(place="fake:room", policy="strict", rule="links", stage="shadow"), {1}),
        (Which(policy="default"), set()),
        (Which(rule="LINKS"), set()),
    ],
)
async def test_hits_are_found_by_what_is_asked_for(hits: RuleHits, which: Which, expected: set[int]) -> None:
    """Every word that is given must be the very word; one that is left out is any."""
    other = replace(hit(4), stage="enforce")
    await hits.record([hit(1), hit(2, rule="files"), hit(3, place="fake:other"), other])

    found = await hits.newest(which, since=LONG_AGO, limit=9)
    counted = sum(count.messages for count in await hits.counts(which, since=LONG_AGO))

    assert {int(one.message_id.rpartition(":")[2]) for one in found} == expected
    assert counted == len(expected)


async def test_the_first_hit_of_a_rule_is_known(hits: RuleHits) -> None:
    """Also when it was written down later; a rule without any has none."""
    await hits.record([hit(2, minutes=9), hit(1, minutes=3), hit(3, rule="files")])

    assert await hits.first(Which(rule="links")) == make.NOON + timedelta(minutes=3)
    assert await hits.first(Which(rule="none")) is None


async def test_what_is_old_is_forgotten(hits: RuleHits) -> None:
    """Only what is older than the moment."""
    await hits.record([hit(1), hit(2, minutes=1)])

    assert await hits.forget(before=make.NOON + timedelta(minutes=1)) == 1
    assert [one.message_id for one in await hits.newest(Which(), since=LONG_AGO, limit=9)] == ["fake:room:2"]
    assert await hits.counts(Which(), since=datetime(2027, 1, 1, tzinfo=UTC)) == ()
