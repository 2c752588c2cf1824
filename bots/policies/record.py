"""What is on record about policies: what holds in a place, what changed last, what held at a time."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from bots.policies.news import changes
from bots.policies.words import Holding
from core.case import Case
from core.errors import BadInput
from core.inforce import InForce
from core.keeping import EVERYWHERE, PolicyStore, Version
from core.model import Account, Message, Place
from core.policy.loader import Files, policy_of
from core.policy.policy import Policy

PAST: Final = 100
"""Versions of a place that are looked through; nobody changes a policy more often."""


class PolicyRecord:
    """Reads the versions.

    Args:
        store: Where they are kept.
        in_force: What holds in this process.
        clock: The present moment.
    """

    def __init__(self, store: PolicyStore, in_force: InForce, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._in_force = in_force
        self._clock = clock

    def now(self, place: Place) -> Policy:
        """Return what holds in a place, also where the house's file names another policy for it."""
        nobody = Message(id=f"{place.id}/", place=place, author=Account(), at=self._clock())
        return self._in_force.at(nobody)

    async def house(self) -> Files:
        """Return the files of the policy that holds everywhere, which others may extend."""
        return next((one.files for one in await self._store.history(EVERYWHERE, limit=1)), ())

    async def latest(self, place: Place) -> Version | None:
        """Return the latest version that has to do with a place: its own, or the house's."""
        found = [next(iter(await self._store.history(one, limit=1)), None) for one in (place.id, EVERYWHERE)]
        return max(filter(None, found), key=lambda one: one.number, default=None)

    async def holding(self, place: Place) -> Holding:
        """Return what holds in a place, and what changed last there."""
        own = await self._store.history(place.id, limit=2)
        house = await self._store.history(EVERYWHERE, limit=2)
        is_own = bool(own and own[0].files)
        # A place without a policy of its own last saw it go, or a change of the house's: whichever was later.
        latest = own[0] if is_own else await self.latest(place)
        before = (own if latest in own else house)[1:2]
        then = await self._read(before[0] if before else None, house)
        now = await self._read(latest, house)
        return Holding(
            policy=self.now(place),
            latest=latest,
            own=is_own,
            changed=tuple(changes(then, now)) if then and now else (),
            back=name_before(own, house) if is_own else "",
        )

    async def held_for(self, case: Case) -> tuple[Policy, bool]:
        """Return the policy that held where and when a case was opened, and whether it still does.

        Where that is not known any more, it is the one that holds now.
        """
        now = self._in_force.at(case.message)
        own = await self._by(case.opened_at, case.message.place.id)
        house = await self._by(case.opened_at, EVERYWHERE)
        read = await self._read(own[0] if own else None, house)
        then = read.at(case.message) if read else now
        return then, then == now

    async def _by(self, at: datetime, place: str) -> Sequence[Version]:
        """Return the versions of a place that were put there by a time, newest first."""
        return [one for one in await self._store.history(place, limit=PAST) if one.at <= at]

    async def _read(self, version: Version | None, house: Sequence[Version]) -> Policy | None:
        """Return the policy of a version, the house's where that has no files; None if it cannot be read."""
        everywhere = house[0].files if house else ()
        files = version.files if version and version.files else everywhere
        try:
            return await asyncio.to_thread(policy_of, files, house=everywhere) if files else None
        except BadInput:
            return None


def name_before(own: Sequence[Version], house: Sequence[Version]) -> str:
    """Return what is called what held before the newest of a place's versions."""
    before = next((one for one in own[1:2] if one.files), None) or next(iter(house), None)
    return before.name if before else "default"
