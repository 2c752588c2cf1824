"""The policy file is edited while the real process serves: it follows, and a broken file changes nothing."""

import re
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.keeping import EVERYWHERE
from core.model import Bank, Entry, Trust
from core.store.banks import SqlBanks
from core.store.policies import SqlPolicies
from core.store.rooms import SqlRooms
from tests.e2e.process import Process, command, running
from tests.standins.telegram.stage import TelegramStandIn
from tests.standins.telegram.world import Chat, User
from tests.stores import opened_store

REPORTING = "version: 1\nrules:\n  - {name: links, when: {match: {}}, do: [report]}\n"
DELETING = REPORTING.replace("[report]", "[report, delete]")


@dataclass
class Scene:
    """A group with a room, a list that may act, and a policy file."""

    telegram: TelegramStandIn
    home: Path
    group: Chat
    room: Chat
    amina: User

    @property
    def file(self) -> Path:
        """The policy file."""
        return self.home / "house.yaml"

    @property
    def settings(self) -> dict[str, str]:
        """The settings of a process that follows the file."""
        return {
            "NIGEHBAN_TELEGRAM__TOKEN": self.telegram.token,
            "NIGEHBAN_TELEGRAM__BASE_URL": self.telegram.base_url,
            "NIGEHBAN_TELEGRAM__BASE_FILE_URL": self.telegram.base_file_url,
            "NIGEHBAN_POLICY": str(self.file),
        }

    def process(self) -> AbstractAsyncContextManager[Process]:
        """Give a process that follows the file."""
        return running(self.home, self.settings)

    async def heard(self, words: str) -> str:
        """Wait until the room hears something with these words."""

        def found() -> list[str]:
            return [m.text for m in self.telegram.said(self.room) if words in m.text]

        await self.telegram.api.wait_until(lambda: bool(found()), 20)
        return found()[0]


@pytest.fixture
async def scene(telegram: TelegramStandIn, tmp_path: Path) -> Scene:
    """Give a home in which a list that may act knows a channel."""
    group, room = telegram.group("Kite Flyers"), telegram.group("Moderators")
    amina, omar = telegram.member(group, "Amina"), telegram.admin(group, "Omar")
    telegram.admin(room, omar)
    telegram.add_bot(group)
    telegram.add_bot(room, rights=None)
    telegram.world.feed.pending.clear()
    async with opened_store(tmp_path) as database:
        banks = SqlBanks(database)
        await banks.add("community", [Entry(kind="link", value="telegram:user/bluelantern", ref="r1")])
        await banks.put_bank(Bank(name="community", trust=Trust.ACT))
        await SqlRooms(database).bind(f"telegram:{group.id}", f"telegram:{room.id}")
    return Scene(telegram=telegram, home=tmp_path, group=group, room=room, amina=amina)


async def test_the_file_is_followed_and_a_broken_one_replaces_nothing(scene: Scene) -> None:
    """It reports, is broken, is mended to delete: the room hears of each once, and messages feel it."""
    scene.file.write_text(REPORTING, encoding="utf-8")
    async with scene.process():
        scene.file.write_text(DELETING.replace("rules", "rulez"), encoding="utf-8")
        broken = await scene.heard("cannot be used")
        reported = scene.telegram.post(scene.group, scene.amina, "look: t.me/BlueLantern")
        await scene.heard("🔴")
        kept = reported.is_there
        scene.file.write_text(DELETING, encoding="utf-8")
        changed = await scene.heard("was put in force")
        deleted = scene.telegram.post(scene.group, scene.amina, "again: t.me/BlueLantern")
        await scene.telegram.api.wait_until(lambda: not deleted.is_there, 20)

    assert 'unknown key "rulez"' in broken
    assert kept
    assert "Changed rules: “\u2068links\u2069”." in changed
    assert len(re.findall("cannot be used", "".join(m.text for m in scene.telegram.said(scene.room)))) == 1


async def test_a_restart_before_a_broken_file_serves_what_was_in_force(scene: Scene) -> None:
    """At night nobody mends it; the group is watched all the same, and the room knows why."""
    scene.file.write_text(DELETING, encoding="utf-8")
    async with scene.process():
        pass
    scene.file.write_text("rules: 7", encoding="utf-8")
    async with scene.process():
        post = scene.telegram.post(scene.group, scene.amina, "look: t.me/BlueLantern")
        await scene.telegram.api.wait_until(lambda: not post.is_there, 20)
        await scene.heard("cannot be used")

    async with opened_store(scene.home) as database:
        (version,) = await SqlPolicies(database).history(EVERYWHERE, limit=5)
    assert version.files == (("house.yaml", DELETING),)


async def test_a_first_start_with_a_broken_file_is_refused(scene: Scene) -> None:
    """There is nothing else that could hold: it says where, and does not serve."""
    scene.file.write_text(REPORTING.replace("when", "wenn"), encoding="utf-8")

    with pytest.raises(RuntimeError, match=r"house\.yaml:3:.*unknown key .wenn"):
        await command(scene.home, "run", settings=scene.settings)
