"""Which rules held for which messages, in the database: the port `RuleHits`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, delete, func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from core.keeping import SLOT, Count, Hit, Which
from core.store.columns import Moment
from core.store.connect import Database, reading, writing
from core.store.schema import hits
from core.store.upsert import new_only

_H: Final = hits.c
_SLOT_US: Final = int(SLOT.total_seconds()) * 1_000_000

_START: Final = type_coerce(
    type_coerce(_H.at, BigInteger) // _SLOT_US * _SLOT_US,  # whole numbers: what is left over falls away
    Moment,
)


class SqlHits:
    """Hits in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @writing
    async def record(self, connection: AsyncConnection, given: Sequence[Hit]) -> None:
        """Keep hits; of one rule and message the first one counts."""
        if not given:
            return
        names = ("place", "policy", "rule", "stage", "message_id", "at", "url")
        rows = [{name: getattr(one, name) for name in names} | {"does": " ".join(one.does)} for one in given]
        await connection.execute(new_only(hits, connection.dialect), rows)

    @reading
    async def counts(
        self, connection: AsyncConnection, which: Which, *, since: datetime
    ) -> tuple[Count, ...]:
        """Return how often rules held, slot by slot, oldest first; slots without a hit are left out."""
        start = _START.label("start")
        keys = (_H.place, _H.policy, _H.rule, _H.stage)
        rows = await connection.execute(
            select(*keys, start, func.count().label("messages"), func.max(_H.at).label("last"))
            .where(*_meant(which), _H.at >= since)
            # The slot first: grouped as the primary key begins, SQLite goes through the whole table.
            .group_by(start, *keys)
            .order_by(start, *keys)
        )
        return tuple(Count(**row) for row in rows.mappings())

    @reading
    async def newest(
        self, connection: AsyncConnection, which: Which, *, since: datetime, limit: int
    ) -> tuple[Hit, ...]:
        """Return hits, newest first."""
        rows = await connection.execute(
            select(hits)
            .where(*_meant(which), _H.at >= since)
            .order_by(_H.at.desc(), _H.message_id.desc(), _H.rule)
            .limit(limit)
        )
        return tuple(Hit(**{**row, "does": tuple(row["does"].split())}) for row in rows.mappings())

    @reading
    async def first(self, connection: AsyncConnection, which: Which) -> datetime | None:
        """Return when the oldest hit was, or None where there is none."""
        at: datetime | None = await connection.scalar(select(func.min(_H.at)).where(*_meant(which)))
        return at

    @writing
    async def forget(self, connection: AsyncConnection, *, before: datetime) -> int:
        """Forget the hits before a moment; returns how many."""
        return (await connection.execute(delete(hits).where(_H.at < before))).rowcount


def _meant(which: Which) -> list[ColumnElement[bool]]:
    return [_H[name] == value for name, value in which._asdict().items() if value]
