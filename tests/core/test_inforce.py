"""Which policy judges where, and that a new one comes whole or not at all."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from core.errors import StoreError
from core.held import Held
from core.inforce import InForce
from core.keeping import EVERYWHERE, Version
from core.model import Place
from core.policy.policy import Policy
from tests import make
from tests.fake_policies import MemoryPolicies
from tests.fakes import MemoryNotes

REPORTING = "version: 1\nrules:\n  - {name: all of it, when: {match: {}}, do: [report]}\n"
SILENT = "version: 1\nrules: []\n"
GROUPED = "version: 1\ngroups: [{places: ['fake:desk', 'fake:kites'], policy: newsroom}]\nrules: []\n"
EXTENDING = "version: 1\nextends: house\nrules:\n  - {name: mine, when: {match: {}}, do: []}\n"


def version(text: str, *, place: str = EVERYWHERE, name: str = "house") -> Version:
    """Give a version of one file; without text, one that gives a place back."""
    return Version(
        name=name, place=place, files=((f"{name}.yaml", text),) if text else (), at=make.NOON, how=""
    )


@dataclass
class Heard:
    """Whoever is told of policies, and what it was told."""

    changes: list[tuple[str, str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    held: list[tuple[Held, Held]] = field(default_factory=list)
    since: datetime = make.NOON

    def wants(self, version: Version) -> bool:
        """Want what is not older than the oldest news."""
        return version.at >= self.since

    async def changed(self, version: Version, before: Held, after: Held) -> None:
        """Write down a change."""
        place = version.place
        self.changes.append((place, before.of(place).name, after.of(place).name))
        self.held.append((before, after))

    async def unread(self, version: Version, why: str) -> None:
        """Write down a version that cannot be read."""
        self.problems.append(why)


@dataclass
class Two:
    """Two workers on one store."""

    store: MemoryPolicies = field(default_factory=MemoryPolicies)
    heard: Heard = field(default_factory=Heard)
    notes: MemoryNotes = field(default_factory=MemoryNotes)

    def __post_init__(self) -> None:
        """Start both with an empty policy."""
        self.one, self.other = self.started(), self.started()

    def started(self, heard: Heard | None = None) -> InForce:
        """Give a worker that has looked at nothing yet."""
        return InForce(self.store, Policy(name="start"), heard or self.heard, self.notes)

    async def put(self, one: Version) -> None:
        """Keep a version, and let both look."""
        await self.store.put(one)
        await self.one.refresh()
        await self.other.refresh()

    def holding(self, place: str = "fake:room") -> set[str]:
        """Give the names of what both judge by in a place."""
        message = replace(make.message("x"), place=Place(id=place))
        return {worker.judge(message, [make.match()], ()).policy for worker in (self.one, self.other)}


async def test_what_one_worker_puts_in_force_all_judge_by() -> None:
    """Before there is a version, what they started with holds; afterwards the newest one."""
    two = Two()
    assert await two.one.refresh() is False
    assert two.holding() == {"start"}

    await two.put(version(REPORTING, name="first"))
    await two.put(version(SILENT, name="second"))

    assert two.holding() == {"second"}
    assert two.heard.changes == [("", "first", "second"), ("", "first", "second")]


async def test_a_place_s_own_policy_goes_before_the_group_in_the_house_s_file() -> None:
    """Own, then the house's groups, then the house; what is given back holds no longer."""
    two = Two()
    await two.put(version(GROUPED))
    await two.put(version(REPORTING, place="fake:kites", name="own"))

    assert two.holding("fake:kites") == {"own"}
    assert two.holding("fake:desk") == {"newsroom"}
    assert two.holding("fake:else") == {"house"}

    await two.put(version("", place="fake:kites"))

    assert two.holding("fake:kites") == {"newsroom"}


async def test_a_channel_of_a_place_may_have_another_policy_by_the_place_s_own() -> None:
    """A file that is sent in a chat may name groups, too: what holds there is what judges there."""
    two = Two()
    own = "version: 1\ngroups: [{places: ['fake:kites/news'], policy: newsroom}]\nrules: []\n"
    await two.put(version(own, place="fake:kites", name="own"))
    place = Place(id="fake:kites")
    news, other = (replace(make.message("x"), id=f"fake:kites/{c}/1", place=place) for c in ("news", "talk"))

    for message, name in ((news, "newsroom"), (other, "own")):
        assert two.one.at(message).name == name
        assert two.one.judge(message, [make.match()], ()).policy == name


async def test_what_extends_the_house_follows_the_house() -> None:
    """A group's own rules stay on top when the house's file changes beneath them."""
    two = Two()
    message = replace(make.message("x"), place=Place(id="fake:kites"))
    await two.put(version(SILENT))
    await two.put(version(EXTENDING, place="fake:kites", name="own"))
    before = two.one.judge(message, [make.match()], ())

    await two.put(version(REPORTING))
    after = two.one.judge(message, [make.match()], ())

    assert before.rules == ("mine",)
    assert after.rules == ("all of it", "mine")


async def test_a_version_that_cannot_be_read_takes_nobody_s_place() -> None:
    """An update may know a file no longer: what was read before goes on, and it is told."""
    two = Two()
    await two.put(version(REPORTING, name="good"))
    await two.put(version(SILENT, place="fake:kites", name="own"))

    await two.put(version("version: 2\nrules: []\n", name="bad"))
    await two.put(version("rules: 7", place="fake:kites", name="worse"))

    assert two.holding() == {"good"}
    assert two.holding("fake:kites") == {"own"}
    assert any("bad.yaml:1" in problem for problem in two.heard.problems)
    assert any("worse.yaml:1" in problem for problem in two.heard.problems)
    assert [change for change in two.heard.changes if change[2] in {"bad", "worse"}] == []


async def test_a_worker_that_starts_reads_what_holds_everywhere() -> None:
    """Versions of before it started are in force for it, too."""
    two = Two()
    await two.put(version(REPORTING, name="good"))
    await two.put(version(SILENT, place="fake:kites", name="own"))

    late = two.started()
    await late.refresh()

    assert late.of(EVERYWHERE).name == "good"
    assert late.of("fake:kites").name == "own"
    assert await late.refresh() is False


async def test_only_what_was_put_there_and_is_different_is_told() -> None:
    """A group that extends the house's put nothing in force when that changed; the same rules are no news."""
    two = Two()
    await two.put(version(SILENT))
    await two.put(version(EXTENDING, place="fake:kites", name="own"))
    two.heard.changes.clear()

    await two.put(version(REPORTING))
    told = list(two.heard.changes)
    await two.put(version(f"{REPORTING}# with a word more\n"))

    assert told == [(EVERYWHERE, "house", "house")] * 2
    assert two.heard.changes == told


@dataclass
class Counting(MemoryPolicies):
    """A store that counts how often all that is in force is read."""

    reads: int = 0

    async def in_force(self) -> tuple[Version, ...]:
        """Count, and return it."""
        self.reads += 1
        return await super().in_force()


async def test_what_could_not_be_told_is_told_later_and_holds_meanwhile() -> None:
    """The database was busy while a room was told: no change goes untold, and none is told twice."""

    @dataclass
    class Busy(Heard):
        """Who cannot be told the second thing."""

        tries: int = 0

        async def changed(self, version: Version, before: Held, after: Held) -> None:
            """Write down a change, save at the second try."""
            self.tries += 1
            if self.tries == 2:
                raise StoreError("the database is busy")
            await super().changed(version, before, after)

    store, heard = MemoryPolicies(), Busy()
    worker = InForce(store, Policy(name="start"), heard, MemoryNotes())
    await store.put(version(SILENT, name="first"))
    await worker.refresh()
    for place in (EVERYWHERE, "fake:desk", "fake:kites"):
        await store.put(version(REPORTING, place=place, name=place or "house"))

    with pytest.raises(StoreError):
        await worker.refresh()
    first, holding = list(heard.changes), worker.of("fake:kites").name
    changed = [await worker.refresh() for _ in range(2)]

    assert (len(first), holding, changed) == (1, "fake:kites", [False, False])
    assert [place for place, _, _ in heard.changes] == [EVERYWHERE, "fake:desk", "fake:kites"]


async def test_a_look_at_nothing_new_reads_no_policy() -> None:
    """It is looked twice a second: then one number is asked for."""
    store = Counting()
    await store.put(version(SILENT))
    in_force = InForce(store, Policy(name="start"), Heard(), MemoryNotes())

    looks = [await in_force.refresh() for _ in range(3)]

    assert looks == [True, False, False]
    assert store.reads == 1


@dataclass
class Slow(MemoryPolicies):
    """A store whose first answer of what is in force comes late."""

    late: asyncio.Event = field(default_factory=asyncio.Event)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def in_force(self) -> tuple[Version, ...]:
        """Return what was in force when it was asked."""
        found = await super().in_force()
        if not self.asked.is_set():
            self.asked.set()
            await self.late.wait()
        return found


async def test_an_answer_that_comes_late_puts_nothing_older_back() -> None:
    """A tap puts a version in force while the process looks for itself: what the tap put there stays."""
    store = Slow()
    in_force = InForce(store, Policy(name="start"), Heard(), MemoryNotes())
    await store.put(version(REPORTING, name="first"))
    async with asyncio.TaskGroup() as tasks:
        looking = tasks.create_task(in_force.refresh(), name="look")
        await store.asked.wait()
        await store.put(version(SILENT, name="second"))
        await in_force.refresh()
        store.late.set()

    assert not looking.result()
    assert in_force.of("fake:room").name == "second"


async def test_a_change_in_one_place_has_no_other_place_s_policy_read_again() -> None:
    """Any administrator may send a large one: others must not pay for it at each change."""
    two = Two()
    await two.put(version(REPORTING))
    await two.put(version(EXTENDING, place="fake:kites", name="own"))
    before = two.one.of("fake:kites")

    await two.put(version(SILENT, place="fake:lanterns", name="other"))
    unchanged = two.one.of("fake:kites")
    await two.put(version(SILENT))

    assert unchanged is before
    assert two.one.of("fake:kites") != before


@dataclass
class Stopped:
    """Workers on one store, none of which runs while something is put in force."""

    two: Two = field(default_factory=Two)

    async def ran(self, *versions: Version) -> None:
        """Put versions in force, one after the other, while a worker runs."""
        running = self.two.started(Heard())
        for one in versions:
            await self.two.store.put(one)
            await running.refresh()

    async def starts(self) -> Heard:
        """Start a worker; returns what it told."""
        heard = Heard()
        await self.two.started(heard).refresh()
        return heard


async def test_what_was_put_there_while_nothing_ran_is_told_against_what_held_before() -> None:
    """Not against what a worker starts with; a place's own policy against what held in the place."""
    stopped = Stopped()
    await stopped.ran(version(SILENT, name="first"), version(SILENT, place="fake:kites", name="old"))
    await stopped.two.store.put(version(REPORTING, name="second"))
    await stopped.two.store.put(version(REPORTING, place="fake:kites", name="new"))
    await stopped.two.store.put(version(REPORTING, place="fake:papers", name="own"))

    heard = await stopped.starts()

    assert heard.changes == [
        (EVERYWHERE, "first", "second"),
        ("fake:kites", "old", "new"),
        ("fake:papers", "first", "own"),
    ]
    before, after = heard.held[0]
    assert [rule.name for rule in before.house.rules] == []
    assert [rule.name for rule in after.house.rules] == ["all of it"]


async def test_what_came_and_went_while_nothing_ran_held_nowhere() -> None:
    """Whoever restores the wrong version first, and then the right one, changed nothing by it."""
    stopped = Stopped()
    await stopped.ran(version(SILENT, name="first"), version(REPORTING, name="second"))
    await stopped.two.store.put(version(SILENT, name="first"))
    await stopped.two.store.put(version(REPORTING, name="second"))
    same = await stopped.starts()
    await stopped.two.store.put(version(REPORTING, name="wrong"))
    await stopped.two.store.put(version(SILENT, name="right"))

    assert same.changes == []
    assert (await stopped.starts()).changes == [(EVERYWHERE, "second", "right")]


async def test_a_worker_that_starts_while_others_run_tells_what_they_told() -> None:
    """They may have died over it; whoever hears it twice is told once."""
    stopped = Stopped()
    await stopped.ran(version(SILENT, name="first"), version(REPORTING, name="second"))

    assert (await stopped.starts()).changes == [(EVERYWHERE, "first", "second")]


async def test_a_start_after_a_long_time_reads_nothing_of_before() -> None:
    """What is no news is not looked for: the versions that held are not read again."""
    stopped = Stopped()
    await stopped.ran(version(SILENT, name="first"), version("rules: 7", name="broken"))
    await stopped.two.store.put(version(REPORTING, name="second"))
    heard = Heard(since=make.NOON + timedelta(hours=1))

    await stopped.two.started(heard).refresh()

    assert (heard.changes, heard.problems) == ([], [])


async def test_what_held_and_cannot_be_read_any_more_is_no_problem_of_now() -> None:
    """It is not in force: nobody is told that it cannot be read, and nothing false of what changed."""
    stopped = Stopped()
    await stopped.two.store.put(version("rules: 7", name="broken"))
    await stopped.two.store.put(version(REPORTING, name="second"))

    heard = await stopped.starts()

    assert (heard.changes, heard.problems) == ([], [])


async def test_what_a_place_s_own_version_changed_is_not_told_of_the_house_s() -> None:
    """Both came while nothing ran: each is told of what it changed."""
    stopped = Stopped()
    await stopped.ran(version(SILENT), version(SILENT, place="fake:kites", name="old"))
    await stopped.two.store.put(version(REPORTING, place="fake:kites", name="new"))
    await stopped.two.store.put(version(REPORTING))

    (house, kites) = (await stopped.starts()).held

    assert house[0].of("fake:kites") == house[1].of("fake:kites")
    assert kites[0].of("fake:kites").name == "old"
