"""Which lists the rules of a policy name: one that is not there is no fault of the file, but a dead rule."""

from collections.abc import Iterator

from core.policy.conditions import AllOf, AnyOf, Condition, MatchFound, Not
from core.policy.policy import Policy


def banks_named(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield each rule's name with each list that a condition of it asks for, also under a `not`."""
    for rule in policy.rules:
        for bank in dict.fromkeys(_banks(rule.when)):
            yield rule.name, bank


def _banks(condition: Condition) -> Iterator[str]:
    if isinstance(condition, AllOf | AnyOf):
        for inner in condition.conditions:
            yield from _banks(inner)
    elif isinstance(condition, Not):
        yield from _banks(condition.condition)
    elif isinstance(condition, MatchFound) and condition.bank is not None:
        yield condition.bank
