"""Where is counted what policies do, so that they can be held to their quotas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.model import ActionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How often something may be done within a time, ending now."""

    kind: ActionKind
    most: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """What one message is to lead to.

    Attributes:
        scope: Whose allowances: those of one policy in one place.
    """

    scope: str
    message_id: str
    kinds: frozenset[ActionKind]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """An allowance that is used up, and from when on there is room again."""

    allowance: Allowance
    until: datetime


class Spending(Protocol):
    """Where is counted what policies do, by all workers together."""

    async def spend(self, spend: Spend, allowances: Sequence[Allowance]) -> Full | None:
        """Count what a message is to lead to, all of it or nothing.

        A message that was counted is counted once, and what it was allowed stays allowed.

        Args:
            spend: What is to be counted.
            allowances: All of the scope: nothing may be done while any of them is used up.

        Returns:
            None where it may be done; else the allowance that stays used up longest.
        """
        ...

    async def forget(self, *, before: datetime) -> int:
        """Forget what was counted before a moment; returns how many kinds of how many messages."""
        ...
