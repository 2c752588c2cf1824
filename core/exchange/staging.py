"""What an update would change, counted before anything of it is stored."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from core.errors import BadInput, CannotLook, PlatformError
from core.exchange.intake import SUBSCRIPTION, key_of
from core.exchange.spool import Spool, Writer, laid_aside
from core.keeping import BankStore
from core.model import Entry, EntryState
from core.ports import Accepted, Exchange, Rejected, Update, Withdrawn

REASONS: Final = 20
"""Rejected items that are kept by themselves; all of them are counted."""

_TURN: Final = 50
"""Items between two turns that others get."""

Broken = BadInput | CannotLook | PlatformError


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """An update that lies ready: what it would change in its bank.

    Attributes:
        bank: The bank's name.
        spool: The update itself.
        whole: It is all that there is: what it does not name is to be taken back.
        known: Entries that the bank has and that are not withdrawn.
        accepted: Usable items of the update.
        new: Entries that the bank does not have.
        withdrawn: Entries of the bank that it takes back, by name or by leaving them out.
        named: Items that it takes back by name.
        rejected: Items that cannot be used.
        first_rejected: Some of them, the first.
        checkpoint: Where to go on after it; None where it is empty.
        ends_well: Its last item could be used.
        broken: What stopped the exchange half-way; None if nothing did.
    """

    bank: str
    spool: Spool
    whole: bool
    known: int
    accepted: int = 0
    new: int = 0
    withdrawn: int = 0
    named: int = 0
    rejected: int = 0
    first_rejected: tuple[Rejected, ...] = ()
    checkpoint: str | None = None
    ends_well: bool = True
    broken: Broken | None = None
    had: set[int] = field(default_factory=set, repr=False)

    async def entries(self) -> AsyncIterator[Entry]:
        """Iterate over the entries that the bank does not have, each once."""
        seen = set(self.had)
        async for update in self.spool.fetch(None):
            for entry in update.entries if isinstance(update, Accepted) else ():
                if key_of(entry) not in seen:
                    seen.add(key_of(entry))
                    yield entry


async def stage(  # noqa: PLR0913 - each is one word where it is called
    exchange: Exchange,
    bank: str,
    store: BankStore,
    *,
    into: Path,
    note: Mapping[str, object],
    since: str | None = None,
    whole: bool = False,
) -> Staged:
    """Lay aside what an exchange has since a checkpoint, and count what it would change; nothing is stored.

    Args:
        exchange: Where it comes from; what stops it half-way is told in the result.
        bank: The bank it is for; need not be there.
        store: Where banks are kept.
        into: The file to lay it aside in.
        note: What to keep with it.
        since: A checkpoint of the exchange.
        whole: It gives all that there is.

    Raises:
        StoreError: The database or the disk refuses.
    """
    count = await _Count.of(bank, store)
    with laid_aside(into, note) as writer:
        broken = await _lay_aside(exchange.fetch(since), writer, count)
    spool = Spool(into, name=exchange.name)
    return count.staged(bank, spool, whole=whole and broken is None, broken=broken)


@dataclass(slots=True)
class _Count:
    """Counts an update while it is laid aside; entries are known by the hashes of kind and value."""

    had: set[int] = field(default_factory=set)
    ours: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    taken_back: set[int] = field(default_factory=set)
    accepted: int = 0
    named: int = 0
    rejected: int = 0
    first_rejected: list[Rejected] = field(default_factory=list)
    checkpoint: str | None = None
    ends_well: bool = True
    items: int = 0

    @classmethod
    async def of(cls, bank: str, store: BankStore) -> Self:
        """Begin with what a bank has."""
        count = cls()
        async for entry in store.entries(bank):
            if entry.state is not EntryState.WITHDRAWN:
                count.had.add(key_of(entry))
                if entry.added_by == SUBSCRIPTION:
                    count.ours.add(key_of(entry))
        return count

    def take(self, update: Update) -> None:
        self.items += 1
        self.checkpoint = update.checkpoint
        self.ends_well = not isinstance(update, Rejected)
        if isinstance(update, Rejected):
            self.rejected += 1
            if len(self.first_rejected) < REASONS:
                self.first_rejected.append(update)
            return
        keys = {key_of(entry) for entry in update.entries}
        if isinstance(update, Withdrawn):
            self.named += 1
            self.taken_back |= keys
            self.listed -= keys
        else:
            self.accepted += 1
            self.listed |= keys
            self.taken_back -= keys

    def staged(self, bank: str, spool: Spool, *, whole: bool, broken: Broken | None) -> Staged:
        vanished = self.ours - self.listed if whole else set()
        return Staged(
            bank=bank,
            spool=spool,
            whole=whole,
            known=len(self.had),
            accepted=self.accepted,
            new=len(self.listed - self.had),
            withdrawn=len((self.taken_back & self.had) | vanished),
            named=self.named,
            rejected=self.rejected,
            first_rejected=tuple(self.first_rejected),
            checkpoint=self.checkpoint,
            ends_well=self.ends_well,
            broken=broken,
            had=self.had,
        )


async def _lay_aside(updates: AsyncIterator[Update], writer: Writer, count: _Count) -> Broken | None:
    """Write and count updates; returns what stopped their exchange half-way."""
    try:
        async for update in updates:
            count.take(update)
            writer.write(update)
            if not count.items % _TURN:
                # A file is read without waiting for anything; a live process has messages to judge.
                await asyncio.sleep(0)
    except (BadInput, CannotLook, PlatformError) as exc:
        return exc
    return None
