"""What policies did within a day, in the database: the port `Spending`.

Asking and counting are one transaction that holds the database's write lock, so that of two workers at the
last free place of a quota one gets it. What was counted by a clock that was far ahead, and was set right
since, counts no longer: it would use a quota up until that time comes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, case, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.keeping import Allowance, Full, Spend
from core.store.connect import Database, writing
from core.store.schema import spent

_S: Final = spent.c


class SqlSpending:
    """Spending in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @writing
    async def spend(
        self, connection: AsyncConnection, spend: Spend, allowances: Sequence[Allowance]
    ) -> Full | None:
        """Count what a message is to lead to, all of it or nothing."""
        of_message = select(_S.kind).where(_S.scope == spend.scope, _S.message_id == spend.message_id)
        new = spend.kinds - set(await connection.scalars(of_message))
        if not new:
            return None
        full = [await _full(connection, spend, one) for one in await _used_up(connection, spend, allowances)]
        if full:
            return max(full, key=lambda one: one.until)
        row = {"scope": spend.scope, "message_id": spend.message_id, "at": spend.at}
        await connection.execute(spent.insert(), [row | {"kind": kind} for kind in sorted(new)])
        return None

    @writing
    async def forget(self, connection: AsyncConnection, *, before: datetime) -> int:
        """Forget what was counted before a moment; returns how many kinds of how many messages."""
        return (await connection.execute(delete(spent).where(_S.at < before))).rowcount


async def _used_up(
    connection: AsyncConnection, spend: Spend, allowances: Sequence[Allowance]
) -> list[Allowance]:
    """Return the allowances without room, from one count of all that was done in their times."""
    times = sorted({one.within for one in allowances})
    if not times:
        return []
    within = [func.sum(case((_near(spend, time), 1), else_=0)) for time in times]
    done = select(_S.kind, *within).where(_S.scope == spend.scope, _near(spend, times[-1])).group_by(_S.kind)
    counted = {
        (kind, time): count
        for kind, *counts in await connection.execute(done)
        for time, count in zip(times, counts, strict=True)
    }
    return [one for one in allowances if counted.get((one.kind, one.within), 0) >= one.most]


def _near(spend: Spend, within: timedelta) -> ColumnElement[bool]:
    """Tell what was counted within a time before; clocks of workers differ, so a little ahead counts, too."""
    return (_S.at > spend.at - within) & (_S.at <= spend.at + within)


async def _full(connection: AsyncConnection, spend: Spend, allowance: Allowance) -> Full:
    """Say when there is room again: once the last that fits into the allowance is that long ago."""
    last_but_room = (
        select(_S.at)
        .where(_S.scope == spend.scope, _S.kind == allowance.kind, _near(spend, allowance.within))
        .order_by(_S.at.desc())
        .offset(allowance.most - 1)
        .limit(1)
    )
    at = (await connection.execute(last_but_room)).scalar_one()
    return Full(allowance=allowance, until=at + allowance.within)
