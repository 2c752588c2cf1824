"""What an admin does to banks: look, take out, trust, hand on. Values in, values out; nothing is printed."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from core.banks.values import DIGESTS, address
from core.errors import BadInput
from core.keeping import BankStore
from core.model import Bank, Entry, EntryState, Sharing, Trust, limit_of

ENTRY_SCHEMA: Final = "nigehban.entry/1"
"""What a line of an export says it is; importing it gives the same entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """How large a bank is.

    Attributes:
        entries: Those that are not withdrawn.
        kinds: Entries that are not withdrawn, by kind.
        states: All entries, by state.
    """

    bank: Bank
    entries: int
    kinds: Mapping[str, int]
    states: Mapping[str, int]


async def bank_named(name: str, store: BankStore) -> Bank:
    """Return a bank.

    Raises:
        BadInput: There is none of this name; the message names those that there are.
    """
    banks = [bank for bank, _ in await store.banks()]
    for bank in banks:
        if bank.name == name:
            return bank
    known = (
        f"There are: {', '.join(b.name for b in banks)}." if banks else "There is none yet: import a list."
    )
    raise BadInput(f"there is no bank {name!r}. {known}")


async def trust(name: str, trusted: Trust, store: BankStore) -> Bank:
    """Trust a bank so far from now on; returns it as it is then.

    Raises:
        BadInput: There is none of this name.
    """
    bank = replace(await bank_named(name, store), trust=trusted)
    await store.put_bank(bank)
    return bank


async def remove(items: Sequence[str], name: str, store: BankStore) -> tuple[tuple[str, int], ...]:
    """Take items out of a bank, each named by its reference, an address of it or one of its hashes.

    Returns:
        Each item with the number of entries that were taken out.

    Raises:
        BadInput: There is no bank of this name.
    """
    await bank_named(name, store)
    return tuple([(item, await _remove(item, name, store)) for item in items])


async def _remove(item: str, name: str, store: BankStore) -> int:
    removed = await store.remove(name, ref=item)
    if removed:
        return removed
    value = item.lower() if _is_hash(item) else address(item) or item
    return await store.remove(name, value=value)


def _is_hash(item: str) -> bool:
    return any(form.fullmatch(item) for form in DIGESTS.values())


async def entries_named(item: str, name: str, store: BankStore) -> tuple[Entry, ...]:
    """Return the entries of a bank that a person means: by reference, address, hash or value.

    Raises:
        BadInput: There is no bank of this name, or no such entry in it.
    """
    await bank_named(name, store)
    meant = {item, item.lower() if _is_hash(item) else address(item) or item}
    found = [entry async for entry in store.entries(name) if entry.ref == item or entry.value in meant]
    if not found:
        raise BadInput(f"{name} has no entry {item!r}. Its references are in: nigehban bank export {name}")
    return tuple(found)


async def stats(store: BankStore) -> tuple[Stats, ...]:
    """Count what every bank holds, by name."""
    counted = []
    for bank, entries in await store.banks():
        kinds: Counter[str] = Counter()
        states: Counter[str] = Counter()
        async for entry in store.entries(bank.name):
            states[entry.state] += 1
            kinds[entry.kind] += entry.state is not EntryState.WITHDRAWN
        counted.append(
            Stats(bank=bank, entries=entries, kinds=dict(sorted(kinds.items())), states=dict(states))
        )
    return tuple(counted)


async def exported(
    name: str, store: BankStore, *, limit: Sharing = Sharing.RED, left_out: Counter[Sharing] | None = None
) -> AsyncIterator[dict[str, object]]:
    """Iterate over a bank's entries as the lines of an export, ready for JSON; never over sealed ones.

    Args:
        name: The bank's name.
        store: Where banks are kept.
        limit: Entries that may be handed on less far than this are left out.
        left_out: Counts them, by their own limit.

    Raises:
        BadInput: There is no bank of this name.
    """
    bank = await bank_named(name, store)
    async for entry in store.entries(name):
        sharing = limit_of(bank, entry)
        if sharing is Sharing.SEALED or sharing.rank > limit.rank:
            if left_out is not None:
                left_out[sharing] += 1
            continue
        yield line_of(name, entry)


def line_of(bank: str, entry: Entry) -> dict[str, object]:
    """Write an entry as a line of an export, ready for JSON."""
    return {
        "schema": ENTRY_SCHEMA,
        "bank": bank,
        "ref": entry.ref,
        "kind": entry.kind,
        "value": entry.value,
        "label": entry.label,
        "state": str(entry.state),
        "entity": entry.entity,
        "name": entry.name,
        "avatar": entry.avatar,
        "reason": entry.reason,
        "source": entry.source,
        "added_by": entry.added_by,
        "added_at": _iso(entry.added_at),
        "ideology": entry.ideology,
        "first_seen": _iso(entry.first_seen),
        "last_seen": _iso(entry.last_seen),
        "expires_at": _iso(entry.expires_at),
        "sharing": entry.sharing,
        "extra": dict(entry.extra),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
