"""Fingerprints of recent messages in the database: the port `Prints`."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.keeping import Print, Sighting
from core.store.chunks import chunks
from core.store.connect import Database, reading, writing
from core.store.entries import AnyRow
from core.store.schema import prints, sightings
from core.store.straight import Prepared
from core.store.upsert import new_only

_PAGE: Final = 10_000

_MESSAGES: Final = 500
"""Messages that are read at once with all of their prints."""

_S: Final = sightings.c
_P: Final = prints.c
_SIGHTING: Final = ("message_id", "place", "url", "author", "handle", "at", "forwarded", "place_name")
_MARKED: Final = select(
    _S.id, bindparam("of_kind", type_=_P.kind.type), bindparam("print", type_=_P.value.type)
).where(_S.message_id == bindparam("message"))
_MET: Final = (
    select(_P.sighting, _P.kind, _P.value)
    .join(sightings, _S.id == _P.sighting)
    .where(
        _P.value.in_(bindparam("values", expanding=True)),
        _P.kind == bindparam("of_kind"),
        _S.at >= bindparam("since"),
    )
)


class SqlPrints:
    """Fingerprints in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._sighting = Prepared(new_only(sightings, database.dialect), database.dialect, keys=_SIGHTING)
        marked = new_only(prints, database.dialect).from_select(("sighting", "kind", "value"), _MARKED)
        self._print = Prepared(marked, database.dialect)

    async def record(self, seen: Sequence[Sighting]) -> None:
        """Remember messages; what an edit adds joins what is known of its message."""
        rows = [{name: getattr(one, name) for name in _SIGHTING} for one in seen]
        marks = [
            {"message": one.message_id, "of_kind": kind, "print": value}
            for one in seen
            for kind, value in one.prints
        ]
        if rows:
            await self.database.carry_out((self._sighting, rows), (self._print, marks))

    @reading
    async def met(
        self, connection: AsyncConnection, wanted: Collection[Print], *, since: datetime
    ) -> tuple[tuple[int, Print], ...]:
        """Return the messages that had one of these prints, each with it, oldest first."""
        found: list[tuple[int, Print]] = []
        for kind in sorted({one.kind for one in wanted}):
            for chunk in chunks([one.value for one in wanted if one.kind == kind]):
                asked = {"values": chunk, "of_kind": kind, "since": since}
                rows = await connection.execute(_MET, asked)
                found += [(row.sighting, Print(row.kind, row.value)) for row in rows]
        return tuple(sorted(found))

    @reading
    async def wrote(
        self, connection: AsyncConnection, salted: Collection[str], *, since: datetime
    ) -> tuple[tuple[int, str], ...]:
        """Return the messages of these authors, each with the salted identifier, oldest first."""
        found: list[tuple[int, str]] = []
        for column in (_S.author, _S.handle):
            for chunk in chunks(salted):
                rows = await connection.execute(
                    select(_S.id, column.label("who")).where(column.in_(chunk), _S.at >= since)
                )
                found += [(row.id, row.who) for row in rows]
        return tuple(sorted(found))

    async def of_kind(self, kind: str, *, since: datetime) -> AsyncIterator[tuple[tuple[int, str], ...]]:
        """Iterate over all prints of a kind, a page of messages with values at a time."""
        after = (0, "")
        while page := await self._page(kind, since, after):
            yield page
            after = page[-1]

    @reading
    async def _page(
        self, connection: AsyncConnection, kind: str, since: datetime, after: tuple[int, str]
    ) -> tuple[tuple[int, str], ...]:
        rows = await connection.execute(
            select(_P.sighting, _P.value)
            .join(sightings, _S.id == _P.sighting)
            .where(_P.kind == kind, _S.at >= since, _beyond(after))
            .order_by(_P.sighting, _P.value)
            .limit(_PAGE)
        )
        return tuple((row.sighting, row.value) for row in rows)

    async def remembered(
        self, *, since: datetime, place: str | None = None
    ) -> AsyncIterator[tuple[Sighting, ...]]:
        """Iterate over the messages since a moment with their prints, oldest first, a page at a time."""
        after = (since, 0)
        while page := await self._messages(after, place):
            yield tuple(page.values())
            last = next(reversed(page))
            after = (page[last].at, last)

    @reading
    async def _messages(
        self, connection: AsyncConnection, after: tuple[datetime, int], place: str | None
    ) -> dict[int, Sighting]:
        at, number = after
        here = () if place is None else (_S.place == place,)
        page = (
            select(sightings)
            .where(_S.at >= at, (_S.at > at) | (_S.id > number), *here)
            .order_by(_S.at, _S.id)
            .limit(_MESSAGES)
            .subquery()
        )
        rows = await connection.execute(
            select(page, _P.kind, _P.value)
            .outerjoin(prints, _P.sighting == page.c.id)
            .order_by(page.c.at, page.c.id)  # SQLite would keep the page's own order, PostgreSQL need not
        )
        return {n: _with_prints(list(several)) for n, several in groupby(rows, attrgetter("id"))}

    @reading
    async def sightings(self, connection: AsyncConnection, numbers: Collection[int]) -> dict[int, Sighting]:
        """Return messages by number, without their prints; those forgotten since are left out."""
        found: dict[int, Sighting] = {}
        for chunk in chunks(numbers):
            for row in await connection.execute(select(sightings).where(_S.id.in_(chunk))):
                found[row.id] = _sighting(row)
        return found

    @writing
    async def forget(self, connection: AsyncConnection, *, before: datetime) -> int:
        """Forget the messages before a moment; returns how many."""
        old = select(_S.id).where(_S.at < before)
        await connection.execute(delete(prints).where(_P.sighting.in_(old)))
        return (await connection.execute(delete(sightings).where(_S.at < before))).rowcount


def _beyond(after: tuple[int, str]) -> ColumnElement[bool]:
    """Say that a print comes after one, in the order of pages."""
    number, value = after
    return (_P.sighting > number) | ((_P.sighting == number) & (_P.value > value))


def _sighting(row: AnyRow, prints: frozenset[Print] = frozenset()) -> Sighting:
    """Give what a row says of a message."""
    return Sighting(
        message_id=row.message_id,
        place=row.place,
        place_name=row.place_name,
        author=row.author,
        handle=row.handle,
        at=row.at,
        url=row.url,
        forwarded=row.forwarded,
        prints=prints,
    )


def _with_prints(rows: Sequence[AnyRow]) -> Sighting:
    """Give a message of its rows: one for each print, or one without any."""
    return _sighting(rows[0], frozenset(Print(row.kind, row.value) for row in rows if row.kind is not None))
