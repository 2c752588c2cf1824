"""Taking a list in: the one loop from an exchange to a bank, whatever the exchange is.

Batch by batch, so that a list of any length needs little memory, a bank that is being filled is live from the
first batch on, and what was taken in before something breaks is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from core.keeping import BankStore
from core.model import Entry, EntryState
from core.ports import Accepted, Exchange, Rejected, Update, Withdrawn

IMPORT: Final = "import"
SUBSCRIPTION: Final = "subscription"
"""Who takes entries in: a person with a list in hand, or a list that was subscribed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """How much of a list is in memory at once.

    Attributes:
        batch: Items that are stored together. Hashes fall anywhere in an index: each batch writes half its
            pages anew.
        heavy: Characters of kept columns, of frames and features, beyond which a batch is stored before it is
            full.
        listed: Rejected items that are spelled out; a file of three million wrong lines must not fill the
            memory.
    """

    batch: int = 10_000
    heavy: int = 1_000_000
    listed: int = 100_000


AMPLE: Final = InHand()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What became of a list; every item is counted once.

    Attributes:
        accepted: Items of which something was new.
        duplicates: Items that the bank, or an earlier line, had in whole.
        withdrawn: Items that the list took back.
        rejected: Items that cannot be used, the first of them.
        unlisted: How many more cannot be used.
        checkpoint: Where to go on next time; None where nothing was read.
    """

    accepted: int = 0
    duplicates: int = 0
    withdrawn: int = 0
    rejected: tuple[Rejected, ...] = ()
    unlisted: int = 0
    checkpoint: str | None = None


Progress = Callable[[Intake], None]


async def take_in(  # noqa: PLR0913 - each is one word where it is called
    exchange: Exchange,
    bank: str,
    store: BankStore,
    *,
    at: datetime,
    since: str | None = None,
    whole: bool = False,
    by: str = IMPORT,
    progress: Progress | None = None,
    in_hand: InHand = AMPLE,
) -> Intake:
    """Take what an exchange has since a checkpoint into a bank, which is made where it is missing.

    Of items that repeat within one taking-in the first one counts, until the list says another state of it;
    one that the bank has already is brought up to date.

    Args:
        exchange: Where the items come from; entries that name no source of their own name it.
        bank: The bank's name.
        store: Where banks are kept.
        at: The present time, noted on the entries.
        since: A checkpoint of an earlier intake.
        whole: The exchange gives all that there is: what the same hand took in before is withdrawn if it is
            not among it.
        by: Who or what takes it in, noted on the entries.
        progress: Called after each batch with the intake so far.
        in_hand: How much of it is in memory at once.

    Raises:
        BadInput, TryLater: From the exchange.
        StoreError: From the store. Whole batches before it are kept.
    """
    intake = Intake(checkpoint=since)
    taking = _Taking(
        bank=bank, store=store, source=exchange.name, by=by, at=at, intake=intake, in_hand=in_hand
    )
    try:
        async for update in exchange.fetch(since):
            taking.add(update)
            if taking.is_full:
                await taking.store_batch()
                if progress:
                    progress(taking.intake)
    finally:
        await taking.store_batch()
    if whole:
        await taking.take_back_the_rest()
    if progress:
        progress(taking.intake)
    return taking.intake


@dataclass(slots=True, kw_only=True)
class _Taking:
    """One taking-in; remembers by their hashes which entries it has seen, and in which state."""

    bank: str
    store: BankStore
    source: str
    by: str
    at: datetime
    intake: Intake
    in_hand: InHand
    seen: dict[int, EntryState] = field(default_factory=dict)
    batch: list[Update] = field(default_factory=list)
    weight: int = 0

    def add(self, update: Update) -> None:
        self.batch.append(update)
        self.weight += _weight(update)

    @property
    def is_full(self) -> bool:
        return len(self.batch) == self.in_hand.batch or self.weight > self.in_hand.heavy

    async def store_batch(self) -> None:
        """Store what was added since the last time, if anything was."""
        batch, self.batch, self.weight = self.batch, [], 0
        if not batch:
            return
        fresh = [self._fresh(update) for update in batch]
        # Rejected lines alone make the bank, too: whoever imports them finds it in the list of banks.
        added = iter(await self.store.add(self.bank, [entry for found in fresh for entry in found]))
        new = [sum([next(added) for _ in found]) for found in fresh]
        self.intake = _counted(self.intake, batch, new, most_listed=self.in_hand.listed)

    async def take_back_the_rest(self) -> None:
        """Withdraw what the same hand took in earlier and the list names no more; what others added stays."""
        gone = [
            replace(entry, state=EntryState.WITHDRAWN)
            async for entry in self.store.entries(self.bank)
            if entry.added_by == self.by
            and entry.state is not EntryState.WITHDRAWN
            and key_of(entry) not in self.seen
        ]
        size = self.in_hand.batch
        for start in range(0, len(gone), size):
            await self.store.add(self.bank, gone[start : start + size])
        self.intake = replace(self.intake, withdrawn=self.intake.withdrawn + len(gone))

    def _fresh(self, update: Update) -> list[Entry]:
        """Return an item's entries that are new, or in another state than before, with their source."""
        if isinstance(update, Rejected):
            return []
        fresh = []
        for entry in update.entries:
            state = EntryState.WITHDRAWN if isinstance(update, Withdrawn) else entry.state
            key = key_of(entry)
            if self.seen.get(key) is not state:
                self.seen[key] = state
                source = entry.source or self.source
                fresh.append(replace(entry, source=source, added_by=self.by, added_at=self.at, state=state))
        return fresh


def _counted(intake: Intake, batch: Sequence[Update], new: Sequence[int], *, most_listed: int) -> Intake:
    """Add a stored batch to an intake; `new` says of how many entries of each item something was new."""
    kinds = [type(update) for update in batch]
    accepted = sum(n > 0 for n, kind in zip(new, kinds, strict=True) if kind is Accepted)
    rejected = [update for update in batch if isinstance(update, Rejected)]
    listed = rejected[: most_listed - len(intake.rejected)]
    return replace(
        intake,
        accepted=intake.accepted + accepted,
        duplicates=intake.duplicates + kinds.count(Accepted) - accepted,
        withdrawn=intake.withdrawn + kinds.count(Withdrawn),
        rejected=intake.rejected + tuple(listed),
        unlisted=intake.unlisted + len(rejected) - len(listed),
        checkpoint=batch[-1].checkpoint,
    )


def _weight(update: Update) -> int:
    """Return how many characters an item keeps beside its fields."""
    if isinstance(update, Rejected):
        return 0
    return sum(len(value) for entry in update.entries for _, value in entry.extra)


def key_of(entry: Entry) -> int:
    """Return what stands for an entry where millions are remembered: a hash of its kind and value."""
    return hash((entry.kind, entry.value))
