"""Which moderators' room a place's cards go to, in the database: the port `Rooms`."""

from datetime import datetime

from sqlalchemy import select

from core.store.connect import Database
from core.store.schema import codes, rooms
from core.store.upsert import upsert


class SqlRooms:
    """Bindings and binding codes in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def room(self, place: str) -> str | None:
        """Return the room bound to a place, or None."""
        async with self._database.read() as connection:
            room: str | None = await connection.scalar(select(rooms.c.room).where(rooms.c.place == place))
        return room

    async def places(self, room: str) -> tuple[str, ...]:
        """Return the places bound to a room, in order of their ids."""
        async with self._database.read() as connection:
            found = await connection.scalars(
                select(rooms.c.place).where(rooms.c.room == room).order_by(rooms.c.place)
            )
            return tuple(found)

    async def bind(self, place: str, room: str) -> None:
        """Send a place's cards to a room from now on."""
        async with self._database.write() as connection:
            await connection.execute(
                upsert(rooms, connection.dialect, key="place"), {"place": place, "room": room}
            )

    async def move(self, old: str, new: str) -> None:
        """Follow a place or room whose id the platform changed; what the new id has already is kept."""
        async with self._database.write() as connection:
            if await connection.scalar(select(rooms.c.place).where(rooms.c.place == new)):
                await connection.execute(rooms.delete().where(rooms.c.place == old))
            await connection.execute(rooms.update().where(rooms.c.place == old).values(place=new))
            await connection.execute(rooms.update().where(rooms.c.room == old).values(room=new))
            await connection.execute(codes.update().where(codes.c.side == old).values(side=new))

    async def offer(self, side: str, *, code: str, until: datetime) -> None:
        """Keep a binding code that was given out in a place or room (`side`)."""
        async with self._database.write() as connection:
            await connection.execute(
                upsert(codes, connection.dialect, key="code"), {"code": code, "side": side, "until": until}
            )

    async def redeem(self, code: str, *, now: datetime) -> str | None:
        """Return the side a code was given out in, once; codes that are too old are forgotten."""
        async with self._database.write() as connection:
            await connection.execute(codes.delete().where(codes.c.until <= now))
            side: str | None = (
                await connection.execute(codes.delete().where(codes.c.code == code).returning(codes.c.side))
            ).scalar()
        return side
