"""What a process that serves puts in force at its start, and what it tells of it."""

from datetime import timedelta
from pathlib import Path

from bots.policies.serving import Policies, policies
from core.settings import read_settings
from tests import make
from tests.fake_platform import FakePlatform
from tests.fake_policies import MemoryPolicies
from tests.fakes import MemoryNotes, MemoryRooms

KITES = "  - {name: kites, when: {match: {signal: link}}, do: [report]}\n"
LANTERNS = "  - {name: lanterns, when: {match: {signal: image}}, do: [report]}\n"


async def test_a_file_that_changed_while_nothing_ran_is_told_beside_what_held(tmp_path: Path) -> None:
    """Only the rule that came is new; the first start of all is no change."""
    settings = read_settings(home=tmp_path, env_file=tmp_path / "none")
    store, notes, platform = MemoryPolicies(), MemoryNotes(), FakePlatform()
    file = tmp_path / "house.yaml"

    async def started(rules: str, *, day: int) -> Policies:
        file.write_text(f"version: 1\nrules:\n{rules}", encoding="utf-8")
        return await policies(
            settings,
            str(file),
            store=store,
            notes=notes,
            rooms=MemoryRooms(rooms={"fake:room": "fake:moderators"}),
            platforms={"fake": platform},
            clock=lambda: make.NOON + timedelta(days=day),
        )

    await started(KITES, day=0)
    hold = await started(KITES + LANTERNS, day=1)

    (said,) = [lines for _, lines in platform.told]
    assert said[1:-1] == ("New rules: “\u2068lanterns\u2069”.",)
    assert [rule.name for rule in hold.in_force.of("fake:room").rules] == ["kites", "lanterns"]
