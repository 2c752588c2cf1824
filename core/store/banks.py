"""Banks and their entries in the database: the port `BankStore`.

Every change of an entry gets the next number of one sequence that all banks share, so that whoever follows
asks only "what came after?". What is removed leaves its number behind, for those who still know the entry.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.keeping import Change
from core.model import Bank, Entry, EntryState, Standing, overridden
from core.store.chunks import chunks
from core.store.connect import reading, writing
from core.store.entries import (
    PLAIN,
    bank_columns,
    bank_of,
    columns_of,
    entry_columns,
    entry_of,
)
from core.store.overrides import SqlOverrides, bank_id_of
from core.store.schema import banks, counters, entries, opinions, overrides, removed
from core.store.upsert import upsert

_PAGE: Final = 1000
"""Rows read at once."""


class SqlBanks(SqlOverrides):
    """Banks in a database."""

    @reading
    async def banks(self, connection: AsyncConnection) -> tuple[tuple[Bank, int], ...]:
        """Return every bank with the number of its entries that are not withdrawn, by name."""
        count = func.count(entries.c.id).filter(entries.c.state != EntryState.WITHDRAWN)
        rows = await connection.execute(
            select(*_BANK, count.label("count"))
            .outerjoin(entries, entries.c.bank_id == banks.c.id)
            .group_by(banks.c.id)
            .order_by(banks.c.name)
        )
        return tuple((bank_of(columns_of(row, prefix="bank_")), row[-1]) for row in rows)

    @reading
    async def bank(self, connection: AsyncConnection, name: str) -> Bank | None:
        """Return a bank, or None."""
        row = (await connection.execute(select(*_BANK).where(banks.c.name == name))).first()
        return bank_of(columns_of(row, prefix="bank_")) if row else None

    @writing
    async def put_bank(self, connection: AsyncConnection, bank: Bank) -> None:
        """Make a bank, or change its terms."""
        await connection.execute(upsert(banks, connection.dialect, key="name"), bank_columns(bank))

    @writing
    async def add(self, connection: AsyncConnection, bank: str, entries: Sequence[Entry]) -> tuple[bool, ...]:
        """Add entries, all or none; tells for each whether it was new.

        One that is there already is brought up to date, but for who added it when; where nothing else
        differs, nothing changes.
        """
        bank_id = await bank_id_of(connection, bank)
        known = await _known(connection, bank_id, entries)
        wanted = {_key(entry): _as_added(entry, known.get(_key(entry))) for entry in entries}
        new = [entry for key, entry in wanted.items() if key not in known]
        changed = [(known[key][0], e) for key, e in wanted.items() if key in known and known[key][1] != e]
        revision = await _revision(connection, len(new) + len(changed))
        if new:
            rows = [
                {"bank_id": bank_id, "revision": revision + at, **entry_columns(entry)}
                for at, entry in enumerate(new)
            ]
            await connection.execute(_INSERT, rows)
        if changed:
            rows = [
                {"number": number, "revision": revision + at, **entry_columns(entry)}
                for at, (number, entry) in enumerate(changed, len(new))
            ]
            await connection.execute(_UPDATE, rows)
        seen = set(known)
        return tuple([_first(entry, seen) for entry in entries])

    @writing
    async def remove(self, connection: AsyncConnection, bank: str, *, ref: str = "", value: str = "") -> int:
        """Take out the entries with this reference or value; returns how many there were."""
        wanted = [column == text for column, text in ((_E.ref, ref), (_E.value, value)) if text]
        if not wanted:
            return 0
        found = await connection.execute(
            select(_E.id, _E.kind, _E.value)
            .join(banks, banks.c.id == _E.bank_id)
            .where(banks.c.name == bank, or_(*wanted))
            .order_by(_E.id)
        )
        gone = [(row.id, row.kind, row.value) for row in found]
        await _take_out(connection, gone)
        return len(gone)

    @writing
    async def erase(self, connection: AsyncConnection, bank: str) -> int:
        """Take out a bank with all that is in it and about it; returns how many entries there were.

        Whoever follows is told the numbers only. A key without its entry finds nothing.
        """
        number = await connection.scalar(select(banks.c.id).where(banks.c.name == bank))
        found = await connection.execute(select(_E.id, _E.kind).where(_E.bank_id == number).order_by(_E.id))
        gone = [(row.id, row.kind, "") for row in found]
        await _take_out(connection, gone)
        await connection.execute(overrides.delete().where(overrides.c.bank_id == number))
        await connection.execute(opinions.delete().where(opinions.c.bank == bank))
        await connection.execute(banks.delete().where(banks.c.id == number))
        return len(gone)

    async def entries(self, bank: str) -> AsyncIterator[Entry]:
        """Iterate over a bank's entries in the order they came, a page at a time."""
        after = 0
        while page := await self._page(bank, after):
            for number, entry in page:
                yield entry
                after = number

    @reading
    async def _page(self, connection: AsyncConnection, bank: str, after: int) -> Sequence[tuple[int, Entry]]:
        rows = await connection.execute(
            select(entries)
            .join(banks, banks.c.id == _E.bank_id)
            .where(banks.c.name == bank, _E.id > after)
            .order_by(_E.id)
            .limit(_PAGE)
        )
        return [(row.id, entry_of(columns_of(row))) for row in rows]

    @reading
    async def entry(self, connection: AsyncConnection, bank: str, *, kind: str, value: str) -> Entry | None:
        """Return a bank's entry, or None; overrides change nothing here."""
        row = await connection.execute(
            select(entries)
            .join(banks, banks.c.id == _E.bank_id)
            .where(banks.c.name == bank, _E.value == value, _E.kind == kind)
        )
        found = row.first()
        return entry_of(columns_of(found)) if found else None

    @reading
    async def found(
        self, connection: AsyncConnection, entry_ids: Sequence[int]
    ) -> dict[int, tuple[Bank, Entry]]:
        """Return entries by number, with their banks, as overridden here; those gone since are left out."""
        found: dict[int, tuple[Bank, Entry]] = {}
        for chunk in chunks(entry_ids):
            rows = await connection.execute(
                select(entries, *_BANK, overrides.c.standing)
                .join(banks, banks.c.id == _E.bank_id)
                .outerjoin(overrides, _OVERRIDDEN)
                .where(_E.id.in_(chunk))
            )
            for row in rows:
                bank = bank_of(columns_of(row, prefix="bank_"))
                entry = entry_of(columns_of(row))
                here = Standing(row.standing) if row.standing else None
                found[row.id] = overridden(bank, entry, here) if here else (bank, entry)
        return found

    @reading
    async def changes(self, connection: AsyncConnection, since: int, *, limit: int) -> tuple[Change, ...]:
        """Return what changed after a revision, oldest first."""
        there = await connection.execute(
            select(_E.revision, _E.id, _E.kind, _E.value, _E.state, _E.expires_at, _E.name, _E.avatar)
            .where(_E.revision > since)
            .order_by(_E.revision)
            .limit(limit)
        )
        gone = await connection.execute(
            select(removed).where(removed.c.revision > since).order_by(removed.c.revision).limit(limit)
        )
        changes = [
            Change(
                revision=row.revision,
                entry_id=row.id,
                kind=row.kind,
                value=row.value,
                matchable=row.state == EntryState.ACTIVE,
                expires_at=row.expires_at,
                name=row.name if row.state == EntryState.ACTIVE else "",
                avatar=row.avatar if row.state == EntryState.ACTIVE else "",
            )
            for row in there
        ]
        changes += [
            Change(
                revision=row.revision,
                entry_id=row.entry_id,
                kind=row.kind,
                value=row.value,
                matchable=False,
            )
            for row in gone
        ]
        return tuple(islice(sorted(changes, key=lambda change: change.revision), limit))


_E: Final = entries.c
_BANK: Final = tuple(column.label(f"bank_{column.name}") for column in banks.c if column.name != "id")
_OVERRIDDEN: Final = (
    (overrides.c.bank_id == _E.bank_id) & (overrides.c.value == _E.value) & (overrides.c.kind == _E.kind)
)
_INSERT: Final = entries.insert()
_WRITTEN: Final = ("revision", "state", "extra", "sharing", *PLAIN)
_UPDATE: Final = (
    entries.update()
    .where(entries.c.id == bindparam("number"))
    .values({name: bindparam(name) for name in _WRITTEN})
)


_OF_VALUES: Final = select(entries).where(
    _E.bank_id == bindparam("bank"), _E.value.in_(bindparam("values", expanding=True))
)


def _key(entry: Entry) -> tuple[str, str]:
    return entry.kind, entry.value


def _first(entry: Entry, seen: set[tuple[str, str]]) -> bool:
    """Tell whether an entry comes for the first time, and remember it."""
    new = _key(entry) not in seen
    seen.add(_key(entry))
    return new


def _as_added(entry: Entry, known: tuple[int, Entry] | None) -> Entry:
    """Leave to a known entry who added it when, or the same list would be news every night."""
    if known is None:
        return entry
    return replace(entry, added_at=known[1].added_at, added_by=known[1].added_by)


async def _known(
    connection: AsyncConnection, bank_id: int, wanted: Sequence[Entry]
) -> dict[tuple[str, str], tuple[int, Entry]]:
    """Return which of the entries the bank has, by kind and value, with their numbers."""
    known: dict[tuple[str, str], tuple[int, Entry]] = {}
    keys = {_key(entry) for entry in wanted}
    for chunk in chunks(list({value for _, value in keys})):
        for row in await connection.execute(_OF_VALUES, {"bank": bank_id, "values": chunk}):
            if (row.kind, row.value) in keys:
                known[row.kind, row.value] = (row.id, entry_of(columns_of(row)))
    return known


async def _take_out(connection: AsyncConnection, gone: Sequence[tuple[int, str, str]]) -> None:
    """Delete entries, given as number, kind and value, and leave their numbers for those who know them."""
    if not gone:
        return
    revision = await _revision(connection, len(gone))
    names = ("entry_id", "kind", "value")
    rows = [dict(zip(names, one, strict=True), revision=revision + at) for at, one in enumerate(gone)]
    await connection.execute(removed.insert(), rows)
    numbers = [{"number": number} for number, _, _ in gone]
    await connection.execute(entries.delete().where(entries.c.id == bindparam("number")), numbers)


async def _revision(connection: AsyncConnection, count: int) -> int:
    """Take the next numbers of the sequence; returns the first."""
    last: int = await connection.scalar(select(counters.c.value).where(counters.c.name == "revision")) or 0
    if count:
        row = {"name": "revision", "value": last + count}
        await connection.execute(upsert(counters, connection.dialect, key="name"), row)
    return last + 1
