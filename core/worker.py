"""The worker: takes deliveries from the inbox, hands each to its platform, and settles it with the inbox.

One delivery's failure is its own: it is handed out again, and after the last attempt laid among the dead,
while its siblings go on. Stopping means finishing what is in hand: no delivery is lost either way.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from core.engine import Engine
from core.errors import TryLater
from core.ports import Delivery, Inbox, Platform

log = logging.getLogger(__name__)

BATCH: Final = 100
"""Deliveries claimed at once: a transaction each for claiming and settling pays off from about here."""

AT_ONCE: Final = 8
"""Deliveries worked on at the same time: enough to hide the waits for platforms, small in memory."""

AGAIN_S: Final = 5.0
"""Seconds until a delivery that failed without saying when is handed out again."""

RESUME_EVERY_S: Final = 5.0
"""Seconds between two looks for cases that still wait for something outside."""


class Worker:
    """Works the inbox off until it is stopped.

    Args:
        inbox: Where deliveries come from.
        platforms: By name, what takes them.
        engine: What resumes the cases that wait.
        flush: Writes down what is still in memory of the deliveries, before they are done.
    """

    def __init__(
        self,
        *,
        inbox: Inbox,
        platforms: Mapping[str, Platform],
        engine: Engine,
        flush: Callable[[], Awaitable[None]],
    ) -> None:
        self._inbox = inbox
        self._flush = flush
        self._platforms = platforms
        self._engine = engine

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set; what is in hand then is finished first."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._resume(stop), name="resume waiting cases")
            while not stop.is_set():
                try:
                    await self.once(wait_s=1.0)
                except TryLater as exc:
                    log.warning("inbox out of reach", extra={"why": str(exc)})
                    await _pause(stop, exc.after)

    async def once(self, *, wait_s: float) -> int:
        """Work one batch off; returns how many deliveries it had."""
        deliveries = await self._inbox.claim(BATCH, wait_s=wait_s)
        done: list[Delivery] = []
        rest = iter(deliveries)

        async def work() -> None:
            for delivery in rest:
                await self._take(delivery, done)
                # Most of them wait for nothing, and others want their turn: listeners, heartbeats.
                await asyncio.sleep(0)

        async with asyncio.TaskGroup() as group:
            for number in range(min(AT_ONCE, len(deliveries))):
                group.create_task(work(), name=f"deliveries {number}")
        await self._flush()
        if done:
            await self._inbox.done(done)
        return len(deliveries)

    async def _take(self, delivery: Delivery, done: list[Delivery]) -> None:
        platform = self._platforms.get(delivery.platform)
        if platform is None:
            reason = f"{delivery.platform} is not set up here"
            await self._inbox.failed(delivery, reason, after_s=AGAIN_S)
            return
        try:
            await platform.take(delivery.body)
        except TryLater as exc:
            await self._inbox.failed(delivery, str(exc), after_s=exc.after)
        except Exception as exc:
            # A poisonous event must neither stop the others nor be dropped: it ends among the dead.
            log.exception("event failed", extra={"platform": delivery.platform, "attempt": delivery.attempt})
            await self._inbox.failed(delivery, type(exc).__name__, after_s=AGAIN_S)
        else:
            done.append(delivery)

    async def _resume(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._engine.resume()
            except Exception:
                # Looked at again in a few seconds; the deliveries must go on meanwhile.
                log.exception("waiting cases could not be resumed")
            await _pause(stop, RESUME_EVERY_S)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
