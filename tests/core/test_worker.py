"""The worker settles every delivery: done, handed out again, or laid among the dead; never dropped."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.engine import Engine
from core.errors import TryLater
from core.inbox.sql import SqlInbox
from core.judge import Judge
from core.ports import Item
from core.store.dead import SqlDead
from core.worker import AT_ONCE, Worker
from tests import make
from tests.fake_platform import Always, FakePlatform, KnownWords
from tests.fakes import Learned, MemoryStore, nothing
from tests.stores import opened_store


@dataclass
class Shop:
    """A worker with a real inbox and a platform that writes down what it takes."""

    inbox: SqlInbox
    dead: SqlDead
    times: list[datetime]
    platform: FakePlatform = field(default_factory=FakePlatform)

    def __post_init__(self) -> None:
        """Build the worker."""
        platforms = {"fake": self.platform}
        judge = Judge(sources=[], banks=KnownWords(), policy=Always())
        self.engine = Engine(
            judge=judge, store=MemoryStore(), own=Learned(), platforms=platforms, clock=lambda: make.NOON
        )
        self.worker = Worker(inbox=self.inbox, platforms=platforms, engine=self.engine, flush=nothing)

    async def put(self, *bodies: str, platform: str = "fake") -> None:
        """Put events into the inbox."""
        await self.inbox.put([Item(key=body, platform=platform, body=body) for body in bodies])

    def pass_time(self, seconds: float) -> None:
        """Let time pass for the inbox."""
        self.times[0] += timedelta(seconds=seconds)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """Open a shop with an empty inbox."""
    times = [make.NOON]
    async with opened_store(tmp_path) as database:
        inbox = SqlInbox(database, worker="one", clock=lambda: times[0], attempts=3)
        yield Shop(inbox, SqlDead(database, lambda: times[0]), times)


async def test_a_batch_is_taken_and_forgotten(shop: Shop) -> None:
    """Each event reaches its platform once, and nothing is left."""
    await shop.put("a", "b", "c")

    handled = await shop.worker.once(wait_s=0)

    assert handled == 3
    assert sorted(shop.platform.taken) == ["a", "b", "c"]
    assert await shop.inbox.depth() == 0


async def test_so_many_are_worked_on_at_once_and_no_more(shop: Shop) -> None:
    """Enough to hide the waits for platforms; a hundred at a time would be a hundred files in memory."""
    working: list[int] = [0]

    class Slow(FakePlatform):
        """A platform that takes a few turns for each event."""

        async def take(self, body: str) -> None:
            """Write down how many are in hand."""
            working.append(working[-1] + 1)
            for _ in range(5):
                await asyncio.sleep(0)
            working.append(working[-1] - 1)

    shop.worker = Worker(inbox=shop.inbox, platforms={"fake": Slow()}, engine=shop.engine, flush=nothing)
    await shop.put(*map(str, range(30)))

    await shop.worker.once(wait_s=0)

    assert (max(working), working[-1]) == (AT_ONCE, 0)


async def test_others_have_their_turn_while_nothing_has_to_be_waited_for(shop: Shop) -> None:
    """A batch of messages that are judged at once leaves listeners and heartbeats their turns."""
    turns: list[int] = []
    shop.platform.on_take = lambda _: turns.append(0)

    async def beat() -> None:
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    await shop.put(*map(str, range(30)))
    async with asyncio.TaskGroup() as group:
        beating = group.create_task(beat(), name="beat")
        await shop.worker.once(wait_s=0)
        beating.cancel()
    first, last = turns.index(0), len(turns) - turns[::-1].index(0)

    assert 1 in turns[first:last]


async def test_what_waits_in_memory_is_written_before_the_batch_is_done(shop: Shop) -> None:
    """Who dies in between is handed the events again."""
    depths: list[int] = []

    async def flush() -> None:
        depths.append(await shop.inbox.depth())

    shop.worker = Worker(inbox=shop.inbox, platforms={"fake": shop.platform}, engine=shop.engine, flush=flush)
    await shop.put("a", "b")

    await shop.worker.once(wait_s=0)

    assert depths == [2]
    assert await shop.inbox.depth() == 0


async def test_a_busy_platform_gets_the_event_again_when_it_said(shop: Shop) -> None:
    """Not before the seconds it asked for, and then once."""
    refusals = [TryLater("slow down", after=7)]

    def busy_once(_body: str) -> None:
        if refusals:
            raise refusals.pop()

    shop.platform.on_take = busy_once
    await shop.put("a")
    await shop.worker.once(wait_s=0)

    shop.pass_time(6)
    too_early = await shop.worker.once(wait_s=0)
    shop.pass_time(2)
    await shop.worker.once(wait_s=0)

    assert too_early == 0
    assert shop.platform.taken == ["a"]
    assert await shop.inbox.depth() == 0


async def test_a_poisonous_event_ends_among_the_dead_and_its_siblings_go_on(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried as often as the inbox allows; the others are taken the first time."""

    def poison(body: str) -> None:
        if body == "bad":
            raise KeyError(body)

    shop.platform.on_take = poison
    await shop.put("good", "bad", "fine")

    for _ in range(4):
        await shop.worker.once(wait_s=0)
        shop.pass_time(3600)

    assert sorted(shop.platform.taken) == ["fine", "good"]
    assert [dead.body for dead in await shop.dead.given_up(limit=10)] == ["bad"]
    assert sum("event failed" in record.message for record in caplog.records) == 3


async def test_an_event_of_a_platform_that_is_not_set_up_waits(shop: Shop) -> None:
    """Taking a token out for an hour loses nothing of what was heard before."""
    await shop.put("a", platform="elsewhere")

    await shop.worker.once(wait_s=0)

    assert shop.platform.taken == []
    assert await shop.inbox.depth() == 1


async def test_stopping_finishes_what_is_in_hand(shop: Shop) -> None:
    """A stop that comes while an event is being taken waits for it."""
    stop = asyncio.Event()
    shop.platform.on_take = lambda _body: stop.set()
    await shop.put("a")

    async with asyncio.timeout(10):
        await shop.worker.run(stop)

    assert shop.platform.taken == ["a"]
    assert await shop.inbox.depth() == 0
