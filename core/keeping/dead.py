"""The items of the inbox that failed for good: who looks at them, and hands them out again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """An item that failed for good.

    Attributes:
        id: The inbox's own, for `Dead.again`.
        body: As the platform told it.
        attempt: How often it was handed out.
        at: When it was given up.
        why: Why it failed last, in one line; "" where that is not known.
    """

    id: str
    platform: str
    body: str = field(repr=False)
    attempt: int
    at: datetime
    why: str = ""


class Dead(Protocol):
    """What an inbox laid among the dead."""

    async def given_up(self, *, limit: int) -> tuple[GivenUp, ...]:
        """Return items that were given up, oldest first."""
        ...

    async def deaths(self) -> int:
        """Return how many there are."""
        ...

    async def again(self, ids: Sequence[str] | None) -> int:
        """Hand some of them out anew, or all, each with all of its attempts.

        Returns:
            How many; an id that is none of theirs is passed over.
        """
        ...
