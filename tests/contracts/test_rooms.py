"""What the platforms may rely on, whatever keeps the bindings of places to moderators' rooms."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.keeping import Rooms
from core.store.rooms import SqlRooms
from tests import make
from tests.fakes import MemoryRooms
from tests.stores import opened_store

LATER = make.NOON + timedelta(minutes=10)


@pytest.fixture(params=["memory", "sql"])
async def rooms(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rooms]:
    """Give every engine that keeps bindings."""
    if request.param == "memory":
        yield MemoryRooms()
        return
    async with opened_store(tmp_path) as database:
        yield SqlRooms(database)


async def test_a_place_has_no_room_until_it_is_bound(rooms: Rooms) -> None:
    """Nothing is guessed."""
    assert await rooms.room("fake:kites") is None
    assert await rooms.places("fake:desk") == ()


async def test_a_bound_place_knows_its_room_and_the_room_its_places(rooms: Rooms) -> None:
    """Several places may share a moderators' room."""
    await rooms.bind("fake:kites", "fake:desk")
    await rooms.bind("fake:boats", "fake:desk")

    assert await rooms.room("fake:kites") == "fake:desk"
    assert await rooms.places("fake:desk") == ("fake:boats", "fake:kites")


async def test_the_watched_places_of_a_platform_are_known(rooms: Rooms) -> None:
    """Each once, whatever room they are bound to; those of another platform are not among them."""
    await rooms.bind("fake:kites", "fake:room")
    await rooms.bind("fake:lanterns", "fake:other")
    await rooms.bind("fakes:kites", "fakes:room")

    assert await rooms.watched("fake") == ("fake:kites", "fake:lanterns")
    assert await rooms.watched("none") == ()


async def test_binding_again_replaces_the_room(rooms: Rooms) -> None:
    """A place has one room: the last one it was bound to."""
    await rooms.bind("fake:kites", "fake:desk")

    await rooms.bind("fake:kites", "fake:attic")

    assert await rooms.room("fake:kites") == "fake:attic"
    assert await rooms.places("fake:desk") == ()


async def test_a_place_that_moved_keeps_its_room(rooms: Rooms) -> None:
    """A group that becomes a supergroup has a new id and the same moderators."""
    await rooms.bind("fake:kites", "fake:desk")

    await rooms.move("fake:kites", "fake:superkites")
    await rooms.move("fake:kites", "fake:superkites")

    assert await rooms.places("fake:desk") == ("fake:superkites",)


async def test_a_room_that_moved_keeps_its_places(rooms: Rooms) -> None:
    """Cards follow the moderators."""
    await rooms.bind("fake:kites", "fake:desk")

    await rooms.move("fake:desk", "fake:superdesk")

    assert await rooms.room("fake:kites") == "fake:superdesk"


async def test_a_late_word_of_a_move_does_not_undo_a_newer_binding(rooms: Rooms) -> None:
    """Whoever bound the place under its new id meant it."""
    await rooms.bind("fake:kites", "fake:desk")
    await rooms.bind("fake:superkites", "fake:attic")

    await rooms.move("fake:kites", "fake:superkites")

    assert await rooms.room("fake:superkites") == "fake:attic"
    assert await rooms.room("fake:kites") is None


async def test_a_code_is_good_once(rooms: Rooms) -> None:
    """A binding code tells where it was given out, and then nothing more."""
    await rooms.offer("fake:desk", code="4711", until=LATER)

    assert await rooms.redeem("4711", now=make.NOON) == "fake:desk"
    assert await rooms.redeem("4711", now=make.NOON) is None


async def test_a_code_that_nobody_gave_out_is_worth_nothing(rooms: Rooms) -> None:
    """Guessing does not bind."""
    assert await rooms.redeem("0000", now=make.NOON) is None


async def test_a_code_grows_old(rooms: Rooms) -> None:
    """From its end on a code is worth nothing."""
    await rooms.offer("fake:desk", code="4711", until=LATER)

    assert await rooms.redeem("4711", now=LATER) is None


async def test_redeeming_one_code_leaves_the_others(rooms: Rooms) -> None:
    """Two rooms may be bound at the same time."""
    await rooms.offer("fake:desk", code="4711", until=LATER)
    await rooms.offer("fake:attic", code="4712", until=LATER)

    assert await rooms.redeem("4711", now=make.NOON) == "fake:desk"
    assert await rooms.redeem("4712", now=make.NOON) == "fake:attic"


async def test_a_code_follows_a_move(rooms: Rooms) -> None:
    """A room whose id changes between the code and its use is still the room that is bound."""
    await rooms.offer("fake:desk", code="4711", until=LATER)

    await rooms.move("fake:desk", "fake:superdesk")

    assert await rooms.redeem("4711", now=make.NOON) == "fake:superdesk"
