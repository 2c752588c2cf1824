"""What is on record about policies: what holds where, and what held when a case was opened."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.keeping import EVERYWHERE, Version
from tests import make
from tests.bots.policies.kites import GOOD, Policies
from tests.fakes import MemoryNotes, MemoryStore

KITES = make.place("Kite Flyers", place_id="fake:room")
HOUSE = """version: 1
groups:
  - {places: ["kite flyers"], policy: observe}
rules:
  - {name: links, when: {match: {signal: link}}, do: [report]}
"""


@dataclass
class Scene:
    """A desk whose clock a test moves."""

    now: datetime = make.NOON
    all: Policies = field(init=False)

    def __post_init__(self) -> None:
        """Build the desk."""
        self.all = Policies(MemoryStore(), MemoryNotes(), {}, lambda: self.now)

    async def house(self, text: str) -> None:
        """Put another file in force everywhere."""
        files = (("house.yaml", text),)
        await self.all.store.put(Version(name="house", files=files, how="on the disk", at=self.now))
        await self.all.in_force.refresh()

    async def held(self, hours: int) -> tuple[str, bool]:
        """Return what held for a case that was opened so many hours after noon, and whether it does now."""
        case = replace(make.case(), opened_at=make.NOON + timedelta(hours=hours))
        policy, holds = await self.all.desk.record.held_for(case)
        return policy.name, holds


async def test_what_the_houses_file_says_of_a_group_is_what_holds_there() -> None:
    """By the name that members see; the place has nothing of its own to roll back."""
    scene = Scene()
    await scene.house(HOUSE)

    holding = await scene.all.desk.record.holding(KITES)

    assert (holding.policy.name, holding.own, holding.back) == ("observe", False, "")
    assert holding.latest is not None
    assert holding.latest.place == EVERYWHERE
    assert "Which policy holds in which group changed." in holding.changed


async def test_a_case_is_explained_by_what_held_when_it_was_opened() -> None:
    """Before a group's own policy, under it, and after it was given back; also what the house's file says."""
    scene = Scene()
    await scene.house(HOUSE.replace("groups:\n", "").replace(HOUSE.splitlines(keepends=True)[2], ""))
    scene.now += timedelta(hours=2)
    await scene.all.own(KITES)
    scene.now += timedelta(hours=2)
    (own,) = [one for one in scene.all.store.versions if one.live and one.place == KITES.id]
    await scene.all.desk.roll_back(own, KITES, make.account())
    scene.now += timedelta(hours=2)
    await scene.house(HOUSE)

    told = [await scene.held(hours) for hours in (1, 3, 5, 7)]

    assert told == [("house", False), ("kites", False), ("house", False), ("observe", True)]


async def test_what_is_not_on_record_is_explained_by_what_holds_now() -> None:
    """A case older than every version, and a version that cannot be read any more."""
    scene = Scene()
    await scene.all.in_force.refresh()
    before = await scene.held(-48)
    broken = Version(place=KITES.id, name="broken", files=(("broken.yaml", "rules: 7"),), at=scene.now)
    await scene.all.store.put(broken)

    unreadable = await scene.held(1)

    assert before == unreadable == ("default", True)


async def test_a_change_that_cannot_be_read_is_told_without_what_changed() -> None:
    """What holds, since when and by whom are known all the same."""
    scene = Scene()
    await scene.all.own(KITES, GOOD)
    first = scene.all.store.versions[0]
    scene.all.store.versions[0] = replace(first, files=(("default.yaml", "rules: 7"),))

    holding = await scene.all.desk.record.holding(KITES)

    assert (holding.policy.name, holding.own, holding.changed) == ("kites", True, ())
