"""Policies kept in memory, proved by the contract suite of the real thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.keeping import EVERYWHERE, PROPOSALS, Version


@dataclass
class MemoryPolicies:
    """The port `PolicyStore`, in memory."""

    versions: list[Version] = field(default_factory=list)

    async def put(self, version: Version, *, seen: int | None = None) -> Version:
        """Keep a version under the next number, unless its proposal was made live, or `seen` is old."""
        made = [one for one in self.versions if version.origin is not None and one.origin == version.origin]
        if made:
            return made[0]
        places = {version.place, EVERYWHERE}
        there = [one for one in self.versions if one.live and one.place in places]
        if seen is not None and there and there[-1].number > seen:
            return there[-1]
        number = max((one.number for one in self.versions), default=0) + 1
        self.versions.append(kept := replace(version, number=number))
        proposed = [one for one in self.versions if one.place == version.place and not one.live]
        self.versions[:] = [one for one in self.versions if one not in proposed[:-PROPOSALS]]
        return kept

    async def version(self, number: int) -> Version | None:
        """Return a version, or None."""
        return next((one for one in self.versions if one.number == number), None)

    async def in_force(self) -> tuple[Version, ...]:
        """Return the newest live version of each place that ever had one, by place."""
        newest = {one.place: one for one in self.versions if one.live}
        return tuple(newest[place] for place in sorted(newest))

    async def history(self, place: str, *, limit: int) -> Sequence[Version]:
        """Return the live versions of a place, newest first."""
        return [one for one in reversed(self.versions) if one.live and one.place == place][:limit]

    async def newest(self) -> int:
        """Return the number of the newest live version; 0 where there is none."""
        return max((one.number for one in self.versions if one.live), default=0)
