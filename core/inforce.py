"""The policies in force: one that holds everywhere, and those of places that have their own.

They are swapped whole, between two messages. The order is simple: a place's own policy, put there in a chat;
else what the house's file says of its groups; else the house's file itself. A version that cannot be read
(any more) never takes the place of one that can.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol

from core.errors import BadInput, NigehbanError
from core.keeping import EVERYWHERE, PolicyStore, Version
from core.model import Gap, Match, Message, Verdict
from core.periodic import periodically
from core.policy.loader import policy_of
from core.policy.policy import Policy

log = logging.getLogger(__name__)

EVERY_S: Final = 0.5
"""How often is looked whether another process put something in force."""


class News(Protocol):
    """What is told of policies (`bots.policies.news.PolicyNews`)."""

    async def changed(self, version: Version, before: Policy, after: Policy) -> None:
        """Another policy holds from now on in the place of a version."""
        ...

    async def unread(self, version: Version, why: str) -> None:
        """A version cannot be read; what held before stays."""
        ...


class InForce:
    """What judges every message: the policy that holds where it stands.

    Args:
        store: Where the versions are.
        house: What holds until a version is read.
        news: Is told what changed.
    """

    def __init__(self, store: PolicyStore, house: Policy, news: News) -> None:
        self._store = store
        self._house = house
        self._news = news
        self._own: Mapping[str, Policy] = {}
        self._newest = 0
        self._known: dict[tuple[int, int], Policy] = {}
        self._untold: deque[tuple[Version, Policy, Policy]] = deque()

    def at(self, message: Message) -> Policy:
        """Return the policy that holds where a message stands."""
        return self.of(message.place.id).at(message)

    def of(self, place: str) -> Policy:
        """Return the policy of a place, by its id; groups that its file names aside."""
        return self._own.get(place, self._house)

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
        everywhere = versions.pop(EVERYWHERE, None)
        house = await self._read(everywhere, None) if everywhere else None
        own = {
            place: await self._read(version, everywhere) or self._own.get(place)
            for place, version in versions.items()
            if version.files
        }
        if newest <= self._newest:
            # A tap and the following look at once: whoever read first must not put the older ones back.
            return False
        # No `await` while it is swapped: a message is judged by what held before, or by all that holds now.
        before = {place: self.of(place) for place in (EVERYWHERE, *versions)}
        self._house = house or self._house
        self._own = {place: policy for place, policy in own.items() if policy}
        newer, self._newest = self._newest, newest
        numbers = {version.number for version in (*versions.values(), *([everywhere] if everywhere else ()))}
        self._known = {key: one for key, one in self._known.items() if key[0] in numbers}
        self._untold += (
            (version, before[version.place], self.of(version.place))
            for version in filter(None, (everywhere, *versions.values()))
            if version.number > newer and before[version.place] != self.of(version.place)
        )
        await self._tell()
        return True

    async def _tell(self) -> None:
        """Tell what changed; what cannot be told now waits, for it holds already."""
        while self._untold:
            change = self._untold.popleft()
            try:
                await self._news.changed(*change)
            except NigehbanError:
                self._untold.appendleft(change)
                raise

    async def follow(self, *, every_s: float = EVERY_S) -> None:
        """Keep up for ever; what fails is tried again."""
        await periodically(self.refresh, every_s=every_s, failed="the policies in force cannot be read")

    async def _read(self, version: Version, house: Version | None) -> Policy | None:
        """Return the policy of a version, or None where it cannot be read.

        A large one takes a second: so it is read in a thread, and once, whatever changes in other places.
        """
        key = (version.number, house.number if house else 0)
        if known := self._known.get(key):
            return known
        try:
            files = house.files if house else ()
            self._known[key] = policy = await asyncio.to_thread(policy_of, version.files, house=files)
            return policy
        except BadInput as exc:
            log.exception("a policy cannot be read any more", extra={"version": version.number})
            await self._news.unread(version, str(exc))
            return None
