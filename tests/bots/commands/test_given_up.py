"""`nigehban inbox` tells what waits and what failed for good, and hands it out again."""

import json
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import pytest

from bots.arguments import parser
from bots.commands.given_up import run
from bots.raw import Raw, text
from core.inbox.sql import SqlInbox
from core.ports import Item
from core.store.connect import Database
from core.store.dead import SqlDead
from tests import make
from tests.bots.commands.test_ndjson import documented
from tests.stores import opened_store

SAID = "meet at the lantern"


def about(event: Raw) -> str:
    """Tell what an invented platform's event is about."""
    return text(event.get("about"))


@dataclass
class Box:
    """An inbox in a database."""

    database: Database
    inbox: SqlInbox = field(init=False)

    def __post_init__(self) -> None:
        self.inbox = SqlInbox(self.database, worker="one", clock=lambda: make.NOON, attempts=1)

    async def fails(self, *names: str, body: str = "", why: str = "ValueError") -> None:
        """Let items fail for good."""
        told = {name: json.dumps({"about": f"fake:room/{name}", "text": SAID}) for name in names}
        await self.inbox.put([Item(key=n, platform="fake", body=body or told[n]) for n in names])
        for delivery in await self.inbox.claim(1_000, wait_s=0):
            await self.inbox.failed(delivery, why, after_s=0)

    async def waits(self, *names: str) -> None:
        """Let items wait."""
        await self.inbox.put([Item(key=name, platform="fake", body="{}") for name in names])

    async def run(self, form: str = "text", again: Sequence[str] | None = None) -> int:
        """Run the command; returns its exit code."""
        given = Namespace(format=form, again=again)
        dead = SqlDead(self.database, lambda: make.NOON)
        return await run(given, self.inbox, dead, concerned={"fake": about}, zone=UTC)


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Box]:
    """Give one."""
    async with opened_store(tmp_path) as database:
        yield Box(database)


async def test_an_inbox_in_which_nothing_failed_is_fine(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    """The count of what waits, and no table."""
    await box.waits("a", "b")

    assert await box.run() == 0
    assert capsys.readouterr().out == "2 items waiting or being worked on, 0 given up\n"


async def test_what_failed_for_good_is_named_with_why(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    """When, which message, why, and what can be done; never what it says. A script sees it by the code."""
    await box.waits("w")
    await box.inbox.claim(1, wait_s=0)
    await box.fails("a", "b")

    code = await box.run()
    told = capsys.readouterr().out

    assert code == 1
    assert told.startswith("1 item waiting or being worked on, 2 given up\n")
    assert "fake:room/a" in told
    assert "2026-03-01 12:00 UTC" in told
    assert "ValueError" in told
    assert "nigehban inbox --again" in told
    assert SAID not in told


@pytest.mark.parametrize("body", ["no JSON", "[" * 100_000, "7", '{"about": 7}', '{"about": ""}'])
async def test_what_cannot_be_read_is_named_all_the_same(
    box: Box, body: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is what fails: its number, when and why are known."""
    await box.fails("a", body=body, why="")

    assert await box.run() == 1
    told = capsys.readouterr().out
    assert "fake, of no message" in told
    assert "not noted" in told


async def test_of_very_many_the_oldest_are_named(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    """A screen is no list of thousands; the count is of all."""
    await box.fails(*(f"{n:03}" for n in range(60)))

    await box.run()
    told = capsys.readouterr().out

    assert "fake:room/049" in told
    assert "fake:room/050" not in told
    assert "… and 10 more (--format ndjson names 10,000)" in told


async def test_programs_read_a_line_for_each(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts first; with the keys that are documented, and nothing of what was said."""
    await box.fails("a", why="busy\nfor ever")
    await box.fails("b", body="7", why="")

    code = await box.run("ndjson")
    out = capsys.readouterr().out
    counts, first, second = map(json.loads, out.splitlines())

    assert code == 1
    assert counts == {"schema": "nigehban.inbox/1", "waiting": 0, "given_up": 2}
    assert first == {
        "schema": "nigehban.givenup/1",
        "item": "1",
        "platform": "fake",
        "about": "fake:room/a",
        "at": "2026-03-01T12:00:00+00:00",
        "attempts": 1,
        "why": "busy for ever",
    }
    assert (second["about"], second["why"]) == (None, None)
    assert set(first) - {"schema"} == documented()["nigehban.givenup/1"][0]
    assert SAID not in out


async def test_items_are_handed_out_again(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that are named, and the rest where none is; what is not there is said, and is no success."""
    await box.fails("a", "b", "c")

    one = await box.run(again=["2"])
    missing = await box.run(again=["2", "3"])
    rest = await box.run("ndjson", again=[])
    *told, last = capsys.readouterr().out.splitlines()

    assert (one, missing, rest) == (0, 1, 0)
    assert told == [
        "1 item handed out again",
        "1 item handed out again; 1 not found (nigehban inbox names them)",
    ]
    assert json.loads(last) == {"schema": "nigehban.inbox/1", "waiting": 3, "given_up": 0, "again": 1}
    assert [d.attempt for d in await box.inbox.claim(10, wait_s=0)] == [1, 1, 1]


def test_the_words_of_the_command_line() -> None:
    """Without `--again` it only looks; with it, all or some."""
    read = parser().parse_args

    assert read(["inbox"]).again is None
    assert read(["inbox", "--again"]).again == []
    assert read(["inbox", "--again", "3", "7-1"]).again == ["3", "7-1"]
