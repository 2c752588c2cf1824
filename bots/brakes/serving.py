"""The brakes of a process that serves: what holds back, what counts, and what watches the counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bots.brakes.news import BrakeNews
from bots.policies.serving import Policies
from core.brakes.hits import Counted
from core.brakes.quotas import Brakes
from core.brakes.watch import Watch, stood_since
from core.inforce import InForce
from core.keeping import Rooms, Which
from core.model import Message
from core.policy.limits import Limits
from core.policy.policy import Stage
from core.settings import Settings
from core.store.connect import Database
from core.store.hits import SqlHits
from core.store.notes import SqlNotes
from core.store.spending import SqlSpending


@dataclass(frozen=True, slots=True, kw_only=True)
class Braking:
    """What the engine gives its verdicts to, and what looks at the counts."""

    counted: Counted
    watch: Watch


def braking(
    settings: Settings, hold: Policies, database: Database, *, rooms: Rooms, clock: Callable[[], datetime]
) -> Braking:
    """Build the brakes of the policies in force."""
    in_force, spending, hits = hold.in_force, SqlSpending(database), SqlHits(database)

    def limits_at(message: Message) -> Limits:
        return in_force.at(message).limits

    news = BrakeNews(hold.announce, rooms, zone=settings.zone)
    return Braking(
        counted=Counted(Brakes(spending, limits_at, news, clock), hits, in_force.at),
        watch=Watch(
            hits=hits,
            spending=spending,
            stood=partial(stood_since, hold.store),
            holds=partial(is_looked_at, in_force),
            notes=SqlNotes(database),
            news=news,
            clock=clock,
            days=settings.remember_days,
        ),
    )


def is_looked_at(in_force: InForce, which: Which) -> bool:
    """Tell whether a rule is still looked at in its place: by the policy of that name, and no draft."""
    holds = in_force.of(which.place)
    return any(
        policy.name == which.policy and rule.name == which.rule and rule.stage is not Stage.DRAFT
        for policy in (holds, *(group.policy for group in holds.groups))
        for rule in policy.rules
    )
