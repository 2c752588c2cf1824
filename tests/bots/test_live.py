"""What serves writes down what it has to remember before the inbox is told that a message is done."""

from datetime import timedelta
from pathlib import Path

from bots.extensions import Extensions
from bots.house import now, opened_house
from bots.live import live
from core.keeping import Which
from core.model import Entry
from core.settings import read_settings
from core.store.hits import SqlHits
from tests import make
from tests.fake_platform import FakePlatform

LINK = "telegram:user/bluelantern"


async def test_what_a_message_leaves_is_written_at_the_flush(tmp_path: Path) -> None:
    """Which rules held for it, and what it was recognised by; before the flush neither is there."""
    settings = read_settings(home=tmp_path, env_file=tmp_path / "none")
    async with opened_house(settings, Extensions()) as house:
        await house.bank_store.add("community", [Entry(kind="link", value=LINK)])
        serving = await live(house, settings, "strict", {"fake": FakePlatform()})
        hits, since = SqlHits(house.database), make.NOON - timedelta(days=1)
        message = make.message("see https://t.me/bluelantern", at=now())

        case = await serving.engine.receive(message)
        before = await hits.newest(Which(), since=since, limit=9)
        await serving.flush()

        assert case is not None
        assert before == ()
        written = await hits.newest(Which(), since=since, limit=9)
        assert {hit.rule for hit in written} == set(case.verdict.rules) != set()
        pages = [page async for page in house.prints.remembered(since=since)]
        assert [seen.message_id for page in pages for seen in page] == [message.id]
