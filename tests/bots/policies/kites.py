"""Policy files as somebody may send them, and a desk that takes them, all in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from bots.policies.desk import PolicyDesk, Shadows, Tried
from bots.policies.news import PolicyNews
from core.announcing import Announcer
from core.history import History
from core.inforce import InForce
from core.keeping import Notes, Rooms, Version
from core.model import Account, Place
from core.policy.loader import bundled, load_policy
from core.ports import Platform
from tests.fake_policies import MemoryPolicies

GOOD: Final = b"""version: 1
extends: house
rules:
  - name: known links
    when: {match: {signal: link}}
    do: [report, delete]
    examples:
      must_match: [{finds: [{signal: link}]}]
      must_not_match: [{finds: [{signal: image}]}]
"""

BROKEN: Final = GOOD.replace(b"signal: link}}\n", b"signal: lnk}}\n")
"""With a word that is no signal, in line 5, column 28."""

FAILING: Final = GOOD.replace(
    b"must_not_match: [{finds: [{signal: image}]}]", b"must_not_match: [{finds: [{}]}]"
)
"""With an example that does not hold."""

HOUSE: Final = bundled().read_text(encoding="utf-8")


@dataclass
class Policies:
    """A store with the default policy in force since a day before; its desk, and the news of it."""

    rooms: Rooms
    notes: Notes
    platforms: Mapping[str, Platform]
    clock: Callable[[], datetime]
    store: MemoryPolicies = field(default_factory=MemoryPolicies)
    tried: Tried | None = None
    shadows: Shadows | None = None
    history: History | None = None

    def __post_init__(self) -> None:
        before = self.clock() - timedelta(days=1)
        files = (("default.yaml", HOUSE),)
        first = Version(number=1, name="default", files=files, how="on the disk", at=before)
        self.store.versions[:] = self.store.versions or [first]
        announce = Announcer(self.rooms, self.notes, self.platforms, self.clock)
        news = PolicyNews(announce, self.store, clock=self.clock, zone=UTC)
        self.in_force = InForce(self.store, load_policy(bundled()), news, self.notes)
        self.desk = PolicyDesk(
            self.store,
            self.in_force,
            clock=self.clock,
            zone=UTC,
            tried=self.tried,
            shadows=self.shadows,
            history=self.history,
        )

    async def own(self, place: Place, raw: bytes = GOOD, name: str = "kites.yaml") -> None:
        """Put a policy of its own in force in a place, as Omar would."""
        by = Account(name="Omar")
        said = await self.desk.propose(place, name, raw, by)
        number, seen = said.buttons[0].numbers
        proposal = await self.desk.proposal(number)
        await self.desk.make_live(proposal or self.store.versions[0], place, by, seen=seen)

    async def house(self, text: str) -> None:
        """Put another file in force everywhere, as the disk would."""
        files = (("house.yaml", text),)
        await self.store.put(Version(name="house", files=files, how="on the disk", at=self.clock()))
        await self.in_force.refresh()

    def live(self, place: str) -> list[str]:
        """Return what was put in force for a place, oldest first: the name, or "" for nothing of its own."""
        of_place = [one for one in self.store.versions if one.live and one.place == place]
        return [one.name if one.files else "" for one in of_place]
