"""Matches of before under the terms that their lists have now: how far each is trusted, what may rest on it.

What was recognised, and how surely, stays as it was. A policy that is tried on the past would otherwise look
gentler than it is: a list that was on trial then, and may act today, would seem to lead to nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from core.banks.own import BEFORE
from core.keeping import BankStore
from core.model import Bank, EntryState, Match, Standing, Trust, overridden


class _Now(NamedTuple):
    """A bank as it is, and what of it is treated otherwise here, by kind and value."""

    bank: Bank
    standing: Mapping[tuple[str, str], Standing]


class Terms:
    """The terms of lists, read once for each.

    Args:
        store: Where banks are kept.
    """

    def __init__(self, store: BankStore) -> None:
        self._store = store
        self._known: dict[str, _Now | None] = {}

    async def now(self, matches: Iterable[Match]) -> tuple[Match, ...]:
        """Return matches under the present terms; without entries that are switched off here.

        What was held to a report, because its like had been dismissed here, still is. A list that is gone
        has the terms it had.

        Raises:
            StoreError: A bank cannot be read.
        """
        return tuple([found for match in matches if (found := await self._now(match)) is not None])

    async def _now(self, match: Match) -> Match | None:
        name, entry = match.bank.name, match.entry
        if name not in self._known:
            self._known[name] = await self._read(name)
        known = self._known[name]
        if known is None:
            return match
        bank, standing = known.bank, known.standing.get((entry.kind, entry.value))
        if standing is not None:
            bank, entry = overridden(bank, entry, standing)
        if entry.state is EntryState.DISABLED:
            return None
        if bank.trust is Trust.ACT and match.because.endswith(BEFORE):
            bank = replace(bank, trust=Trust.FLAG)
        return replace(match, bank=bank)

    async def _read(self, name: str) -> _Now | None:
        bank = await self._store.bank(name)
        if bank is None:
            return None
        others = await self._store.overrides(name)
        return _Now(bank, {(one.kind, one.value): one.standing for one in others})
