"""What the bot says about itself in the moderators' rooms: the same thing once in each.

What is said is about policies and brakes, never about a member; so any moderator of the room may read it.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.errors import PlatformError, TryLater
from core.keeping import Notes, Rooms
from core.periodic import periodically
from core.ports import Platform

log = logging.getLogger(__name__)

SAID: Final = "announced/"
"""What the notes begin with that remember what was said."""

REMEMBERED: Final = timedelta(days=60)
PATIENCE: Final = timedelta(hours=1)
"""How long is tried what a busy platform does not take."""

EVERY_S: Final = 1.0
_MOST: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Same:
    """The same lines for every room."""

    lines: tuple[str, ...]

    def __call__(self, _places: Sequence[str]) -> Sequence[str]:
        """Return them."""
        return self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """What is to be said to the room of some places, and whose rooms are to hear it."""

    key: str
    lines: Callable[[Sequence[str]], Sequence[str]]
    places: tuple[str, ...] | None


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
        self._waiting: dict[_Word, datetime] = {}

    async def __call__(self, key: str, lines: Sequence[str], *, places: Iterable[str] | None = None) -> int:
        """Say lines, once for each key and room, whichever process is asked to.

        Args:
            key: The same for what is to be said once.
            lines: Plain text; what others wrote in it is harmless already.
            places: Whose rooms; all that are bound, if left out.

        Returns:
            In how many rooms it was said now; where it could not be, it is tried again for an hour.
        """
        same = _Same(lines=tuple(lines))
        return await self._begin(_Word(key=key, lines=same, places=None if places is None else tuple(places)))

    async def to_each(self, key: str, lines: Callable[[Sequence[str]], Sequence[str]]) -> int:
        """Say to each room what concerns the places whose cards it gets, as `__call__` otherwise.

        Args:
            key: The same for what is to be said once.
            lines: Gives what to say for some places; nothing, where nothing concerns them.
        """
        return await self._begin(_Word(key=key, lines=lines, places=None))

    async def again(self) -> None:
        """Try what could not be said yet."""
        for one, since in tuple(self._waiting.items()):
            if self._clock() - since > PATIENCE:
                self._waiting.pop(one, None)  # somebody else may have said it since
            else:
                await self._try(one)

    async def follow(self, *, every_s: float = EVERY_S) -> None:
        """Try again for ever; what fails is tried once more."""
        await periodically(self.again, every_s=every_s, failed="nothing can be announced")

    async def _begin(self, one: _Word) -> int:
        self._waiting[one] = self._clock()
        return await self._try(one)

    async def _try(self, one: _Word) -> int:
        said = [
            await self._say(_note(room, one.key), room, lines)
            for room, places in (await self._of(one.places)).items()
            if (lines := one.lines(places))
        ]
        # A process that is starting has no platform yet: nobody can have heard it.
        if self._platforms and None not in said:
            self._waiting.pop(one, None)
        else:
            # Who looked while it was being said took it for said.
            self._waiting.setdefault(one, self._clock())
        if any(said):
            before = (self._clock() - REMEMBERED).isoformat()
            await self._notes.forget(SAID, before=before, most=_MOST)
        return sum(map(bool, said))

    async def _of(self, places: Iterable[str] | None) -> Mapping[str, Sequence[str]]:
        """Return the rooms of some places that can be spoken in, each with those places."""
        if places is None:
            places = [place for name in self._platforms for place in await self._rooms.watched(name)]
        rooms: dict[str, list[str]] = {}
        for place in places:
            room = await self._rooms.room(place)
            if room and room.partition(":")[0] in self._platforms:
                rooms.setdefault(room, []).append(place)
        return rooms

    async def _say(self, note: str, room: str, lines: Sequence[str]) -> bool | None:
        """Say it in one room; False where it was said before, None where it cannot be said now."""
        if not await self._notes.first(note, self._clock().isoformat()):
            return False
        try:
            await self._platforms[room.partition(":")[0]].tell(room, lines)
        except TryLater as exc:
            await self._notes.forget(note, before="~", most=0)
            log.info("announced later", extra={"room": room, "why": str(exc)})
            return None
        except PlatformError as exc:
            log.warning("not announced", extra={"room": room, "why": str(exc)})
            return False
        return True


def _note(room: str, key: str) -> str:
    """Return the note of what was said; it ends so that none is the beginning of another one's."""
    return f"{SAID}{room}/{key}/"
