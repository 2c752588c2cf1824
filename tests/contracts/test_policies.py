"""What may be relied on of wherever policies are kept."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.keeping import EVERYWHERE, PROPOSALS, PolicyStore, Version
from core.store.policies import SqlPolicies
from tests import make
from tests.fake_policies import MemoryPolicies
from tests.stores import opened_store

HOUSE = Version(
    name="house", files=(("house.yaml", "version: 1\nrules: []\n"),), how="on the disk", at=make.NOON
)
GROUP = replace(HOUSE, place="telegram:-1001", by="Omar", how="sent in private")


@pytest.fixture(params=["memory", "sql"])
async def policies(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[PolicyStore]:
    """Give every engine that keeps policies."""
    if request.param == "memory":
        yield MemoryPolicies()
        return
    async with opened_store(tmp_path) as database:
        yield SqlPolicies(database)


async def test_at_first_nothing_is_in_force(policies: PolicyStore) -> None:
    """A new community has no version of anything."""
    assert await policies.in_force() == ()
    assert await policies.newest() == 0
    assert await policies.version(1) is None
    assert list(await policies.history(EVERYWHERE, limit=5)) == []


async def test_a_version_is_kept_as_it_was_put(policies: PolicyStore) -> None:
    """All of it is read back, files in their order, under a number of its own."""
    files = (("house.yaml", "extends: other.yaml …"), ("other.yaml", "نگہبان"))

    put = await policies.put(replace(GROUP, files=files))

    assert put == replace(GROUP, files=files, number=put.number)
    assert put.number > 0
    assert await policies.version(put.number) == put


async def test_the_newest_live_version_of_each_place_is_in_force(policies: PolicyStore) -> None:
    """A later one takes the place of an earlier one; a proposal takes nobody's; each place has its own."""
    await policies.put(HOUSE)
    group = await policies.put(GROUP)
    later = await policies.put(replace(HOUSE, name="strict", at=make.NOON + timedelta(hours=1)))
    await policies.put(replace(GROUP, live=False))

    assert await policies.in_force() == (later, group)
    assert await policies.newest() == later.number


async def test_a_proposal_becomes_live_once(policies: PolicyStore) -> None:
    """Two taps on one button make one version; the proposal itself stays what it was."""
    proposal = await policies.put(replace(GROUP, live=False))

    first = await policies.put(replace(GROUP, origin=proposal.number))
    second = await policies.put(replace(GROUP, origin=proposal.number, by="somebody else"))

    assert second == first
    assert await policies.version(proposal.number) == proposal
    assert await policies.in_force() == (first,)


@pytest.mark.parametrize("meanwhile", [replace(GROUP, name="other"), replace(HOUSE, name="other")])
async def test_nothing_is_put_over_what_was_not_seen(policies: PolicyStore, meanwhile: Version) -> None:
    """Of two who look at what holds and then put something there, the second learns of the first."""
    seen = await policies.put(HOUSE)
    newer = await policies.put(meanwhile)
    await policies.put(replace(GROUP, live=False))
    await policies.put(replace(GROUP, place="telegram:-1002"))

    late = await policies.put(GROUP, seen=seen.number)
    before = await policies.history(GROUP.place, limit=5)
    put = await policies.put(GROUP, seen=newer.number)

    assert (late, list(before)) == (newer, [newer] if newer.place else [])
    assert put == replace(GROUP, number=put.number)
    assert (await policies.history(GROUP.place, limit=1))[0] == put


async def test_what_became_live_before_is_told_whatever_came_after(policies: PolicyStore) -> None:
    """A second tap on one button, with something newer in between: it made that version."""
    proposal = await policies.put(replace(GROUP, live=False))
    made = await policies.put(replace(GROUP, origin=proposal.number), seen=0)
    await policies.put(HOUSE)

    assert await policies.put(replace(GROUP, origin=proposal.number), seen=0) == made


async def test_history_is_newest_first_and_of_one_place(policies: PolicyStore) -> None:
    """What was proposed and never tapped is not part of it."""
    made = [await policies.put(replace(GROUP, name=name)) for name in ("one", "two", "three")]
    await policies.put(HOUSE)
    await policies.put(replace(GROUP, live=False))

    assert list(await policies.history(GROUP.place, limit=2)) == [made[2], made[1]]


async def test_of_a_places_proposals_the_newest_are_kept(policies: PolicyStore) -> None:
    """Whoever may send files cannot fill the database; what was in force, and other places', stays."""
    other = await policies.put(replace(GROUP, place="telegram:-1002", live=False))
    live = await policies.put(GROUP)
    put = [await policies.put(replace(GROUP, live=False)) for _ in range(PROPOSALS + 2)]

    kept = [one for one in put if await policies.version(one.number)]

    assert kept == put[2:]
    assert await policies.version(other.number) == other
    assert await policies.version(live.number) == live
    assert (await policies.put(GROUP)).number > put[-1].number
