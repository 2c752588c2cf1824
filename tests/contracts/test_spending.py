"""The contract of the port `Spending`: in memory and in the database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.keeping import Allowance, Full, Spend, Spending
from core.model import ActionKind
from core.store.spending import SqlSpending
from tests import make
from tests.fake_brakes import MemorySpending
from tests.stores import opened_store

DELETE, BAN = ActionKind.DELETE, ActionKind.BAN
HOUR, DAY = timedelta(hours=1), timedelta(hours=24)
THREE = Allowance(kind=DELETE, most=3, within=HOUR)
FIVE = Allowance(kind=DELETE, most=5, within=DAY)


@pytest.fixture(params=["memory", "sql"])
async def spending(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Spending]:
    """Lend each kind of store, empty."""
    if request.param == "memory":
        yield MemorySpending()
        return
    async with opened_store(tmp_path) as database:
        yield SqlSpending(database)


def after(minutes: float) -> datetime:
    """Give a time so many minutes after noon."""
    return make.NOON + timedelta(minutes=minutes)


def spend(number: int, *kinds: ActionKind, minutes: float = 0, scope: str = "fake:room/strict") -> Spend:
    """Give what a message of a number is to lead to."""
    return Spend(
        scope=scope,
        message_id=f"fake:room:{number}",
        kinds=frozenset(kinds or (DELETE,)),
        at=after(minutes),
    )


async def test_what_is_within_an_allowance_may_be_done_and_what_is_beyond_may_not(spending: Spending) -> None:
    """The fourth of three is refused, with the time at which the first of them is an hour ago."""
    said = [await spending.spend(spend(number, minutes=number), [THREE]) for number in range(5)]

    assert said == [None, None, None, *2 * [Full(allowance=THREE, until=after(60))]]


async def test_a_message_is_counted_once_and_what_it_was_allowed_stays_allowed(spending: Spending) -> None:
    """Delivered again it takes no second place, and is allowed although the allowance is used up since."""
    for number in (1, 1, 1, 2, 3):
        assert await spending.spend(spend(number), [THREE]) is None

    assert await spending.spend(spend(4), [THREE])
    assert await spending.spend(spend(1), [THREE]) is None


async def test_there_is_room_again_when_the_time_has_passed(spending: Spending) -> None:
    """At the very end of the hour, for as many as are an hour ago then."""
    for number in range(3):
        await spending.spend(spend(number, minutes=number), [THREE])

    assert await spending.spend(spend(4, minutes=59.99), [THREE, FIVE])
    assert await spending.spend(spend(4, minutes=60), [THREE, FIVE]) is None
    assert await spending.spend(spend(5, minutes=60), [THREE, FIVE]) == Full(allowance=THREE, until=after(61))


async def test_while_one_allowance_is_used_up_nothing_may_be_done(spending: Spending) -> None:
    """Also what has room of its own; nothing of it is counted."""
    bans = Allowance(kind=BAN, most=1, within=HOUR)
    for number in range(3):
        await spending.spend(spend(number), [THREE, bans])

    assert await spending.spend(spend(4, BAN, minutes=1), [THREE, bans]) == Full(
        allowance=THREE, until=after(60)
    )
    assert await spending.spend(spend(4, BAN, minutes=60), [THREE, bans]) is None


async def test_what_is_added_to_a_message_is_counted_beside_what_it_had(spending: Spending) -> None:
    """An edit that asks for a ban after a deletion takes a ban's place, and not another deletion's."""
    one = Allowance(kind=DELETE, most=2, within=HOUR)
    await spending.spend(spend(1), [one])

    assert await spending.spend(spend(1, DELETE, BAN), [one]) is None
    assert await spending.spend(spend(2), [one]) is None
    assert await spending.spend(spend(3), [one])


async def test_of_several_that_are_used_up_the_longest_is_told(spending: Spending) -> None:
    """A day's is worse than an hour's."""
    for number in range(5):
        assert await spending.spend(spend(number, minutes=number * 30), [THREE, FIVE]) is None

    said = await spending.spend(spend(6, minutes=121), [Allowance(kind=DELETE, most=2, within=HOUR), FIVE])

    assert said == Full(allowance=FIVE, until=after(24 * 60))


async def test_when_there_is_room_again_is_told_by_what_is_used_up(spending: Spending) -> None:
    """Deletions have room an hour after a deletion, whatever else was done since."""
    one = Allowance(kind=DELETE, most=1, within=HOUR)
    await spending.spend(spend(1), [one])
    await spending.spend(spend(2, BAN, minutes=30), [])

    assert await spending.spend(spend(3, minutes=40), [one]) == Full(allowance=one, until=after(60))


async def test_what_a_clock_far_ahead_counted_uses_nothing_up(spending: Spending) -> None:
    """Set right, it must not wait for that time; a worker that is a little ahead counts with the others."""
    for number in range(3):
        await spending.spend(spend(number, minutes=2 * 24 * 60), [THREE, FIVE])

    assert await spending.spend(spend(4), [THREE, FIVE]) is None
    assert await spending.spend(spend(5, minutes=2), [THREE, FIVE]) is None
    assert await spending.spend(spend(6, minutes=1), [THREE, FIVE]) is None
    assert await spending.spend(spend(7, minutes=1), [THREE, FIVE]) == Full(allowance=THREE, until=after(60))


async def test_scopes_do_not_share(spending: Spending) -> None:
    """Another policy in the place, and the policy in another place, have their own."""
    for number in range(3):
        await spending.spend(spend(number), [THREE])

    assert await spending.spend(spend(9), [THREE])
    assert await spending.spend(spend(9, scope="fake:room/default"), [THREE]) is None
    assert await spending.spend(spend(9, scope="fake:room2/strict"), [THREE]) is None


async def test_without_allowances_all_may_be_done(spending: Spending) -> None:
    """What nobody bounds is counted and goes on."""
    assert [await spending.spend(spend(number), []) for number in range(3)] == [None] * 3
    assert await spending.forget(before=after(1)) == 3


async def test_what_is_old_is_forgotten(spending: Spending) -> None:
    """Only what is older than the moment; it takes no place any more."""
    for number in range(3):
        await spending.spend(spend(number, minutes=number), [THREE])

    assert await spending.forget(before=after(1)) == 1
    assert await spending.spend(spend(4, minutes=3), [THREE]) is None
    assert await spending.spend(spend(5, minutes=3), [THREE])


async def test_two_workers_share_one_quota(tmp_path: Path) -> None:
    """Of forty that come to two processes at once, exactly as many are allowed as the quota has."""
    ten = Allowance(kind=DELETE, most=10, within=HOUR)
    said: list[Full | None] = []

    async def ask(worker: Spending, number: int) -> None:
        said.append(await worker.spend(spend(number), [ten]))

    async with opened_store(tmp_path) as one, opened_store(tmp_path) as two:
        workers = SqlSpending(one), SqlSpending(two)
        async with asyncio.TaskGroup() as group:
            for number in range(40):
                group.create_task(ask(workers[number % 2], number))

    assert (len(said), said.count(None)) == (40, 10)
