"""Fingerprints of recent messages in the database: the port `Prints`."""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.keeping import Print, Sighting
from core.store.connect import Database, reading, writing
from core.store.schema import prints, sightings
from core.store.straight import Prepared
from core.store.upsert import new_only

T = TypeVar("T")

_ASKED: Final = 400
"""Values in one question, as in `core.store.banks`."""

_PAGE: Final = 10_000

_S: Final = sightings.c
_P: Final = prints.c
_SIGHTING: Final = ("message_id", "place", "url", "author", "handle", "at")
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
            for chunk in _chunks([one.value for one in wanted if one.kind == kind]):
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
            for chunk in _chunks(salted):
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

    @reading
    async def sightings(self, connection: AsyncConnection, numbers: Collection[int]) -> dict[int, Sighting]:
        """Return messages by number, without their prints; those forgotten since are left out."""
        found: dict[int, Sighting] = {}
        for chunk in _chunks(numbers):
            for row in await connection.execute(select(sightings).where(_S.id.in_(chunk))):
                found[row.id] = Sighting(
                    message_id=row.message_id,
                    place=row.place,
                    author=row.author,
                    handle=row.handle,
                    at=row.at,
                    url=row.url,
                )
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


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, _ASKED)):
        yield chunk
