"""Whatever workers do and however often they die, the inbox does what a model of a few lines says."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.ports import Delivery, Inbox, Item
from tests.contracts.inboxes import ATTEMPTS, LEASE_S, Inboxes, given_up, redis_inboxes, sql_inboxes

WORKERS = ("one", "two")
PAUSES = (7, 31, 61)  # none of their sums is a lease or a delay: real time passes too

Step = tuple[str, int, int]
"""What happens, to whom or what, and how much of it."""

STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.tuples(
        st.sampled_from(("put", "claim", "claim", "done", "fail", "restart", "pause")),
        st.integers(0, 5),
        st.integers(1, 4),
    ),
    max_size=40,
)


@dataclass
class Known:
    """An item as it should be."""

    state: str = "ready"
    due: float = 0.0
    owner: str = ""
    attempt: int = 0
    delivery: Delivery | None = None


@dataclass
class Model:
    """The inbox in memory, and the real one that must agree with it."""

    inboxes: Inboxes
    workers: dict[str, Inbox]
    items: dict[str, Known] = field(default_factory=dict)
    handed: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in WORKERS})
    now: float = 0.0

    async def put(self, number: int, count: int) -> None:
        """Put in some items, known ones among them."""
        names = [f"item {(number * 3 + i) % 12}" for i in range(count)]
        new = {n for n in names if n not in self.items}

        put = await self.workers["one"].put([Item(key=n, platform="fake", body=n) for n in names])

        assert put == len(new)
        self.items.update({n: Known() for n in names if n in new})

    async def claim(self, number: int, limit: int) -> None:
        """Claim: one item that was left behind, or else as many as there are and are asked for."""
        worker = WORKERS[number % 2]
        left = {n for n, i in self.items.items() if self._left_behind(n, i, worker)}
        doomed = {n for n in left if self.items[n].attempt >= ATTEMPTS}
        ready = {n for n, i in self.items.items() if i.state == "ready" and i.due <= self.now}

        found = await self.workers[worker].claim(limit, wait_s=0)

        assert len(found) == (1 if left - doomed else min(limit, len(ready)))
        for delivery in found:
            assert delivery.body in ((left - doomed) or ready)
            item = self.items[delivery.body]
            assert delivery.attempt == item.attempt + 1
            item.state, item.owner, item.delivery = "taken", worker, delivery
            item.attempt, item.due = delivery.attempt, self.now + LEASE_S
            self.handed[worker].add(delivery.body)

    async def done(self, number: int, _: int) -> None:
        """Have the effect of one item that is in somebody's hands."""
        for name, item in self._in_hand()[number : number + 1]:
            assert item.delivery
            await self.workers[item.owner].done([item.delivery])
            self.handed[item.owner].discard(name)
            item.state = "done"

    async def fail(self, number: int, some: int) -> None:
        """Fail with one item that is in somebody's hands."""
        for name, item in self._in_hand()[number : number + 1]:
            assert item.delivery
            after_s = 30.0 * (some % 2)
            await self.workers[item.owner].failed(item.delivery, "busy", after_s=after_s)
            self.handed[item.owner].discard(name)
            item.state = "dead" if item.attempt >= ATTEMPTS else "ready"
            item.due = self.now + after_s

    async def restart(self, number: int, _: int) -> None:
        """Let a worker die, and start it anew."""
        worker = WORKERS[number % 2]
        self.workers[worker] = await self.inboxes.worker(worker)
        self.handed[worker] = set()

    async def pause(self, number: int, _: int) -> None:
        """Let time pass."""
        seconds = PAUSES[number % 3]
        self.now += seconds
        await self.inboxes.pass_time(seconds)

    async def finish(self) -> None:
        """Work off what is left; then everything is either done or dead, and nothing is lost."""
        await self.pause(2, 0)
        inbox = self.workers["one"]
        worked: set[str] = set()
        while found := await inbox.claim(10, wait_s=0):
            assert not worked & {d.body for d in found}
            worked |= {d.body for d in found}
            await inbox.done(found)
        dead = {d.body for d in await given_up(self.inboxes)}
        done = {n for n, i in self.items.items() if i.state == "done"}

        assert await inbox.depth() == 0
        assert {n for n, i in self.items.items() if i.state == "dead"} <= dead
        assert all(self.items[n].attempt == ATTEMPTS for n in dead)
        assert sorted((*done, *worked, *dead)) == sorted(self.items)

    def _in_hand(self) -> list[tuple[str, Known]]:
        """List what the workers hold and know of."""
        taken = [(n, i) for n, i in self.items.items() if i.state == "taken"]
        return [(n, i) for n, i in taken if n in self.handed[i.owner]]

    def _left_behind(self, name: str, item: Known, worker: str) -> bool:
        forgotten = item.owner == worker and name not in self.handed[worker]
        return item.state == "taken" and (item.due <= self.now or forgotten)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@pytest.mark.parametrize("engine", ["sql", "redis"])
async def test_the_inbox_does_as_its_model(
    engine: str, steps: list[Step], request: pytest.FixtureRequest
) -> None:
    """Nothing is lost, nothing is handed to two workers, attempts are counted, the dead stay dead."""
    async with _inboxes(engine, request) as inboxes:
        model = Model(inboxes, {name: await inboxes.worker(name) for name in WORKERS})
        happenings = {
            "put": model.put,
            "claim": model.claim,
            "done": model.done,
            "fail": model.fail,
            "restart": model.restart,
            "pause": model.pause,
        }

        for what, number, count in steps:
            await happenings[what](number, count)

        await model.finish()


@asynccontextmanager
async def _inboxes(engine: str, request: pytest.FixtureRequest) -> AsyncIterator[Inboxes]:
    if engine == "redis":
        async with redis_inboxes(request.getfixturevalue("redis_url")) as inboxes:
            yield inboxes
        return
    with tempfile.TemporaryDirectory() as folder:
        async with sql_inboxes(Path(folder)) as inboxes:
            yield inboxes
