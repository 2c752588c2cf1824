"""The brakes of a process that serves hold to the policy that is in force in each place."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bots.brakes.serving import braking, is_looked_at
from bots.policies.serving import policies
from core.inforce import InForce
from core.keeping import Version, Which
from core.model import ActionKind
from core.policy.conditions import MatchFound
from core.policy.loader import bundled, load_policy
from core.policy.policy import Group, Policy, Rule
from core.settings import read_settings
from core.store.hits import SqlHits
from core.store.notes import SqlNotes
from core.store.policies import SqlPolicies
from tests import make
from tests.fake_platform import FakePlatform
from tests.fakes import MemoryNotes, MemoryRooms
from tests.stores import opened_store

OWN = """
version: 1
quotas: {delete: {hour: 1, day: 9}}
rules:
  - {name: links, stage: shadow, when: {match: {signal: link}}, do: [report, delete]}
  - {name: old, stage: draft, when: {match: {}}, do: []}
"""


class Silent:
    """News that nobody hears."""

    def wants(self, *_: object) -> bool:
        """Want nothing."""
        return False

    async def changed(self, *_: object) -> None:
        """Say nothing."""

    async def unread(self, *_: object) -> None:
        """Say nothing."""


async def test_the_quotas_and_stages_are_those_of_the_place(tmp_path: Path) -> None:
    """Its own policy's, which the house's does not change; counts are flushed into the same database."""
    settings = read_settings(home=tmp_path, env_file=tmp_path / "none")
    rooms, platform = MemoryRooms(rooms={"fake:room": "fake:moderators"}), FakePlatform()
    async with opened_store(tmp_path) as database:
        store = SqlPolicies(database)
        await store.put(Version(place="fake:room", name="own", files=(("own.yaml", OWN),), at=make.NOON))
        hold = await policies(
            settings,
            "strict",
            store=store,
            notes=SqlNotes(database),
            rooms=rooms,
            platforms={"fake": platform},
            clock=lambda: make.NOON,
        )
        brakes = braking(settings, hold, database, rooms=rooms, clock=lambda: make.NOON)

        for number in range(3):
            message = make.message(message_id=f"fake:room:{number}")
            verdict = hold.in_force.judge(message, (make.match(),), ())
            asked = make.verdict(actions=(ActionKind.DELETE,))
            held = await brakes.counted(message, asked)
            await brakes.counted(message, verdict)
            assert bool(held.braked) == (number > 0)
        await brakes.counted.flush()
        found = await SqlHits(database).newest(
            Which(rule="links"), since=make.NOON - timedelta(days=1), limit=9
        )

        assert [(hit.policy, hit.stage) for hit in found] == [("own", "shadow")] * 3
        assert [lines[0].startswith("⚪ Brake") for _, lines in platform.told] == [False, True]
        await brakes.watch.look()


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (Which("fake:room", "own", "links"), True),
        (Which("fake:room", "own", "old"), False),
        (Which("fake:room", "own", "gone"), False),
        (Which("fake:room", "strict", "surely listed"), False),
        (Which("fake:other", "strict", "surely listed"), True),
        (Which("fake:other", "default", "surely listed"), False),
        (Which("fake:other", "desk", "pictures"), True),
        (Which("fake:room", "desk", "pictures"), False),
    ],
)
async def test_a_rule_is_looked_at_where_its_policy_holds(
    tmp_path: Path, which: Which, *, expected: bool
) -> None:
    """By the policy that is in force there now, or that of a group of its file; a draft is not looked at."""
    async with opened_store(tmp_path) as database:
        store = SqlPolicies(database)
        await store.put(Version(place="fake:room", name="own", files=(("own.yaml", OWN),), at=make.NOON))
        pictures = Rule(name="pictures", when=MatchFound(signal="image"))
        group = Group(places=("Desk",), policy=Policy(name="desk", rules=(pictures,)))
        house = replace(load_policy(bundled("strict")), groups=(group,))
        in_force = InForce(store, house, Silent(), MemoryNotes())
        await in_force.refresh()

        assert is_looked_at(in_force, which) is expected
