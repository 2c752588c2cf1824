"""What a policy may cost: so many conditions in a rule, and in all of its rules together.

A condition looks at the matches of a message once, so the number of conditions bounds what judging one
costs, whatever the file says. How deep they nest is bounded where the file is read.
"""

from collections.abc import Iterator
from typing import Final

from core.policy.conditions import AllOf, AnyOf, Condition, Not
from core.policy.document import Document
from core.policy.expression import Expression
from core.policy.faults import Fault
from core.policy.policy import Policy, Rule
from core.policy.refusals import spot_of

IN_RULE: Final = 64
IN_POLICY: Final = 2000
"""Conditions; `all`, `any` and `not` count as well."""

EXPRESSION: Final = 10
"""As many conditions an expression counts for: so much longer it takes."""


def size(condition: Condition) -> int:
    """Count a condition with all that it is made of."""
    if isinstance(condition, AllOf | AnyOf):
        return 1 + sum(size(inner) for inner in condition.conditions)
    if isinstance(condition, Not):
        return 1 + size(condition.condition)
    return EXPRESSION if isinstance(condition, Expression) else 1


def costly(own: Policy, rules: tuple[Rule, ...], found: Document) -> Iterator[Fault]:
    """Yield a fault for each rule of a file that is too large, and one where all rules together are.

    Args:
        own: As it was built from the file alone, its rules in the order of the document.
        rules: The same with those of the policy that it extends.
        found: The file.
    """
    so_far, over = 0, False
    for place, rule in enumerate(own.rules):
        count = size(rule.when)
        spot = spot_of(("rules", place, "when"), found)
        if count > IN_RULE:
            remedy = f"A rule has {IN_RULE} at most: make two of it, or put what it lists into a bank."
            yield Fault(spot=spot, what=f"a rule of {count} conditions", remedy=f"{remedy} {_READ}")
        so_far += count
        if so_far > IN_POLICY and not over:
            over = True
            what = f"more than {IN_POLICY:,} conditions up to this rule"
            yield Fault(spot=spot, what=what, remedy=_TOO_MANY)
    if not over and (all_in_all := sum(size(rule.when) for rule in rules)) > IN_POLICY:
        what = f"{all_in_all:,} conditions with those of the policy that it extends"
        yield Fault(spot=spot_of(("extends",), found), what=what, remedy=_TOO_MANY)


_READ: Final = "See policies/README.md#conditions"
_TOO_MANY: Final = (
    f"A policy has {IN_POLICY:,} at most, each of which looks at every message. "
    f"Put what it lists into banks, and name their labels. {_READ}"
)
