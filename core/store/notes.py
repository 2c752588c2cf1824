"""Small facts that a listener must remember across restarts, in the database: the port `Notes`."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.connect import Database, reading, writing
from core.store.schema import notes
from core.store.upsert import upsert


class SqlNotes:
    """Notes in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @reading
    async def note(self, connection: AsyncConnection, key: str) -> str | None:
        """Return a note, or None."""
        value: str | None = await connection.scalar(select(notes.c.value).where(notes.c.key == key))
        return value

    @writing
    async def keep(self, connection: AsyncConnection, key: str, value: str) -> None:
        """Write a note, over the old one."""
        await connection.execute(upsert(notes, connection.dialect, key="key"), {"key": key, "value": value})
