"""The inbox as a table of the database: the default, for one machine.

An item is `ready`, then `taken` by a worker under a lease, then `done`, or `dead` after too many attempts.
What a worker left behind by dying is handed out again one item at a time: if one of them killed it, that
one goes on to use up its attempts alone, and its neighbours do not die with it.
A done item keeps its key for a while, so that a late second delivery is known, and loses its body at once;
a dead one keeps both for a week.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from operator import itemgetter
from typing import Final, cast

from sqlalchemy import ColumnElement, Delete, Row, Update, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from core.inbox import terms
from core.inbox.terms import ATTEMPTS, DEAD_S, KEPT_S, LEASE_S, LOOK_EVERY_S, SECOND, clean, micros, now_utc
from core.ports import Delivery, Item
from core.store.connect import Database, reading, writing
from core.store.schema import inbox
from core.store.straight import Prepared
from core.store.upsert import new_only

log = logging.getLogger(__name__)

POLL_S: Final = 0.5
"""How often a waiting worker looks for what other processes put in; its own process wakes it at once."""

_TIDY_EVERY_S: Final = 10.0
_TIDY_ROWS: Final = 10_000

_READY, _TAKEN, _DONE, _DEAD = "ready", "taken", "done", "dead"

_Found = Row[int, str, str, int]


def _taking(which: ColumnElement[bool]) -> ReturningUpdate[int, str, str, int]:
    """Give the statement that writes a name and a new lease on the oldest of some items, and returns them."""
    oldest = select(inbox.c.id).where(which).order_by(inbox.c.id).limit(bindparam("most"))
    return (
        inbox.update()
        .where(inbox.c.id.in_(oldest.with_for_update(skip_locked=True)))
        .values(state=_TAKEN, worker=bindparam("me"), attempt=inbox.c.attempt + 1, due=bindparam("until"))
        .returning(inbox.c.id, inbox.c.platform, inbox.c.body, inbox.c.attempt)
    )


# Built once: putting a statement together takes longer than carrying it out.
_OVER = inbox.c.due <= bindparam("now")
_OURS = and_(inbox.c.worker == bindparam("me"), inbox.c.id.not_in(bindparam("handed", expanding=True)))
_TAKE_READY = _taking(and_(inbox.c.state == _READY, _OVER))
_TAKE_EXPIRED = _taking(and_(inbox.c.state == _TAKEN, _OVER))
_TAKE_FORGOTTEN = _taking(and_(inbox.c.state == _TAKEN, or_(_OVER, _OURS)))
_FINISHED = select(inbox.c.id).where(inbox.c.state == _DONE).order_by(inbox.c.id).limit(_TIDY_ROWS)
_TIDY = inbox.delete().where(inbox.c.id.in_(_FINISHED), _OVER)  # they lie about in the order of their numbers
_DECAY = inbox.delete().where(inbox.c.state == _DEAD, _OVER)
_BURY = (
    inbox.update()
    .where(inbox.c.id == bindparam("number"))
    .values(
        state=_DEAD, worker=None, attempt=bindparam("attempts"), due=bindparam("since"), why=terms.WORKER_DIED
    )
)
_FORGET = (
    inbox.update()
    .where(inbox.c.id.between(bindparam("first"), bindparam("last")))
    .values(state=_DONE, body="", worker=None, due=bindparam("until"))
)
_HAND_BACK = (
    inbox.update()
    .where(
        inbox.c.id == bindparam("number"),
        inbox.c.state == _TAKEN,
        inbox.c.attempt == bindparam("attempts"),
    )
    .values(state=bindparam("fate"), worker=None, due=bindparam("until"), why=bindparam("reason"))
)


_PUT = ("key", "platform", "body", "state", "attempt", "due")


class SqlInbox:
    """The port `Inbox` on a database.

    Args:
        database: Where the items are.
        worker: In whose name items are claimed: one name per process, the same after a restart.
        clock: The present moment, with a time zone.
        lease_s: Seconds until a claimed item is handed to somebody else.
        attempts: How often an item is handed out.
    """

    def __init__(
        self,
        database: Database,
        *,
        worker: str,
        clock: Callable[[], datetime] = now_utc,
        lease_s: float = LEASE_S,
        attempts: int = ATTEMPTS,
    ) -> None:
        self.database = database
        self._worker = worker
        self._clock = clock
        self._lease = int(lease_s * SECOND)
        self._attempts = attempts
        self._put = Prepared(new_only(inbox, database.dialect), database.dialect, keys=_PUT)
        self._ready = Prepared(_TAKE_READY, database.dialect)
        self._forget = Prepared(_FORGET, database.dialect)
        self._news = asyncio.Event()
        self._claiming = asyncio.Lock()
        self._handed: set[int] = set()
        # Our name may hold items that nobody works on: from before a restart, or from a claim that was
        # cancelled after it was written.
        self._unsure = True
        self._look_at = 0
        self._tidy_at = 0

    async def put(self, items: Sequence[Item]) -> int:
        """Take items in, all or none; returns how many were new."""
        now = self._now()
        rows = [
            {
                "key": clean(item.key),
                "platform": item.platform,
                "body": clean(item.body),
                "state": _READY,
                "attempt": 0,
                "due": now,
            }
            for item in items
        ]
        if not rows:
            return 0
        await self._tidy(now)
        _, new = await self.database.carry_out((self._put, rows))
        self._news.set()
        return new

    async def claim(self, limit: int, *, wait_s: float) -> tuple[Delivery, ...]:
        """Hand out up to `limit` deliveries, oldest first; waits up to `wait_s` for the first.

        Cancelled at any moment, it loses nothing: what it had claimed is handed out by the next claim.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait_s
        while True:
            self._news.clear()
            deliveries = await self._take(limit)
            left = deadline - loop.time()
            if deliveries or left <= 0:
                return deliveries
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, POLL_S)):
                    await self._news.wait()

    async def done(self, deliveries: Sequence[Delivery]) -> None:
        """Forget deliveries that had their effect; only their keys stay, for a while."""
        ids = sorted({int(delivery.id) for delivery in deliveries})
        until = self._now() + int(KEPT_S * SECOND)
        runs = [{"first": first, "last": last, "until": until} for first, last in _runs(ids)]
        if runs:
            # Where a power cut takes it back, they are done once more.
            await self.database.carry_out((self._forget, runs), lasting=False)
        self._handed.difference_update(ids)

    async def failed(self, delivery: Delivery, reason: str, *, after_s: float) -> None:
        """Hand it out again in `after_s` seconds, or lay it among the dead after the last attempt.

        A delivery whose lease ran out and that somebody else has now is left to them.
        """
        number = int(delivery.id)
        last = delivery.attempt >= self._attempts
        given = {
            "number": number,
            "attempts": delivery.attempt,
            "fate": _DEAD if last else _READY,
            "until": self._now() + (0 if last else int(after_s * SECOND)),
            "reason": terms.brief(reason) if last else None,
        }
        await self._write(_HAND_BACK, given)
        self._handed.discard(number)
        facts = {"platform": delivery.platform, "attempt": delivery.attempt, "why": reason}
        if last:
            log.error("delivery given up", extra=facts)
        else:
            log.warning("delivery failed", extra=facts)

    @reading
    async def depth(self, connection: AsyncConnection) -> int:
        """Return how many items wait or are being worked on."""
        counted = select(func.count()).where(inbox.c.state.in_((_READY, _TAKEN)))
        return int((await connection.execute(counted)).scalar_one())

    async def close(self) -> None:
        """Let go of nothing: the connections are the database's."""

    def _now(self) -> int:
        return micros(self._clock())

    async def _take(self, limit: int) -> tuple[Delivery, ...]:
        """Claim; one claim at a time, so that none takes what another has just written for left behind."""
        async with self._claiming:
            now = self._now()
            look = self._unsure or now >= self._look_at
            own, self._unsure = self._unsure, True
            rows: Sequence[_Found] = await self._left_behind(own=own) if look else ()
            alone = bool(rows)
            if not alone:
                given = {"now": now, "until": now + self._lease, "me": self._worker, "most": limit}
                found, _ = await self.database.carry_out((self._ready, [given]), lasting=False)
                rows = cast("list[_Found]", found)
            self._unsure = own and alone
            self._look_at = now if alone else now + int(LOOK_EVERY_S * SECOND)
            deliveries = _deliveries(rows)
            self._handed.update(int(delivery.id) for delivery in deliveries)
            return deliveries

    @writing
    async def _left_behind(self, connection: AsyncConnection, *, own: bool) -> Sequence[_Found]:
        """Take the oldest item that a worker left behind, burying those that used up their attempts.

        Left behind is what a lease ran out on, and (`own`) what bears our name though we know nothing of it.
        """
        taking = _TAKE_FORGOTTEN if own else _TAKE_EXPIRED
        while rows := await self._run(connection, taking, 1):
            if rows[0].attempt <= self._attempts:
                return rows
            given = {"number": rows[0].id, "attempts": self._attempts, "since": self._now()}
            await connection.execute(_BURY, given)
            log.error("delivery given up", extra={"platform": rows[0].platform, "why": terms.WORKER_DIED})
        return ()

    async def _run(
        self, connection: AsyncConnection, taking: ReturningUpdate[int, str, str, int], most: int
    ) -> Sequence[_Found]:
        """Carry out one of the statements that take items."""
        now = self._now()
        given: dict[str, object] = {
            "now": now,
            "until": now + self._lease,
            "me": self._worker,
            "most": most,
        }
        if taking is _TAKE_FORGOTTEN:
            given["handed"] = list(self._handed)
        return (await connection.execute(taking, given)).all()

    async def _tidy(self, now: int) -> None:
        """From time to time forget the keys of what was done long ago, and what was given up long ago."""
        if now >= self._tidy_at:
            await self._write(_TIDY, {"now": now})
            await self._write(_DECAY, {"now": now - int(DEAD_S * SECOND)})
            self._tidy_at = now + int(_TIDY_EVERY_S * SECOND)

    @writing
    async def _write(
        self, connection: AsyncConnection, statement: Update | Delete, given: Mapping[str, object]
    ) -> None:
        await connection.execute(statement, given)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give numbers as runs of following ones; a batch is mostly one."""
    first = 0
    for place, number in enumerate(numbers):
        if place + 1 == len(numbers) or numbers[place + 1] != number + 1:
            yield numbers[first], number
            first = place + 1


def _deliveries(rows: Iterable[_Found]) -> tuple[Delivery, ...]:
    return tuple(
        Delivery(id=str(number), platform=platform, body=body, attempt=attempt)
        for number, platform, body, attempt in sorted(rows, key=itemgetter(0))
    )
