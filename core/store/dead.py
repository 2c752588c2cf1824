"""The items of the inbox in the database that failed for good: the port `Dead`.

What they are called in their table is settled by `core.inbox.sql`, which lays them there.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from core.keeping import GivenUp
from core.store.chunks import chunks
from core.store.columns import Moment
from core.store.connect import Database, reading, writing
from core.store.schema import inbox

_I: Final = inbox.c
_DEAD: Final = _I.state == "dead"
_GIVEN_UP: Final = select(
    _I.id, _I.platform, _I.body, _I.attempt, type_coerce(_I.due, Moment).label("since"), _I.why
)
_NUMBER: Final = re.compile(r"[0-9]{1,18}")
"""An item's id as a person may give it; a longer one no database can look for."""


class SqlDead:
    """What the inbox in a database laid among the dead.

    Args:
        database: Where the items are.
        clock: The present moment, with a time zone.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self.database = database
        self._clock = clock

    @reading
    async def given_up(self, connection: AsyncConnection, *, limit: int) -> tuple[GivenUp, ...]:
        """Return items that were given up, oldest first."""
        rows = await connection.execute(_GIVEN_UP.where(_DEAD).order_by(_I.id).limit(limit))
        return tuple(
            GivenUp(
                id=str(row.id),
                platform=row.platform,
                body=row.body,
                attempt=row.attempt,
                at=row.since,
                why=row.why or "",
            )
            for row in rows
        )

    @reading
    async def deaths(self, connection: AsyncConnection) -> int:
        """Return how many there are."""
        return await connection.scalar(select(func.count()).where(_DEAD)) or 0

    @writing
    async def again(self, connection: AsyncConnection, ids: Sequence[str] | None) -> int:
        """Hand some of them out anew, or all; the workers see them at their next look."""
        now = type_coerce(self._clock(), Moment)
        anew = inbox.update().where(_DEAD).values(state="ready", attempt=0, due=now, why=None)
        if ids is None:
            return (await connection.execute(anew)).rowcount
        numbers = {int(one) for one in ids if _NUMBER.fullmatch(one)}
        some = [anew.where(_I.id.in_(chunk)) for chunk in chunks(sorted(numbers))]
        return sum([(await connection.execute(one)).rowcount for one in some])
