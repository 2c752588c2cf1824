"""The watch over rules: one that suddenly matches far more than usual, or nothing any more, is told.

It looks once a minute, and only tells: quotas are what stops. A rule that has stood unchanged for less than a
day has no usual range yet, and hours in which nobody looked are no silence. What is too old of the counts is
forgotten here, too.
"""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Protocol

from core.brakes.quotas import DAY, HOUR
from core.brakes.usual import SURGE_OVER, fell_silent, surges, usual
from core.keeping import EVERYWHERE, SLOT, Count, Notes, PolicyStore, RuleHits, Spending, Which
from core.periodic import periodically

EVERY_S: Final = 60.0

BACK_DAYS: Final = 14
"""Days that say what is usual: two weeks have every day of the week twice."""

AWAKE: Final = "watch/awake"
"""The note that says since when there was a look every hour, and when the last one was."""

_ASLEEP: Final = timedelta(hours=2)
"""What is longer between two looks, of whichever process, is a time in which no message was judged."""

_SHADOW: Final = "shadow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """A rule matched far more than usual in an hour.

    Attributes:
        which: The rule, its policy and the place.
        messages: How many it matched, in the hour that began at `hour`.
        usually: What 99 of 100 hours of the `days` before stayed within.
        touches: It is not only in shadow.
    """

    which: Which
    hour: datetime
    messages: int
    usually: int
    days: int
    touches: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A rule matched nothing for 24 hours, and at least so many messages on each of the days before."""

    which: Which
    at: datetime
    least: int


class _Usual(NamedTuple):
    messages: int
    days: int


class News(Protocol):
    """What tells the moderators (`bots.brakes.news.BrakeNews`)."""

    async def surged(self, surge: Surge) -> None:
        """A rule matched far more than usual; it is told once an hour."""
        ...

    async def silent(self, silence: Silence) -> None:
        """A rule matches nothing any more; it is told once a day."""
        ...


class Watch:
    """Looks at the counts of rules, and tells what is unusual.

    Args:
        hits: What is counted.
        spending: What is forgotten after a day.
        stood: Since when all that holds in a place has been the same; None where nobody knows.
        holds: Whether a rule is still looked at in its place.
        notes: Where it is remembered since when somebody looks.
        news: Tells the moderators.
        clock: The present moment.
        days: How many days hits are kept.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        *,
        hits: RuleHits,
        spending: Spending,
        stood: Callable[[str], Awaitable[datetime | None]],
        holds: Callable[[Which], bool],
        notes: Notes,
        news: News,
        clock: Callable[[], datetime],
        days: int,
    ) -> None:
        self._hits = hits
        self._spending = spending
        self._stood = stood
        self._holds = holds
        self._notes = notes
        self._news = news
        self._clock = clock
        self._days = days
        self._hour: datetime | None = None
        self._told: set[Which] = set()
        self._usual: dict[Which, _Usual | None] = {}

    async def follow(self, *, every_s: float = EVERY_S) -> None:
        """Look for ever; what fails is tried again."""
        await periodically(self.look, every_s=every_s, failed="the counts of rules cannot be looked at")

    async def look(self) -> None:
        """Look once: every time at the present hour, once an hour at the last days.

        Raises:
            NigehbanError: Something could not be read or told.
        """
        now = self._clock().astimezone(UTC)
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._hour != hour:
            await self._spending.forget(before=now - DAY)
            await self._hits.forget(before=now - timedelta(days=self._days))
            if await self._awake(now) >= DAY:
                await self._silences(now)
            self._told.clear()
            self._usual.clear()
            self._hour = hour
        await self._surges(hour, now)

    async def _surges(self, hour: datetime, now: datetime) -> None:
        messages: Counter[Which] = Counter()
        touching: set[Which] = set()
        for count in await self._hits.counts(Which(), since=hour):
            which = _rule(count)
            messages[which] += count.messages
            if count.stage != _SHADOW:
                touching.add(which)
        for which, many in messages.items():
            if many <= SURGE_OVER or which in self._told:
                continue
            if which not in self._usual:
                self._usual[which] = await self._usually(which, hour, now)
            before = self._usual[which]
            if before and surges(many, usually=before.messages):
                surge = Surge(
                    which=which,
                    hour=hour,
                    messages=many,
                    usually=before.messages,
                    days=before.days,
                    touches=which in touching,
                )
                await self._news.surged(surge)
                self._told.add(which)

    async def _usually(self, which: Which, hour: datetime, now: datetime) -> _Usual | None:
        """Return what is usual for a rule in the hours before this one, or None where too few are known."""
        since = await self._since(which, now)
        if now - since < DAY:
            return None
        counts = await self._hits.counts(which, since=since)
        return _Usual(usual(_by_hour(counts, since=since, until=hour)), (now - since) // DAY)

    async def _since(self, which: Which, now: datetime) -> datetime:
        """Return from when on the hours say what is usual for a rule; `now` where none do."""
        known = [at for at in (await self._hits.first(which), await self._stood(which.place)) if at]
        kept = now - timedelta(days=min(self._days, BACK_DAYS))
        return max(min(known, default=now), kept)

    async def _awake(self, now: datetime) -> timedelta:
        """Note that somebody looks, and return for how long somebody has looked every hour."""
        since, _, last = (await self._notes.note(AWAKE) or "").partition(" ")
        # A clock that was set back says as little of the time between as one that stood still.
        went_on = last and timedelta(0) <= now - datetime.fromisoformat(last) <= _ASLEEP
        since = since if went_on else now.isoformat()
        await self._notes.keep(AWAKE, f"{since} {now.isoformat()}")
        return now - datetime.fromisoformat(since)

    async def _silences(self, now: datetime) -> None:
        edge = now - (now - datetime(1970, 1, 1, tzinfo=UTC)) % SLOT
        for which, (last, before) in (await self._by_day(Which(), edge, days=2)).items():
            # Two days tell nearly all rules apart; few are worth two weeks.
            if fell_silent([before], last=last) and self._holds(which):
                _, *days = (await self._by_day(which, edge, days=BACK_DAYS + 1))[which]
                if fell_silent(days, last=last):
                    await self._news.silent(Silence(which=which, at=now, least=min(days)))

    async def _by_day(self, which: Which, edge: datetime, *, days: int) -> dict[Which, list[int]]:
        """Return how many messages each rule matched in each of the last days of 24 hours, latest first."""
        found: dict[Which, list[int]] = defaultdict(lambda: [0] * days)
        for count in await self._hits.counts(which, since=edge - DAY * days):
            found[_rule(count)][max((edge - count.start - SLOT) // DAY, 0)] += count.messages
        return found


async def stood_since(policies: PolicyStore, place: str) -> datetime | None:
    """Return since when all that holds in a place is the same: its own policy may extend the house's."""
    times = [one.at for one in await policies.in_force() if one.place in {place, EVERYWHERE}]
    return max(times, default=None)


def _rule(count: Count) -> Which:
    return Which(place=count.place, policy=count.policy, rule=count.rule)


def _by_hour(counts: Iterable[Count], *, since: datetime, until: datetime) -> list[int]:
    """Return how many messages each whole hour before a time had, zeros included."""
    hours = [0] * max((until - since) // HOUR, 0)
    for count in counts:
        ago = -((count.start - until) // HOUR)
        if 1 <= ago <= len(hours):
            hours[ago - 1] += count.messages
    return hours
