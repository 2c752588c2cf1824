"""Listings of designated organisations in the database: the port `Entities`.

A listing is kept whole; which of them are one organisation is found out where they are read.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.entity import Listing
from core.model import EntryState
from core.store.codec import LISTING
from core.store.connect import Database, reading, writing
from core.store.schema import banks, counters, entries, listings
from core.store.upsert import upsert

_COUNTER: Final = "listings"
_AT_ONCE: Final = 1000


class SqlEntities:
    """Listings in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @reading
    async def listings(self, connection: AsyncConnection) -> tuple[Listing, ...]:
        """Return every listing, by list and key."""
        found = await connection.execute(select(listings.c.body).order_by(listings.c.list, listings.c.key))
        return tuple([LISTING.decode(body) for body in found.scalars()])

    @writing
    async def put(self, connection: AsyncConnection, kept: Sequence[Listing]) -> None:
        """Keep listings, all or none."""
        if not kept:
            return
        statement = upsert(listings, connection.dialect, key="list", also="key")
        rows = [{"list": one.list_name, "key": one.key, "body": LISTING.encode(one)} for one in kept]
        for at in range(0, len(rows), _AT_ONCE):
            await connection.execute(statement, rows[at : at + _AT_ONCE])
        row = {"name": _COUNTER, "value": await _revision(connection) + 1}
        await connection.execute(upsert(counters, connection.dialect, key="name"), row)

    @reading
    async def revision(self, connection: AsyncConnection) -> int:
        """Return a number that grows with every change."""
        return await _revision(connection)

    @reading
    async def named(self, connection: AsyncConnection) -> tuple[tuple[str, str, int], ...]:
        """Return which organisations entries that are not withdrawn name."""
        found = await connection.execute(
            select(banks.c.name, entries.c.entity, func.count(entries.c.id))
            .join(banks, banks.c.id == entries.c.bank_id)
            .where(entries.c.entity != "", entries.c.state != EntryState.WITHDRAWN)
            .group_by(banks.c.name, entries.c.entity)
            .order_by(banks.c.name, entries.c.entity)
        )
        return tuple((bank, name, count) for bank, name, count in found)


async def _revision(connection: AsyncConnection) -> int:
    return await connection.scalar(select(counters.c.value).where(counters.c.name == _COUNTER)) or 0
