"""Beyond its quotas a policy only reports, says so once, and acts again when there is room."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bots.brakes.news import BrakeNews
from core.announcing import Announcer
from core.brakes.quotas import DAY, HOUR, Brakes, words_of
from core.case import Choice, Decision
from core.engine import Engine
from core.judge import Judge
from core.keeping import Allowance, Full, Spending
from core.model import Action, ActionKind, Message, Verdict
from core.policy.limits import QUOTAS, Limits, Quota
from core.store.spending import SqlSpending
from tests import make
from tests.fake_brakes import MemorySpending
from tests.fake_platform import Always, FakePlatform, KnownWords, Words
from tests.fakes import Learned, MemoryNotes, MemoryStore
from tests.stores import opened_store

REPORT, DELETE, WARN, BAN = ActionKind.REPORT, ActionKind.DELETE, ActionKind.WARN, ActionKind.BAN
BANNED = "telegram:user/bluelantern"
OMAR = make.account("Omar", number=7)


@dataclass
class Told:
    """What is told of brakes, written down."""

    told: list[tuple[str, Full]] = field(default_factory=list)

    async def braked(self, message: Message, policy: str, full: Full) -> None:
        """Write it down."""
        self.told.append((policy, full))


@dataclass(kw_only=True)
class House:
    """An engine with brakes, in a room that moderators read."""

    quotas: tuple[Quota, ...] = (Quota(kind=DELETE, hour=30, day=100),)
    spending: Spending = field(default_factory=MemorySpending)
    actions: tuple[ActionKind, ...] = (REPORT, DELETE)
    platform: FakePlatform = field(default_factory=FakePlatform)
    store: MemoryStore = field(default_factory=lambda: MemoryStore(rooms={"fake:room": "fake:moderators"}))
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    now: datetime = make.NOON

    def __post_init__(self) -> None:
        """Build the engine; building it again is a restart."""
        announce = Announcer(self.store, self.notes, {"fake": self.platform}, lambda: self.now)
        news = BrakeNews(announce, self.store, zone=UTC)
        self.engine = Engine(
            judge=Judge(sources=[Words()], banks=KnownWords({BANNED}), policy=Always(self.actions)),
            store=self.store,
            own=Learned(),
            platforms={"fake": self.platform},
            clock=lambda: self.now,
            brake=Brakes(self.spending, lambda _: Limits(quotas=self.quotas), news, lambda: self.now),
        )

    async def post(self, *numbers: int) -> None:
        """Take in messages of these numbers, each with what is banned."""
        for number in numbers:
            await self.engine.receive(make.message(BANNED, message_id=f"fake:room:{number}"))

    @property
    def done(self) -> Counter[ActionKind]:
        """What the platform did, counted."""
        return Counter(action.kind for action in self.platform.performed)

    @property
    def braked(self) -> int:
        """How many cases say that something was held back."""
        return sum(bool(case.verdict.braked) for case in self.store.cases.values())


async def test_a_wave_is_deleted_up_to_the_quota_and_reported_beyond_it() -> None:
    """Of a hundred, thirty are deleted and seventy reported; all have a card; the room is told once."""
    house = House()

    await house.post(*range(100))

    assert house.done == {DELETE: 30}
    assert house.braked == 70
    assert len(house.platform.cards) == 100
    assert [room for room, _ in house.platform.told] == ["fake:moderators"]


async def test_a_restart_in_between_changes_nothing(tmp_path: Path) -> None:
    """What was counted is in the database, and so is what was told."""
    async with opened_store(tmp_path) as database:
        house = House(spending=SqlSpending(database))
        await house.post(*range(40))
    async with opened_store(tmp_path) as database:
        house.spending = SqlSpending(database)
        house.__post_init__()
        await house.post(*range(40, 100))

    assert (house.done, house.braked, len(house.platform.told)) == ({DELETE: 30}, 70, 1)


async def test_when_the_hour_has_passed_it_acts_again() -> None:
    """And when the quota is used up once more, the room is told once more."""
    house = House()
    await house.post(*range(31))

    house.now += timedelta(minutes=59)
    await house.post(200)
    house.now += timedelta(minutes=1)
    await house.post(*range(300, 331))

    assert (house.done, house.braked, len(house.platform.told)) == ({DELETE: 60}, 3, 2)


@pytest.mark.parametrize(("hour", "day", "passes"), [(1, 9, timedelta(hours=1)), (1, 1, timedelta(hours=24))])
async def test_the_border_of_an_hour_and_of_a_day_is_free(hour: int, day: int, passes: timedelta) -> None:
    """A moment before, it is used up; what was done exactly so long ago takes no place any more."""
    house = House(quotas=(Quota(kind=DELETE, hour=hour, day=day),))
    await house.post(1)
    house.now = make.NOON + passes - timedelta(microseconds=1)
    await house.post(2)
    before = house.done[DELETE]
    house.now = make.NOON + passes

    await house.post(3)

    assert (before, house.done[DELETE], house.braked) == (1, 2, 1)


async def test_a_message_that_comes_again_is_judged_as_before() -> None:
    """Delivered twice, it takes one place of the quota, and what was deleted stays so when all is used up."""
    house = House(quotas=(Quota(kind=DELETE, hour=2, day=9),))

    await house.post(1, 1, 2, 3, 1, 3)

    assert house.done == {DELETE: 2}
    assert [bool(case.verdict.braked) for case in house.store.cases.values()] == [False, False, True]


async def test_what_moderators_decide_is_never_held_back() -> None:
    """A quota binds the policy; and a moderator's own message is no deletion that counts."""
    house = House(quotas=(Quota(kind=DELETE, hour=1, day=1),))
    house.platform.moderators.add(make.account().id)
    await house.post(0)
    house.platform.moderators.clear()
    await house.post(1, 2)
    *_, held = house.store.cases.values()

    await house.engine.decide(
        held.id, Decision(moderator=OMAR, choice=Choice.CONFIRM, at=make.NOON, actions=(DELETE, BAN))
    )

    assert house.done == {DELETE: 2, BAN: 1}
    assert house.braked == 1


async def test_what_is_held_back_is_shown_even_where_the_policy_shows_nothing() -> None:
    """A rule that deletes without a report still has people look at what it did not delete."""
    house = House(quotas=(Quota(kind=DELETE, hour=1, day=1),), actions=(DELETE,))

    await house.post(1, 2)

    assert house.done == {DELETE: 1}
    assert len(house.platform.cards) == 1


async def test_a_policy_is_held_back_only_where_it_did_so_much() -> None:
    """Another place, and another policy, have quotas of their own."""
    quotas = (Quota(kind=DELETE, hour=1, day=1),)
    brakes = Brakes(MemorySpending(), lambda _: Limits(quotas=quotas), Told(), lambda: make.NOON)
    asked = make.verdict(actions=(DELETE,))

    def message(number: int, place: str) -> Message:
        return replace(make.message(message_id=f"{place}:{number}"), place=make.place(place_id=place))

    await brakes(message(1, "fake:room"), asked)
    here = await brakes(message(2, "fake:room"), asked)
    there = await brakes(message(3, "fake:other"), asked)
    other = await brakes(message(4, "fake:room"), replace(asked, policy="strict"))

    assert [bool(one.braked) for one in (here, there, other)] == [True, False, False]


async def test_an_ordinary_message_and_a_report_cost_nothing() -> None:
    """Where nothing would be done, nothing is counted and no limits are asked for."""
    spending = MemorySpending()

    def never(message: Message) -> Limits:
        raise AssertionError(message.id)

    brakes = Brakes(spending, never, Told(), lambda: make.NOON)
    for verdict in (Verdict(policy="p"), make.verdict(actions=(REPORT,))):
        assert await brakes(make.message(), verdict) is verdict
    assert spending.spent == {}


async def test_the_verdict_says_what_was_held_back_and_why() -> None:
    """Which quota, and each action that would have followed."""
    quotas = (Quota(kind=WARN, hour=5, day=5), Quota(kind=DELETE, hour=1, day=3))
    told = Told()
    brakes = Brakes(MemorySpending(), lambda _: Limits(quotas=quotas), told, lambda: make.NOON)
    asked = make.verdict(actions=(REPORT, WARN, DELETE))

    first = await brakes(make.message(message_id="fake:room:1"), asked)
    second = await brakes(make.message(message_id="fake:room:2"), asked)

    assert first is asked
    assert second.actions == (Action(kind=REPORT),)
    assert second.matches == asked.matches
    assert second.braked == "the quota of 1 deletion an hour is used up; it would have: warn, delete"
    allowance = Allowance(kind=DELETE, most=1, within=HOUR)
    assert told.told == [("default", Full(allowance=allowance, until=make.NOON + HOUR))]


async def test_the_quotas_of_the_language_hold_where_a_file_names_none() -> None:
    """Sixty deletions, or twenty bans, in an hour."""
    house = House(quotas=QUOTAS, actions=(DELETE, BAN))

    await house.post(*range(25))

    assert house.done == {DELETE: 20, BAN: 20}
    assert house.braked == 5


@pytest.mark.parametrize(
    ("kind", "most", "within", "words"),
    [
        (DELETE, 30, HOUR, "30 deletions an hour"),
        (DELETE, 1, DAY, "1 deletion a day"),
        (BAN, 1, HOUR, "1 ban an hour"),
        (WARN, 300, DAY, "300 warnings a day"),
        (ActionKind.NOTIFY, 1, DAY, "1 notice a day"),
        (ActionKind.KICK, 2, DAY, "2 kicks a day"),
        (ActionKind.MUTE, 2, HOUR, "2 mutes an hour"),
    ],
)
def test_a_quota_is_told_in_words(kind: ActionKind, most: int, within: timedelta, words: str) -> None:
    """How many of what, in which time."""
    assert words_of(Allowance(kind=kind, most=most, within=within)) == words
