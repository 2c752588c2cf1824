"""Databases for tests: one file in the test's own folder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.connect import Database, Work


@asynccontextmanager
async def opened_store(folder: Path) -> AsyncIterator[Database]:
    """Lend a database in a folder; a second one in the same folder is another process's view of it."""
    database = await Database.open(f"sqlite:///{folder}/nigehban.db")
    try:
        yield database
    finally:
        await database.close()


def statement(sql: str) -> Work[object]:
    """Give one statement as the whole of a transaction; it returns its first value, if it has any."""

    async def work(connection: AsyncConnection) -> object:
        result = await connection.execute(text(sql))
        return result.scalar() if result.returns_rows else None

    return work
