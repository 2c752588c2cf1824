"""Policies in force, past and proposed, in the database: the port `PolicyStore`."""

import json
from dataclasses import fields, replace
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.keeping import EVERYWHERE, PROPOSALS, Version
from core.store.connect import Database, reading, writing
from core.store.entries import columns_of
from core.store.schema import policies

_KEPT: Final = tuple(field.name for field in fields(Version) if field.name != "number")
_P: Final = policies.c


class SqlPolicies:
    """Policies in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @writing
    async def put(self, connection: AsyncConnection, version: Version, *, seen: int | None = None) -> Version:
        """Keep a version under the next number, unless its proposal was made live, or `seen` is old."""
        if version.origin is not None:
            made = select(policies).where(_P.origin == version.origin)
            if before := (await connection.execute(made)).first():
                return _version_of(columns_of(before))
        if seen is not None:
            newer = select(policies).where(
                _P.place.in_({version.place, EVERYWHERE}), _P.live, _P.number > seen
            )
            if meanwhile := (await connection.execute(newer.order_by(_P.number.desc()))).first():
                return _version_of(columns_of(meanwhile))
        row = {name: getattr(version, name) for name in _KEPT} | {"files": json.dumps(version.files)}
        put = await connection.execute(policies.insert(), row)
        (number,) = put.inserted_primary_key or (0,)
        if not version.live:
            proposals = select(_P.number).where(_P.place == version.place, ~_P.live)
            old = proposals.order_by(_P.number.desc()).offset(PROPOSALS)
            if numbers := list(await connection.scalars(old)):
                await connection.execute(delete(policies).where(_P.number.in_(numbers)))
        return replace(version, number=number)

    @reading
    async def version(self, connection: AsyncConnection, number: int) -> Version | None:
        """Return a version, or None."""
        row = (await connection.execute(select(policies).where(_P.number == number))).first()
        return _version_of(columns_of(row)) if row else None

    @reading
    async def in_force(self, connection: AsyncConnection) -> tuple[Version, ...]:
        """Return the newest live version of each place that ever had one, by place."""
        newest = select(func.max(_P.number)).where(_P.live).group_by(_P.place)
        rows = await connection.execute(select(policies).where(_P.number.in_(newest)).order_by(_P.place))
        return tuple([_version_of(columns_of(row)) for row in rows])

    @reading
    async def history(self, connection: AsyncConnection, place: str, *, limit: int) -> tuple[Version, ...]:
        """Return the live versions of a place, newest first."""
        of_place = select(policies).where(_P.place == place, _P.live)
        rows = await connection.execute(of_place.order_by(_P.number.desc()).limit(limit))
        return tuple([_version_of(columns_of(row)) for row in rows])

    @reading
    async def newest(self, connection: AsyncConnection) -> int:
        """Return the number of the newest live version; 0 where there is none."""
        return await connection.scalar(select(func.max(_P.number)).where(_P.live)) or 0


def _version_of(columns: dict[str, object]) -> Version:
    files = tuple((str(name), str(text)) for name, text in json.loads(str(columns.pop("files"))))
    return Version(files=files, **columns)  # type: ignore[arg-type]  # each column has its field's type
