"""What one policy file takes up of others: for groups, from its folder, from what is kept."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import BadInput
from core.model import ActionKind, Place, Trust
from core.policy.loader import files_of, load_policy, policy_of
from tests import make

BASE = """
version: 1
exempt: [newsroom]
rules:
  - {id: all, name: all of it, when: {match: {}}, do: [report]}
  - {name: links, when: {match: {signal: link}}, do: [report, delete]}
"""
GROUPED = """
version: 1
groups:
  - {places: ["fake:desk", Kite Desk], policy: newsroom}
  - {places: ["fake:kites"], policy: kites.yaml}
rules:
  - {name: links, when: {match: {signal: link}}, do: [report]}
"""
KITES = """
version: 1
extends: house.yaml
rules:
  - {name: pictures, when: {match: {signal: image}}, do: [report]}
"""


@pytest.mark.parametrize(
    ("place", "holds"),
    [
        (Place(id="fake:kites"), "kites"),
        (Place(id="fake:desk"), "newsroom"),
        (Place(id="fake:1", name="kite desk"), "newsroom"),
        (Place(id="fake:else"), "house"),
    ],
)
def test_in_some_places_another_policy_holds(tmp_path: Path, place: Place, holds: str) -> None:
    """A group is named by its id or its name; its policy may extend the file that names it."""
    (tmp_path / "house.yaml").write_text(GROUPED, encoding="utf-8")
    (tmp_path / "kites.yaml").write_text(KITES, encoding="utf-8")

    policy = load_policy(tmp_path / "house.yaml")
    verdict = policy.judge(replace(make.message("x"), place=place), [make.match()], ())

    assert verdict.policy == holds
    assert [rule.name for group in policy.groups for rule in group.policy.rules][-2:] == ["links", "pictures"]
    assert all(group.policy.groups == () for group in policy.groups)


def test_what_is_wrong_with_the_policy_of_a_group_is_told_where_it_is_named(tmp_path: Path) -> None:
    """The line is the group's; the remedy is what the other file refuses."""
    (tmp_path / "house.yaml").write_text(GROUPED, encoding="utf-8")
    (tmp_path / "kites.yaml").write_text("version: 1\n", encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load_policy(tmp_path / "house.yaml")

    assert str(refused.value).startswith(f"{tmp_path / 'house.yaml'}:5:")
    assert 'missing key "rules"' in str(refused.value)


def test_a_policy_can_be_kept_with_all_that_it_takes_up(tmp_path: Path) -> None:
    """What was gathered from the disk is the same policy where the disk is not; shipped ones stay out."""
    (tmp_path / "house.yaml").write_text(GROUPED, encoding="utf-8")
    (tmp_path / "kites.yaml").write_text(KITES, encoding="utf-8")

    files = files_of(tmp_path / "house.yaml")

    assert [name for name, _ in files] == ["house.yaml", "kites.yaml"]
    assert policy_of(files) == load_policy(tmp_path / "house.yaml")


def test_what_is_sent_may_extend_the_policy_of_the_house() -> None:
    """It lies over the house's own rules, with what those extend; without a house there is none."""
    house = (
        ("strict.yaml", BASE.replace("version: 1", "version: 1\nextends: more.yaml")),
        ("more.yaml", KITES),
    )
    sent = (("kites.yaml", "version: 1\nextends: house\nrules: []\n"),)
    base = (("more.yaml", KITES.replace("extends: house.yaml\n", "")),)

    policy = policy_of(sent, house=(house[0], *base))

    assert [rule.key for rule in policy.rules] == ["pictures", "all", "links"]
    with pytest.raises(BadInput, match=r"kites\.yaml:2:"):
        policy_of(sent)


def rule(name: str, *do: str) -> str:
    """Give a policy file with one rule."""
    return f"version: 1\nrules:\n  - {{name: {name}, when: {{match: {{}}}}, do: [{', '.join(do)}]}}\n"


def test_of_several_that_are_extended_each_is_laid_over_those_before(tmp_path: Path) -> None:
    """A later file takes the place of a rule, and of a bound that it names; what it does not name stays."""
    (tmp_path / "one.yaml").write_text(
        rule("known", "report").replace(
            "rules", "exempt: [helper]\nquiet: {from: '22:00', to: '06:00'}\nrules"
        ),
        encoding="utf-8",
    )
    (tmp_path / "two.yaml").write_text(
        rule("known", "report", "delete").replace("rules", "exempt: [newsroom]\nrules"), encoding="utf-8"
    )
    (tmp_path / "house.yaml").write_text(
        rule("more", "report").replace("rules", "extends: [one.yaml, two.yaml]\nrules"), encoding="utf-8"
    )

    policy = load_policy(tmp_path / "house.yaml")

    assert [(one.name, len(one.do)) for one in policy.rules] == [("known", 2), ("more", 1)]
    assert policy.limits.exempt == {"newsroom"}
    assert policy.limits.quiet is not None
    assert [name for name, _ in files_of(tmp_path / "house.yaml")] == ["house.yaml", "one.yaml", "two.yaml"]
    assert policy_of(files_of(tmp_path / "house.yaml")) == policy


def test_what_cannot_be_extended_is_told_at_its_place_in_the_list(tmp_path: Path) -> None:
    """The second of two is named where it stands."""
    path = tmp_path / "house.yaml"
    path.write_text("version: 1\nextends: [default, gone.yaml]\nrules: []\n", encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load_policy(path)

    assert str(refused.value).startswith(f"{path}:2:20: cannot take this up")


def test_files_that_lead_to_ever_more_files_come_to_an_end(tmp_path: Path) -> None:
    """Ten that each extend ten others, four in a row, would be ten thousand."""
    names = [f"f{n}.yaml" for n in range(10)]
    for level, name in [(level, name) for level in range(4) for name in names]:
        further = ", ".join(f"{level + 1}{one}" for one in names) if level < 3 else "default"
        (tmp_path / f"{level}{name}").write_text(
            f"version: 1\nextends: [{further}]\nrules: []\n", encoding="utf-8"
        )

    with pytest.raises(BadInput, match="more than 64 files are taken up"):
        load_policy(tmp_path / "0f0.yaml")


def test_a_pipe_is_no_policy_file(tmp_path: Path) -> None:
    """What nobody writes to would keep the bot waiting for ever; a file beside it, and the file itself."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "house.yaml").write_text("version: 1\nextends: pipe.yaml\nrules: []\n", encoding="utf-8")

    for name in ("pipe.yaml", "house.yaml"):
        with pytest.raises(BadInput, match=r"pipe\.yaml: not a file"):
            files_of(tmp_path / name)


ACTING = "version: 1\nexempt: []\nrules:\n  - {name: links, when: {match: {signal: link}}, do: [delete]}\n"
SPARING = """
version: 1
exempt: [Press]
lanes: [{name: research, places: ["fake:desk"]}]
groups: [{places: ["fake:kites", "fake:desk"], policy: acting.yaml}]
rules: []
"""


@pytest.mark.parametrize(
    ("place", "role", "acts"),
    [
        ("fake:kites", "press", False),
        ("fake:kites", "member", True),
        ("fake:desk", "member", False),
    ],
)
def test_whom_the_house_spares_is_spared_by_the_policies_of_places(
    tmp_path: Path, place: str, role: str, *, acts: bool
) -> None:
    """A group of the house's file, and a policy that a place's own administrators sent, add to its bounds."""
    (tmp_path / "acting.yaml").write_text(ACTING, encoding="utf-8")
    (tmp_path / "house.yaml").write_text(SPARING, encoding="utf-8")
    house = files_of(tmp_path / "house.yaml")
    message = make.message()
    message = replace(message, place=Place(id=place), author=replace(message.author, roles=(role,)))

    for policy in (policy_of(house), policy_of((("own.yaml", ACTING),), house=house)):
        verdict = policy.judge(message, (make.match(trust=Trust.ACT),), ())

        assert [action.kind for action in verdict.actions] == [
            ActionKind.DELETE if acts else ActionKind.REPORT
        ]
