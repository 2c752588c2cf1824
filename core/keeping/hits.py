"""Where hits of rules are kept: which rule held for which message, and nothing of what it said or by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol

SLOT: Final = timedelta(minutes=15)
"""Hits are counted in quarters of an hour: of these the days of every time zone are made."""


class Which(NamedTuple):
    """Which hits are meant; "" is any."""

    place: str = ""
    policy: str = ""
    rule: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule held for a message.

    Attributes:
        place: The id of the place.
        stage: How far the rule was trusted then: shadow, notify or enforce.
        at: When the message came.
        url: Where moderators find the message, or "".
        does: What followed, or would have: kinds of actions; nothing where it was only recorded.
    """

    place: str
    policy: str
    rule: str
    stage: str
    message_id: str
    at: datetime
    url: str = ""
    does: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many messages a rule held for in the slot that begins at a time, and when the last of them came."""

    place: str
    policy: str
    rule: str
    stage: str
    start: datetime
    messages: int
    last: datetime


class RuleHits(Protocol):
    """Where hits of rules are kept."""

    async def record(self, hits: Sequence[Hit]) -> None:
        """Keep hits; of one rule and message the first one counts."""
        ...

    async def counts(self, which: Which, *, since: datetime) -> tuple[Count, ...]:
        """Return how often rules held, slot by slot, oldest first; slots without a hit are left out."""
        ...

    async def newest(self, which: Which, *, since: datetime, limit: int) -> tuple[Hit, ...]:
        """Return hits, newest first."""
        ...

    async def first(self, which: Which) -> datetime | None:
        """Return when the oldest hit was, or None where there is none."""
        ...

    async def forget(self, *, before: datetime) -> int:
        """Forget the hits before a moment; returns how many."""
        ...
