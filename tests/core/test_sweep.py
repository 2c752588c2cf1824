"""When an entry arrives, messages of before come before the moderators, once, and only as a report."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from core.banks.banks import Banks
from core.engine import Engine
from core.errors import TryLater
from core.judge import Judge
from core.keeping import Print, Sighting
from core.model import Account, ActionKind, Entry
from core.sweep import MOST, SWEPT, Sweep
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_platform import Always, FakePlatform
from tests.fake_prints import MemoryPrints
from tests.fakes import Learned, MemoryNotes, MemoryStore

LINK = "telegram:user/bluelantern"


@dataclass
class House:
    """A sweep over everything in memory; its policy would delete."""

    banks: MemoryBanks = field(default_factory=MemoryBanks)
    prints: MemoryPrints = field(default_factory=MemoryPrints)
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    platform: FakePlatform = field(default_factory=FakePlatform)
    store: MemoryStore = field(default_factory=lambda: MemoryStore(rooms={"fake:room": "fake:moderators"}))
    now: datetime = make.NOON

    def __post_init__(self) -> None:
        """Build it."""
        known = Banks(self.banks, clock=lambda: self.now)
        judge = Judge(sources=[], banks=known, policy=Always((ActionKind.REPORT, ActionKind.DELETE)))
        engine = Engine(
            judge=judge,
            store=self.store,
            own=Learned(),
            platforms={"fake": self.platform},
            clock=lambda: self.now,
        )
        self.sweep = Sweep(
            store=self.banks,
            banks=known,
            prints=self.prints,
            notes=self.notes,
            judge=judge,
            engine=engine,
            salted=lambda identifier: f"~{identifier}",
            clock=lambda: self.now,
            days=30,
        )

    async def posted(self, count: int = 1, *, days_ago: int = 3) -> None:
        """Remember messages with the link."""
        await self.prints.record(
            [
                Sighting(
                    message_id=f"fake:room:{n}",
                    place="fake:room",
                    author=f"~fake:id/{n}",
                    at=self.now - timedelta(days=days_ago),
                    url=f"https://chat.example/{n}",
                    place_name="Kite Flyers",
                    forwarded=True,
                    prints=frozenset({Print("link", LINK)}),
                )
                for n in range(1, count + 1)
            ]
        )

    @property
    def shown(self) -> int:
        """How many cards there are."""
        return len(self.platform.cards)


async def test_a_late_find_is_shown_and_nothing_is_done() -> None:
    """The card has where and when it stood; the policy's deletion is left to people."""
    house = House()
    await house.posted()
    await house.banks.add("community", [make.entry()])

    opened = await house.sweep.once()

    ((case,),) = house.platform.cards.values()
    assert opened == 1
    assert (case.message.id, case.message.url) == ("fake:room:1", "https://chat.example/1")
    assert (case.message.place.name, case.message.forwarded) == ("Kite Flyers", True)
    assert case.message.at == make.NOON - timedelta(days=3)
    assert [m.signal.part for m in case.verdict.matches] == ["earlier"]
    assert house.platform.performed == []


async def test_what_is_swept_is_swept_once_also_after_a_restart() -> None:
    """How far it came is a note; nothing is shown twice."""
    house = House()
    await house.posted()
    await house.banks.add("community", [make.entry()])
    await house.sweep.once()

    noted = await house.notes.note(SWEPT)
    again = await house.sweep.once()
    house.__post_init__()
    restarted = await house.sweep.once()
    await house.notes.keep(SWEPT, "0")
    await house.sweep.once()

    assert noted == str(house.banks.revision)
    assert (again, restarted) == (0, 0)
    assert [len(shown) for shown in house.platform.cards.values()] == [1]


async def test_what_was_found_at_once_is_not_found_late_again() -> None:
    """Its case is there: neither the sweep that comes after the find, nor another list, asks once more."""
    house = House()
    await house.posted()
    await house.banks.add("community", [make.entry()])
    await house.banks.add("own_confirmed", [make.entry()])
    live = make.verdict(make.match(), actions=(ActionKind.REPORT,))
    await house.store.open(make.message(message_id="fake:room:1"), live, at=make.NOON)

    opened = await house.sweep.once()

    assert opened == 0
    assert house.shown == 0


async def test_the_author_is_named_only_where_a_list_names_the_account() -> None:
    """So a moderator can ban who is on the list; of others there is nothing that could be read."""
    house = House()
    await house.posted(2)
    await house.banks.add("community", [make.entry("fake:id/2")])

    await house.sweep.once()

    ((case,),) = house.platform.cards.values()
    assert case.message.author == Account(id="fake:id/2")
    assert [m.because for m in case.verdict.matches] == ["sent by fake:id/2, which is on the list"]


async def test_a_list_that_would_hit_everything_opens_some_cases() -> None:
    """The newest ones; a flood of cards helps nobody."""
    house = House()
    await house.posted(MOST + 20)
    await house.banks.add("community", [make.entry()])

    opened = await house.sweep.once()

    assert opened == house.shown == MOST
    assert "fake:room:1" not in {case.message.id for (case,) in house.platform.cards.values()}


@pytest.mark.parametrize(
    ("entry", "days_ago"),
    [
        (make.entry("telegram:user/redlantern"), 3),
        (make.entry(), 31),
        (make.entry(kind="phrase", value="blue lantern"), 3),
    ],
)
async def test_what_was_not_hit_is_not_shown(entry: Entry, days_ago: int) -> None:
    """Another entry, too long ago, or of a kind that cannot be looked for."""
    house = House()
    await house.posted(days_ago=days_ago)
    await house.banks.add("community", [entry])

    assert await house.sweep.once() == 0
    assert house.shown == 0


async def test_a_busy_room_gets_its_card_later() -> None:
    """The case is saved and counts; the sweep goes on."""
    house = House()
    await house.posted()
    house.platform.refusals[ActionKind.REPORT].append(TryLater("busy", after=1))
    await house.banks.add("community", [make.entry()])

    assert await house.sweep.once() == 1
    assert len(house.store.cases) == 1
    assert await house.sweep.once() == 0


async def test_what_is_too_old_is_forgotten_once_an_hour() -> None:
    """Nothing is remembered for longer than the setting says, by more than an hour."""
    house = House()
    await house.posted(days_ago=29)
    await house.sweep.once()
    house.now += timedelta(days=1, minutes=59)

    await house.sweep.once()
    soon = len(house.prints.rows)
    house.now += timedelta(minutes=1)
    await house.sweep.once()

    assert (soon, len(house.prints.rows)) == (0, 0)
