"""Brakes: what a policy does in a place is counted, and beyond its quotas everything is only reported.

A wrong rule, or a wrong list under a right one, shows itself by doing much. The brake needs no opinion on
which of both it is: it stops the policy in that place until the time of the quota has room again, and people
see every find meanwhile. Only a verdict that would do something is counted, so an ordinary message costs
nothing. What moderators decide does not come by here.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from core.keeping import Allowance, Full, Spend, Spending
from core.model import Action, ActionKind, Message, Verdict
from core.policy.limits import Limits, Quota

log = logging.getLogger(__name__)

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(hours=24)

_REPORT: Final = Action(kind=ActionKind.REPORT)
NOUNS: Final = {
    ActionKind.NOTIFY: ("notice", "notices"),
    ActionKind.WARN: ("warning", "warnings"),
    ActionKind.DELETE: ("deletion", "deletions"),
    ActionKind.NO_MEDIA: ("hold of media", "holds of media"),
    ActionKind.MUTE: ("mute", "mutes"),
    ActionKind.KICK: ("kick", "kicks"),
    ActionKind.BAN: ("ban", "bans"),
}
"""What is counted, one and many, for every kind of action that has a quota."""


class News(Protocol):
    """What tells the moderators (`bots.brakes.news.BrakeNews`)."""

    async def braked(self, message: Message, policy: str, full: Full) -> None:
        """A quota of a policy is used up where a message stands; it is told once for each time."""
        ...


class Brakes:
    """Holds verdicts back that are beyond the quotas of their policy.

    Args:
        spending: Where is counted what was done.
        limits_at: The limits of the policy that holds where a message stands.
        news: Tells the moderators.
        clock: The present moment: what counts is when something is done, not when it was posted.
    """

    def __init__(
        self,
        spending: Spending,
        limits_at: Callable[[Message], Limits],
        news: News,
        clock: Callable[[], datetime],
    ) -> None:
        self._spending = spending
        self._limits_at = limits_at
        self._news = news
        self._clock = clock

    async def __call__(self, message: Message, verdict: Verdict) -> Verdict:
        """Return the verdict, or a report in its place that says what was held back.

        Raises:
            StoreError: It could not be counted.
        """
        kinds = [action.kind for action in verdict.actions if action.kind is not ActionKind.REPORT]
        if not kinds:
            return verdict
        spend = Spend(
            scope=f"{message.place.id}/{verdict.policy}",
            message_id=message.id,
            kinds=frozenset(kinds),
            at=self._clock(),
        )
        full = await self._spending.spend(spend, allowances(self._limits_at(message).quotas))
        if full is None:
            return verdict
        log.warning("braked", extra={"message_id": message.id, "quota": words_of(full.allowance)})
        await self._news.braked(message, verdict.policy, full)
        would = ", ".join(dict.fromkeys(kinds))
        braked = f"the quota of {words_of(full.allowance)} is used up; it would have: {would}"
        return replace(verdict, actions=(_REPORT,), braked=braked)


def allowances(quotas: Sequence[Quota]) -> tuple[Allowance, ...]:
    """Return what may be done within an hour and within a day."""
    return tuple(
        Allowance(kind=quota.kind, most=most, within=within)
        for quota in quotas
        for most, within in ((quota.hour, HOUR), (quota.day, DAY))
    )


def words_of(allowance: Allowance) -> str:
    """Return an allowance in words: "30 deletions an hour"."""
    one, many = NOUNS[allowance.kind]
    noun = one if allowance.most == 1 else many
    return f"{allowance.most} {noun} {'an hour' if allowance.within == HOUR else 'a day'}"
