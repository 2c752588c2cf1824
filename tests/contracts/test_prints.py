"""The contract of the port `Prints`: in memory and in the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.keeping import Print, Prints, Sighting
from core.store.prints import SqlPrints
from tests import make
from tests.fake_prints import MemoryPrints
from tests.stores import opened_store

LINK = Print("link", "telegram:user/bluelantern")
PICTURE = Print("pdq", "0f" * 32)
LONG_AGO = make.NOON - timedelta(days=400)


@pytest.fixture(params=["memory", "sql"])
async def prints(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Prints]:
    """Lend each kind of store, empty."""
    if request.param == "memory":
        yield MemoryPrints()
        return
    async with opened_store(tmp_path) as database:
        yield SqlPrints(database)


def seen(number: int = 1, *marks: Print, author: str = "a1", days_ago: int = 0) -> Sighting:
    """Give a message of before."""
    return Sighting(
        message_id=f"fake:room:{number}",
        place="fake:room",
        place_name="Kite Flyers",
        author=author,
        handle=f"h-{author}",
        at=make.NOON - timedelta(days=days_ago),
        url=f"https://chat.example/{number}",
        prints=frozenset(marks),
    )


async def test_messages_are_found_by_what_they_had(prints: Prints) -> None:
    """Only by the very print, of its kind, and only those since a moment."""
    await prints.record([seen(1, LINK, PICTURE), seen(2, LINK, days_ago=9), seen(3, PICTURE), seen(4)])

    found = await prints.met([LINK, Print("sha256", PICTURE.value)], since=LONG_AGO)
    recent = await prints.met([LINK], since=make.NOON - timedelta(days=9) + timedelta(seconds=1))

    assert [one for _, one in found] == [LINK, LINK]
    assert [one.message_id for one in (await prints.sightings([n for n, _ in found])).values()] == [
        "fake:room:1",
        "fake:room:2",
    ]
    assert len(recent) == 1
    assert await prints.met([], since=LONG_AGO) == ()


async def test_messages_are_found_by_their_author(prints: Prints) -> None:
    """By the stable identifier or the public name, salted as they are kept."""
    await prints.record([seen(1, author="a1"), seen(2, author="a2"), seen(3, author="a1", days_ago=9)])

    found = await prints.wrote(["a1", "h-a2", "h-a1"], since=make.NOON - timedelta(days=1))

    assert [who for _, who in found] == ["a1", "h-a1", "h-a2"]


async def test_an_edit_joins_its_message(prints: Prints) -> None:
    """Delivered once more, or with something new: one message, all of its prints once."""
    await prints.record([seen(1, LINK)])
    await prints.record([seen(1, LINK, PICTURE), seen(1, LINK)])

    found = await prints.met([LINK, PICTURE], since=LONG_AGO)

    assert [one for _, one in found] == [LINK, PICTURE]
    assert len({number for number, _ in found}) == 1


async def test_all_of_a_kind_come_page_by_page_and_each_once(prints: Prints) -> None:
    """However many there are, in the order they were seen."""
    many = [
        seen(n, *(Print("pdq", f"{n * 3 + i:064x}") for i in range(3)), LINK, days_ago=n % 2)
        for n in range(1, 5001)
    ]
    await prints.record(many)

    pages = [page async for page in prints.of_kind("pdq", since=make.NOON - timedelta(days=1))]
    recent = [page async for page in prints.of_kind("pdq", since=make.NOON)]

    values = [value for page in pages for _, value in page]
    assert values == sorted(one.value for message in many for one in message.prints if one.kind == "pdq")
    assert len(values) == len(set(values)) == 15_000
    assert sum(map(len, recent)) == 7_500


async def test_messages_come_in_order_of_time_with_all_that_they_had(prints: Prints) -> None:
    """Each once, however many there are, with or without prints; of one place, where that is asked for."""
    many = [
        seen(n, *(Print("pdq", f"{n * 3 + i:064x}") for i in range(n % 3)), days_ago=n % 7)
        for n in range(1, 1301)
    ]
    await prints.record([*many, replace(seen(2000, LINK), place="fake:other")])
    since = make.NOON - timedelta(days=3)

    found = [one async for page in prints.remembered(since=since) for one in page]
    other = [one async for page in prints.remembered(since=since, place="fake:other") for one in page]

    here = [one for one in many if one.at >= since]
    assert [one for one in found if one.place == "fake:room"] == sorted(here, key=lambda one: one.at)
    assert [one.message_id for one in other] == ["fake:room:2000"]
    assert other[0].prints == {LINK}
    assert len(found) == len(here) + 1 > 700


async def test_what_is_remembered_comes_back_without_its_prints(prints: Prints) -> None:
    """Who, where and when; a number that is gone is left out."""
    await prints.record([seen(1, LINK)])
    ((number, _),) = await prints.met([LINK], since=LONG_AGO)

    assert await prints.sightings([number, 99]) == {number: replace(seen(1), prints=frozenset())}


@pytest.mark.parametrize("forwarded", [True, False])
async def test_a_forward_is_remembered_as_one(prints: Prints, *, forwarded: bool) -> None:
    """Whichever way it is read; what a later list finds in it are not its sender's words."""
    one = replace(seen(1, LINK), forwarded=forwarded)
    await prints.record([one])
    ((number, _),) = await prints.met([LINK], since=LONG_AGO)

    assert [kept async for page in prints.remembered(since=LONG_AGO) for kept in page] == [one]
    assert (await prints.sightings([number]))[number].forwarded is forwarded


async def test_what_is_too_old_is_forgotten_with_all_it_had(prints: Prints) -> None:
    """Nothing of it is found again; the moment itself stays."""
    await prints.record([seen(1, LINK, days_ago=3), seen(2, LINK, days_ago=2), seen(3, LINK)])

    gone = await prints.forget(before=make.NOON - timedelta(days=2))

    assert gone == 1
    assert len(await prints.met([LINK], since=LONG_AGO)) == 2
    assert [n for page in [p async for p in prints.of_kind("link", since=LONG_AGO)] for n, _ in page] == [
        2,
        3,
    ]
    assert await prints.forget(before=make.NOON - timedelta(days=2)) == 0
