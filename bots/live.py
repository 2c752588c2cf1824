"""What serves: the engine with all that judges, remembers and brakes, and what runs for ever beside it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bots.brakes.hits import in_shadow
from bots.brakes.serving import braking
from bots.house import House, now
from bots.policies.desk import PolicyDesk
from bots.policies.serving import policies
from bots.policies.tried import PastTried
from core.banks.banks import Banks
from core.banks.fuse import Fuse
from core.engine import Engine
from core.judge import Judge
from core.ports import Platform
from core.recall import Recall, salt_of, salted
from core.reversal import Reversal
from core.searching import Searching
from core.settings import Settings
from core.store.hits import SqlHits
from core.store.policies import SqlPolicies
from core.sweep import Sweep
from core.tally import Tallied


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What serves.

    Attributes:
        engine: Receives messages and decisions.
        flush: Writes down what the engine has to be remembered, before the inbox is told.
        followers: What runs for ever beside it, by name.
        desk: Takes policies that are sent, and tells what holds.
    """

    engine: Engine
    flush: Callable[[], Awaitable[None]]
    followers: dict[str, Callable[[], Awaitable[None]]]
    desk: PolicyDesk


async def live(house: House, settings: Settings, chosen: str, platforms: Mapping[str, Platform]) -> Live:
    """Return what serves, for platforms that may still be added to the mapping.

    Raises:
        BadInput: The chosen policy file cannot be used, and nothing was ever in force here.
    """
    hold = await policies(
        settings,
        chosen,
        store=SqlPolicies(house.database),
        notes=house.notes,
        rooms=house.store,
        platforms=platforms,
        clock=now,
    )
    banks = await house.banks()
    salt = await salt_of(house.notes)
    recall = Recall(house.prints, salt)
    fuse = Fuse(banks, house.bank_store, now, people=settings.fuse)
    judge = Judge(sources=house.sources, banks=fuse, policy=Tallied(hold.in_force), recall=recall)
    brakes = braking(settings, hold, house.database, rooms=house.store, clock=now)
    engine = house.engine(judge, platforms, brakes.counted)

    async def flush() -> None:
        await recall.flush()
        await brakes.counted.flush()

    followers = {
        **hold.followers,
        "follow the banks": banks.follow,
        "watch the rules": brakes.watch.follow,
        **_late(house, settings, platforms, banks, judge, engine, partial(salted, salt)),
    }
    history = await house.history(banks, only=None)
    desk = PolicyDesk(
        hold.store,
        hold.in_force,
        clock=now,
        zone=settings.zone,
        tried=PastTried(history, now),
        shadows=partial(in_shadow, SqlHits(house.database), now, settings.zone),
        history=history,
    )
    return Live(engine=engine, flush=flush, followers=followers, desk=desk)


def _late(  # noqa: PLR0913, PLR0917 - what `live` has built, in that order
    house: House,
    settings: Settings,
    platforms: Mapping[str, Platform],
    banks: Banks,
    judge: Judge,
    engine: Engine,
    salt: Callable[[str], str],
) -> dict[str, Callable[[], Awaitable[None]]]:
    """Return what goes on with messages of before, when lists change."""
    searching = Searching(
        store=house.bank_store,
        rooms=house.store,
        platforms=platforms,
        judge=judge,
        engine=engine,
        clock=now,
        days=settings.remember_days,
    )
    sweep = Sweep(
        store=house.bank_store,
        banks=banks,
        prints=house.prints,
        notes=house.notes,
        judge=judge,
        engine=engine,
        salted=salt,
        clock=now,
        days=settings.remember_days,
        ask=searching.ask if settings.search else None,
    )
    reversal = Reversal(
        store=house.bank_store, cases=house.store, notes=house.notes, engine=engine, clock=now
    )
    return {
        "sweep": sweep.follow,
        "search": searching.follow,
        "follow what is taken back": reversal.follow,
    }
