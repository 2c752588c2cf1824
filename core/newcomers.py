"""Who showed itself newly, or changed: remembered by account and place, so that few profiles are judged.

A mirror of a known account can be told by its profile, and a profile can be seen at a join, at a change, and
beside everything its owner writes. Judging it each time would cost a picture each time; so a short digest of
it is kept, in memory and as a note, and only what differs from that is news. A note is written after the
judging: whoever dies in between judges again, and no profile is lost. After `FOR_DAYS` a profile is news
again, which also brings it before lists that have grown since.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from weakref import WeakValueDictionary

from core.keeping import Notes
from core.model import Account, Happening, Message, Part, Place

FOR_DAYS: Final = 90
"""How long a profile is remembered."""

IN_MEMORY: Final = 50_000
"""About 20 MB."""

MOST_NOTES: Final = 500_000

PREFIX: Final = "profile/"
"""How the keys of these notes begin."""

_FOR: Final = timedelta(days=FOR_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How an account shows itself in a place.

    Attributes:
        looks: What else the event tells of it, such as its picture's id: another one is a change.
        is_whole: False where an event leaves out what others tell (the name in this place): then whatever
            was seen before counts as the same.
    """

    place: Place
    account: Account
    looks: str = ""
    is_whole: bool = True

    @property
    def digest(self) -> str:
        """A short hash, the same as long as nothing changes."""
        told = (self.account.id, self.account.name, self.account.handle, self.looks)
        return hashlib.sha256("\x00".join(told).encode()).hexdigest()[:16]

    def message(self, *, at: datetime, parts: tuple[Part, ...] = (), url: str = "") -> Message:
        """Return the message that an account showed itself so; the same profile is the same message.

        Args:
            at: When it was seen.
            parts: Its picture, its bio.
            url: Of the message beside which it was seen, or "".
        """
        number = self.account.id.rpartition("/")[2]
        return Message(
            id=f"{self.place.id}/profile-{number}-{self.digest}",
            place=self.place,
            author=self.account,
            at=at,
            happening=Happening.PROFILE,
            parts=parts,
            url=url,
        )


class Newcomers:
    """Remembers profiles.

    Args:
        notes: Where they are remembered across restarts.
        clock: The present moment.
        in_memory: Profiles known without asking for the note.
        most_notes: Notes that are kept; beyond that the oldest are forgotten, and their owners are news
            again.
    """

    def __init__(
        self,
        notes: Notes,
        clock: Callable[[], datetime],
        *,
        in_memory: int = IN_MEMORY,
        most_notes: int = MOST_NOTES,
    ) -> None:
        self._notes = notes
        self._clock = clock
        self._in_memory = in_memory
        self._most_notes = most_notes
        self._recent: OrderedDict[tuple[str, str], tuple[str, date]] = OrderedDict()
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._tidied: date | None = None

    async def meet(self, profile: Profile, judge: Callable[[], Awaitable[bool]]) -> None:
        """Have a profile judged if it is news; several events of one account at once judge it once.

        Args:
            profile: As it shows now. An account without an identifier cannot be remembered and is left out.
            judge: Has it judged; returns False if it could not be looked at now and is to stay news.
        """
        if not profile.account.id or self._is_recent(profile):
            return
        async with self._locks.setdefault(_key(profile), asyncio.Lock()):
            if await self.news(profile) and await judge():
                await self.remember(profile)

    async def news(self, profile: Profile) -> bool:
        """Tell whether an account showed itself here newly or changed."""
        if self._is_recent(profile):
            return False
        day, _, digest = (await self._notes.note(_note(profile)) or "").partition(" ")
        if day < (self._clock().date() - _FOR).isoformat():
            return True
        self._hold(profile, digest, date.fromisoformat(day))
        return not self._is_recent(profile)

    async def remember(self, profile: Profile) -> None:
        """Remember a profile that was judged; once a day also forget those that are too old or too many."""
        today = self._clock().date()
        digest = profile.digest
        await self._notes.keep(_note(profile), f"{today.isoformat()} {digest}")
        self._hold(profile, digest, today)
        if self._tidied != today:
            self._tidied = today
            await self._notes.forget(PREFIX, before=(today - _FOR).isoformat(), most=self._most_notes)

    def _is_recent(self, profile: Profile) -> bool:
        key = _key(profile)
        known = self._recent.get(key)
        if known is None or known[1] < self._clock().date() - _FOR:
            return False
        self._recent.move_to_end(key)
        return not profile.is_whole or known[0] == profile.digest

    def _hold(self, profile: Profile, digest: str, day: date) -> None:
        key = _key(profile)
        self._recent[key] = (digest, day)
        self._recent.move_to_end(key)
        if len(self._recent) > self._in_memory:
            self._recent.popitem(last=False)


def _key(profile: Profile) -> tuple[str, str]:
    return profile.place.id, profile.account.id


def _note(profile: Profile) -> str:
    return f"{PREFIX}{profile.place.id}/{profile.account.id}"
