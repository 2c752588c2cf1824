"""The port `BankStore` in memory."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

from core.keeping import Change
from core.model import Bank, Entry, EntryState, Override, overridden


@dataclass
class MemoryBanks:
    """Banks that are gone with the test; every change is kept as the last of its entry.

    Attributes:
        known: Banks by name.
        rows: Entries by number, with the name of their bank.
        log: The last change of each entry, by its number.
        others: What is treated otherwise here, by bank, kind and value.
    """

    known: dict[str, Bank] = field(default_factory=dict)
    rows: dict[int, tuple[str, Entry]] = field(default_factory=dict)
    log: dict[int, Change] = field(default_factory=dict)
    revision: int = 0
    others: dict[str, dict[tuple[str, str], Override]] = field(default_factory=dict)

    async def banks(self) -> tuple[tuple[Bank, int], ...]:
        """Return every bank with the number of its entries that are not withdrawn, by name."""
        counted = [name for name, entry in self.rows.values() if entry.state is not EntryState.WITHDRAWN]
        return tuple((bank, counted.count(name)) for name, bank in sorted(self.known.items()))

    async def bank(self, name: str) -> Bank | None:
        """Return a bank, or None."""
        return self.known.get(name)

    async def put_bank(self, bank: Bank) -> None:
        """Make a bank, or change its trust."""
        self.known[bank.name] = bank

    async def add(self, bank: str, entries: Sequence[Entry]) -> tuple[bool, ...]:
        """Add entries or bring them up to date; tells for each whether it was new."""
        self.known.setdefault(bank, Bank(name=bank))
        return tuple([self._put(bank, entry) for entry in entries])

    async def remove(self, bank: str, *, ref: str = "", value: str = "") -> int:
        """Take out the entries with this reference or value."""
        gone = [
            number
            for number, (name, entry) in self.rows.items()
            if name == bank and ((ref and entry.ref == ref) or (value and entry.value == value))
        ]
        for number in gone:
            _, entry = self.rows.pop(number)
            self._changed(number, entry, matchable=False)
        return len(gone)

    async def erase(self, bank: str) -> int:
        """Take out a bank with all that is in it and about it."""
        gone = [number for number, (name, _) in self.rows.items() if name == bank]
        for number in gone:
            _, entry = self.rows.pop(number)
            self._changed(number, replace(entry, value=""), matchable=False)
        self.known.pop(bank, None)
        self.others.pop(bank, None)
        return len(gone)

    async def entries(self, bank: str) -> AsyncIterator[Entry]:
        """Iterate over a bank's entries in the order they came."""
        for _, (name, entry) in sorted(self.rows.items()):
            if name == bank:
                yield entry

    async def entry(self, bank: str, *, kind: str, value: str) -> Entry | None:
        """Return a bank's entry, or None."""
        key = (bank, kind, value)
        return next((e for name, e in self.rows.values() if (name, e.kind, e.value) == key), None)

    async def found(self, entry_ids: Sequence[int]) -> dict[int, tuple[Bank, Entry]]:
        """Return entries by number, with their banks, as overridden here; those gone since are left out."""
        rows = {number: self.rows[number] for number in entry_ids if number in self.rows}
        return {number: self._here(self.known[name], entry) for number, (name, entry) in rows.items()}

    async def override(self, bank: str, override: Override) -> None:
        """Treat one entry otherwise here."""
        self.known.setdefault(bank, Bank(name=bank))
        self.others.setdefault(bank, {})[override.kind, override.value] = override

    async def restore(self, bank: str, *, kind: str, value: str) -> bool:
        """Treat an entry as its list says again."""
        return self.others.get(bank, {}).pop((kind, value), None) is not None

    async def overrides(self, bank: str) -> tuple[Override, ...]:
        """Return what is overridden in a bank, oldest first."""
        return tuple(sorted(self.others.get(bank, {}).values(), key=lambda one: (one.at, one.value)))

    async def changes(self, since: int, *, limit: int) -> tuple[Change, ...]:
        """Return what changed after a revision, oldest first."""
        later = sorted((c for c in self.log.values() if c.revision > since), key=lambda c: c.revision)
        return tuple(later[:limit])

    def _here(self, bank: Bank, entry: Entry) -> tuple[Bank, Entry]:
        override = self.others.get(bank.name, {}).get((entry.kind, entry.value))
        return overridden(bank, entry, override.standing) if override else (bank, entry)

    def _put(self, bank: str, entry: Entry) -> bool:
        key = (bank, entry.kind, entry.value)
        here = next((n for n, (name, e) in self.rows.items() if (name, e.kind, e.value) == key), None)
        if here is not None:
            first = self.rows[here][1]
            entry = replace(entry, added_at=first.added_at, added_by=first.added_by)
            if first == entry:
                return False
        number = max(self.log, default=0) + 1 if here is None else here
        self.rows[number] = (bank, entry)
        self._changed(number, entry, matchable=entry.state is EntryState.ACTIVE)
        return here is None

    def _changed(self, number: int, entry: Entry, *, matchable: bool) -> None:
        self.revision += 1
        self.log[number] = Change(
            revision=self.revision,
            entry_id=number,
            kind=entry.kind,
            value=entry.value,
            matchable=matchable,
            expires_at=entry.expires_at,
            name=entry.name if matchable else "",
            avatar=entry.avatar if matchable else "",
        )
