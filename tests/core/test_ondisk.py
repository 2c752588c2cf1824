"""A policy file that is edited while everything runs: a good one holds, a broken one changes nothing."""

import os
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

    def worker(self, name: str = "one", folder: str = "") -> OnDisk:
        """Give a worker that follows the file of its own folder."""
        return OnDisk(
            self.folder / folder / "house.yaml",
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
    await looks(worker)
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
