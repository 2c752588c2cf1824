"""Why a case was judged as it was, rule by rule: what stands behind `/why`."""

from collections.abc import Iterator
from datetime import tzinfo
from itertools import islice
from typing import Final

from bots.details import details_of
from bots.policies.record import PolicyRecord
from bots.sealed import shown
from bots.wording import counted, harmless, moment, quoted
from core.case import Case
from core.entities.directory import NOBODY, Directory
from core.history import Before, History
from core.policy.conditions import Facts
from core.policy.explain import Told, explained, notches
from core.policy.policy import Policy

_FAILED: Final = 30
"""Rules that did not hold of which is told; a policy may have hundreds, and those that held matter more."""

MOST: Final = 2_000
"""Cases of a place that are gone through for what an author did before: they are read while others wait."""


class Why:
    """Explains a case by the policy that held when it was opened.

    Args:
        record: Knows which policy that was.
        history: Knows what the author did before; without it, nothing is counted.
        zone: The time zone of times.
        most: How many cases of the place are gone through, the latest before the case.
    """

    def __init__(
        self, record: PolicyRecord, history: History | None, zone: tzinfo, *, most: int = MOST
    ) -> None:
        self._record = record
        self._history = history
        self._zone = zone
        self._most = most

    async def __call__(self, case: Case, directory: Directory = NOBODY) -> tuple[str, ...]:
        """Say why, in lines; `directory` says which organisations are designated."""
        policy, holds = await self._record.held_for(case)
        before = await self._before(case)
        return why(case, policy, before, holds=holds, zone=self._zone, directory=directory)

    async def _before(self, case: Case) -> Before | None:
        past = await self._history.case(case.id) if self._history else None
        return await self._history.before(past, most=self._most) if self._history and past else None


def why(  # noqa: PLR0913 - the case, what it was judged by and after, and how it is told
    case: Case,
    policy: Policy,
    before: Before | None = None,
    *,
    holds: bool,
    zone: tzinfo,
    directory: Directory = NOBODY,
) -> tuple[str, ...]:
    """Say of each rule why it held or what failed first, what one notch would change, and all details.

    Args:
        case: The case.
        policy: By which it was judged.
        before: What its author did before; None where that is not known.
        holds: Whether that policy still holds there.
        zone: The time zone of times.
        directory: Which organisations are designated.
    """
    facts = Facts(
        message=before.message if before else case.message,
        matches=tuple(map(shown, case.verdict.matches)),
        gaps=case.verdict.gaps,
        earlier=before.earlier if before else (),
    )
    since = "" if holds else ", which does not hold there any more"
    return (
        f"Case {case.id}, rule by rule, by the policy {quoted(policy.name)}{since}.",
        *_judged_from(case, before, zone),
        *_rules(policy, facts),
        *(f"{near.change}: {harmless(near.follows, 200)}" for near in notches(policy, facts)),
        *details_of(case, zone=zone, directory=directory),
    )


def _judged_from(case: Case, before: Before | None, zone: tzinfo) -> Iterator[str]:
    """Say what of the past counted, and what was left out."""
    kept = "Judged again from what the case keeps: not what the message said"
    yield f"{kept}." if before else f"{kept}, nor what its author did before."
    if before and before.earlier:
        yield f"{counted(len(before.earlier), 'earlier find')} of this author here."
    if before and before.since:
        back = f"The author's earlier finds were looked for back to {moment(before.since, zone)} only"
        yield f"{back}: there are many cases here (nigehban policy explain --case {case.id} looks at all)."


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
