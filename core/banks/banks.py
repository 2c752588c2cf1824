"""The banks as the judge sees them: signals in, matches out, each with a sentence for a moderator.

The index answers from memory; what an entry says is loaded from the store on a hit, which is rare. A change
that another process made is known as soon as `follow` has looked again.

Pictures and clips take up to a tenth of a second among a hundred thousand, so they are looked up in a thread,
one message's at a time; numpy lets the event loop go on meanwhile. Nothing is taken in while a thread reads.
Everything else is looked up where it is asked: that is quicker than a thread.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Final

from core.banks.beside import to_its_end
from core.banks.index import FEATURES, IN_EXTRA, ORIGIN, VIDEO, Hit, Index, Still
from core.banks.kept import Kept
from core.banks.mirrors import mirrors, namesakes, profile_in
from core.banks.own import as_said_here, asked, dismissed
from core.banks.sentences import DIGEST_NAMES, because, strength
from core.banks.where import where
from core.errors import NigehbanError
from core.keeping import BankStore, Change
from core.model import Bank, Entry, EntryState, Match, Signal
from core.periodic import periodically

_FOLLOW_S: Final = 0.5
_AT_ONCE: Final = 5_000
_BITE: Final = 250
"""Changes that are taken in without a pause: in some milliseconds, where all took a fifth of a second."""

MUCH: Final = 20_000
SOME: Final = 2_000
"""Fewer are read in less time than keeping takes."""

_SHARE: Final = 8

_FARTHEST: Final = 256
_ORDER: Final = (*DIGEST_NAMES, "pdq", VIDEO, FEATURES)
"""Of two ways to the same entry, the surer one is told."""


class Banks:
    """What is known, live.

    Args:
        store: Where entries are kept.
        clock: The present time, with a zone.
        only: The banks that count; all of them where it is None.
        kept: Where the index is kept from one process to the next; nowhere where it is None.
        much: Changes after which it is kept anew, if they are an eighth of the whole, too.
        some: Changes after which it is kept at a stop.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is called
        self,
        store: BankStore,
        *,
        clock: Callable[[], datetime],
        only: Collection[str] | None = None,
        kept: Kept | None = None,
        much: int = MUCH,
        some: int = SOME,
    ) -> None:
        self._store = store
        self._clock = clock
        self._only = only
        self._index = Index()
        self._turn = asyncio.Lock()
        # What is known of pictures and clips is in arrays that grow in place: nobody reads while one writes.
        self._reading = asyncio.Lock()
        self._kept = kept
        self._much = much
        self._some = some
        self._unkept = 0
        self._erased = 0

    async def start(self) -> int:
        """Know all that is stored: as it was kept, and what changed since; returns how many entries changed.

        Raises:
            NigehbanError: The store could not be read.
        """
        if self._kept is not None and (index := await self._kept.index()) is not None:
            self._index = index
        taken = await self.refresh()
        await self._keep_much()
        return taken

    async def refresh(self) -> int:
        """Take in what changed in the store since the last time; returns how many entries.

        Raises:
            NigehbanError: The store could not be read; what was known stays known.
        """
        taken = 0
        async with self._turn:
            while changes := await self._store.changes(self._index.revision, limit=_AT_ONCE):
                extras = await self._extras(changes)
                for start in range(0, len(changes), _BITE):
                    async with self._reading:
                        self._index.apply(changes[start : start + _BITE], extras)
                    self._unkept += len(changes[start : start + _BITE])
                    # A long list takes seconds in all: messages are judged in between.
                    await asyncio.sleep(0)
                taken += len(changes)
        return taken

    async def _keep_much(self) -> None:
        """Keep the index where much of it is new, or where something is kept of which nothing may stay."""
        much = self._unkept > max(self._much, len(self._index) // _SHARE)
        erased = len(self._index.erased) > self._erased and self._kept is not None and self._kept.exists()
        if much or erased:
            await self._keep(self._unkept)

    async def _keep(self, unkept: int) -> None:
        """Keep the index; messages are judged meanwhile."""
        if self._kept is not None and unkept:
            async with self._reading:
                columns = await to_its_end(self._index.columns)
                revision, erased, new = self._index.revision, len(self._index.erased), self._unkept
            await self._kept.keep(columns, revision)
            self._unkept, self._erased = self._unkept - new, erased

    async def _extras(self, changes: Sequence[Change]) -> dict[int, str]:
        """Load what changes do not carry: the features and clips that entries are matched by."""
        wanted = [c.entry_id for c in changes if c.kind in IN_EXTRA and c.matchable]
        known = await self._store.found(wanted) if wanted else {}
        return {n: dict(entry.extra).get(IN_EXTRA[entry.kind], "") for n, (_, entry) in known.items()}

    async def follow(self, *, every_s: float = _FOLLOW_S) -> None:
        """Refresh for ever. A store that cannot be read for a while leaves what is known as it was."""
        try:
            await periodically(self._follow_once, every_s=every_s, failed="banks could not be refreshed")
        finally:
            if self._unkept >= self._some:
                with suppress(NigehbanError):
                    await self._keep(self._unkept)

    async def _follow_once(self) -> None:
        await self.refresh()
        await self._keep_much()

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Return every match of the signals, strongest first; one for each part and item of a list."""
        now = self._clock()
        hits = await self._hits(signals, now)
        shown = profile_in(signals)
        around = self._index.around(shown[1], now=now) if shown else ()
        if not hits and not around:
            return ()
        met = dict.fromkeys(signal for signal, _ in hits) | ({shown[0]: None} if around and shown else {})
        asking = asked(met, signals)
        said = await self._hits([one for ones in asking.values() for one in ones], now)
        known = await self._known({hit.entry_id for _, hit in (*hits, *said)}.union(around))
        best: dict[tuple[str, str, str], Match] = {}
        listed = {signal.part for signal, _ in hits if signal.kind == "account"}
        hits = [pair for pair in hits if pair[0].kind != ORIGIN or pair[0].part not in listed]
        for signal, found in groupby((pair for pair in hits if pair[1].entry_id in known), itemgetter(0)):
            for match in self._matches(signal, [(hit, *known[hit.entry_id]) for _, hit in found]):
                item = (match.signal.part, match.bank.name, _item(match))
                best[item] = min(best.get(item, match), match, key=_weakness)
        alike = mirrors(*shown, known.values()) if shown else ()
        here = dismissed((*hits, *said), asking, known)
        return tuple(sorted(as_said_here((*best.values(), *alike), here), key=_weakness))

    async def _hits(self, signals: Sequence[Signal], now: datetime) -> list[tuple[Signal, Hit]]:
        """Return every hit in the order of the signals; what takes long is asked beside the event loop."""
        slow = {at: signal for at, signal in enumerate(signals) if self._index.takes_long(signal)}
        found: dict[int, tuple[Hit, ...]] = {}
        if slow:
            async with self._reading:
                found = await to_its_end(
                    lambda: {at: self._index.hits(signal, now=now) for at, signal in slow.items()}
                )
        return [
            (signal, hit)
            for at, signal in enumerate(signals)
            for hit in (found[at] if at in found else self._index.hits(signal, now=now))
        ]

    def _matches(self, signal: Signal, found: Sequence[tuple[Hit, Bank, Entry]]) -> Iterable[Match]:
        if signal.kind == "text":
            return self._index.texts.matches(signal, [(bank, entry) for _, bank, entry in found])
        if signal.kind == ORIGIN:
            return namesakes(signal, [(bank, entry) for _, bank, entry in found])
        return (
            _match(signal, hit, bank, entry)
            for hit, bank, entry in found
            if hit.sight or hit.distance is not None or entry.value == signal.value
        )

    async def _known(self, numbers: Collection[int]) -> dict[int, tuple[Bank, Entry]]:
        """Return the entries of these numbers that count: active ones of the chosen banks."""
        found = await self._store.found(sorted(numbers))
        return {number: one for number, one in found.items() if self._counts(*one)}

    def _counts(self, bank: Bank, entry: Entry) -> bool:
        over = bank.expires_at is not None and bank.expires_at <= self._clock()
        chosen = self._only is None or bank.name in self._only
        return entry.state is EntryState.ACTIVE and chosen and not over


def _item(match: Match) -> str:
    """Name what an entry stands for: the digests and the hash of one file share a reference.

    Accounts do not: a list may number its rows by group, and each link in a text is a find of its own.
    """
    entry = match.entry
    return f"file {entry.ref}" if entry.ref and entry.kind in _ORDER else f"{entry.kind} {entry.value}"


def _weakness(match: Match) -> tuple[int, int, int]:
    order = _ORDER.index(match.entry.kind) if match.entry.kind in _ORDER else 0
    distance = _FARTHEST if match.entry.kind in IN_EXTRA else match.distance or 0
    return -match.strength.rank, distance, order


def _match(signal: Signal, hit: Hit, bank: Bank, entry: Entry) -> Match:
    shown = signal.bare()
    if isinstance(hit.sight, Still):
        shown = replace(shown, kind="pdq", value=hit.sight.value)
    return Match(
        signal=shown,
        bank=bank,
        entry=entry,
        strength=strength(hit, bank.ladder),
        distance=hit.distance,
        because=because(signal, hit),
        where=where(signal, hit),
    )
