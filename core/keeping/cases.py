"""Where cases are kept, which room a place's cards go to, and small notes."""

from collections.abc import AsyncIterator, Collection
from datetime import datetime
from typing import Protocol

from core.case import Case
from core.model import Message, Verdict


class Cases(Protocol):
    """Where cases are kept."""

    async def open(
        self, message: Message, verdict: Verdict, *, at: datetime, about: tuple[str, ...] = ()
    ) -> Case:
        """Return the message's case, made (about other cases) or extended as the verdict asks.

        A message has one open case at most: a verdict that brings nothing new returns it unchanged, new
        matches extend it while it is not closed, and open a new one after that.
        """
        ...

    async def get(self, case_id: str) -> Case | None:
        """Return a case as last saved, by its id as somebody may have written it, or None."""
        ...

    async def about(self, message_id: str) -> tuple[Case, ...]:
        """Return the cases of a message, oldest first."""
        ...

    def of_messages(
        self, *, since: datetime, place: str | None = None
    ) -> AsyncIterator[tuple[tuple[Case, ...], ...]]:
        """Iterate over the messages that became cases, by their time, oldest first: pages of their cases.

        The time of a message's first case counts; its cases come together, oldest first.
        """
        ...

    def before(self, message: Message, *, since: datetime) -> AsyncIterator[tuple[tuple[Case, ...], ...]]:
        """Iterate over the messages of its place that became cases before one, latest first.

        As `of_messages` otherwise. Of messages of the same time, those came before whose first case is older.
        """
        ...

    async def with_cases(self, message_ids: Collection[str]) -> frozenset[str]:
        """Return those of some messages that became cases."""
        ...

    async def resting_on(self, kind: str, value: str) -> tuple[Case, ...]:
        """Return the cases with a match of an entry of this kind and value, in any list, oldest first."""
        ...

    async def warnings(self, place: str, account: str) -> int:
        """Count the cases of an account (a canonical identifier) in a place in which a warning stands."""
        ...

    async def save(self, case: Case) -> Case:
        """Save a changed case; returns it with its next version.

        Raises:
            Stale: It was saved by somebody else since it was loaded.
        """
        ...

    async def lease(self, case_id: str, *, now: datetime, until: datetime) -> bool:
        """Take the right to carry out a case's actions; False while another worker holds it.

        A worker of the same name may always take it again; `until` in the past gives it back.
        """
        ...

    async def waiting(self, *, now: datetime) -> tuple[str, ...]:
        """Return ids of cases with actions still to carry out whose lease is free or one's own.

        A case that only waits to be shown, in a place that has no room yet, is left out: there may be
        many, and nothing can be done about them until a room is bound.
        """
        ...


class Rooms(Protocol):
    """Which moderators' room a place's cards go to."""

    async def room(self, place: str) -> str | None:
        """Return the room bound to a place, or None."""
        ...

    async def places(self, room: str) -> tuple[str, ...]:
        """Return the places bound to a room."""
        ...

    async def watched(self, platform: str) -> tuple[str, ...]:
        """Return the places of a platform that are bound to a room, in order of their ids."""
        ...

    async def bind(self, place: str, room: str) -> None:
        """Send a place's cards to a room from now on."""
        ...

    async def move(self, old: str, new: str) -> None:
        """Follow a place or room whose id the platform changed."""
        ...

    async def offer(self, side: str, *, code: str, until: datetime) -> None:
        """Keep a binding code that was given out in a place or room (`side`)."""
        ...

    async def redeem(self, code: str, *, now: datetime) -> str | None:
        """Return the side a code was given out in, once; None if it is unknown, used or too old."""
        ...


class Notes(Protocol):
    """Small facts a listener must remember across restarts: an offset, a last seen message."""

    async def note(self, key: str) -> str | None:
        """Return a note, or None."""
        ...

    async def keep(self, key: str, value: str) -> None:
        """Write a note, over the old one."""
        ...

    async def first(self, key: str, value: str) -> bool:
        """Write a note where there is none; tells whether there was none, to one caller of all that ask."""
        ...

    async def forget(self, prefix: str, *, before: str, most: int) -> None:
        """Forget some of the notes whose key begins with a prefix.

        Args:
            prefix: How their keys begin.
            before: Those whose value sorts before it go.
            most: Of the rest, so many stay: those whose values sort last.
        """
        ...
