"""What goes straight to the driver is whole or not at all, closed where it must be, refused in one line."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import StoreError
from core.store.connect import Database
from core.store.notes import SqlNotes
from core.store.schema import inbox, notes
from core.store.straight import Prepared
from core.store.upsert import new_only, upsert
from core.store.vault import MARK, Vault
from tests.stores import opened_store, statement

KEYS = ("key", "platform", "body", "state", "attempt", "due")


async def keep(database: Database, pairs: Sequence[tuple[str, str | None]], *, lasting: bool = True) -> int:
    """Write notes straight."""
    keeping = Prepared(upsert(notes, database.dialect, key="key"), database.dialect, keys=("key", "value"))
    values = [{"key": key, "value": value} for key, value in pairs]
    _, count = await database.carry_out((keeping, values), lasting=lasting)
    return count


@pytest.mark.parametrize("lasting", [True, False])
async def test_it_is_carried_out_once_for_each_of_the_values(tmp_path: Path, *, lasting: bool) -> None:
    """One or many; who reads the usual way sees it, and the count is of rows that were touched."""
    async with opened_store(tmp_path) as ours, opened_store(tmp_path) as other:
        assert await keep(ours, [("a", "1")], lasting=lasting) == 1
        assert await keep(ours, [("a", "2"), ("b", "3")], lasting=lasting) == 2

        assert [await SqlNotes(other).note(key) for key in "ab"] == ["2", "3"]


async def test_nothing_is_written_where_one_of_the_values_is_refused(tmp_path: Path) -> None:
    """All or nothing, and the next one finds the database unlocked."""
    async with opened_store(tmp_path) as ours, opened_store(tmp_path) as other:
        with pytest.raises(StoreError, match=r"nigehban\.db: NOT NULL"):
            await keep(ours, [("a", "1"), ("b", None)])

        await SqlNotes(other).keep("c", "3")
        assert await SqlNotes(ours).note("a") is None
        assert await keep(ours, [("a", "1")]) == 1


async def test_several_statements_are_one_transaction(tmp_path: Path) -> None:
    """What the first one wrote, the second one finds; and where the last one fails, nothing is there."""
    async with opened_store(tmp_path) as database:
        adding = Prepared(new_only(notes, database.dialect), database.dialect, keys=("key", "value"))
        doubled = notes.update().values(value=notes.c.value + notes.c.value)
        doubling = Prepared(doubled.where(notes.c.key == bindparam("which")), database.dialect)
        wrong = [{"key": "c", "value": None}]

        _, count = await database.carry_out(
            (adding, [{"key": "a", "value": "1"}]), (doubling, [{"which": "a"}])
        )
        with pytest.raises(StoreError):
            await database.carry_out((doubling, [{"which": "a"}]), (adding, wrong))

        assert count == 1
        assert await SqlNotes(database).note("a") == "11"


async def test_a_question_that_is_refused_says_so(tmp_path: Path) -> None:
    """In one line, as everywhere."""
    async with opened_store(tmp_path) as database:
        await database.write(statement("DROP TABLE notes"))

        with pytest.raises(StoreError, match=r"nigehban\.db: no such table: notes"):
            await SqlNotes(database).note("a")


async def test_what_stands_already_is_left_alone_and_not_counted(tmp_path: Path) -> None:
    """As where SQLAlchemy carries it out."""
    async with opened_store(tmp_path) as database:
        await SqlNotes(database).keep("a", "1")
        adding = Prepared(new_only(notes, database.dialect), database.dialect, keys=("key", "value"))

        _, one = await database.carry_out((adding, [{"key": "a", "value": "2"}]))
        _, two = await database.carry_out((adding, [{"key": key, "value": "2"} for key in "ab"]))

        assert (one, two) == (0, 1)
        assert [await SqlNotes(database).note(key) for key in "ab"] == ["1", "2"]


async def test_a_closed_column_is_closed_on_the_disk_and_opened_on_the_way_back(tmp_path: Path) -> None:
    """Also what the statement itself says; numbers and plain columns pass as they are."""
    vault = Vault([b"k" * 32])
    database = await Database.open(f"sqlite:///{tmp_path}/nigehban.db", vault)
    put = Prepared(new_only(inbox, database.dialect), database.dialect, keys=KEYS)
    change = inbox.update().where(inbox.c.due <= bindparam("now")).values(body="said anew", attempt=7)
    back = Prepared(change.returning(inbox.c.body, inbox.c.attempt, inbox.c.key), database.dialect)
    item = {"key": "k", "platform": "fake", "body": "a kite", "state": "ready", "attempt": 0, "due": 1}

    await database.carry_out((put, [item]))
    first = await database.read(statement("SELECT body FROM inbox"))
    rows, _ = await database.carry_out((back, [{"now": 5}]))
    second = await database.read(statement("SELECT body FROM inbox"))
    await database.close()

    assert str(first).startswith(MARK)
    assert vault.opened(str(first)) == "a kite"
    assert str(second).startswith(MARK)
    assert rows == [("said anew", 7, "k")]


async def test_a_lock_that_is_never_let_go_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is the one that others get, and afterwards it goes on."""
    monkeypatch.setattr("core.store.connect.LOCK_PATIENCE_S", 0.05)
    async with opened_store(tmp_path) as ours, opened_store(tmp_path) as other:

        async def keep_it_locked(_: AsyncConnection) -> None:
            with pytest.raises(StoreError, match="another process has kept it locked"):
                await keep(ours, [("a", "b")])

        await other.write(keep_it_locked)

        assert await keep(ours, [("a", "c")]) == 1


async def test_it_takes_its_turn_with_other_writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers of one process queue up, so that none runs out of patience with a sibling."""
    monkeypatch.setattr("core.store.connect.LOCK_PATIENCE_S", 0.0)
    async with opened_store(tmp_path) as database, asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(keep(database, [(f"s{number}", "1")]))
            group.create_task(SqlNotes(database).keep(f"u{number}", "1"))


async def test_a_cancelled_one_is_whole_or_was_never_begun(tmp_path: Path) -> None:
    """At whatever moment its caller is cancelled, nobody is kept from writing."""
    async with opened_store(tmp_path) as ours, opened_store(tmp_path) as other:
        cancelled = 0
        for moment in range(0, 2000, 100):
            task = asyncio.create_task(keep(ours, [("a", str(moment)), ("b", str(moment))]))
            asyncio.get_running_loop().call_later(moment / 1e6, task.cancel)
            try:
                await task
            except asyncio.CancelledError:
                cancelled += 1

            async def both(connection: AsyncConnection) -> list[str]:
                return [row.value for row in await connection.execute(select(notes.c.value))]

            assert len(set(await other.read(both))) <= 1
        assert cancelled
        await other.write(lambda connection: connection.execute(text("DELETE FROM notes")))
