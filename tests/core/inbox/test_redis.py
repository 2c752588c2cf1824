"""What the inbox in Redis promises beyond the port."""

import asyncio
import resource
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from core.errors import BadInput, StoreError, TryLater
from core.inbox.redis import DEAD, RedisInbox
from core.ports import Delivery, Item
from tests import make
from tests.servers import RedisServer, redis_server


def item(name: str, *, body: str = "{}") -> Item:
    """Give an item."""
    return Item(key=f"fake:{name}", platform="fake", body=body)


@asynccontextmanager
async def opened(url: str, *, worker: str = "one") -> AsyncIterator[RedisInbox]:
    """Lend a worker's inbox."""
    inbox = RedisInbox(url, worker=worker)
    try:
        yield inbox
    finally:
        await inbox.close()


@asynccontextmanager
async def emptied(url: str) -> AsyncIterator[Redis]:
    """Lend a plain client of a server that was emptied."""
    async with Redis.from_url(url, protocol=2, decode_responses=True) as client:
        await client.flushall()
        yield client


async def blocked(client: Redis) -> None:
    """Wait until a read waits at the server."""
    async with asyncio.timeout(20):
        while not (await client.info("clients"))["blocked_clients"]:  # noqa: ASYNC110 - the server has no event
            await asyncio.sleep(0.01)


def put_from_elsewhere(url: str, name: str) -> None:
    """Put an item in from another thread, and keep this one's loop from running meanwhile."""

    async def put() -> None:
        async with opened(url, worker="elsewhere") as inbox:
            await inbox.put([item(name)])

    thread = threading.Thread(target=asyncio.run, args=(put(),))
    thread.start()
    thread.join()


async def test_what_was_on_its_way_to_a_cancelled_claim_comes_with_the_next(redis_url: str) -> None:
    """The server has handed it out, the worker never saw it: it is the worker's all the same."""
    async with emptied(redis_url) as client, opened(redis_url) as inbox:
        claim = asyncio.create_task(inbox.claim(1, wait_s=20))
        await blocked(client)

        put_from_elsewhere(redis_url, "a")
        claim.cancel()
        with pytest.raises(asyncio.CancelledError):
            await claim

        assert [d.id.split()[1] for d in await inbox.claim(1, wait_s=0)] == ["fake:a"]


async def test_nothing_is_left_of_a_done_item_but_its_key(redis_url: str) -> None:
    """Neither the stream nor any list keeps what a member wrote."""
    async with emptied(redis_url) as client, opened(redis_url) as inbox:
        await inbox.put([item("a", body="a secret"), item("b", body="a secret")])
        first, second = await inbox.claim(2, wait_s=0)
        await inbox.failed(first, "busy", after_s=0)
        await inbox.done([second])
        await inbox.done(await inbox.claim(2, wait_s=0))

        kinds = {key: await client.type(key) for key in await client.keys("*")}
        assert sorted(kinds.values()) == ["stream", "zset"]
        for key, kind in kinds.items():
            count = await (client.xlen(key) if kind == "stream" else client.zcard(key))
            assert count == (0 if kind == "stream" else 2)


async def test_a_killed_server_that_writes_everything_down_loses_nothing(tmp_path: Path) -> None:
    """While it is away the inbox says to try later; after that it goes on where it was."""
    with redis_server(tmp_path, "--appendonly", "yes", "--appendfsync", "always") as server:
        async with opened(server.url) as inbox:
            await inbox.put([item("a"), item("b")])
            (first,) = await inbox.claim(1, wait_s=0)
            server.stop()

            with pytest.raises(TryLater, match=f"redis 127.0.0.1:{server.port} cannot be reached"):
                await inbox.put([item("c")])
            with pytest.raises(TryLater):
                await inbox.claim(1, wait_s=0)
            server.start()

            await inbox.done([first])
            assert await inbox.put([item("b"), item("c")]) == 1
            assert [d.id.split()[1] for d in await drained(inbox)] == ["fake:b", "fake:c"]


async def test_a_server_that_lost_everything_takes_in_again(redis_url: str) -> None:
    """Without its group the stream would never be read again: it is made anew."""
    async with emptied(redis_url) as client, opened(redis_url) as inbox:
        await inbox.claim(1, wait_s=0)
        await client.flushall()
        await inbox.put([item("a")])

        with pytest.raises(TryLater, match="has lost its data"):
            await inbox.claim(1, wait_s=0)

        assert len(await inbox.claim(1, wait_s=0)) == 1


async def test_a_full_server_takes_nothing_by_halves(redis_url: str) -> None:
    """The line is the server's own; with room again the same items are new."""
    async with emptied(redis_url) as client, opened(redis_url) as inbox:
        await client.config_set("maxmemory", "1")
        try:
            with pytest.raises(StoreError, match="used memory > 'maxmemory'"):
                await inbox.put([item("a"), item("b")])
        finally:
            await client.config_set("maxmemory", "0")

        assert await inbox.depth() == 0
        assert await inbox.put([item("a"), item("b")]) == 2


async def test_a_wrong_password_is_named_but_not_repeated(tmp_path: Path) -> None:
    """The line says which setting to mend."""
    with redis_server(tmp_path, "--requirepass", "right") as server:
        url = f"redis://:wrong@127.0.0.1:{server.port}/0"

        with pytest.raises(StoreError, match="Put the right name and password into REDIS_URL") as refusal:
            async with opened(url) as inbox:
                await inbox.depth()

        assert "wrong@" not in str(refusal.value)


async def test_a_server_that_is_not_there_is_worth_another_try(tmp_path: Path) -> None:
    """It may still be starting."""
    server = RedisServer(tmp_path)

    with pytest.raises(TryLater, match=f"redis 127.0.0.1:{server.port} cannot be reached") as refusal:
        async with opened(server.url) as inbox:
            await inbox.claim(1, wait_s=20)

    assert refusal.value.after > 0


@pytest.mark.parametrize("url", ["localhost:6379", "http://localhost", "redis://host:port"])
def test_a_url_that_cannot_be_read_is_refused(url: str) -> None:
    """The line says what is expected."""
    with pytest.raises(BadInput, match="redis_url: expected redis://host:port/0"):
        RedisInbox(url, worker="one")


async def test_a_waiting_claim_burns_no_processor_time(redis_url: str) -> None:
    """A second of waiting costs well under a tenth of one."""
    async with emptied(redis_url), opened(redis_url) as inbox:
        await inbox.claim(1, wait_s=0)
        before = resource.getrusage(resource.RUSAGE_SELF)

        await inbox.claim(1, wait_s=1.0)

        after = resource.getrusage(resource.RUSAGE_SELF)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.1


async def drained(inbox: RedisInbox) -> list[Delivery]:
    """Claim again and again until there is nothing more."""
    found: list[Delivery] = []
    while batch := await inbox.claim(10, wait_s=0):
        found += batch
    return found


async def test_what_an_older_version_gave_up_is_told_and_handed_out(redis_url: str) -> None:
    """It noted neither why nor when; when is in the entry's own id."""
    async with emptied(redis_url) as client, opened(redis_url) as inbox:
        entry = "1772366400000-0"
        await client.xadd(DEAD, {"key": "fake:a", "platform": "fake", "body": "{}", "tries": "5"}, id=entry)

        (one,) = await inbox.given_up(limit=10)
        count = await inbox.again([entry])

    assert (one.id, one.why, one.at, one.attempt) == (entry, "", make.NOON, 5)
    assert count == 1
