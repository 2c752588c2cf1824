"""Small facts that a listener must remember across restarts, in the database: the port `Notes`."""

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.connect import Database, writing
from core.store.schema import notes
from core.store.straight import Prepared
from core.store.upsert import new_only, upsert

_NOTE = select(notes.c.value).where(notes.c.key == bindparam("key"))


class SqlNotes:
    """Notes in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._note = Prepared(_NOTE, database.dialect)

    async def note(self, key: str) -> str | None:
        """Return a note, or None."""
        found = await self.database.look_up(self._note, {"key": key})
        return str(found[0][0]) if found else None

    @writing
    async def keep(self, connection: AsyncConnection, key: str, value: str) -> None:
        """Write a note, over the old one."""
        await connection.execute(upsert(notes, connection.dialect, key="key"), {"key": key, "value": value})

    @writing
    async def first(self, connection: AsyncConnection, key: str, value: str) -> bool:
        """Write a note where there is none; tells whether there was none, to one caller of all that ask."""
        new = await connection.execute(new_only(notes, connection.dialect), {"key": key, "value": value})
        return new.rowcount > 0

    @writing
    async def forget(self, connection: AsyncConnection, prefix: str, *, before: str, most: int) -> None:
        """Forget notes under a prefix: values that sort before `before`, then the first beyond `most`."""
        # Not LIKE: SQLite's takes capitals for small letters, and a key may hold its wildcards.
        under = func.substr(notes.c.key, 1, len(prefix)) == prefix
        await connection.execute(delete(notes).where(under, notes.c.value < before))
        left = await connection.scalar(select(func.count()).select_from(notes).where(under)) or 0
        if left > most:
            first = select(notes.c.key).where(under).order_by(notes.c.value, notes.c.key).limit(left - most)
            await connection.execute(delete(notes).where(notes.c.key.in_(first)))
