"""Reversal: when a list takes an entry back, what was done because of it comes before the moderators again.

One case for each place bundles all of it, whoever took the action then: confirming that case undoes what can
be undone, in every case that it names. Nothing is undone by itself: a list that is wrong in taking back must
not lift bans. How far the changes of the banks are followed is a note, as for the sweep.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from core.banks.own import CONFIRMED, DISMISSED
from core.case import Case
from core.engine import Engine
from core.errors import TryLater
from core.keeping import BankStore, Cases, Change, Notes
from core.model import (
    Account,
    Action,
    ActionKind,
    EntryState,
    Happening,
    Match,
    Message,
    Place,
    Strength,
    Verdict,
)
from core.periodic import periodically

log = logging.getLogger(__name__)

REVERSED: Final = "reversed"
"""The note that holds the last revision of the banks that was followed."""

POLICY: Final = "taken back"
"""What the verdict of a bundle is called by: no policy asked for it."""

_AT_ONCE: Final = 5_000
_EVERY_S: Final = 1.0
_OWN: Final = frozenset({CONFIRMED, DISMISSED})


class Reversal:
    """Finds what rests on entries that are gone.

    Args:
        store: Where banks are kept.
        cases: Where cases are kept.
        notes: Where it is noted how far the changes are followed.
        engine: Puts a bundle before the moderators.
        clock: The present moment.
    """

    def __init__(
        self,
        *,
        store: BankStore,
        cases: Cases,
        notes: Notes,
        engine: Engine,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._cases = cases
        self._notes = notes
        self._engine = engine
        self._clock = clock

    async def follow(self, *, every_s: float = _EVERY_S) -> None:
        """Follow the banks for ever; what fails is tried again."""
        await periodically(self.once, every_s=every_s, failed="what a list took back could not be followed")

    async def once(self) -> int:
        """Follow what changed since the last time; returns how many bundles there are now to decide.

        Raises:
            NigehbanError: Something could not be read or saved; what is not followed stays so.
        """
        bundles = 0
        done = int(await self._notes.note(REVERSED) or 0)
        while changes := await self._store.changes(done, limit=_AT_ONCE):
            of_place: dict[str, dict[str, Case]] = defaultdict(dict)
            for case in await self._without_ground(changes):
                of_place[case.message.place.id][case.id] = case
            for cases in of_place.values():
                await self._gather(tuple(cases.values()), changes[-1].revision)
                bundles += 1
            done = changes[-1].revision
            await self._notes.keep(REVERSED, str(done))
        return bundles

    async def _without_ground(self, changes: Iterable[Change]) -> list[Case]:
        """Return the cases in which something stands, and nothing that it rests on is listed any more."""
        found: list[Case] = []
        for change in changes:
            if change.matchable:
                continue
            resting = await self._cases.resting_on(change.kind, change.value)
            acted = [case for case in resting if case.standing and case.release and not case.about]
            found += [case for case in acted if not await self._grounds(case)]
        return found

    async def _grounds(self, case: Case) -> bool:
        """Tell whether one entry of a case is still listed; what was confirmed here is no ground alone."""
        for match in case.verdict.matches:
            if match.bank.name in _OWN:
                continue
            kind, value = match.entry.kind, match.entry.value
            entry = await self._store.entry(match.bank.name, kind=kind, value=value)
            if entry is not None and entry.state is EntryState.ACTIVE:
                return True
        return False

    async def _gather(self, cases: Sequence[Case], revision: int) -> None:
        place = cases[0].message.place
        message = Message(
            id=f"{place.id}/withdrawn-{revision}",
            place=Place(id=place.id, name=place.name),
            author=Account(),
            at=self._clock(),
            happening=Happening.WITHDRAWN,
        )
        verdict = Verdict(
            policy=POLICY,
            matches=tuple(_told(case) for case in cases),
            actions=(Action(kind=ActionKind.REPORT),),
        )
        try:
            await self._engine.gather(message, verdict, [case.id for case in cases])
        except TryLater as exc:
            log.info("a bundle is shown later", extra={"why": str(exc)})


def _told(case: Case) -> Match:
    """Return a match that says what stands in a case, and by whom."""
    first = case.verdict.matches[0]
    done = ", ".join(f"{action.kind} by {action.by or 'nobody named'}" for action in case.standing)
    return Match(
        signal=first.signal,
        bank=first.bank,
        entry=first.entry,
        strength=Strength.WEAK,
        because=f"the list took it back; in case {case.id} it led to: {done}",
    )
