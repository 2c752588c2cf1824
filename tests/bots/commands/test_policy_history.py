"""What was in force can be listed, read and put in force again from the command line."""

import json
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bots.commands.policy_history import HOW, history, restore
from core.errors import BadInput
from core.keeping import Version
from tests import make
from tests.fake_policies import MemoryPolicies

REPORTING = "version: 1\nrules:\n  - {name: all of it, when: {match: {}}, do: [report]}\n"
DELETING = REPORTING.replace("[report]", "[report, delete]")
OWN = "version: 1\nextends: house\nrules: []\n"
HOUSE = Version(name="house", files=(("house.yaml", REPORTING),), how="on the disk", at=make.NOON)


def words(**given: object) -> Namespace:
    """Give the words of the command line."""
    return Namespace(**{"place": None, "show": None, "most": 20, "format": "text"} | given)


@pytest.fixture
async def store() -> MemoryPolicies:
    """Give a store with two versions of the house and a group's own, which was given back."""
    store = MemoryPolicies()
    later = make.NOON + timedelta(hours=2)
    await store.put(HOUSE)
    await store.put(replace(HOUSE, files=(("house.yaml", DELETING),), at=later))
    own = replace(HOUSE, place="telegram:-1001", name="kites", files=(("kites.yaml", OWN),), by="Omar")
    await store.put(replace(own, how="sent"))
    await store.put(replace(own, how="taken back", files=()))
    return store


async def test_the_history_tells_who_when_and_what(
    store: MemoryPolicies, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newest first, place by place, with the rules that changed."""
    monkeypatch.setenv("COLUMNS", "200")
    assert await history(words(), store, UTC, make.NOON) == 0

    shown = " ".join(capsys.readouterr().out.split())
    assert "2 everywhere house 2026-03-01 14:00 UTC on the disk Changed rules: “all of it”." in shown
    assert "4 telegram:-1001 (given back)" in shown
    assert "sent by Omar" in shown


async def test_programs_read_a_line_a_version(
    store: MemoryPolicies, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of one place, as many as are asked for."""
    await history(words(place="telegram:-1001", most=1, format="ndjson"), store, UTC, make.NOON)

    (said,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert said == {
        "schema": "nigehban.policyversion/1",
        "version": 4,
        "place": "telegram:-1001",
        "policy": "kites",
        "files": [],
        "by": "Omar",
        "how": "taken back",
        "at": "2026-03-01T12:00:00+00:00",
    }


@pytest.mark.parametrize("most", [1, 20])
async def test_what_a_group_changed_is_told_against_what_held_before_it(
    store: MemoryPolicies, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Its first policy after the house's, which it may extend; giving it back brings the house's again."""
    monkeypatch.setenv("COLUMNS", "200")
    own = "version: 1\nextends: house\nquotas: {ban: {hour: 1, day: 2}}\nrules: []\n"
    sent = replace(HOUSE, place="telegram:-2", name="own", files=(("own.yaml", own),), how="sent")
    await store.put(sent)
    await store.put(replace(sent, how="rolled back", files=()))

    await history(words(place="telegram:-2", most=most), store, UTC, make.NOON)

    shown = capsys.readouterr().out
    assert shown.count("Changed bounds: quotas.") == min(most, 2)
    assert "Changed rules" not in shown


async def test_a_place_without_a_policy_of_its_own_is_told_as_that(
    store: MemoryPolicies, capsys: pytest.CaptureFixture[str]
) -> None:
    """That there never was any policy would be false."""
    await history(words(place="telegram:-7"), store, UTC, make.NOON)

    assert capsys.readouterr().out.startswith("telegram:-7 never had a policy of its own")


async def test_a_version_can_be_read(store: MemoryPolicies, capsys: pytest.CaptureFixture[str]) -> None:
    """Its files as they were."""
    await history(words(show=1), store, UTC, make.NOON)

    assert capsys.readouterr().out == f"# house.yaml\n{REPORTING}"


async def test_a_version_can_be_copied_as_it_was_written(
    store: MemoryPolicies, capsys: pytest.CaptureFixture[str]
) -> None:
    """Joiners stay, which Urdu is spelt with; what steers a terminal does not."""
    text = REPORTING + "# نہ\u200cکرو \t\x1b[31m\u202e\n"
    await store.put(replace(HOUSE, files=(("house.yaml", text),)))

    await history(words(show=len(store.versions)), store, UTC, make.NOON)

    assert capsys.readouterr().out == f"# house.yaml\n{REPORTING}# نہ\u200cکرو \t[31m\n"


async def test_before_the_first_start_there_is_no_history(capsys: pytest.CaptureFixture[str]) -> None:
    """It says when one begins."""
    await history(words(), MemoryPolicies(), UTC, make.NOON)

    assert "begins with the first nigehban run" in capsys.readouterr().out


@pytest.mark.parametrize(("number", "place"), [(1, ""), (3, "telegram:-1001"), (4, "telegram:-1001")])
async def test_a_version_is_put_in_force_again(store: MemoryPolicies, number: int, place: str) -> None:
    """As a new version of the same place: the house's, a group's own, or none of its own."""
    await restore(words(number=number), store, UTC, make.NOON)

    (newest,) = await store.history(place, limit=1)
    assert newest.number == 5
    assert newest.files == store.versions[number - 1].files
    assert (newest.by, newest.how) == ("", HOW)


async def test_what_was_made_of_a_proposal_is_put_in_force_again_too(store: MemoryPolicies) -> None:
    """Of a proposal one version is made, and this one is not made of it: it is put there by hand."""
    made = await store.put(replace(store.versions[2], origin=2))
    await store.put(replace(made, files=(), origin=None))

    await restore(words(number=made.number), store, UTC, make.NOON)

    (newest,) = await store.history(made.place, limit=1)
    assert (newest.number, newest.files, newest.origin) == (7, made.files, None)


async def test_what_is_not_there_or_cannot_be_read_is_not_restored(store: MemoryPolicies) -> None:
    """One line, and everything stays as it is."""
    await store.put(replace(HOUSE, files=(("old.yaml", "version: 0\n"),)))
    for number in (5, 77):
        with pytest.raises(BadInput, match=r"old\.yaml:1|there is no version 77"):
            await restore(words(number=number), store, UTC, make.NOON)

    assert len(store.versions) == 5
