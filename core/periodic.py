"""What a process does again and again: follow what other processes write, or what is due at a time.

Nothing wakes a process when another one writes: so these are periods, and no waits for something.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn

from core.errors import NigehbanError

log = logging.getLogger(__name__)


async def periodically(turn: Callable[[], Awaitable[object]], *, every_s: float, failed: str) -> NoReturn:
    """Take a turn for ever, with a pause behind each; one that fails is logged, and tried again.

    Args:
        turn: What is done.
        every_s: Seconds between the end of a turn and the next one.
        failed: What the log says of a turn that failed.
    """
    while True:
        try:
            await turn()
        except NigehbanError:
            log.exception(failed)
        await asyncio.sleep(every_s)
