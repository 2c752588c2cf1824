"""What takes long, done in a thread beside the event loop."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

_T = TypeVar("_T")


async def to_its_end(ask: Callable[[], _T]) -> _T:
    """Run something in a thread; who is cancelled waits for it all the same: a thread cannot be ended."""
    running = asyncio.create_task(asyncio.to_thread(ask), name="look up")
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait((running,))
        raise
