"""The port `Entities` in memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.entity import Listing
from core.model import EntryState
from tests.fake_banks import MemoryBanks


@dataclass
class MemoryEntities:
    """Listings that are gone with the test.

    Attributes:
        rows: By list and key.
        count: How often something was kept.
        banks: Whose entries name organisations.
    """

    rows: dict[tuple[str, str], Listing] = field(default_factory=dict)
    count: int = 0
    banks: MemoryBanks = field(default_factory=MemoryBanks)

    async def listings(self) -> tuple[Listing, ...]:
        """Return every listing, by list and key."""
        return tuple(one for _, one in sorted(self.rows.items(), key=lambda row: row[0]))

    async def put(self, listings: Sequence[Listing]) -> None:
        """Keep listings."""
        self.rows.update({(one.list_name, one.key): one for one in listings})
        self.count += bool(listings)

    async def revision(self) -> int:
        """Return how often something was kept."""
        return self.count

    async def named(self) -> tuple[tuple[str, str, int], ...]:
        """Return which organisations entries that are not withdrawn name."""
        found = Counter(
            (bank, entry.entity)
            for bank, entry in self.banks.rows.values()
            if entry.entity and entry.state is not EntryState.WITHDRAWN
        )
        return tuple((bank, name, count) for (bank, name), count in sorted(found.items()))
