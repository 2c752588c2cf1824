"""Where a chat is now: a group that becomes a supergroup gets another id, and its cases keep the old one."""

from bots.kit import Desk
from bots.telegram.identity import PLATFORM, chat_id_of
from core.keeping import Notes


class Whereabouts:
    """Follows chats that moved.

    Args:
        desk: Whose bindings move along.
        notes: Where moves are remembered.
    """

    def __init__(self, *, desk: Desk, notes: Notes) -> None:
        self._desk = desk
        self._notes = notes

    async def chat_id(self, place: str) -> int:
        """Return the present id of a place's or room's chat."""
        moved = await self._notes.note(f"telegram.moved/{place}")
        return int(moved) if moved else chat_id_of(place)

    async def moved(self, old: int, new: int) -> None:
        """Remember a move, and let bindings follow; open cases of the old id keep their room."""
        before, after = f"{PLATFORM}:{old}", f"{PLATFORM}:{new}"
        room = await self._desk.room(before)
        await self._notes.keep(f"telegram.moved/{before}", str(new))
        await self._desk.move(before, after)
        if room is not None:
            await self._desk.bind(before, room)
