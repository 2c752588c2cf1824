"""What brakes count, kept in memory, proved by the contract suites of the real thing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.keeping import SLOT, Allowance, Count, Full, Hit, Spend, Which
from core.model import ActionKind

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class MemorySpending:
    """The port `Spending`.

    Attributes:
        spent: By scope, message and kind, when it was counted.
    """

    spent: dict[tuple[str, str, ActionKind], datetime] = field(default_factory=dict)

    async def spend(self, spend: Spend, allowances: Sequence[Allowance]) -> Full | None:
        """Count what a message is to lead to, all of it or nothing."""
        keys = {(spend.scope, spend.message_id, kind) for kind in spend.kinds}
        if not (new := keys - self.spent.keys()):
            return None
        full = [one for each in allowances if (one := self._full(spend, each))]
        if full:
            return max(full, key=lambda one: one.until)
        self.spent |= dict.fromkeys(new, spend.at)
        return None

    def _full(self, spend: Spend, allowance: Allowance) -> Full | None:
        times = sorted(
            at
            for (scope, _, kind), at in self.spent.items()
            if (scope, kind) == (spend.scope, allowance.kind)
            and spend.at - allowance.within < at <= spend.at + allowance.within
        )
        if len(times) < allowance.most:
            return None
        return Full(allowance=allowance, until=times[-allowance.most] + allowance.within)

    async def forget(self, *, before: datetime) -> int:
        """Forget what was counted before a moment; returns how much."""
        old = [key for key, at in self.spent.items() if at < before]
        for key in old:
            del self.spent[key]
        return len(old)


@dataclass
class MemoryHits:
    """The port `RuleHits`.

    Attributes:
        hits: By place, policy, rule and message.
    """

    hits: dict[tuple[str, str, str, str], Hit] = field(default_factory=dict)

    async def record(self, hits: Sequence[Hit]) -> None:
        """Keep hits; of one rule and message the first one counts."""
        for one in hits:
            self.hits.setdefault((one.place, one.policy, one.rule, one.message_id), one)

    async def counts(self, which: Which, *, since: datetime) -> tuple[Count, ...]:
        """Return how often rules held, slot by slot, oldest first."""
        times: dict[tuple[datetime, str, str, str, str], list[datetime]] = defaultdict(list)
        for one in self._of(which, since):
            times[_slot(one.at), one.place, one.policy, one.rule, one.stage].append(one.at)
        return tuple(
            Count(place=p, policy=q, rule=r, stage=s, start=start, messages=len(at), last=max(at))
            for (start, p, q, r, s), at in sorted(times.items())
        )

    async def newest(self, which: Which, *, since: datetime, limit: int) -> tuple[Hit, ...]:
        """Return hits, newest first."""
        found = sorted(self._of(which, since), key=lambda one: one.rule)
        return tuple(sorted(found, key=lambda one: (one.at, one.message_id), reverse=True)[:limit])

    async def first(self, which: Which) -> datetime | None:
        """Return when the oldest hit was, or None where there is none."""
        return min((one.at for one in self._of(which)), default=None)

    async def forget(self, *, before: datetime) -> int:
        """Forget the hits before a moment; returns how many."""
        old = [key for key, one in self.hits.items() if one.at < before]
        for key in old:
            del self.hits[key]
        return len(old)

    def _of(self, which: Which, since: datetime = _EVER) -> list[Hit]:
        asked = {name: value for name, value in which._asdict().items() if value}
        return [
            one
            for one in self.hits.values()
            if one.at >= since and all(getattr(one, name) == value for name, value in asked.items())
        ]


def _slot(at: datetime) -> datetime:
    return _EVER + (at - _EVER) // SLOT * SLOT
