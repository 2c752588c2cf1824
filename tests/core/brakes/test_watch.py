"""The watch tells a rule that matches far more than usual, or nothing any more, and nothing else."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from core.brakes.watch import AWAKE, Silence, Surge, Watch, stood_since
from core.keeping import EVERYWHERE, Hit, Spend, Version, Which
from core.model import ActionKind
from tests import make
from tests.fake_brakes import MemoryHits, MemorySpending
from tests.fake_policies import MemoryPolicies
from tests.fakes import MemoryNotes

LINKS = Which(place="fake:room", policy="strict", rule="links")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOW = make.NOON + timedelta(minutes=40)


def awake(off: timedelta) -> str:
    """Give the note of a bot that looked every hour, and last so long ago."""
    return f"{(NOW - 9 * DAY).isoformat()} {(NOW - off).isoformat()}"


@dataclass
class Told:
    """What is told, written down."""

    surges: list[Surge] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)

    async def surged(self, surge: Surge) -> None:
        """Write it down."""
        self.surges.append(surge)

    async def silent(self, silence: Silence) -> None:
        """Write it down."""
        self.silences.append(silence)


@dataclass(kw_only=True)
class House:
    """A watch with all it stands on; what holds stands since `stood`."""

    hits: MemoryHits = field(default_factory=MemoryHits)
    spending: MemorySpending = field(default_factory=MemorySpending)
    notes: MemoryNotes = field(default_factory=lambda: MemoryNotes({AWAKE: awake(HOUR)}))
    news: Told = field(default_factory=Told)
    stood: datetime | None = None
    holds: bool = True
    days: int = 30
    now: datetime = NOW

    def __post_init__(self) -> None:
        """Build the watch."""

        async def stood(place: str) -> datetime | None:
            assert place == "fake:room"
            return self.stood

        self.watch = Watch(
            hits=self.hits,
            spending=self.spending,
            stood=stood,
            holds=lambda _: self.holds,
            notes=self.notes,
            news=self.news,
            clock=lambda: self.now,
            days=self.days,
        )

    async def hit(self, at: datetime, messages: int, *, stage: str = "enforce", rule: str = "links") -> None:
        """Let a rule hold for so many messages at a time."""
        known = len(self.hits.hits)
        await self.hits.record(
            [
                Hit(
                    place="fake:room",
                    policy="strict",
                    rule=rule,
                    stage=stage,
                    message_id=f"fake:room:{known + number}",
                    at=at,
                )
                for number in range(messages)
            ]
        )


async def test_a_surge_is_told_with_what_was_usual() -> None:
    """44 in this hour, where four hours of two weeks had nine and all others less."""
    house = House()
    await house.hit(NOW - 13 * DAY - 23 * HOUR, 1)
    for day in range(1, 5):
        await house.hit(NOW - day * DAY, 9)
    await house.hit(NOW, 44)

    await house.watch.look()
    await house.watch.look()

    assert house.news.surges == [
        Surge(which=LINKS, hour=make.NOON, messages=44, usually=9, days=13, touches=True)
    ]


@pytest.mark.parametrize(("messages", "told"), [(10, 0), (11, 1), (44, 1)])
async def test_few_messages_are_never_told(messages: int, told: int) -> None:
    """A rule that never matched yet is usual with none, and ten are nothing to wake anybody for."""
    house = House(stood=NOW - 3 * DAY)
    await house.hit(NOW, messages)

    await house.watch.look()

    assert len(house.news.surges) == told


@pytest.mark.parametrize(
    ("stood", "first", "days", "told"),
    [
        (None, timedelta(0), 30, 0),
        (DAY - timedelta(minutes=1), timedelta(0), 30, 0),
        (DAY, timedelta(0), 30, 1),
        (None, DAY, 30, 1),
        (None, DAY - timedelta(minutes=1), 30, 0),
        (timedelta(0), 20 * DAY, 30, 1),
        (20 * DAY, timedelta(0), 1, 1),
        (20 * DAY, timedelta(0), 0, 0),
    ],
)
async def test_a_rule_younger_than_a_day_has_no_usual_range(
    stood: timedelta | None, first: timedelta, days: int, told: int
) -> None:
    """It is as old as its first match or what holds in its place; what is not kept cannot say anything."""
    house = House(stood=None if stood is None else NOW - stood, days=days)
    await house.hit(NOW - first, 1)
    await house.hit(NOW, 44)

    await house.watch.look()

    assert len(house.news.surges) == told


@pytest.mark.parametrize(("ago", "told"), [(HOUR, False), (24 * HOUR, False), (timedelta(0), True)])
async def test_each_whole_hour_of_the_last_day_says_what_is_usual(ago: timedelta, *, told: bool) -> None:
    """Of a rule that is a day old: from the first hour to the one before this, and never this one."""
    house = House(stood=make.NOON - DAY)
    house.now = make.NOON
    await house.hit(make.NOON - ago, 30)
    await house.hit(make.NOON, 44)

    await house.watch.look()

    assert bool(house.news.surges) is told


async def test_a_surge_is_told_anew_in_the_next_hour() -> None:
    """Once an hour, as long as it lasts; the hour before is not yet what is usual."""
    house = House(stood=NOW - 14 * DAY)
    await house.hit(NOW, 44)
    await house.watch.look()

    house.now += HOUR
    await house.watch.look()
    await house.hit(house.now, 11)
    await house.watch.look()

    assert [(surge.hour, surge.messages) for surge in house.news.surges] == [
        (make.NOON, 44),
        (make.NOON + HOUR, 11),
    ]


async def test_what_is_usual_is_found_out_anew_in_the_next_hour() -> None:
    """A rule that was too young to tell anything is a day old an hour later."""
    house = House(stood=NOW - DAY + timedelta(minutes=1))
    await house.hit(NOW, 44)
    await house.watch.look()
    young = list(house.news.surges)

    house.now += HOUR
    await house.hit(house.now, 200)
    await house.watch.look()

    assert young == []
    assert [surge.messages for surge in house.news.surges] == [200]


async def test_a_rule_in_shadow_surges_without_touching_anybody() -> None:
    """What it would do is worth knowing before it does it; rules are counted apart."""
    house = House(stood=NOW - 14 * DAY)
    await house.hit(NOW, 20, stage="shadow")
    await house.hit(NOW, 9, rule="files")

    await house.watch.look()

    assert [(surge.which.rule, surge.touches) for surge in house.news.surges] == [("links", False)]


async def busy(house: House, *, days: range, messages: int = 12) -> None:
    """Let the rule hold every day, at the last moment that still belongs to it."""
    for day in days:
        await house.hit(house.now - day * DAY - timedelta(minutes=11), messages)


async def test_a_busy_rule_that_stops_is_told() -> None:
    """Twelve on each of fourteen days, and none within the last 24 hours."""
    house = House()
    await busy(house, days=range(1, 15))

    await house.watch.look()
    await house.watch.look()

    assert house.news.silences == [Silence(which=LINKS, at=NOW, least=12)]


@pytest.mark.parametrize(("minutes", "told"), [(9, 0), (10, 0), (11, 1), (24, 1)])
async def test_the_last_24_hours_begin_with_a_whole_quarter(minutes: int, told: int) -> None:
    """At 12:40 they begin at 12:30 of the day before: what came then is no silence."""
    house = House()
    await busy(house, days=range(1, 15))
    await house.hit(NOW - DAY - timedelta(minutes=minutes), 1)

    await house.watch.look()

    assert len(house.news.silences) == told


@pytest.mark.parametrize(
    ("days", "messages", "holds", "kept"),
    [
        (range(15), 12, True, 30),
        (range(1, 14), 12, True, 30),
        (range(2, 16), 12, True, 30),
        (range(1, 15), 11, True, 30),
        (range(1, 15), 12, False, 30),
        (range(1, 15), 12, True, 14),
    ],
)
async def test_other_rules_are_not_told_as_silent(
    days: range, messages: int, *, holds: bool, kept: int
) -> None:
    """Still matching; with a day off; less busy; gone from the policy; not remembered for so long."""
    house = House(holds=holds, days=kept)
    await busy(house, days=days, messages=messages)

    await house.watch.look()

    assert house.news.silences == []


async def test_what_is_old_is_forgotten_once_an_hour() -> None:
    """Hits after the days that are kept, what was spent after a day."""
    house = House(days=2)
    await house.hit(NOW - 3 * DAY, 1)
    await house.hit(NOW, 1)
    for number, ago in enumerate((DAY + HOUR, HOUR)):
        kinds = frozenset({ActionKind.DELETE})
        await house.spending.spend(Spend(scope="s", message_id=f"{number}", kinds=kinds, at=NOW - ago), [])

    await house.watch.look()

    assert [hit.at for hit in house.hits.hits.values()] == [NOW]
    assert list(house.spending.spent.values()) == [NOW - HOUR]


async def test_what_holds_in_a_place_stands_since_its_latest_change() -> None:
    """The house's counts too, which its own policy may extend; another place's does not."""
    policies = MemoryPolicies()
    files = (("p.yaml", "version: 1\nrules: []\n"),)
    for place, days in ((EVERYWHERE, 9), ("fake:room", 12), ("fake:other", 1)):
        await policies.put(Version(place=place, name="p", files=files, at=NOW - days * DAY))

    assert await stood_since(policies, "fake:room") == NOW - 9 * DAY
    assert await stood_since(policies, "fake:other") == NOW - DAY
    assert await stood_since(MemoryPolicies(), "fake:room") is None


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (timedelta(minutes=59), 1),
        (2 * HOUR, 1),
        (2 * HOUR + timedelta(minutes=1), 0),
        (DAY, 0),
        (7 * DAY, 0),
        (-HOUR, 0),
    ],
)
async def test_a_bot_that_was_off_calls_nothing_silent(off: timedelta, told: int) -> None:
    """Hours in which nobody looked have no matches, whatever was written; a restart or an update is short."""
    house = House()
    await busy(house, days=range(1, 15))
    house.notes.notes[AWAKE] = awake(off)

    await house.watch.look()

    assert len(house.news.silences) == told


async def test_a_day_after_a_bot_came_back_silence_is_news_again() -> None:
    """From then on it has looked every hour of 24; another process on the same database counts as well."""
    house = House(now=NOW)
    house.notes.notes.clear()
    await busy(house, days=range(15))

    told = []
    for _ in range(26):
        await house.watch.look()
        told.append(len(house.news.silences))
        house.now += HOUR
        house.__post_init__()

    assert (told[22], told[-1]) == (0, 2)
