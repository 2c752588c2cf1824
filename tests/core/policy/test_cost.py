"""A rule and a policy have a largest size, and whoever goes over it reads where and what to do."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.policy.conditions import AllOf, AnyOf, Condition, GapFound, MatchFound, Not
from core.policy.cost import IN_POLICY, IN_RULE, size
from core.policy.loader import load_policy, read_policy

LEAF = "{match: {signal: link}}"


def anys(count: int) -> str:
    """Give a condition of so many, itself counted."""
    return f"{{any: [{', '.join([LEAF] * (count - 1))}]}}"


def written(sizes: list[int], head: str = "version: 1") -> str:
    """Give a file of rules of these sizes, one on each line from the third on."""
    rules = [f"  - {{name: r{place}, do: [], when: {anys(count)}}}" for place, count in enumerate(sizes)]
    return "\n".join([head, "rules:", *rules]) + "\n"


def refusal(text: str) -> list[str]:
    """Give the first line of each fault, "" where there is none."""
    try:
        read_policy(text.encode(), name="p", where="p.yaml")
    except BadInput as refused:
        return [line for line in str(refused).splitlines() if line.startswith("p.yaml:")]
    return []


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        (MatchFound(), 1),
        (GapFound(), 1),
        (Not(MatchFound()), 2),
        (AllOf(()), 1),
        (AnyOf((MatchFound(), GapFound())), 3),
        (AllOf((Not(AnyOf((MatchFound(), MatchFound()))), GapFound())), 6),
    ],
)
def test_every_condition_counts_and_so_does_what_binds_them(condition: Condition, count: int) -> None:
    """A condition in a condition in a condition is three."""
    assert size(condition) == count


@pytest.mark.parametrize(
    ("sizes", "faults"),
    [
        ([IN_RULE, IN_RULE], []),
        ([2, IN_RULE + 1], ["p.yaml:4:24: a rule of 65 conditions"]),
        ([50] * 40, []),
        ([50] * 41, ["p.yaml:43:25: more than 2,000 conditions up to this rule"]),
        ([50] * 43, ["p.yaml:43:25: more than 2,000 conditions up to this rule"]),
        (
            [70, *[50] * 39],
            [
                "p.yaml:3:24: a rule of 70 conditions",
                "p.yaml:42:25: more than 2,000 conditions up to this rule",
            ],
        ),
    ],
)
def test_what_is_too_large_is_refused_at_its_place(sizes: list[int], faults: list[str]) -> None:
    """Each rule that is, and the first one by which the policy is."""
    assert refusal(written(sizes)) == faults


def test_the_rules_of_the_policy_that_is_extended_count(tmp_path: Path) -> None:
    """Two files that are each small enough may not be so together; a rule that takes another's place may."""
    (tmp_path / "base.yaml").write_text(written([50] * 40), encoding="utf-8")
    house, other = tmp_path / "house.yaml", tmp_path / "other.yaml"
    house.write_text(written([50] * 3, "version: 1\nextends: base.yaml"), encoding="utf-8")
    other.write_text(house.read_text(encoding="utf-8").replace("name: r", "name: s"), encoding="utf-8")

    taken = load_policy(house)
    with pytest.raises(BadInput) as refused:
        load_policy(other)

    assert sum(size(rule.when) for rule in taken.rules) == IN_POLICY
    assert (
        str(refused.value)
        .splitlines()[0]
        .endswith("other.yaml:2:10: 2,150 conditions with those of the policy that it extends")
    )
    assert "Put what it lists into banks" in str(refused.value)
