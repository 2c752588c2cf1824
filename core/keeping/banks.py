"""Where banks are kept."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.model import Bank, Entry, Override


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that came, changed or went.

    Attributes:
        revision: Grows with every change to any bank.
        entry_id: The entry's own number in the store.
        matchable: It should be found from now on (active, bank present); False: no longer.
        name: The display name of an account, where it is matchable.
        avatar: The PDQ hash of its picture, where it is matchable.
    """

    revision: int
    entry_id: int
    kind: str
    value: str
    matchable: bool
    expires_at: datetime | None = None
    name: str = ""
    avatar: str = ""


class BankStore(Protocol):
    """Where banks are kept."""

    async def banks(self) -> tuple[tuple[Bank, int], ...]:
        """Return every bank with the number of its entries that are not withdrawn, by name."""
        ...

    async def bank(self, name: str) -> Bank | None:
        """Return a bank, or None."""
        ...

    async def put_bank(self, bank: Bank) -> None:
        """Make a bank, or change its terms."""
        ...

    async def add(self, bank: str, entries: Sequence[Entry]) -> tuple[bool, ...]:
        """Add entries, all or none; tells for each whether it was new.

        An entry that is there already (same kind and value) is brought up to date, save who added it and
        when; a bank that is not there is made, on trial.
        """
        ...

    async def remove(self, bank: str, *, ref: str = "", value: str = "") -> int:
        """Take out the entries with this reference or value; returns how many there were."""
        ...

    async def erase(self, bank: str) -> int:
        """Take out a bank with all that is in it and about it; returns how many entries there were.

        Nothing of their values stays: a licence may ask for that.
        """
        ...

    def entries(self, bank: str) -> AsyncIterator[Entry]:
        """Iterate over a bank's entries in the order they came."""
        ...

    async def entry(self, bank: str, *, kind: str, value: str) -> Entry | None:
        """Return a bank's entry, or None; overrides change nothing here."""
        ...

    async def found(self, entry_ids: Sequence[int]) -> dict[int, tuple[Bank, Entry]]:
        """Return entries by number, with their banks, as overridden here; those gone since are left out."""
        ...

    async def override(self, bank: str, override: Override) -> None:
        """Treat one entry otherwise here, from now on, until `restore`."""
        ...

    async def restore(self, bank: str, *, kind: str, value: str) -> bool:
        """Treat an entry as its list says again; tells whether it was overridden."""
        ...

    async def overrides(self, bank: str) -> tuple[Override, ...]:
        """Return what is overridden in a bank, oldest first."""
        ...

    async def changes(self, since: int, *, limit: int) -> tuple[Change, ...]:
        """Return what changed after a revision, oldest first."""
        ...
