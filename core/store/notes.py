"""Small facts that a listener must remember across restarts, in the database: the port `Notes`."""

from sqlalchemy import select

from core.store.connect import Database
from core.store.schema import notes
from core.store.upsert import upsert


class SqlNotes:
    """Notes in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, key: str) -> str | None:
        """Return a note, or None."""
        async with self._database.read() as connection:
            value: str | None = await connection.scalar(select(notes.c.value).where(notes.c.key == key))
        return value

    async def keep(self, key: str, value: str) -> None:
        """Write a note, over the old one."""
        async with self._database.write() as connection:
            await connection.execute(
                upsert(notes, connection.dialect, key="key"), {"key": key, "value": value}
            )
