"""A worker's process is killed in the middle of its work: a real process, killed by the system."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.inbox.redis import RedisInbox
from core.inbox.sql import SqlInbox
from core.ports import Inbox, Item
from core.store.connect import Database
from tests.contracts.inboxes import empty_redis

_WORK = """
import asyncio, sys, time
from tests.contracts.test_inbox_killed import opened

async def work():
    async with opened(sys.argv[1]) as inbox:
        first, second = await inbox.claim(2, wait_s=0)
        await inbox.done([first])
        print("working", flush=True)
        time.sleep(600)

asyncio.run(work())
"""


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Inbox]:
    """Lend the inbox of a URL to the worker `one`."""
    if url.startswith("redis:"):
        inbox = RedisInbox(url, worker="one")
        try:
            yield inbox
        finally:
            await inbox.close()
        return
    database = await Database.open(url)
    try:
        yield SqlInbox(database, worker="one")
    finally:
        await database.close()


@pytest.mark.parametrize("engine", ["sql", "redis"])
async def test_a_killed_worker_goes_on_where_it_was(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What it had done stays done, what it had in hand comes back at once, what waited still waits."""
    url = f"sqlite:///{tmp_path}/x.db"
    if engine == "redis":
        url = request.getfixturevalue("redis_url")
        await empty_redis(url)
    names = [f"{tmp_path} {n}" for n in range(3)]
    async with opened(url) as inbox:
        await inbox.put([Item(key=n, platform="fake", body=n) for n in names])

        _work_until_killed(url)

    async with opened(url) as inbox:
        found = [*await inbox.claim(10, wait_s=0), *await inbox.claim(10, wait_s=0)]
        assert [(d.body, d.attempt) for d in found] == [(names[1], 2), (names[2], 1)]
        await inbox.done(found)
        assert await inbox.depth() == 0


def _work_until_killed(url: str) -> None:
    """Run a worker until it is in the middle of its work, and kill it."""
    with subprocess.Popen([sys.executable, "-c", _WORK, url], stdout=subprocess.PIPE) as process:
        assert process.stdout
        said = process.stdout.readline()
        process.kill()
    assert said == b"working\n"
