"""The policy file is edited while the real process serves: it follows, and a broken file changes nothing."""

import re

import pytest

from core.keeping import EVERYWHERE
from core.store.policies import SqlPolicies
from tests.e2e.process import command
from tests.e2e.scene import Scene, promote
from tests.stores import opened_store

REPORTING = "version: 1\nrules:\n  - {name: links, when: {match: {}}, do: [report]}\n"
DELETING = REPORTING.replace("[report]", "[report, delete]")


def file_of(scene: Scene, text: str) -> str:
    """Write the policy file of a scene; returns its path."""
    path = scene.home / "house.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


async def test_the_file_is_followed_and_a_broken_one_replaces_nothing(scene: Scene) -> None:
    """It reports, is broken, is mended to delete: the room hears of each once, and messages feel it."""
    await promote(scene.home)
    policy = file_of(scene, REPORTING)
    async with scene.process(policy=policy):
        file_of(scene, DELETING.replace("rules", "rulez"))
        broken = await scene.said(scene.room, "cannot be used")
        reported = scene.telegram.post(scene.group, scene.amina, "look: t.me/BlueLantern")
        await scene.said(scene.room, "🔴")
        kept = reported.is_there
        file_of(scene, DELETING)
        changed = await scene.said(scene.room, "was put in force")
        deleted = scene.telegram.post(scene.group, scene.amina, "again: t.me/BlueLantern")
        await scene.telegram.api.wait_until(lambda: not deleted.is_there, 20)

    assert 'unknown key "rulez"' in broken
    assert kept
    assert "Changed rules: “\u2068links\u2069”." in changed
    assert len(re.findall("cannot be used", "".join(m.text for m in scene.telegram.said(scene.room)))) == 1


async def test_a_restart_before_a_broken_file_serves_what_was_in_force(scene: Scene) -> None:
    """At night nobody mends it; the group is watched all the same, and the room knows why."""
    await promote(scene.home)
    policy = file_of(scene, DELETING)
    async with scene.process(policy=policy):
        pass
    file_of(scene, "rules: 7")
    async with scene.process(policy=policy):
        post = scene.telegram.post(scene.group, scene.amina, "look: t.me/BlueLantern")
        await scene.telegram.api.wait_until(lambda: not post.is_there, 20)
        await scene.said(scene.room, "cannot be used")

    async with opened_store(scene.home) as database:
        (version,) = await SqlPolicies(database).history(EVERYWHERE, limit=5)
    assert version.files == (("house.yaml", DELETING),)


async def test_what_is_restored_while_nothing_runs_is_told_against_what_held(scene: Scene) -> None:
    """The wrong version first, then the right one: the room hears once what is different since it stopped."""
    policy = file_of(scene, REPORTING)
    async with scene.process(policy=policy):
        file_of(scene, DELETING)
        await scene.said(scene.room, "Changed rules")
    file_of(scene, f"{DELETING}  - {{name: more, when: {{match: {{}}}}, do: [report]}}\n")
    async with scene.process(policy=policy) as process:
        await scene.said(scene.room, "New rules: “\u2068more\u2069”.")
        await process.stop()
    await command(scene.home, "policy", "restore", "1")
    await command(scene.home, "policy", "restore", "2")

    before = len(scene.telegram.said(scene.room))
    async with scene.process(policy=policy):
        await scene.said(scene.room, "Rules that are gone")

    (heard,) = scene.telegram.said(scene.room)[before:]
    assert "(restored from the command line)" in heard.text
    assert heard.text.splitlines()[1:-1] == ["Rules that are gone: “\u2068more\u2069”."]


async def test_a_first_start_with_a_broken_file_is_refused(scene: Scene) -> None:
    """There is nothing else that could hold: it says where, and does not serve."""
    policy = file_of(scene, REPORTING.replace("when", "wenn"))

    with pytest.raises(RuntimeError, match=r"house\.yaml:3:.*unknown key .wenn"):
        await command(scene.home, "run", settings=scene.settings(policy=policy))
