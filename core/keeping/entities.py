"""Where the listings of designated organisations are kept."""

from collections.abc import Sequence
from typing import Protocol

from core.entity import Listing


class Entities(Protocol):
    """Where the listings of designated organisations are kept."""

    async def listings(self) -> tuple[Listing, ...]:
        """Return every listing, those that are gone from their list included, by list and key."""
        ...

    async def put(self, listings: Sequence[Listing]) -> None:
        """Keep listings, all or none; each in the place of one of the same list and key."""
        ...

    async def revision(self) -> int:
        """Return a number that grows with every `put` of something; 0 before the first."""
        ...

    async def named(self) -> tuple[tuple[str, str, int], ...]:
        """Return which organisations entries name: bank, the name as written, number of entries."""
        ...
