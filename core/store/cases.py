"""Cases in the database: the port `Cases`.

A row holds the case as JSON; the columns beside it are only what the questions of the port ask for.
Id and version are the row's, so that they cannot differ from it.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Row, ScalarSelect, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.case import CLOSED, Case, adds, extended, opened
from core.errors import Stale
from core.model import ActionKind, Match, Message, Verdict
from core.store.chunks import chunks
from core.store.codec import CASE
from core.store.connect import Database, reading, writing
from core.store.ids import case_id, case_number
from core.store.schema import cases, grounds, rooms, warnings
from core.store.upsert import new_only

_ROW: Final = select(cases.c.number, cases.c.version, cases.c.body)

_PAGE: Final = 200
"""Messages whose cases are read at once; a case takes some kilobytes."""


class SqlCases:
    """Cases in a database.

    Args:
        database: Where.
        worker: In whose name leases are taken: one name per process, the same after a restart.
    """

    def __init__(self, database: Database, *, worker: str) -> None:
        self.database = database
        self._worker = worker

    @writing
    async def open(
        self,
        connection: AsyncConnection,
        message: Message,
        verdict: Verdict,
        *,
        at: datetime,
        about: tuple[str, ...] = (),
    ) -> Case:
        """Return the message's case, made or extended as the verdict asks, in one transaction.

        What any case of the message knows already is not new, also not when an older version of an
        edited message is delivered once more.
        """
        known = await _about(connection, message.id)
        if known and not _new(verdict, known):
            return known[-1]
        if known and known[-1].state not in CLOSED:
            case = await _save(connection, extended(known[-1], verdict))
            await _note_grounds(connection, case)
            return case
        case = opened("", message, verdict, at=at, about=about)
        return await _insert(connection, case, nth=len(known) + 1)

    @reading
    async def get(self, connection: AsyncConnection, case_id: str) -> Case | None:
        """Return a case as last saved; the id may be written as it was heard (`7k3`, `O` for zero)."""
        row = (await connection.execute(_ROW.where(cases.c.number == case_number(case_id)))).first()
        return _case(row) if row else None

    @reading
    async def about(self, connection: AsyncConnection, message_id: str) -> tuple[Case, ...]:
        """Return the cases of a message, oldest first."""
        return tuple(await _about(connection, message_id))

    async def of_messages(
        self, *, since: datetime, place: str | None = None
    ) -> AsyncIterator[tuple[tuple[Case, ...], ...]]:
        """Iterate over the messages that became cases, by their time, oldest first: pages of their cases."""
        here = () if place is None else (cases.c.place == place,)
        at, number = since, 0
        while page := await self._page(
            (cases.c.at, cases.c.number),
            *(cases.c.at >= at, or_(cases.c.at > at, cases.c.number > number), *here),
        ):
            yield tuple(page.values())
            at, number = next(reversed(page))

    async def before(
        self, message: Message, *, since: datetime
    ) -> AsyncIterator[tuple[tuple[Case, ...], ...]]:
        """Iterate over the messages of its place that became cases before one, latest first."""
        here = (cases.c.place == message.place.id, cases.c.at >= since)
        own = select(cases.c.number).where(cases.c.message_id == message.id, cases.c.nth == 1)
        at: datetime = message.at
        number: ScalarSelect[int] | int = own.scalar_subquery()
        while page := await self._page(
            (cases.c.at.desc(), cases.c.number.desc()),
            *(cases.c.at <= at, or_(cases.c.at < at, cases.c.number < number), *here),
        ):
            yield tuple(page.values())
            at, number = next(reversed(page))

    @reading
    async def _page(
        self,
        connection: AsyncConnection,
        order: Sequence[ColumnElement[object]],
        *which: ColumnElement[bool],
    ) -> dict[tuple[datetime, int], tuple[Case, ...]]:
        """Return some messages' cases, by the time of each message and the number of its first case."""
        firsts = await connection.execute(
            _ROW.add_columns(cases.c.at, cases.c.message_id)
            .where(cases.c.nth == 1, *which)
            .order_by(*order)
            .limit(_PAGE)
        )
        rows = firsts.all()
        more: dict[str, list[Case]] = defaultdict(list)
        for row in await connection.execute(
            _ROW.add_columns(cases.c.message_id)
            .where(cases.c.message_id.in_([row.message_id for row in rows]), cases.c.nth > 1)
            .order_by(cases.c.nth)
        ):
            more[row.message_id].append(_case(row))
        return {(row.at, row.number): (_case(row), *more[row.message_id]) for row in rows}

    @reading
    async def with_cases(self, connection: AsyncConnection, message_ids: Collection[str]) -> frozenset[str]:
        """Return those of some messages that became cases."""
        found: set[str] = set()
        for chunk in chunks(message_ids):
            known = select(cases.c.message_id).where(cases.c.message_id.in_(chunk), cases.c.nth == 1)
            found.update(await connection.scalars(known))
        return frozenset(found)

    @reading
    async def resting_on(self, connection: AsyncConnection, kind: str, value: str) -> tuple[Case, ...]:
        """Return the cases with a match of an entry of this kind and value, in any list, oldest first."""
        found = await connection.execute(
            _ROW.join(grounds, grounds.c.case_number == cases.c.number)
            .where(grounds.c.value == value, grounds.c.kind == kind)
            .order_by(cases.c.number)
        )
        return tuple(_case(row) for row in found)

    @reading
    async def warnings(self, connection: AsyncConnection, place: str, account: str) -> int:
        """Count the cases of an account in a place in which a warning stands."""
        mine = (warnings.c.account == account, warnings.c.place == place)
        return await connection.scalar(select(func.count()).select_from(warnings).where(*mine)) or 0

    @writing
    async def save(self, connection: AsyncConnection, case: Case) -> Case:
        """Save a changed case; returns it with its next version.

        Raises:
            Stale: It was saved by somebody else since it was loaded.
        """
        return await _save(connection, case)

    @writing
    async def lease(
        self, connection: AsyncConnection, case_id: str, *, now: datetime, until: datetime
    ) -> bool:
        """Take the right to carry out a case's actions; False while another worker holds it."""
        taken = await connection.execute(
            cases.update()
            .where(cases.c.number == case_number(case_id), self._free(now))
            .values(leased_by=self._worker, leased_until=until)
        )
        return taken.rowcount == 1

    @reading
    async def waiting(self, connection: AsyncConnection, *, now: datetime) -> tuple[str, ...]:
        """Return ids of cases with something to carry out that this worker may take, oldest first.

        What only waits to be shown, in a place without a room, is left out.
        """
        bound = select(rooms.c.place).where(rooms.c.place == cases.c.place).exists()
        numbers = await connection.scalars(
            select(cases.c.number)
            .where(cases.c.waiting, or_(cases.c.acting, bound), self._free(now))
            .order_by(cases.c.number)
        )
        return tuple(case_id(number) for number in numbers)

    def _free(self, now: datetime) -> ColumnElement[bool]:
        """Say of a row that this worker may take its lease."""
        return or_(
            cases.c.leased_by.is_(None), cases.c.leased_by == self._worker, cases.c.leased_until <= now
        )


async def _about(connection: AsyncConnection, message_id: str) -> list[Case]:
    found = await connection.execute(_ROW.where(cases.c.message_id == message_id).order_by(cases.c.nth))
    return [_case(row) for row in found]


def _case(row: Row[int, int, str]) -> Case:
    return replace(CASE.decode(row.body), id=case_id(row.number), version=row.version)


def _new(verdict: Verdict, known: Sequence[Case]) -> list[Match]:
    """Return the matches that none of the cases has."""
    return [m for m in verdict.matches if all(m in adds(case, verdict) for case in known)]


def _columns(case: Case) -> dict[str, object]:
    """Give what a row keeps of a case, apart from its identity."""
    return {
        "version": case.version,
        "place": case.message.place.id,
        "waiting": bool(case.waiting),
        "acting": any(a.kind is not ActionKind.REPORT for _, a in case.waiting),
        "body": CASE.encode(replace(case, id="", version=0)),
    }


async def _insert(connection: AsyncConnection, case: Case, *, nth: int) -> Case:
    row = cases.insert().values(message_id=case.message.id, at=case.message.at, nth=nth, **_columns(case))
    number = (await connection.execute(row.returning(cases.c.number))).scalar_one()
    made = replace(case, id=case_id(number))
    await _note_grounds(connection, made)
    return made


async def _note_grounds(connection: AsyncConnection, case: Case) -> None:
    """Note which entries a case rests on, so that it is found when one of them is taken back."""
    rests_on = {(match.entry.kind, match.entry.value) for match in case.verdict.matches}
    rows = [
        {"case_number": case_number(case.id), "kind": kind, "value": value}
        for kind, value in sorted(rests_on)
    ]
    if rows:
        await connection.execute(new_only(grounds, connection.dialect), rows)


async def _save(connection: AsyncConnection, case: Case) -> Case:
    """Write the next version over the one it was made from, or refuse."""
    following = replace(case, version=case.version + 1)
    written = await connection.execute(
        cases.update()
        .where(cases.c.number == case_number(case.id), cases.c.version == case.version)
        .values(**_columns(following))
    )
    if written.rowcount != 1:
        raise Stale(f"case {case.id} was changed by somebody else: load it again")
    if any(action.kind is ActionKind.WARN for action in case.actions):
        await _note_warning(connection, case)
    return following


async def _note_warning(connection: AsyncConnection, case: Case) -> None:
    """Note whether a warning stands in a case, so that it is counted."""
    number, message = case_number(case.id), case.message
    if case.warned and (who := message.author.identifiers):
        row = {"case_number": number, "place": message.place.id, "account": who[0]}
        await connection.execute(new_only(warnings, connection.dialect), row)
    else:
        await connection.execute(delete(warnings).where(warnings.c.case_number == number))
