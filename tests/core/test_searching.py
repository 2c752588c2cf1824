"""Entries that arrive are searched for where a platform can, few at a time, and finds are only reported."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from core.engine import Engine
from core.errors import NotPermitted, PlatformError, TryLater
from core.judge import Judge
from core.model import ActionKind, Bank, Entry, Message, Trust
from core.searching import MOST, Searching, telling
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_platform import Always, FakePlatform, KnownWords, Words
from tests.fakes import Learned, MemoryStore

LINK = "telegram:user/bluelantern"


@dataclass
class Searchable(FakePlatform):
    """A platform that can be searched.

    Attributes:
        written: Its messages.
        asked: Places and words.
        busy: What it says before it answers.
    """

    written: list[Message] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    busy: list[PlatformError] = field(default_factory=list)

    async def search(self, place: str, words: str, *, since: datetime) -> tuple[Message, ...]:
        """Return messages with these words."""
        if self.busy:
            raise self.busy.pop(0)
        self.asked.append((place, words))
        return tuple(m for m in self.written if words in str(m.parts) and m.at >= since)


class House:
    """A searching over everything in memory; its policy would delete."""

    def __init__(self) -> None:
        """Build it."""
        self.banks = MemoryBanks()
        self.platform = Searchable(
            written=[make.message(f"see {LINK}", at=make.NOON - timedelta(days=9)), make.message("kites")]
        )
        self.store = MemoryStore(rooms={"fake:room": "fake:moderators", "other:room": "other:moderators"})
        judge = Judge(
            sources=[Words()],
            banks=KnownWords({LINK}),
            policy=Always((ActionKind.REPORT, ActionKind.DELETE)),
        )
        platforms = {"fake": self.platform, "other": FakePlatform(name="other")}
        self.searching = Searching(
            store=self.banks,
            rooms=self.store,
            platforms=platforms,
            judge=judge,
            engine=Engine(
                judge=judge,
                store=self.store,
                own=Learned(),
                platforms=platforms,
                clock=lambda: make.NOON,
            ),
            clock=lambda: make.NOON,
            days=30,
        )

    async def arrives(self, entries: Sequence[Entry], trust: Trust = Trust.FLAG) -> int:
        """Have entries arrive; returns how many messages became cases."""
        since = self.banks.revision
        await self.banks.put_bank(Bank(name="community", trust=trust))
        await self.banks.add("community", entries)
        await self.searching.ask(await self.banks.changes(since, limit=999))
        return await self.searching.once()


async def test_a_find_is_a_report_and_comes_once() -> None:
    """As a message of today would, but for what the policy does; the search is not asked twice."""
    house = House()

    opened = await house.arrives([make.entry()])
    again = await house.searching.once()

    ((case,),) = house.platform.cards.values()
    assert (opened, again) == (1, 0)
    assert house.platform.asked == [("fake:room", "bluelantern")]
    assert [match.signal.value for match in case.verdict.matches] == [LINK]
    assert house.platform.performed == []


@pytest.mark.parametrize(
    ("entries", "trust"),
    [
        ([make.entry()], Trust.TRIAL),
        ([make.entry("0f" * 32, kind="sha256")], Trust.ACT),
        ([make.entry("telegram:id/51900412")], Trust.ACT),
        ([make.entry(f"telegram:user/lantern{n}") for n in range(MOST + 1)], Trust.ACT),
    ],
)
async def test_what_is_not_searched_for(entries: Sequence[Entry], trust: Trust) -> None:
    """A list on trial, what no words stand for, and a long change."""
    house = House()

    assert await house.arrives(entries, trust) == 0
    assert house.platform.asked == []


async def test_a_busy_platform_is_asked_again() -> None:
    """The question waits until then."""
    house = House()
    house.platform.busy.append(TryLater("the index is made", after=3))

    with pytest.raises(TryLater):
        await house.arrives([make.entry()])

    assert await house.searching.once() == 1


async def test_a_place_that_may_not_be_searched_is_left_out() -> None:
    """The next question is asked all the same."""
    house = House()
    house.platform.busy.append(NotPermitted("Read Message History is missing"))

    opened = await house.arrives([make.entry("telegram:user/redlantern"), make.entry()])

    assert opened == 1
    assert house.platform.asked == [("fake:room", "bluelantern")]


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("telegram:user/bluelantern", "bluelantern"),
        ("discord:invite/AbCdEfG", "AbCdEfG"),
        ("web:kites.example/posts/lantern", "lantern"),
        ("telegram:id/51900412", ""),
        ("web:kites.example/", ""),
        ("x:user/abc", ""),
    ],
)
def test_the_telling_word_of_an_identifier(identifier: str, words: str) -> None:
    """What people would have written; a number or a short word says nothing."""
    assert telling(identifier) == words
