"""Every engine of the inbox behind one handle: make a worker's view of it, and let time pass."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from redis.asyncio import Redis

from core.inbox.redis import GROUP, STREAM, RedisInbox
from core.inbox.sql import SqlInbox
from core.keeping import Dead, GivenUp
from core.ports import Inbox
from core.store.connect import Database
from core.store.dead import SqlDead
from tests import make
from tests.stores import opened_store

LEASE_S = 60.0
ATTEMPTS = 3


class Inboxes(Protocol):
    """One inbox, as its workers see it."""

    async def worker(self, name: str) -> Inbox:
        """Start a worker of this name; an earlier one of the same name is taken to have died."""
        ...

    async def dead(self) -> Dead:
        """Give who looks at what was given up, another process than the workers'."""
        ...

    async def pass_time(self, seconds: float) -> None:
        """Let this much time pass for every worker."""
        ...


async def given_up(inboxes: Inboxes) -> tuple[GivenUp, ...]:
    """Give what an inbox gave up."""
    return tuple(await (await inboxes.dead()).given_up(limit=1_000))


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = make.NOON

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def move(self, seconds: float) -> None:
        """Go on."""
        self.now += timedelta(seconds=seconds)


@dataclass
class SqlInboxes:
    """An inbox in a database; `connect` gives the connection of the next worker."""

    connect: Callable[[], Database]
    clock: Clock = field(default_factory=Clock)

    async def worker(self, name: str) -> Inbox:
        """Start a worker."""
        return SqlInbox(self.connect(), worker=name, clock=self.clock, lease_s=LEASE_S, attempts=ATTEMPTS)

    async def dead(self) -> Dead:
        """Look from another connection."""
        return SqlDead(self.connect(), self.clock)

    async def pass_time(self, seconds: float) -> None:
        """Move the clock."""
        self.clock.move(seconds)


@asynccontextmanager
async def sql_inboxes(folder: Path) -> AsyncIterator[Inboxes]:
    """Lend an inbox in one database, with every second worker in another process, as it were."""
    async with opened_store(folder) as one, opened_store(folder) as other:
        databases = [one, other]

        def connect() -> Database:
            databases.reverse()
            return databases[0]

        yield SqlInboxes(connect)


@dataclass
class RedisInboxes:
    """An inbox on a server; its clock is moved along with ours."""

    url: str
    clock: Clock = field(default_factory=Clock)
    opened: list[RedisInbox] = field(default_factory=list)

    async def worker(self, name: str) -> Inbox:
        """Start a worker."""
        inbox = RedisInbox(self.url, worker=name, clock=self.clock, lease_s=LEASE_S, attempts=ATTEMPTS)
        self.opened.append(inbox)
        return inbox

    async def dead(self) -> Dead:
        """Look with a client of its own."""
        inbox = RedisInbox(self.url, worker="looking", clock=self.clock)
        self.opened.append(inbox)
        return inbox

    async def pass_time(self, seconds: float) -> None:
        """Move the clock, and tell the server that every claimed entry lay untouched for that much longer."""
        self.clock.move(seconds)
        async with Redis.from_url(self.url, protocol=2, decode_responses=True) as client:
            if not await client.exists(STREAM) or not await client.xinfo_groups(STREAM):
                return
            for entry in await client.xpending_range(STREAM, GROUP, "-", "+", 1000):
                number, idle = str(entry["message_id"]), int(entry["time_since_delivered"])
                older = idle + int(seconds * 1000)
                await client.xclaim(
                    STREAM, GROUP, str(entry["consumer"]), 0, [number], idle=older, justid=True
                )


async def empty_redis(url: str) -> None:
    """Delete everything that a server has."""
    async with Redis.from_url(url, protocol=2) as client:
        await client.flushall()


@asynccontextmanager
async def redis_inboxes(url: str) -> AsyncIterator[Inboxes]:
    """Lend an inbox on a server, empty at first."""
    await empty_redis(url)
    inboxes = RedisInboxes(url)
    try:
        yield inboxes
    finally:
        for inbox in inboxes.opened:
            await inbox.close()
