"""What the bot says about itself in the moderators' rooms: the same thing once in each.

What is said is about policies and brakes, never about a member; so any moderator of the room may read it.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from core.errors import PlatformError
from core.keeping import Notes, Rooms
from core.ports import Platform

log = logging.getLogger(__name__)

SAID: Final = "announced/"
"""What the notes begin with that remember what was said."""

REMEMBERED: Final = timedelta(days=60)
_MOST: Final = 10_000


class Announcer:
    """Says something in rooms.

    Args:
        rooms: Which rooms there are.
        notes: Where it is remembered what was said.
        platforms: By name, what the rooms are on.
        clock: The present moment.
    """

    def __init__(
        self,
        rooms: Rooms,
        notes: Notes,
        platforms: Mapping[str, Platform],
        clock: Callable[[], datetime],
    ) -> None:
        self._rooms = rooms
        self._notes = notes
        self._platforms = platforms
        self._clock = clock

    async def __call__(self, key: str, lines: Sequence[str], *, places: Iterable[str] | None = None) -> int:
        """Say lines, once for each key and room, whichever process is asked to.

        Args:
            key: The same for what is to be said once.
            lines: Plain text; what others wrote in it is harmless already.
            places: Whose rooms; all that are bound, if left out.

        Returns:
            In how many rooms it was said now.
        """
        said = 0
        for room in await self._of(places):
            said += await self._say(f"{SAID}{room}/{key}", room, lines)
        if said:
            before = (self._clock() - REMEMBERED).isoformat()
            await self._notes.forget(SAID, before=before, most=_MOST)
        return said

    async def _of(self, places: Iterable[str] | None) -> Sequence[str]:
        if places is None:
            places = [place for name in self._platforms for place in await self._rooms.watched(name)]
        rooms = [room for place in places if (room := await self._rooms.room(place))]
        return tuple(dict.fromkeys(rooms))

    async def _say(self, note: str, room: str, lines: Sequence[str]) -> bool:
        platform = self._platforms.get(room.partition(":")[0])
        if platform is None or not await self._notes.first(note, self._clock().isoformat()):
            return False
        try:
            await platform.tell(room, lines)
        except PlatformError as exc:
            # Whoever asks again may say it then.
            await self._notes.forget(note, before="~", most=0)
            log.warning("not announced", extra={"room": room, "why": str(exc)})
            return False
        return True
