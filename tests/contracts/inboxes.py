"""Every engine of the inbox behind one handle: make a worker's view of it, and let time pass."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from core.inbox.sql import SqlInbox
from core.ports import Inbox
from core.store.connect import Database
from tests import make
from tests.stores import opened_store

LEASE_S = 60.0
ATTEMPTS = 3


class Inboxes(Protocol):
    """One inbox, as its workers see it."""

    async def worker(self, name: str) -> Inbox:
        """Start a worker of this name; an earlier one of the same name is taken to have died."""
        ...

    async def pass_time(self, seconds: float) -> None:
        """Let this much time pass for every worker."""
        ...


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
