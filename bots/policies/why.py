"""Why a case was judged as it was, rule by rule: what stands behind `/why`."""

from collections.abc import Iterator
from datetime import tzinfo
from itertools import islice
from typing import Final

from bots.details import details_of
from bots.sealed import shown
from bots.wording import counted, harmless, quoted
from core.case import Case
from core.entities.directory import NOBODY, Directory
from core.policy.conditions import Facts
from core.policy.explain import Told, explained, notches
from core.policy.policy import Policy

_FAILED: Final = 30
"""Rules that did not hold of which is told; a policy may have hundreds, and those that held matter more."""


def why(
    case: Case, policy: Policy, *, holds: bool, zone: tzinfo, directory: Directory = NOBODY
) -> tuple[str, ...]:
    """Say of each rule why it held or what failed first, what one notch would change, and all details.

    Args:
        case: The case.
        policy: By which it was judged.
        holds: Whether that policy still holds there.
        zone: The time zone of times.
        directory: Which organisations are designated.
    """
    facts = Facts(
        message=case.message, matches=tuple(map(shown, case.verdict.matches)), gaps=case.verdict.gaps
    )
    since = "" if holds else ", which does not hold there any more"
    return (
        f"Case {case.id}, rule by rule, by the policy {quoted(policy.name)}{since}.",
        "Judged again from what the case keeps: not what the message said, nor what its author did before.",
        *_rules(policy, facts),
        *(f"{near.change}: {harmless(near.follows, 200)}" for near in notches(policy, facts)),
        *details_of(case, zone=zone, directory=directory),
    )


def _rules(policy: Policy, facts: Facts) -> Iterator[str]:
    told = list(explained(policy, facts))
    for one in told:
        if one.held:
            yield f"✔ {_named(one)}"
    failed = [one for one in told if not one.held]
    yield from (f"✘ {_named(one)}" for one in islice(failed, _FAILED))
    if len(failed) > _FAILED:
        more = counted(len(failed) - _FAILED, "more rule")
        yield f"… and {more} did not hold (nigehban policy explain tells all)"


def _named(told: Told) -> str:
    return f"{harmless(told.rule.name, 60)} ({told.rule.stage}): {harmless(told.why, 200)}"
