"""The policies in force: one that holds everywhere, and those of places that have their own.

They are swapped whole, between two messages. The order is simple: a place's own policy, put there in a chat;
else what the house's file says of its groups; else the house's file itself. A version that cannot be read
(any more) never takes the place of one that can.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from core.errors import BadInput, NigehbanError
from core.held import Held
from core.keeping import EVERYWHERE, Notes, PolicyStore, Version
from core.model import Gap, Match, Message, Verdict
from core.periodic import periodically
from core.policy.loader import policy_of
from core.policy.policy import Policy

log = logging.getLogger(__name__)

EVERY_S: Final = 0.5
"""How often is looked whether another process put something in force."""

JUDGED: Final = "policy.judged"
"""The note of the newest version by which a process judged, and of which it told the news."""

_PAST: Final = 100
"""Versions of a place that are looked through for the one that held; nobody changes a policy more often."""


class News(Protocol):
    """What is told of policies (`bots.policies.news.PolicyNews`)."""

    def wants(self, version: Version) -> bool:
        """Tell whether it is still news that a version was put in force."""
        ...

    async def changed(self, version: Version, before: Held, after: Held) -> None:
        """Another policy holds from now on in the place of a version, or in some of those it holds for."""
        ...

    async def unread(self, version: Version, why: str) -> None:
        """A version cannot be read; what held before stays."""
        ...


@dataclass(slots=True, kw_only=True)
class _Swap:
    """What one look put in force, to be told.

    Attributes:
        newer: The versions after this number were put in force.
        told: The numbers of those that are told already.
    """

    versions: Mapping[str, Version]
    before: Held
    after: Held
    newer: int
    newest: int
    told: set[int] = field(default_factory=set)


class InForce:
    """What judges every message: the policy that holds where it stands.

    Args:
        store: Where the versions are.
        house: What holds until a version is read.
        news: Is told what changed.
        notes: Where is noted by what was judged last, for the next start.
    """

    def __init__(self, store: PolicyStore, house: Policy, news: News, notes: Notes) -> None:
        self._store = store
        self._held = Held(house=house)
        self._news = news
        self._notes = notes
        self._newest = 0
        self._known: dict[tuple[int, int], Policy] = {}
        self._untold: deque[_Swap] = deque()

    def at(self, message: Message) -> Policy:
        """Return the policy that holds where a message stands."""
        return self.of(message.place.id).at(message)

    def of(self, place: str) -> Policy:
        """Return the policy of a place, by its id; groups that its file names aside."""
        return self._held.of(place)

    def judge(
        self,
        message: Message,
        matches: Sequence[Match],
        gaps: Sequence[Gap],
        earlier: Sequence[datetime] = (),
    ) -> Verdict:
        """Return the verdict of the policy that holds there; see `Policy.judge`."""
        return self.at(message).judge(message, matches, gaps, earlier)

    async def refresh(self) -> bool:
        """Put in force what was put there by any process; tells whether that changed anything."""
        newest = await self._store.newest()
        if newest == self._newest:
            await self._tell()
            return False
        versions = {version.place: version for version in await self._store.in_force()}
        everywhere = versions.get(EVERYWHERE)
        house = await self._read(everywhere, None) if everywhere else None
        own = {
            place: await self._read(version, everywhere) or self._held.own.get(place)
            for place, version in versions.items()
            if version.files and place != EVERYWHERE
        }
        if newest <= self._newest:
            # A tap and the following look at once: whoever read first must not put the older ones back.
            return False
        # No `await` while it is swapped: a message is judged by what held before, or by all that holds now.
        before = self._held
        self._held = Held(
            house=house or before.house, own={place: policy for place, policy in own.items() if policy}
        )
        newer, self._newest = self._newest, newest
        numbers = {version.number for version in versions.values()}
        self._known = {key: one for key, one in self._known.items() if key[0] in numbers}
        self._untold.append(
            _Swap(versions=versions, before=before, after=self._held, newer=newer, newest=newest)
        )
        await self._tell()
        return True

    async def follow(self, *, every_s: float = EVERY_S) -> None:
        """Keep up for ever; what fails is tried again."""
        await periodically(self.refresh, every_s=every_s, failed="the policies in force cannot be read")

    async def _tell(self) -> None:
        """Tell what changed; what cannot be told now waits, for it holds already."""
        while self._untold:
            swap = self._untold.popleft()
            try:
                await self._tell_of(swap)
            except NigehbanError:
                self._untold.appendleft(swap)
                raise

    async def _tell_of(self, swap: "_Swap") -> None:
        """Tell what one swap changed, beginning where it was left."""
        before, after = swap.before, swap.after
        news = [one for one in swap.versions.values() if one.number > swap.newer and self._news.wants(one)]
        if news and swap.newer == 0:
            before = await self._held_before(news, swap.versions, after)
        for version in news:
            if version.number in swap.told or before.of(version.place) == after.of(version.place):
                continue
            # What a place's own version changed there, the house's did not.
            others = {one.place for one in news} if version.place == EVERYWHERE else ()
            await self._news.changed(version, before.as_in(after, others), after)
            swap.told.add(version.number)
        await self._notes.keep(JUDGED, str(swap.newest))

    async def _held_before(
        self, news: Collection[Version], versions: Mapping[str, Version], after: Held
    ) -> Held:
        """Return what held before some versions, for a process that starts and judged by nothing yet.

        That is what was judged by last, by any process: what came and went while none ran held nowhere. Of
        what a process told already, or died over before it could, it is the version that was replaced.
        """
        judged = int(await self._notes.note(JUDGED) or 0)
        then = dict(versions)
        for one in news:
            latest = judged if one.number > judged > 0 else one.number - 1
            past = await self._store.history(one.place, limit=_PAST)
            replaced = next((version for version in past if version.number <= latest), None)
            then.pop(one.place)
            then |= {one.place: replaced} if replaced else {}
        everywhere = then.pop(EVERYWHERE, None)
        house = await self._readable(everywhere, None) if everywhere else None
        own = {
            place: await self._readable(version, everywhere) or after.of(place)
            for place, version in then.items()
            if version.files
        }
        return Held(house=house or after.house, own=own)

    async def _read(self, version: Version, house: Version | None) -> Policy | None:
        """Return the policy of a version, or None where it cannot be read, which is told."""
        try:
            return await self._load(version, house)
        except BadInput as exc:
            log.exception("a policy cannot be read any more", extra={"version": version.number})
            await self._news.unread(version, str(exc))
            return None

    async def _readable(self, version: Version, house: Version | None) -> Policy | None:
        """Return the policy of a version that held once, or None where it cannot be read any more."""
        try:
            return await self._load(version, house)
        except BadInput:
            return None

    async def _load(self, version: Version, house: Version | None) -> Policy:
        """Return the policy of a version.

        A large one takes a second: so it is read in a thread, and once, whatever changes in other places.
        """
        key = (version.number, house.number if house else 0)
        if known := self._known.get(key):
            return known
        files = house.files if house else ()
        self._known[key] = policy = await asyncio.to_thread(policy_of, version.files, house=files)
        return policy
