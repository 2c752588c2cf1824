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
