"""What the inbox in the database promises beyond the port."""

import asyncio
import resource
from pathlib import Path

import pytest

from core.inbox.sql import SqlInbox
from core.ports import Item
from tests.stores import opened_store, statement

ITEM = Item(key="fake:1", platform="fake", body='{"text": "a secret"}')


async def test_a_claim_is_woken_at_once_by_its_own_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not wait for the next look that other processes' items need."""
    monkeypatch.setattr("core.inbox.sql.POLL_S", 3600)
    async with opened_store(tmp_path) as database:
        inbox = SqlInbox(database, worker="one")

        async with asyncio.timeout(20), asyncio.TaskGroup() as group:
            claim = group.create_task(inbox.claim(1, wait_s=3600))
            await asyncio.sleep(0)
            async with inbox._claiming:  # it has looked once and found nothing
                pass
            await inbox.put([ITEM])

        assert [d.body for d in claim.result()] == [ITEM.body]


async def test_the_body_of_a_done_item_is_gone_at_once(tmp_path: Path) -> None:
    """Only its key is kept for a while; what a member wrote is not."""
    async with opened_store(tmp_path) as database:
        inbox = SqlInbox(database, worker="one")
        await inbox.put([ITEM])

        await inbox.done(await inbox.claim(1, wait_s=0))

        assert await database.read(statement("SELECT key || ':' || body FROM inbox")) == "fake:1:"


async def test_a_waiting_claim_burns_no_processor_time(tmp_path: Path) -> None:
    """A second of waiting costs well under a tenth of one."""
    async with opened_store(tmp_path) as database:
        inbox = SqlInbox(database, worker="one")
        await inbox.claim(1, wait_s=0)
        before = resource.getrusage(resource.RUSAGE_SELF)

        await inbox.claim(1, wait_s=1.0)

        after = resource.getrusage(resource.RUSAGE_SELF)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.1
