"""Which moderators' room a place's cards go to, in the database: the port `Rooms`."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.connect import Database, reading, writing
from core.store.schema import codes, rooms
from core.store.upsert import upsert


class SqlRooms:
    """Bindings and binding codes in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @reading
    async def room(self, connection: AsyncConnection, place: str) -> str | None:
        """Return the room bound to a place, or None."""
        room: str | None = await connection.scalar(select(rooms.c.room).where(rooms.c.place == place))
        return room

    @reading
    async def places(self, connection: AsyncConnection, room: str) -> tuple[str, ...]:
        """Return the places bound to a room, in order of their ids."""
        found = await connection.scalars(
            select(rooms.c.place).where(rooms.c.room == room).order_by(rooms.c.place)
        )
        return tuple(found)

    @reading
    async def watched(self, connection: AsyncConnection, platform: str) -> tuple[str, ...]:
        """Return the places of a platform that are bound to a room, in order of their ids."""
        found = await connection.scalars(select(rooms.c.place).order_by(rooms.c.place))
        return tuple([place for place in found if place.partition(":")[0] == platform])

    @writing
    async def bind(self, connection: AsyncConnection, place: str, room: str) -> None:
        """Send a place's cards to a room from now on."""
        await connection.execute(
            upsert(rooms, connection.dialect, key="place"), {"place": place, "room": room}
        )

    @writing
    async def move(self, connection: AsyncConnection, old: str, new: str) -> None:
        """Follow a place or room whose id the platform changed; what the new id has already is kept."""
        if await connection.scalar(select(rooms.c.place).where(rooms.c.place == new)):
            await connection.execute(rooms.delete().where(rooms.c.place == old))
        await connection.execute(rooms.update().where(rooms.c.place == old).values(place=new))
        await connection.execute(rooms.update().where(rooms.c.room == old).values(room=new))
        await connection.execute(codes.update().where(codes.c.side == old).values(side=new))

    @writing
    async def offer(self, connection: AsyncConnection, side: str, *, code: str, until: datetime) -> None:
        """Keep a binding code that was given out in a place or room (`side`)."""
        await connection.execute(
            upsert(codes, connection.dialect, key="code"), {"code": code, "side": side, "until": until}
        )

    @writing
    async def redeem(self, connection: AsyncConnection, code: str, *, now: datetime) -> str | None:
        """Return the side a code was given out in, once; codes that are too old are forgotten."""
        await connection.execute(codes.delete().where(codes.c.until <= now))
        side: str | None = (
            await connection.execute(codes.delete().where(codes.c.code == code).returning(codes.c.side))
        ).scalar()
        return side
