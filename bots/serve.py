"""The life of the process: listen, work, follow the banks, and stop in order when asked to.

Who stops first matters: the listeners, so that nothing new is taken in; then the worker, which finishes
what it has in hand. What it cannot finish in time stays claimed in the inbox, for the next start.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from core.errors import NigehbanError
from core.ports import Listener

GRACE_S: Final = 8.0
"""How long stopping may take: containers are killed ten seconds after they are asked to stop."""

_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)


async def serve(
    listeners: Sequence[Listener],
    work: Callable[[asyncio.Event], Awaitable[None]],
    follow: Mapping[str, Callable[[], Awaitable[None]]],
    *,
    say: Callable[[str], None],
) -> None:
    """Serve until SIGTERM or SIGINT, or until something raises that waiting will not mend.

    Args:
        listeners: The platforms to listen to.
        work: Works the inbox off until the event it is given is set, and finishes what is in hand.
        follow: What else runs for ever, by its name: bringing the banks up to date, sweeping.
        say: Gets the line `ready …` once every platform is served.

    Raises:
        NigehbanError: The first that a part of it raised; a wrong token, a database that is gone.
    """
    ready = _ready(len(listeners), say)
    refused: NigehbanError | None = None
    try:
        with _asked_to_stop() as stop:
            async with asyncio.TaskGroup() as group:
                ears = [group.create_task(one.listen(ready), name=f"listen {one.name}") for one in listeners]
                ears += [group.create_task(_run(one()), name=name) for name, one in follow.items()]
                hands = group.create_task(_run(work(stop)), name="worker")
                await stop.wait()
                for ear in ears:
                    ear.cancel()
                await asyncio.wait([hands], timeout=GRACE_S)
                hands.cancel()
    except* NigehbanError as problems:
        refused = _first(problems)
    # Raised out here: Python before 3.11.4 (Debian 12 has 3.11.2) puts what an `except*` raises into a group.
    if refused is not None:
        raise refused


def _ready(listeners: int, say: Callable[[str], None]) -> Callable[[str], None]:
    """Return what each listener calls once it listens; the last of them has the line `ready …` said."""
    served: list[str] = []

    def ready(line: str) -> None:
        served.append(line)
        if len(served) == listeners:
            say(f"ready {', '.join(sorted(served))}")

    return ready


@contextmanager
def _asked_to_stop() -> Iterator[asyncio.Event]:
    """Lend an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _STOPPING:
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in _STOPPING:
            loop.remove_signal_handler(number)


async def _run(what: Awaitable[None]) -> None:
    await what


def _first(problems: BaseExceptionGroup[NigehbanError]) -> NigehbanError:
    """Return the first error inside nested groups: one line is said, and the others follow from it."""
    one: BaseException = problems
    while isinstance(one, BaseExceptionGroup):
        one = one.exceptions[0]
    if not isinstance(one, NigehbanError):
        raise TypeError(f"not an error of ours: {one!r}")
    return one
