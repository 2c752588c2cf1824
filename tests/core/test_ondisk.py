"""A policy file that is edited while everything runs: a good one holds, a broken one changes nothing."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.errors import BadInput
from core.keeping import EVERYWHERE, Version
from core.ondisk import OnDisk
from tests import make
from tests.fake_policies import MemoryPolicies
from tests.fakes import MemoryNotes

GOOD = "version: 1\nrules:\n  - {name: all of it, when: {match: {}}, do: [report]}\n"
OTHER = "version: 1\nrules: []\n"
BROKEN = "version: 1\nrulez: []\n"


@dataclass
class Home:
    """A folder with a policy file, and workers that follow it."""

    folder: Path
    store: MemoryPolicies = field(default_factory=MemoryPolicies)
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    refused: list[tuple[str, str]] = field(default_factory=list)
    written: int = 0

    def write(self, text: str, name: str = "house.yaml", folder: str = "") -> None:
        """Write a file, each time at another moment, as the disk sees it."""
        path = self.folder / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.written += 1
        os.utime(path, (self.written, self.written))

    def worker(self, name: str = "one", folder: str = "", file: str = "house.yaml") -> OnDisk:
        """Give a worker that follows the file of its own folder."""
        return OnDisk(
            self.folder / folder / file,
            store=self.store,
            notes=self.notes,
            worker=name,
            clock=lambda: make.NOON,
            refused=self._refused,
        )

    async def _refused(self, why: str, mark: str) -> None:
        self.refused.append((why, mark))

    async def texts(self) -> list[str]:
        """Give the texts that were in force everywhere, oldest first."""
        return [one.files[0][1] for one in reversed(await self.store.history(EVERYWHERE, limit=50))]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Give a home with a good policy."""
    home = Home(tmp_path)
    home.write(GOOD)
    return home


async def looks(worker: OnDisk, times: int = 2) -> None:
    """Let a worker look so many times."""
    for _ in range(times):
        await worker.look()


async def test_a_file_that_changed_is_in_force_once_it_stood_still(home: Home) -> None:
    """At the first look after a change it may still be written to; at the second it is taken."""
    worker = home.worker()
    await worker.start()
    home.write(OTHER)

    await looks(worker, 1)
    before = await home.texts()
    await looks(worker, 1)

    assert before == [GOOD]
    assert await home.texts() == [GOOD, OTHER]
    await looks(worker, 3)
    assert len(await home.texts()) == 2


async def test_a_broken_file_never_replaces_a_good_one(home: Home) -> None:
    """It is told with line and remedy, once for each time it was written; mending it helps."""
    worker = home.worker()
    await worker.start()

    home.write(BROKEN)
    await looks(worker, 5)
    home.write(OTHER)
    await looks(worker)

    assert [why.splitlines()[0] for why, _ in home.refused] == ['house.yaml:2:1: unknown key "rulez"']
    assert await home.texts() == [GOOD, OTHER]


async def test_what_a_file_takes_up_is_followed_as_well(home: Home) -> None:
    """A change of the file that is extended, or one that comes late, is a change of the policy."""
    worker = home.worker()
    await worker.start()
    home.write("version: 1\nextends: base.yaml\nrules: []\n")
    await looks(worker, 3)
    refused = len(home.refused)

    home.write(GOOD, "base.yaml")
    await looks(worker)
    home.write(OTHER, "base.yaml")
    await looks(worker)

    assert refused == 1
    names = [tuple(name for name, _ in one.files) for one in await home.store.history(EVERYWHERE, limit=2)]
    assert names == [("house.yaml", "base.yaml")] * 2
    assert [one.files[1][1] for one in await home.store.history(EVERYWHERE, limit=2)] == [OTHER, GOOD]


async def test_a_restart_leaves_in_force_what_came_later_than_the_file(home: Home) -> None:
    """Only a file that is another one than at the last start is news."""
    await home.worker().start()
    await home.store.put(Version(name="later", files=(("later.yaml", OTHER),), how="by hand", at=make.NOON))

    await home.worker().start()
    unchanged = await home.texts()
    home.write(GOOD + "# with a word more\n")
    await home.worker().start()

    assert unchanged == [GOOD, OTHER]
    assert (await home.texts())[2:] == [GOOD + "# with a word more\n"]


async def test_an_older_copy_elsewhere_does_not_undo_a_change(home: Home) -> None:
    """Two machines with a folder each: the one that is brought up to date first decides, and once."""
    home.write(GOOD, folder="b")
    one, other = home.worker("one"), home.worker("other", folder="b")
    await one.start()
    await other.start()

    home.write(OTHER)
    await looks(one)
    await looks(other)
    await home.worker("other", folder="b").start()
    newer = await home.texts()
    home.write(OTHER, folder="b")
    await looks(other)

    assert newer == [GOOD, OTHER]
    assert await home.texts() == [GOOD, OTHER]


async def test_a_broken_file_at_the_start_stops_only_who_has_nothing_else(home: Home) -> None:
    """A first start says what is wrong; a later one goes on with what was in force, and tells."""
    home.write(BROKEN)
    with pytest.raises(BadInput, match="rulez"):
        await home.worker().start()

    home.write(GOOD)
    await home.worker().start()
    home.write(BROKEN)
    await home.worker().start()

    assert await home.texts() == [GOOD]
    assert len(home.refused) == 1


async def test_a_file_that_is_gone_changes_nothing(home: Home) -> None:
    """What was in force stays so, and it is told."""
    worker = home.worker()
    await worker.start()

    (home.folder / "house.yaml").unlink()
    await looks(worker)

    assert await home.texts() == [GOOD]
    assert home.refused[0][0].startswith("cannot read house.yaml: no such file")


async def test_a_file_is_followed_whatever_it_is_called_and_whatever_stands_beside_it(home: Home) -> None:
    """A link that leads nowhere, or another ending of the name, keeps no change from being seen."""
    (home.folder / "a.yaml").symlink_to(home.folder / "nowhere.yaml")
    (home.folder / "z.yaml").symlink_to(home.folder / "nowhere.yaml")
    home.write(GOOD, "house.policy")
    workers = [home.worker(), home.worker("other", file="house.policy")]
    for worker in workers:
        await worker.start()

    home.write(OTHER)
    await looks(workers[0])
    home.write(OTHER + "# mine\n", "house.policy")
    await looks(workers[1])

    assert await home.texts() == [GOOD, GOOD, OTHER, OTHER + "# mine\n"]


async def test_a_file_that_is_a_link_is_followed_where_it_leads(home: Home) -> None:
    """Some mount a folder of links: what changes is the file behind."""
    home.write(GOOD, "behind.txt")
    (home.folder / "house.yaml").unlink()
    (home.folder / "house.yaml").symlink_to(home.folder / "behind.txt")
    worker = home.worker()
    await worker.start()

    home.write(OTHER, "behind.txt")
    await looks(worker)

    assert await home.texts() == [GOOD, OTHER]


def links(home: Home) -> None:
    """Leave what Emacs does while a file is edited: a link that leads nowhere, with a policy's name."""
    (home.folder / ".#house.yaml").symlink_to("amina@host.4711:1")


def crowd(home: Home) -> None:
    """Fill the folder with policies of others."""
    for number in range(1_100):
        (home.folder / f"a{number}.yaml").touch()


def fifo(home: Home) -> None:
    """Leave a pipe that nobody writes to."""
    os.mkfifo(home.folder / "a.yaml")


@pytest.mark.parametrize("leave", [links, crowd, fifo])
async def test_nothing_else_in_the_folder_hides_a_change(home: Home, leave: Callable[[Home], None]) -> None:
    """What the policy file is beside, or what comes beside it later, does not keep it from being followed."""
    leave(home)
    worker = home.worker()
    await worker.start()

    home.write(OTHER)
    await looks(worker)

    assert await home.texts() == [GOOD, OTHER]


async def test_a_neighbour_that_never_stands_still_holds_nothing_up(home: Home) -> None:
    """Another program's file changes with every look: it is no part of the policy, until it is taken up."""
    worker = home.worker()
    await worker.start()

    async def restless(times: int) -> None:
        for _ in range(times):
            home.write(GOOD, "other.yaml")
            await worker.look()

    home.write(OTHER)
    await restless(2)
    beside = await home.texts()
    home.write("version: 1\nextends: other.yaml\nrules: []\n")
    await restless(6)
    taken_up = await home.texts()
    await looks(worker)

    assert (beside, taken_up) == ([GOOD, OTHER], [GOOD, OTHER])
    assert len(await home.texts()) == 3
    assert home.refused == []


async def test_what_is_taken_up_is_followed_whatever_crowd_it_stands_in(home: Home) -> None:
    """By its name: of a folder with thousands of files, none has to be gone through."""
    crowd(home)
    home.write(GOOD, "zz.yaml")
    home.write("version: 1\nextends: zz.yaml\nrules: []\n")
    worker = home.worker()
    await worker.start()

    home.write(OTHER, "zz.yaml")
    await looks(worker)

    (latest,) = await home.store.history(EVERYWHERE, limit=1)
    assert latest.files[1] == ("zz.yaml", OTHER)


async def test_what_is_taken_up_anew_is_in_force_a_look_later(home: Home) -> None:
    """It is not known before the file is read, and must have stood still as well."""
    worker = home.worker()
    await worker.start()
    home.write(OTHER, "base.yaml")
    home.write("version: 1\nextends: base.yaml\nrules: []\n")

    await looks(worker)
    before = len(await home.texts())
    await looks(worker, 1)

    assert (before, len(await home.texts())) == (1, 2)


async def test_what_is_written_while_a_file_is_read_is_read_next(home: Home) -> None:
    """A save in the moment between reading and noting it is a change like any other."""
    home.store = Written(home=home)
    worker = home.worker()
    await worker.start()

    await looks(worker, 3)

    assert (await home.texts())[-1] == OTHER


async def test_two_texts_of_one_length_and_time_are_told_apart(home: Home) -> None:
    """A disk may keep times in whole seconds, and a clock may be set back: an editor writes another file."""
    worker = home.worker()
    await worker.start()
    same = GOOD.replace("all of it", "any of it")
    (home.folder / "new").write_text(same, encoding="utf-8")
    os.utime(home.folder / "new", (1, 1))
    (home.folder / "new").replace(home.folder / "house.yaml")

    await looks(worker)

    assert await home.texts() == [GOOD, same]


@dataclass
class Written(MemoryPolicies):
    """Policies; the first time one is put there, the file is written to at once."""

    home: Home | None = None

    async def put(self, version: Version, *, seen: int | None = None) -> Version:
        """Keep a version, and write the file."""
        home, self.home = self.home, None
        if home:
            home.write(OTHER)
        return await super().put(version, seen=seen)
