"""Where policies are kept that are in force, were in force, or are proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

EVERYWHERE: Final = ""
"""The place of the policy that holds wherever a place has none of its own."""


PROPOSALS: Final = 20
"""Proposals of a place that are kept, the newest: whoever may send one could else fill the database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A policy as it was put in force, or proposed. What was in force is kept for ever.

    Attributes:
        number: Grows with each version; 0 for one that is not kept yet.
        place: The id of the place it holds for, or `EVERYWHERE`.
        name: What the policy is called.
        files: The policy file, and after it each file beside it that it takes up: name and text. Empty where
            a place has no policy of its own any more.
        by: Who put it there, as cards call them.
        how: In a few words, such as "changed on the disk".
        live: It was put in force; else it is a proposal.
        origin: The proposal it was made of; of one proposal no second version is made.
    """

    number: int = 0
    place: str = EVERYWHERE
    name: str
    files: tuple[tuple[str, str], ...] = ()
    by: str = ""
    how: str = ""
    at: datetime
    live: bool = True
    origin: int | None = None


class PolicyStore(Protocol):
    """Where policies are kept; the newest live version of a place is in force there."""

    async def put(self, version: Version, *, seen: int | None = None) -> Version:
        """Keep a version under the next number; of a place's proposals the newest `PROPOSALS` stay.

        Args:
            version: What is to be kept.
            seen: The newest live version of its place, or of everywhere, that whoever puts it knows of: of
                two who put something there at once, one knows too little. None: it is put over anything.

        Returns:
            It with its number; or what was made of the same proposal before; or, and then nothing was kept,
            the live version that is newer than `seen`.
        """
        ...

    async def version(self, number: int) -> Version | None:
        """Return a version, or None."""
        ...

    async def in_force(self) -> tuple[Version, ...]:
        """Return the newest live version of each place that ever had one, by place."""
        ...

    async def history(self, place: str, *, limit: int) -> Sequence[Version]:
        """Return the live versions of a place, newest first."""
        ...

    async def newest(self) -> int:
        """Return the number of the newest live version; 0 where there is none."""
        ...
