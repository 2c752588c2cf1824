"""A profile is judged when it is new or changed, once, and never lost; for the rest there is a memory."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from core.errors import TryLater
from core.model import Account, Happening, Text
from core.newcomers import FOR_DAYS, PREFIX, Newcomers, Profile
from tests import make
from tests.fakes import MemoryNotes

AMINA = make.account()


class CountedNotes(MemoryNotes):
    """Notes that count how often they are asked."""

    asked = 0

    async def note(self, key: str) -> str | None:
        """Return a note, and count."""
        self.asked += 1
        return await super().note(key)


@dataclass
class Hall:
    """A memory, its notes, a clock, and who was judged."""

    notes: CountedNotes = field(default_factory=CountedNotes)
    now: datetime = make.NOON
    judged: list[Profile] = field(default_factory=list)
    answers: list[bool] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    in_memory: int = 100
    most_notes: int = 100

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin with an empty memory, as a new process does."""
        self.newcomers = Newcomers(
            self.notes, lambda: self.now, in_memory=self.in_memory, most_notes=self.most_notes
        )

    async def meet(self, *profiles: Profile) -> int:
        """Meet profiles one after the other; returns how many of them were judged."""
        before = len(self.judged)
        for profile in profiles:
            await self.newcomers.meet(profile, lambda: self._judge(profile))  # noqa: B023  # awaited at once
        return len(self.judged) - before

    async def _judge(self, profile: Profile) -> bool:
        if self.errors:
            raise self.errors.pop(0)
        await asyncio.sleep(0)
        self.judged.append(profile)
        return self.answers.pop(0) if self.answers else True


def profile(account: Account = AMINA, *, place_id: str = "fake:room", looks: str = "") -> Profile:
    """Give how somebody shows themselves."""
    return Profile(place=make.place(place_id=place_id), account=account, looks=looks)


async def test_an_account_is_judged_when_it_first_shows_itself_and_not_again() -> None:
    """The second time neither the judge nor the database is asked."""
    hall = Hall()

    assert [await hall.meet(profile()), hall.notes.asked] == [1, 1]
    assert [await hall.meet(profile()), hall.notes.asked] == [0, 1]


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (profile(replace(AMINA, name="Blue Lantern")), 1),
        (profile(replace(AMINA, handle="fake:user/bluelantern")), 1),
        (profile(looks="another picture"), 1),
        (profile(place_id="fake:elsewhere"), 1),
        (profile(make.account(number=7)), 1),
        (profile(replace(AMINA, since=make.NOON)), 0),
        (replace(profile(), place=make.place("Kite Flyers #general")), 0),
    ],
)
async def test_a_change_is_news_and_what_is_no_part_of_the_profile_is_not(other: Profile, count: int) -> None:
    """Name, handle and picture count, for each account in each place."""
    hall = Hall()
    await hall.meet(profile())

    assert await hall.meet(other) == count


async def test_a_restart_forgets_nothing() -> None:
    """What was judged by another process is known from its note, and then from memory."""
    hall = Hall()
    await hall.meet(profile())
    hall.restart()

    assert [await hall.meet(profile()), await hall.meet(profile())] == [0, 0]
    assert hall.notes.asked == 2


async def test_a_judging_that_fails_is_done_again() -> None:
    """The note is written after the judging: an error in between loses no profile."""
    hall = Hall(errors=[TryLater("busy", after=1.0)])

    with pytest.raises(TryLater):
        await hall.meet(profile())

    assert hall.notes.notes == {}
    assert await hall.meet(profile()) == 1


async def test_what_could_not_be_looked_at_stays_news() -> None:
    """A profile that the platform was too busy to show is looked at again the next time."""
    hall = Hall(answers=[False, True])

    assert await hall.meet(profile(), profile(), profile()) == 2


async def test_many_events_at_once_judge_once() -> None:
    """Workers that take ten messages of one newcomer at the same time judge one profile."""
    hall = Hall()

    async with asyncio.TaskGroup() as group:
        for number in range(10):
            group.create_task(hall.meet(profile()), name=f"event {number}")

    assert len(hall.judged) == 1


async def test_a_profile_is_news_again_after_its_time() -> None:
    """In memory and as a note alike, so that lists that have grown since are asked, too."""
    for is_restarted in (False, True):
        hall = Hall()
        await hall.meet(profile())
        hall.now += timedelta(days=FOR_DAYS)
        assert await hall.meet(profile()) == 0

        hall.now += timedelta(days=1)
        if is_restarted:
            hall.restart()

        assert await hall.meet(profile()) == 1


async def test_a_part_of_a_profile_is_news_only_from_a_stranger() -> None:
    """An event that leaves the name in this place out must not look like a change of it."""
    hall = Hall()
    whole = profile(replace(AMINA, name="Amina here"), looks="a picture")
    part = replace(profile(), is_whole=False)

    assert await hall.meet(part, part) == 1
    assert await hall.meet(whole, part, whole) == 1


async def test_an_account_without_an_identifier_is_left_out() -> None:
    """It could not be told from another."""
    assert await Hall().meet(profile(Account(name="hidden"))) == 0


async def test_notes_are_forgotten_when_they_are_old_or_many() -> None:
    """Once a day, with the first note of that day; other notes stay."""
    hall = Hall(most_notes=3)
    hall.notes.notes["telegram.offset"] = "7"
    await hall.meet(*people(range(3)))
    hall.now += timedelta(days=FOR_DAYS - 1)
    await hall.meet(*people(range(3, 6)))
    assert numbers(hall) == [1, 2, 3, 4, 5]

    hall.now += timedelta(days=2)
    await hall.meet(*people(range(6, 7)))

    assert numbers(hall) == [4, 5, 6]
    assert hall.notes.notes["telegram.offset"] == "7"


async def test_the_memory_is_bounded_and_keeps_who_spoke_last() -> None:
    """Who falls out of it is still known by their note."""
    hall = Hall(in_memory=2)
    first, second, third = people(range(3))
    await hall.meet(first, second, first, third)
    asked = hall.notes.asked

    assert await hall.meet(first, third) == 0
    assert hall.notes.asked == asked
    assert await hall.meet(second) == 0
    assert hall.notes.asked == asked + 1


def test_the_same_profile_is_the_same_message() -> None:
    """So its case opens once, however often it is judged; another profile is another message."""
    seen = profile().message(
        at=make.NOON, parts=(Text(text="hello", path="bio"),), url="https://fake.example"
    )
    again = profile().message(at=make.NOON + timedelta(days=1))
    changed = profile(looks="another picture").message(at=make.NOON)

    assert seen.happening is Happening.PROFILE
    assert seen.id.startswith("fake:room/profile-51900412-")
    assert (seen.author, seen.url, len(seen.parts)) == (AMINA, "https://fake.example", 1)
    assert seen.id == again.id != changed.id


def people(range_: Iterable[int]) -> list[Profile]:
    """Give profiles of several accounts."""
    return [profile(make.account(number=number)) for number in range_]


def numbers(hall: Hall) -> list[int]:
    """Give the accounts that are noted."""
    return sorted(int(key.rpartition("/")[2]) for key in hall.notes.notes if key.startswith(PREFIX))
