"""What files gave when they were looked at: a forwarded file is looked at once.

Kept in memory, within a size, the longest unasked going first. Only what a file holds is kept, never what
anybody made of it: banks change, and moderators change their minds.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, Protocol, TypeVar
from weakref import WeakValueDictionary

from core.media.frames import Seen

MOST_BYTES: Final = 32_000_000
"""Some thousand pictures: one with its views and features takes about 30 kB."""

_AT_ONCE: Final = 1 << 20
"""A digest of more is made beside the event loop."""

_OVERHEAD: Final = 300

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """Values by key, each made once, also where several ask for it at one time.

    Args:
        weigh: Gives a value's size in bytes; one that weighs nothing is not kept.
        most_bytes: What all together may weigh.
    """

    def __init__(self, weigh: Callable[[Value], int], *, most_bytes: int = MOST_BYTES) -> None:
        self._weigh = weigh
        self._most_bytes = most_bytes
        self._held_bytes = 0
        self._kept: OrderedDict[str, Value] = OrderedDict()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def get(self, key: str, make: Callable[[], Awaitable[Value]]) -> Value:
        """Return what is kept, or make it; what cannot be made is raised, and tried again the next time."""
        turn = self._turns.get(key) or self._turns.setdefault(key, asyncio.Lock())
        async with turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            made = await make()
            weight = self._weigh(made)
            if 0 < weight <= self._most_bytes:
                self._kept[key] = made
                self._held_bytes += weight
            while self._held_bytes > self._most_bytes:
                _, gone = self._kept.popitem(last=False)
                self._held_bytes -= self._weigh(gone)
            return made


class Reader(Protocol):
    """What looks at a file (`core.media.sandbox.Sandbox`)."""

    async def look(self, content: bytes) -> Seen:
        """Give what is seen, or raise CannotLook."""
        ...


class Remembered:
    """A reader that looks once at the same bytes; what could not be read is tried again.

    Args:
        reader: What looks.
        most_bytes: Memory for what was seen.
    """

    def __init__(self, reader: Reader, *, most_bytes: int = MOST_BYTES) -> None:
        self._reader = reader
        self._recent: Recent[Seen] = Recent(_weight, most_bytes=most_bytes)

    async def look(self, content: bytes) -> Seen:
        """Give what is seen, or raise CannotLook."""
        large = len(content) > _AT_ONCE
        key = await asyncio.to_thread(_digest, content) if large else _digest(content)
        return await self._recent.get(key, lambda: self._reader.look(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _weight(seen: Seen) -> int:
    held = [
        text for f in seen.fingerprints for text in (f.features, *(view.coefficients for view in f.views))
    ]
    return _OVERHEAD + len(seen.clip) + sum(map(len, (*held, *seen.codes)))
