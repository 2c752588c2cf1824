"""What a listener may rely on, whatever keeps its notes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.keeping import Notes
from core.store.notes import SqlNotes
from tests.fakes import MemoryNotes
from tests.stores import opened_store


@pytest.fixture(params=["memory", "sql"])
async def notes(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Notes]:
    """Give every engine that keeps notes."""
    if request.param == "memory":
        yield MemoryNotes()
        return
    async with opened_store(tmp_path) as database:
        yield SqlNotes(database)


async def test_what_was_never_noted_is_none(notes: Notes) -> None:
    """A first start finds nothing and says so."""
    assert await notes.note("telegram.offset") is None


async def test_a_note_is_read_as_last_written(notes: Notes) -> None:
    """The later value stands in the place of the earlier; other notes stay."""
    await notes.keep("telegram.offset", "7")
    await notes.keep("discord.session", "a session — with any text")

    await notes.keep("telegram.offset", "8")

    assert await notes.note("telegram.offset") == "8"
    assert await notes.note("discord.session") == "a session — with any text"


async def test_notes_under_a_prefix_are_forgotten_by_age_and_number(notes: Notes) -> None:
    """What sorts before the limit goes, then the first beyond the number that may stay; others stay."""
    kept = {
        "seen/a": "2026-01-01 x",
        "seen/b": "2026-03-01 x",
        "seen/c": "2026-03-02 x",
        "seen/d": "2026-03-03",
    }
    others = {"seen": "2025-01-01", "SEEN/e": "2025-01-01", "seen%": "2025-01-01", "telegram.offset": "7"}
    for key, value in (kept | others).items():
        await notes.keep(key, value)

    await notes.forget("seen/", before="2026-02-01", most=2)

    left = {key for key in kept | others if await notes.note(key) is not None}
    assert left == {"seen/c", "seen/d", *others}


async def test_forgetting_leaves_what_is_young_and_few(notes: Notes) -> None:
    """A value that equals the limit is not before it."""
    await notes.keep("seen/a", "2026-02-01")

    await notes.forget("seen/", before="2026-02-01", most=1)
    await notes.forget("unseen/", before="9", most=0)

    assert await notes.note("seen/a") == "2026-02-01"


async def test_the_first_to_note_something_is_told_so(notes: Notes) -> None:
    """Of all who ask, one is told that there was none; what they wrote stands."""
    assert await notes.first("told/room/7", "2026-02-01")
    assert not await notes.first("told/room/7", "2026-02-02")
    assert not await notes.first("told/room/7", "2026-02-01")

    assert await notes.note("told/room/7") == "2026-02-01"
    assert await notes.first("told/room/8", "2026-02-01")
