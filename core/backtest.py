"""What a policy would have done, counted; nobody is touched.

A policy is given what is known of messages of before, in order of time and with a memory of its own, so that
ladders and counts climb as they would have.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from core.history import History, Past
from core.model import Account, Verdict
from core.policy.policy import MEMBERS_REPORT
from core.tally import Policy, Tallied

_STEP: Final = 500
"""Messages between two words on how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A message for which a rule would have held.

    Attributes:
        place: Where it stood: the id of the place, and what the message's id says of the channel.
        name: What members call that, or "".
        shadows: What rules in shadow would have done.
        does: The kinds of action that would have followed; `record` where there is none.
        dismissed_by: The identifiers of who dismissed it, or their name; None where nobody did.
    """

    at: datetime
    place: tuple[str, str]
    name: str = ""
    rules: tuple[str, ...]
    shadows: tuple[str, ...]
    does: tuple[str, ...]
    dismissed_by: tuple[str, ...] | None = None


def hit_of(past: Past, verdict: Verdict) -> Hit | None:
    """Return what a verdict on a message counts as; None where no rule held.

    That a member reported it is no hit: under every policy it would have come before people.
    """
    rules = tuple(rule for rule in verdict.rules if rule != MEMBERS_REPORT)
    shadows = tuple(shadow.note for shadow in verdict.shadows)
    if not (rules or shadows):
        return None
    message, who = past.message, past.dismissed_by
    does = tuple(str(action.kind) for action in verdict.actions) or ("record",)
    dismissed = (who.identifiers or (who.name,) if who else ()) if past.dismissed else None
    return Hit(
        at=message.at,
        place=(message.place.id, message.id.rpartition("/")[0]),
        name=message.place.name,
        rules=rules,
        shadows=shadows,
        does=does if rules else (),
        dismissed_by=dismissed,
    )


@dataclass(slots=True, kw_only=True)
class Counts:
    """Counts of what a policy would have done.

    Attributes:
        zone: Of hours and days; None for the one that each message's time has.
        items: Messages that were judged.
        hits: Those for which a rule would have held, in shadow or not.
        rules, shadow, actions: Hits of each rule, of what each rule in shadow would do, with each action.
        hours: Hits in each hour of the day, 0 to 23.
        days: Hits on each day (`2026-03-01`).
        dismissed: Hits that moderators dismissed.
    """

    zone: tzinfo | None = None
    items: int = 0
    hits: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    shadow: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    dismissed: int = 0
    _dismissers: Counter[tuple[str, ...]] = field(default_factory=Counter)
    _places: Counter[tuple[str, str]] = field(default_factory=Counter)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def places(self) -> Mapping[str, int]:
        """Hits in each place, by what members call it where that is known, else by its id."""
        named: Counter[str] = Counter()
        for place, count in self._places.items():
            named[self._names.get(place) or place[0]] += count
        return named

    def dismissed_by(self, who: Account) -> int:
        """Count the hits that somebody dismissed."""
        return sum(n for ids, n in self._dismissers.items() if not set(who.identifiers).isdisjoint(ids))

    def add(self, hit: Hit) -> None:
        """Count a hit."""
        at = hit.at if self.zone is None else hit.at.astimezone(self.zone)
        self.hits += 1
        self.rules.update(hit.rules)
        self.shadow.update(hit.shadows)
        self.actions.update(hit.does)
        self.hours[at.hour] += 1
        self.days[at.date().isoformat()] += 1
        self._places[hit.place] += 1
        if hit.name:
            self._names[hit.place] = hit.name
        if hit.dismissed_by is not None:
            self.dismissed += 1
            self._dismissers[hit.dismissed_by] += 1


async def backtest(  # noqa: PLR0913 - what is counted, and how it is told
    policy: Policy,
    history: History,
    *,
    since: datetime,
    place: str | None = None,
    zone: tzinfo | None = None,
    progress: Callable[[datetime], None] | None = None,
) -> Counts:
    """Count what a policy would have done since a moment.

    Args:
        policy: Judges; it is remembered for it alone what authors did before.
        history: What is stored.
        since: The time of the first message that counts.
        place: The id of the only place that counts, or None for all.
        zone: Of hours and days; UTC where it is None.
        progress: Is told the time of a message now and then.

    Raises:
        StoreError: What is stored cannot be read.
    """
    tallied, counts = Tallied(policy), Counts(zone=zone)
    async for past in history.since(since, place=place):
        verdict = tallied.judge(past.message, past.matches, past.gaps, who=past.who)
        counts.items += 1
        if hit := hit_of(past, verdict):
            counts.add(hit)
        if progress and counts.items % _STEP == 0:
            progress(past.message.at)
    return counts


def said(counts: Counts, asking: Account | None = None) -> str:
    """Say in one sentence what would have been hit, and what of it was dismissed, to who asks."""
    if counts.hits == 0:
        return "would have hit no message"
    one = counts.hits == 1
    start = "would have hit 1 message" if one else f"would have hit {counts.hits:,} messages"
    if counts.dismissed == 0:
        return f"{start}, {'not dismissed by anybody' if one else 'none of them dismissed'}"
    many = "" if one else f"{counts.dismissed:,} of them "
    return f"{start}, {many}dismissed{_by(counts, asking)}"


def _by(counts: Counts, asking: Account | None) -> str:
    if asking is None:
        return ""
    mine = counts.dismissed_by(asking)
    if mine == counts.dismissed:
        return " by you"
    if mine:
        return f", {mine:,} by you"
    return " by others" if counts.dismissed > 1 else " by somebody else"
