"""The process says when it serves, stops in order when asked, and ends with one error when it must."""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bots.serve import serve
from core.errors import BadInput
from tests.fake_platform import FakePlatform


@dataclass
class FakeListener(FakePlatform):
    """A platform that listens until it is cancelled, or refuses to start."""

    refuses: str = ""
    closed: bool = False
    listening: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self, ready: Callable[[str], None]) -> None:
        """Serve until cancelled."""
        if self.refuses:
            raise BadInput(self.refuses)
        ready(f"{self.name} (@guard)")
        self.listening.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.closed = True


async def idle(stop: asyncio.Event) -> None:
    """Work on nothing until stopped."""
    await stop.wait()


async def never() -> None:
    """Follow no banks, for ever."""
    await asyncio.Event().wait()


FOREVER = {"follow the banks": never}
"""What runs besides."""


async def test_it_says_ready_once_every_platform_is_served_and_stops_in_order() -> None:
    """One line names all platforms; SIGTERM closes the listeners and lets the worker finish."""
    said: list[str] = []
    one, two = FakeListener(name="telegram"), FakeListener(name="discord")
    finished = asyncio.Event()

    async def work(stop: asyncio.Event) -> None:
        await stop.wait()
        finished.set()

    async def stop_when_served() -> None:
        await one.listening.wait()
        await two.listening.wait()
        os.kill(os.getpid(), signal.SIGTERM)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(serve([one, two], work, FOREVER, say=said.append))
        group.create_task(stop_when_served())

    assert said == ["ready discord (@guard), telegram (@guard)"]
    assert (one.closed, two.closed, finished.is_set()) == (True, True, True)


async def test_a_wrong_token_ends_the_process_with_its_line() -> None:
    """One platform that cannot be served takes the process with it, so that somebody notices."""
    good, bad = FakeListener(name="telegram"), FakeListener(name="discord", refuses="the token is wrong")

    with pytest.raises(BadInput, match=r"^the token is wrong$"):
        await serve([good, bad], idle, FOREVER, say=lambda _: None)


async def test_two_errors_at_once_are_one_line() -> None:
    """The first is said; nobody reads a group of errors."""
    listeners = [FakeListener(name=name, refuses="the token is wrong") for name in ("telegram", "discord")]

    with pytest.raises(BadInput, match=r"^the token is wrong$"):
        await serve(listeners, idle, FOREVER, say=lambda _: None)


async def test_what_runs_besides_is_stopped_with_the_listeners() -> None:
    """Lists are brought up to date as long as somebody listens, and no longer."""
    one, begun, ended = FakeListener(name="telegram"), asyncio.Event(), asyncio.Event()

    async def sync() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def stop_when_served() -> None:
        await one.listening.wait()
        await begun.wait()
        os.kill(os.getpid(), signal.SIGTERM)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        group.create_task(serve([one], idle, {"sync the lists": sync}, say=lambda _: None))
        group.create_task(stop_when_served())

    assert (one.closed, ended.is_set()) == (True, True)
