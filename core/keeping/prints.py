"""Where the fingerprints of recent messages are kept."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


class Print(NamedTuple):
    """One thing that a message was recognised by: a canonical identifier or a hash, never its content."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is remembered of a message for a while, so that a list that comes later can be asked about it.

    Attributes:
        place, place_name: The id of the place, and what members called it; policies name places by either.
        author, handle: The author's stable identifier and public name, salted: equal for the same one, and
            not to be read; "" where there is none.
        forwarded: The message was passed on from elsewhere.
    """

    message_id: str
    place: str
    place_name: str = ""
    author: str = ""
    handle: str = ""
    at: datetime
    url: str = ""
    forwarded: bool = False
    prints: frozenset[Print] = frozenset()


class Prints(Protocol):
    """Where the fingerprints of recent messages are kept. Messages are named by the store's own numbers."""

    async def record(self, sightings: Sequence[Sighting]) -> None:
        """Remember messages; what an edit adds joins what is known of its message."""
        ...

    async def met(self, prints: Collection[Print], *, since: datetime) -> tuple[tuple[int, Print], ...]:
        """Return the messages that had one of these prints, each with it, oldest first."""
        ...

    async def wrote(self, salted: Collection[str], *, since: datetime) -> tuple[tuple[int, str], ...]:
        """Return the messages of these authors, each with the salted identifier, oldest first."""
        ...

    def of_kind(self, kind: str, *, since: datetime) -> AsyncIterator[tuple[tuple[int, str], ...]]:
        """Iterate over all prints of a kind, a page of messages with values at a time."""
        ...

    def remembered(self, *, since: datetime, place: str | None = None) -> AsyncIterator[tuple[Sighting, ...]]:
        """Iterate over the messages since a moment with their prints, oldest first, a page at a time."""
        ...

    async def sightings(self, numbers: Collection[int]) -> dict[int, Sighting]:
        """Return messages by number, without their prints; those forgotten since are left out."""
        ...

    async def forget(self, *, before: datetime) -> int:
        """Forget the messages before a moment; returns how many."""
        ...
