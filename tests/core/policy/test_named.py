"""Lists that rules ask for are found wherever they stand in a condition."""

import pytest

from core.policy.loader import read_policy
from core.policy.named import banks_named


@pytest.mark.parametrize(
    ("when", "banks"),
    [
        ("{match: {}}", []),
        ("{gap: {}}", []),
        ("{match: {bank: kites}}", ["kites"]),
        (
            "{any: [match: {bank: kites}, all: [match: {bank: lamps}, match: {bank: kites}]]}",
            ["kites", "lamps"],
        ),
        ("{all: [match: {signal: link}, not: {match: {bank: lamps}}]}", ["lamps"]),
    ],
)
def test_every_list_that_a_rule_names_is_told_once(when: str, banks: list[str]) -> None:
    """Under `all`, `any` and `not`, each with the rule that asks for it."""
    text = f"version: 1\nrules:\n  - {{name: a, when: {when}, do: [report]}}\n"

    policy = read_policy(text.encode(), name="p", where="p.yaml")

    assert list(banks_named(policy)) == [("a", bank) for bank in banks]
