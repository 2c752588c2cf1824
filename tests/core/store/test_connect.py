"""Whatever the disk does: one clear line, and nothing that was saved is lost."""

import asyncio
import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.case import Case
from core.errors import BadInput, StoreError
from core.store.cases import SqlCases
from core.store.connect import Database
from core.store.notes import SqlNotes
from tests import make
from tests.stores import opened_store, statement


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """A first start needs no preparation, and nobody else on the machine may look in."""
    async with opened_store(tmp_path / "new" / "home") as database:
        await SqlNotes(database).keep("a", "b")

    assert (tmp_path / "new" / "home" / "nigehban.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new" / "home").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nigehban.db",
        "mysql://host/nigehban",
        "sqlite://",
        "sqlite:///file:x.db",
        "sqlite:///:memory:",
        "postgresql://user:secret@host/db",
    ],
)
async def test_a_url_that_cannot_be_used_is_refused(url: str) -> None:
    """The line says what is expected, and repeats no password."""
    with pytest.raises(BadInput, match=r"database_url: expected sqlite:////folder/file\.db") as refusal:
        await Database.open(url)

    assert "secret" not in str(refusal.value)


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """Somebody's file is neither read as ours nor written over."""
    path = tmp_path / "nigehban.db"
    path.write_text("this is a shopping list, not a database\n" * 100)
    before = path.read_bytes()

    with pytest.raises(StoreError, match=r"nigehban\.db: this is not a database\. Move the file away"):
        await Database.open(f"sqlite:///{path}")

    assert path.read_bytes() == before


async def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    """A file whose pages were overwritten asks for a backup instead of showing a stack trace."""
    async with opened_store(tmp_path) as database:
        await SqlNotes(database).keep("a", "b" * 10_000)
    path = tmp_path / "nigehban.db"
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))

    with pytest.raises(StoreError, match=r"the database is damaged\. Put a backup in its place"):
        async with opened_store(tmp_path) as database:
            await SqlNotes(database).note("a")


async def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """What was saved stays; what did not fit is not half there; with room again it goes on."""
    async with opened_store(tmp_path) as database:
        cases = SqlCases(database, worker="one")
        kept = await _opened(cases, 0)
        await database.write(statement(f"PRAGMA max_page_count = {await _pages(database) + 1}"))

        number, refusal = await _first_refused(cases)
        assert "the disk is full. Free some space" in str(refusal)
        assert await cases.get(kept.id) == kept

        await database.write(statement("PRAGMA max_page_count = 1000000"))
        assert (await _opened(cases, number)).message.id == f"fake:room:{number}"
        assert await cases.get(kept.id) == kept


async def test_a_database_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    """Reading goes on; the line names the remedy."""
    async with opened_store(tmp_path) as database:
        await SqlNotes(database).keep("a", "b")
        await database.write(statement("PRAGMA query_only = ON"))

        with pytest.raises(StoreError, match=r"it may not be written\. Give the user that runs Nigehban"):
            await SqlNotes(database).keep("a", "c")

        assert await SqlNotes(database).note("a") == "b"


async def test_a_folder_that_may_not_be_written_says_so(tmp_path: Path) -> None:
    """The folder is named, because it is the folder that must be mended."""
    os.chmod(tmp_path, 0o500)  # noqa: PTH101 - the Path method is taken for slow I/O in async code
    if os.access(tmp_path, os.W_OK):
        pytest.skip("whoever runs this may write everywhere, as root may")

    with pytest.raises(StoreError, match="Check that its folder exists and may be written"):
        await Database.open(f"sqlite:///{tmp_path}/nigehban.db")


async def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "home").write_text("a file")

    with pytest.raises(StoreError, match=r"nigehban\.db: it cannot be opened .* choose another with --home"):
        await Database.open(f"sqlite:///{tmp_path}/home/nigehban.db")


async def test_a_lock_that_is_never_let_go_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer waits for another process, but not for ever."""
    monkeypatch.setattr("core.store.connect.LOCK_PATIENCE_S", 0.05)
    async with opened_store(tmp_path) as ours, opened_store(tmp_path) as other:

        async def keep_it_locked(_: AsyncConnection) -> None:
            with pytest.raises(StoreError, match="another process has kept it locked"):
                await SqlNotes(ours).keep("a", "b")

        await other.write(keep_it_locked)
        await SqlNotes(ours).keep("a", "c")

        assert await SqlNotes(other).note("a") == "c"


async def test_writers_of_one_process_take_turns(tmp_path: Path) -> None:
    """However many write at once, each finds what the one before it wrote."""
    async with opened_store(tmp_path) as database:

        async def count_up(connection: AsyncConnection) -> None:
            count = await connection.scalar(text("SELECT count(*) FROM notes"))
            await connection.execute(text("INSERT INTO notes VALUES (:key, '')"), {"key": str(count)})

        async with asyncio.TaskGroup() as group:
            for _ in range(20):
                group.create_task(database.write(count_up))

        assert await SqlNotes(database).note("19") == ""


async def test_a_cancelled_transaction_lets_go_of_the_lock(tmp_path: Path) -> None:
    """At whatever moment its caller is cancelled, a transaction is whole or was never begun."""
    async with opened_store(tmp_path) as ours, opened_store(tmp_path) as other:
        cancelled = 0
        for moment in range(0, 4000, 100):
            task = asyncio.create_task(SqlNotes(ours).keep("a", str(moment)))
            asyncio.get_running_loop().call_later(moment / 1e6, task.cancel)
            try:
                await task
            except asyncio.CancelledError:
                cancelled += 1

            await SqlNotes(other).keep("b", str(moment))
            assert await SqlNotes(ours).note("b") == str(moment)
        assert cancelled


async def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """All or nothing, also when it is our own code that fails."""
    async with opened_store(tmp_path) as database:

        async def failing(connection: AsyncConnection) -> None:
            await connection.execute(text("INSERT INTO notes VALUES ('a', 'b')"))
            raise LookupError

        with pytest.raises(LookupError):
            await database.write(failing)

        assert await SqlNotes(database).note("a") is None


async def _opened(cases: SqlCases, number: int) -> Case:
    message = make.message(message_id=f"fake:room:{number}")
    return await cases.open(message, make.verdict(), at=make.NOON)


async def _first_refused(cases: SqlCases) -> tuple[int, StoreError]:
    """Open cases until one is refused; return its number and what was said."""
    for number in range(1, 1000):
        try:
            await _opened(cases, number)
        except StoreError as exc:
            return number, exc
    raise LookupError("the disk never became full")


async def _pages(database: Database) -> int:
    return int(str(await database.read(statement("PRAGMA page_count"))))
