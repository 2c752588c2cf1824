"""The fuse: an entry that meets too many people within an hour goes on as a report only, and says so.

A wrong entry shows itself by meeting everybody; so does a right one in a raid, and then moderators want to
see it anyway. What blew is an override of the entry, for every worker and until a person restores it. Each
worker counts for itself, and from zero after a restart.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from core.banks.own import CONFIRMED
from core.keeping import BankStore
from core.model import Match, Override, Signal, Standing, Trust
from core.ports import Known

log = logging.getLogger(__name__)

FUSE: Final = "flood fuse"
"""Who says so, in the override."""

PEOPLE: Final = 20
"""People an hour that one entry may meet, unless a setting says otherwise."""

_HOUR: Final = timedelta(hours=1)
_MOST: Final = 10_000
"""Entries that are counted at a time; the one that met somebody longest ago is forgotten first."""


class Fuse:
    """Banks with a fuse for each entry; matches as they do.

    Args:
        banks: What is known.
        store: Where the override is kept.
        clock: The present moment.
        people: How many different people an hour one entry may meet.
    """

    def __init__(
        self, banks: Known, store: BankStore, clock: Callable[[], datetime], *, people: int = PEOPLE
    ) -> None:
        self._banks = banks
        self._store = store
        self._clock = clock
        self._people = people
        self._met: dict[tuple[str, str, str], deque[tuple[datetime, str]]] = {}

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Return every match of the signals; those of an entry whose fuse blew can only be reported."""
        matches = await self._banks.match(signals)
        if not matches:  # nearly every message
            return ()
        who = next((s.value for s in signals if s.kind == "account" and s.part == "author"), "")
        return tuple([await self._counted(match, who) for match in matches])

    async def _counted(self, match: Match, who: str) -> Match:
        # What was confirmed here was looked at by a person: that is what the fuse asks for.
        if match.bank.trust is not Trust.ACT or match.bank.name == CONFIRMED or not who:
            return match
        people = self._meets(match, who)
        if people <= self._people:
            return match
        why = f"met more than {self._people} people within an hour"
        await self._blow(match, why)
        because = f"{match.because}; this entry {why}, and is only reported until somebody restores it"
        return replace(match, bank=replace(match.bank, trust=Trust.FLAG), because=because)

    async def _blow(self, match: Match, why: str) -> None:
        override = Override(
            kind=match.entry.kind,
            value=match.entry.value,
            standing=Standing.FLAG,
            reason=why,
            by=FUSE,
            at=self._clock(),
        )
        await self._store.override(match.bank.name, override)
        log.warning("a fuse blew", extra={"bank": match.bank.name})

    def _meets(self, match: Match, who: str) -> int:
        """Note that an entry met somebody; returns how many different people within the last hour."""
        now = self._clock()
        met = self._met.pop(_key(match), deque())
        while met and met[0][0] <= now - _HOUR:
            met.popleft()
        if all(one != who for _, one in met):
            met.append((now, who))
        self._met[_key(match)] = met
        if len(self._met) > _MOST:
            del self._met[next(iter(self._met))]
        return len(met)


def _key(match: Match) -> tuple[str, str, str]:
    return match.bank.name, match.entry.kind, match.entry.value
