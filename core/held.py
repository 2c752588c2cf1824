"""What holds where, as one value: what held before and what holds now can be laid side by side."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from core.policy.policy import Group, Policy

_ID: Final = re.compile(r"[a-z]+:-?[0-9]+(/[0-9]+)*")
"""A place, or a channel of one, as platforms number them; what looks otherwise may be a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """What holds in one place.

    Attributes:
        policy: It; its own groups aside.
        parts: The groups that may be a part of the place, such as a channel, or the place by its name.
    """

    policy: Policy
    parts: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds, or held.

    Attributes:
        house: Where a place has none of its own.
        own: The policies of places that have their own, by the place.
    """

    house: Policy
    own: Mapping[str, Policy] = field(default_factory=dict)

    def of(self, place: str) -> Policy:
        """Return the policy of a place, by its id; groups that its file names aside."""
        return self.own.get(place, self.house)

    def there(self, place: str) -> There:
        """Return what holds in a place, as far as its id tells.

        What its members call it is not known here, so a group that is named by a name may be this one.
        """
        policy, parts = self.of(place), list[Group]()
        for group in policy.groups:
            if place in group.places:
                return There(policy=group.policy, parts=tuple(parts))
            if any(one.startswith(f"{place}/") or not _ID.fullmatch(one) for one in group.places):
                parts.append(group)
        return There(policy=policy, parts=tuple(parts))

    def as_in(self, other: "Held", places: Collection[str]) -> "Held":
        """Return this with what some places have of their own in another one."""
        kept = {place: policy for place, policy in self.own.items() if place not in places}
        taken = {place: other.own[place] for place in places if place in other.own}
        return Held(house=self.house, own=kept | taken)
