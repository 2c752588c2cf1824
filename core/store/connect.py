"""Open the database of a URL, bring its tables up to date, and lend its connections.

One call of `read` or `write` is one transaction, and one that has begun is brought to its end. Writing takes
the database's write lock from the start, so that what was read inside is still true when it is written;
within this process writers also queue up here, because SQLite itself makes them try again and again.
A commit is on the disk when it returns, save what says that it need not be (`carry_out`).
"""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, Protocol, Self, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Dialect, event, text
from sqlalchemy.engine import URL, AdaptedConnection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import BadInput, StoreError
from core.store.rekeying import rekey
from core.store.schema import HEAD
from core.store.straight import Prepared, Row, Step, Straight, Values
from core.store.vault import Vault

P = ParamSpec("P")
R = TypeVar("R")

Work: TypeAlias = Callable[[AsyncConnection], Awaitable[R]]
"""What is done inside one transaction: nothing but asking the database."""

LOCK_PATIENCE_S: Final = 30
"""How long a writer waits for another process to finish; the import of a large list takes seconds."""

# Erased means overwritten: a list whose licence ended, a message that was done with.
_PRAGMAS: Final = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")

_REMEDIES: Final = (
    ("disk is full", "the disk is full. Free some space; what was saved before is kept"),
    ("readonly database", "it may not be written. Give the user that runs Nigehban write permission"),
    ("unable to open", "it cannot be opened. Check that its folder exists and may be written"),
    ("is locked", f"another process has kept it locked for {LOCK_PATIENCE_S} seconds. Stop that process"),
    ("not a database", "this is not a database. Move the file away, or put a backup in its place"),
    ("malformed", "the database is damaged. Put a backup in its place"),
    ("disk I/O error", "the disk reports an error. Check the disk; what was saved before is kept"),
)


class Database:
    """An open database.

    Args:
        engine: Its connections.
        where: How errors name it; never with a password.
        vault: What closes lists at rest.
    """

    def __init__(self, engine: AsyncEngine, where: str, vault: Vault | None = None) -> None:
        self.where = where
        engine.sync_engine.dialect.vault = vault or Vault()  # type: ignore[attr-defined]  # where `Secret` looks
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        self._turn = asyncio.Lock()
        self._writer, self._reader = (
            Straight(where, patience_s=LOCK_PATIENCE_S, pragmas=_PRAGMAS) for _ in range(2)
        )

    @classmethod
    async def open(cls, url: str, vault: Vault | None = None) -> Self:
        """Open the database of a URL (`sqlite:////folder/file.db`), made where it is missing.

        What is in it is closed anew where the vault's key is a new one.

        Raises:
            BadInput: The URL cannot be read, or names a kind of database that is not supported.
            StoreError: The database cannot be opened or brought up to date.
        """
        parsed = _parsed(url)
        database = cls(_engine(parsed), parsed.database or "", vault)
        try:
            _make_file(Path(database.where))
            await database._migrate()
            await rekey(database, vault or Vault())
        except BaseException:
            await database.close()
            raise
        return database

    async def read(self, work: Work[R]) -> R:
        """Do some reading, all of it from one moment's state.

        Raises:
            StoreError: The database refuses.
        """
        return await _to_its_end(self._transaction(self._engine, work))

    async def write(self, work: Work[R]) -> R:
        """Do some writing and commit it, all or nothing.

        Raises:
            StoreError: The database refuses; nothing was written.
        """
        async with self._turn:
            return await _to_its_end(self._transaction(self._writing, work))

    @property
    def dialect(self) -> Dialect:
        """What its statements are written for."""
        return self._engine.dialect

    async def carry_out(self, *steps: Step, lasting: bool = True) -> tuple[list[Row], int]:
        """Carry prepared statements out in one transaction (see `core.store.straight`).

        Args:
            steps: One that gives rows back is carried out once.
            lasting: It is on the disk when this returns. What is done again after a power cut need not be.

        Returns:
            The rows that the last one gave, and how many it touched.

        Raises:
            StoreError: The database refuses; nothing was written.
        """
        async with self._turn:
            try:
                return await _to_its_end(self._writer.carry_out(steps, lasting=lasting))
            except sqlite3.Error as exc:
                raise _refusal(self.where, exc) from exc

    async def look_up(self, statement: Prepared, values: Values) -> list[Row]:
        """Return the rows that one prepared question finds now.

        Raises:
            StoreError: The database refuses.
        """
        try:
            return await self._reader.look_up(statement, values)
        except sqlite3.Error as exc:
            raise _refusal(self.where, exc) from exc

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.close()
        await self._reader.close()
        await self._engine.dispose()

    async def _migrate(self) -> None:
        """Bring the tables up to date, unless the database carries the newest mark already."""

        async def work(connection: AsyncConnection) -> None:
            if await connection.run_sync(_mark) == HEAD:
                return
            # Alembic takes longer to import than all the rest of the store: only who migrates waits for it.
            from core.store.migrations import upgrade  # noqa: PLC0415 - the comment above

            await connection.run_sync(upgrade, self.where)

        await self.write(work)

    async def _transaction(self, engine: AsyncEngine, work: Work[R]) -> R:
        """Lend a connection for some work, and turn what the database refuses into one line."""
        try:
            async with engine.begin() as connection:
                return await work(connection)
        except DBAPIError as exc:
            raise _refusal(self.where, exc.orig) from exc


class Keeper(Protocol):
    """What keeps something in a database."""

    @property
    def database(self) -> Database:
        """Where it keeps it."""
        ...


K = TypeVar("K", bound=Keeper)
Kept: TypeAlias = Callable[Concatenate[K, P], Coroutine[None, None, R]]


def reading(method: Callable[Concatenate[K, AsyncConnection, P], Awaitable[R]]) -> Kept[K, P, R]:
    """Make a method that takes a connection one that takes none, and reads in one transaction."""

    @wraps(method)
    async def whole(self: K, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.database.read(lambda connection: method(self, connection, *args, **kwargs))

    return whole


def writing(method: Callable[Concatenate[K, AsyncConnection, P], Awaitable[R]]) -> Kept[K, P, R]:
    """Make a method that takes a connection one that takes none, and writes in one transaction."""

    @wraps(method)
    async def whole(self: K, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.database.write(lambda connection: method(self, connection, *args, **kwargs))

    return whole


async def _to_its_end(transaction: Coroutine[None, None, R]) -> R:
    """Run a transaction to its end, also when the caller is cancelled meanwhile; then say so.

    Cancelled half-way, the driver's thread would go on without us: it would begin a transaction that
    nobody ends, and keep everybody else from writing.
    """
    task = asyncio.create_task(transaction, name="transaction")
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait((task,))
        raise


def _refusal(where: str, why: BaseException | None) -> StoreError:
    """Return what the database refuses as one line."""
    said = str(why)
    remedy = next((remedy for mark, remedy in _REMEDIES if mark in said), said)
    return StoreError(f"{where}: {remedy}.")


def _parsed(url: str) -> URL:
    """Read a database URL, with the driver that is used here."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    path = (parsed.database if parsed is not None and parsed.get_backend_name() == "sqlite" else None) or ""
    if parsed is None or not path or path.startswith((":", "file:")):
        raise BadInput("database_url: expected sqlite:////folder/file.db, with the full path of a file.")
    return parsed.set(drivername="sqlite+aiosqlite")


def _engine(url: URL) -> AsyncEngine:
    """Make the connections' pool, with every connection set up for safety first."""
    engine = create_async_engine(
        url,
        pool_reset_on_return=None,  # every transaction here ends in a commit or a rollback of its own
        connect_args={"timeout": LOCK_PATIENCE_S, "isolation_level": None},
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Set what SQLite forgets from one connection to the next."""
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction ourselves: the driver would begin late, and refuse a reader that then writes."""
    writing = connection.get_execution_options().get("writing", False)
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
    # Straight to the driver: each step crosses to a thread and back, and this is one instead of three.
    adapted = cast("AdaptedConnection", connection.connection.dbapi_connection)
    try:
        adapted.run_async(lambda driver: driver.execute(begin))
    except connection.dialect.loaded_dbapi.Error as exc:
        raise DBAPIError(begin, None, exc) from exc


def _make_file(path: Path) -> None:
    """Make a missing database and its folder, for their owner only: they hold what a community knows.

    It is also opened once for trial: the driver's thread would not end cleanly where it cannot be.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as exc:
        raise StoreError(
            f"{path}: it cannot be opened ({exc.strerror})."
            " Check that its folder exists and may be written, or choose another with --home."
        ) from exc


def _mark(connection: Connection) -> str | None:
    """Return the newest migration the database has seen, or None where it is new."""
    try:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except OperationalError as exc:
        if "no such table" in str(exc.orig):
            return None
        raise
