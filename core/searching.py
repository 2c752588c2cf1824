"""The wider sweep: platforms that can search what was written are asked for entries that arrive.

What is remembered here begins with the bot's first day and ends after some weeks; a server's own search knows
all of it. Only links are asked for, by the word that tells them apart, of lists that are trusted so far, and
few at a time: a long list is a matter for what is remembered. What waits is in memory, and a restart ends it.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from core.engine import Engine
from core.errors import Gone, NigehbanError, NotPermitted, TryLater
from core.judge import Judge
from core.keeping import BankStore, Change, Rooms
from core.model import EntryState, Trust
from core.ports import Platform, Searcher

log = logging.getLogger(__name__)

MOST: Final = 20
"""Entries of one change that are searched for."""

_SHORTEST: Final = 5
"""Letters of a word that is searched for: a shorter one stands in anything."""

_EVERY_S: Final = 1.0


class Searching:
    """Searches the platforms that can be searched, one question after the other.

    Args:
        store: Where banks are kept.
        rooms: Which places are watched.
        platforms: By name; those that satisfy `Searcher` are asked.
        judge, engine: What a find goes through; it is only a report.
        clock: The present moment.
        days: How far back.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        *,
        store: BankStore,
        rooms: Rooms,
        platforms: Mapping[str, Platform],
        judge: Judge,
        engine: Engine,
        clock: Callable[[], datetime],
        days: int,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._platforms = platforms
        self._judge = judge
        self._engine = engine
        self._clock = clock
        self._days = days
        self._waiting: deque[tuple[str, str, str]] = deque()

    async def ask(self, changes: Iterable[Change]) -> None:
        """Have some entries searched for, in every place that can be searched."""
        links = [c.entry_id for c in changes if c.matchable and c.kind == "link"]
        if len(links) > MOST:
            log.info("a long change of a list is not searched for", extra={"links": len(links)})
            return
        known = await self._store.found(links) if links else {}
        for bank, entry in known.values():
            words = telling(entry.value)
            if not words or bank.trust is Trust.TRIAL or entry.state is not EntryState.ACTIVE:
                continue
            for name, platform in self._platforms.items():
                if isinstance(platform, Searcher):
                    places = await self._rooms.watched(name)
                    self._waiting.extend((name, place, words) for place in places)

    async def follow(self, *, every_s: float = _EVERY_S) -> None:
        """Search for ever; what fails is left out, what is busy waits."""
        while True:
            wait_s = every_s
            try:
                await self.once()
            except TryLater as exc:
                wait_s = max(every_s, exc.after)
            except NigehbanError:
                log.exception("a search failed")
            # The questions come from the sweep; this is how patiently they are asked.
            await asyncio.sleep(wait_s)

    async def once(self) -> int:
        """Ask all that waits; returns how many messages became cases.

        Raises:
            TryLater: A platform is busy; the question stays.
        """
        opened = 0
        while self._waiting:
            name, place, words = self._waiting[0]
            try:
                opened += await self._search(name, place, words)
            except (NotPermitted, Gone) as exc:
                log.info("a place cannot be searched", extra={"place": place, "why": str(exc)})
            self._waiting.popleft()
        return opened

    async def _search(self, name: str, place: str, words: str) -> int:
        platform = self._platforms[name]
        if not isinstance(platform, Searcher):
            return 0
        opened = 0
        since = self._clock() - timedelta(days=self._days)
        for message in await platform.search(place, words, since=since):
            verdict = (await self._judge(message, platform)).reported_only()
            try:
                opened += await self._engine.late(message, verdict) is not None
            except TryLater:
                opened += 1  # saved; `resume` shows it
        return opened


def telling(identifier: str) -> str:
    """Return the word of an identifier that a search is to find; "" for a number or a short one."""
    word = identifier.rpartition("/")[2]
    return "" if len(word) < _SHORTEST or word.isdigit() else word
