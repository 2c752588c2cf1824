"""Databases for tests: one file in the test's own folder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.store.connect import Database


@asynccontextmanager
async def opened_store(folder: Path) -> AsyncIterator[Database]:
    """Lend a database in a folder; a second one in the same folder is another process's view of it."""
    database = await Database.open(f"sqlite:///{folder}/nigehban.db")
    try:
        yield database
    finally:
        await database.close()
