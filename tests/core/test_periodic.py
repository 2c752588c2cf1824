"""What is done again and again goes on after a turn that failed, and ends with whoever does it."""

import asyncio
import logging

import pytest

from core.errors import NigehbanError, StoreError
from core.periodic import periodically


class Turns:
    """Turns that end as they are told; the last ending is a wait for ever."""

    def __init__(self, *endings: Exception | None) -> None:
        self._endings = list(endings)
        self.taken = 0
        self.all_taken = asyncio.Event()

    async def __call__(self) -> None:
        """Take one turn."""
        self.taken += 1
        if not self._endings:
            self.all_taken.set()
            await asyncio.Event().wait()
        if error := self._endings.pop(0):
            raise error


async def test_a_turn_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    """A database that is gone for a moment stops nothing for good."""
    turns = Turns(None, StoreError("the disk is full"), None)
    following = asyncio.create_task(periodically(turns, every_s=0, failed="the sweep failed"), name="follow")

    async with asyncio.timeout(20):
        await turns.all_taken.wait()
    following.cancel()
    await asyncio.wait([following])

    assert (turns.taken, following.cancelled()) == (4, True)
    assert [(one.levelno, one.message) for one in caplog.records] == [(logging.ERROR, "the sweep failed")]


async def test_a_mistake_of_ours_ends_it_loudly() -> None:
    """Only what is raised on purpose is expected to pass."""
    turns = Turns(NigehbanError("busy"), ValueError("a bug"), None)

    with pytest.raises(ValueError, match="a bug"):
        await periodically(turns, every_s=0, failed="it failed")

    assert turns.taken == 2
