"""Answers are remembered for a while, refusals too, and what is asked twice at once is asked once.

They are kept in memory and nowhere else: who followed which link is nobody's business after a day, and after
a restart a lookup costs one request. A raid that posts a thousand copies of a link asks for it once.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from weakref import WeakValueDictionary

from core.errors import CannotLook, TryLater
from core.ports import Resolver

MOST: Final = 10_000
"""Answers remembered; then the one that was longest not asked for is forgotten. About 5 MB."""

REFUSED_S: Final = 600.0
"""Seconds that a refusal holds, and that nothing was found."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer or refusal, and the clock's time until which it holds."""

    said: tuple[str, ...] | CannotLook | TryLater
    until_s: float


class Remembered:
    """The port `Resolver` over another one.

    Args:
        inner: Who is asked.
        kept_s: Seconds that what was found holds.
        clock: Seconds that only grow.
        most: How many answers are remembered.
    """

    def __init__(
        self, inner: Resolver, *, kept_s: float, clock: Callable[[], float], most: int = MOST
    ) -> None:
        self._inner = inner
        self._kept_s = kept_s
        self._clock = clock
        self._most = most
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Return what was found, now or not long ago.

        Raises:
            CannotLook: As the one that is asked, or was.
            TryLater: As the one that is asked; it is not asked again before the time it named.
        """
        lock = self._locks.setdefault(identifier, asyncio.Lock())
        # Whoever waits here asks anew if the one before was cancelled: its answer is not lost for them.
        async with lock:
            kept = self._kept.get(identifier)
            if kept is None or kept.until_s <= self._clock():
                kept = await self._ask(identifier)
                self._kept[identifier] = kept
            self._kept.move_to_end(identifier)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        match kept.said:
            case TryLater():
                raise TryLater(str(kept.said), after=max(kept.until_s - self._clock(), 0.0))
            case CannotLook():
                raise CannotLook(str(kept.said))
            case found:
                return found

    async def _ask(self, identifier: str) -> _Kept:
        try:
            found = await self._inner.resolve(identifier)
        except CannotLook as exc:
            # A new one each time: an error holds on to everything that was open when it was raised.
            return _Kept(CannotLook(str(exc)), self._clock() + REFUSED_S)
        except TryLater as exc:
            return _Kept(TryLater(str(exc), after=exc.after), self._clock() + exc.after)
        return _Kept(found, self._clock() + (self._kept_s if found else REFUSED_S))
