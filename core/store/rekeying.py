"""Closing anew what was closed under another key, or under none, a page at a time.

It is done when a database is opened, before anybody asks it. Processes that still have the old key alone
must be started again: they cannot read what is closed under the new one.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final, Protocol, TypeVar

from sqlalchemy import Column, ColumnElement, Table, Text, and_, func, or_, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import BadInput
from core.store.columns import Secret
from core.store.schema import metadata, notes
from core.store.upsert import upsert
from core.store.vault import MARK, Vault

log = logging.getLogger(__name__)

NOTE: Final = "vault"
"""The note that names the key under which everything is closed."""

_PAGE: Final = 1_000

R = TypeVar("R")


class Writable(Protocol):
    """A database (`core.store.connect.Database`)."""

    async def write(self, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        """Do some writing and commit it, all or nothing."""
        ...


async def rekey(database: Writable, vault: Vault) -> int:
    """Close everything under the vault's key; returns how many rows were closed anew.

    Raises:
        BadInput: What is there was closed under a key that the vault does not have.
        StoreError: The database refuses; what is closed anew stays so.
    """

    async def known(connection: AsyncConnection) -> str:
        found: str | None = await connection.scalar(select(notes.c.value).where(notes.c.key == NOTE))
        return found or ""

    before = await database.write(known)
    if not vault.knows(before):
        raise BadInput(
            "the lists in this database are closed under a key that is not given. Put it into NIGEHBAN_KEYS"
        )
    if before == vault.key_id or not vault.key_id:
        return 0
    closed = 0
    for table in metadata.sorted_tables:
        secrets = [column for column in table.columns if isinstance(column.type, Secret)]
        while secrets and (rows := await database.write(_page(table, secrets, vault))):
            closed += rows
    await database.write(_marked(vault.key_id))
    log.warning("lists were closed anew", extra={"rows": closed})
    return closed


def _page(
    table: Table, secrets: list[Column[str]], vault: Vault
) -> Callable[[AsyncConnection], Awaitable[int]]:
    """Give the work of closing some rows anew; it returns how many there were."""
    mark = f"{MARK}{vault.key_id}"
    keys = list(table.primary_key.columns)
    open_still = or_(
        *(
            and_(type_coerce(c, Text) != "", func.substr(type_coerce(c, Text), 1, len(mark)) != mark)
            for c in secrets
        )
    )

    async def work(connection: AsyncConnection) -> int:
        raw = [_raw(column) for column in (*keys, *secrets)]
        rows = (await connection.execute(select(*raw).where(open_still).limit(_PAGE))).all()
        for row in rows:
            this = [value == had for value, had in zip(raw, row[: len(keys)], strict=False)]
            texts = row[len(keys) :]
            opened = {c.name: vault.opened(text) for c, text in zip(secrets, texts, strict=True)}
            await connection.execute(update(table).where(*this).values(opened))
        return len(rows)

    return work


def _raw(column: Column[str]) -> ColumnElement[str]:
    """Give a column as it stands in the database, closed or not."""
    return type_coerce(column, Text) if isinstance(column.type, Secret) else column


def _marked(key_id: str) -> Callable[[AsyncConnection], Awaitable[None]]:
    async def work(connection: AsyncConnection) -> None:
        row = {"key": NOTE, "value": key_id}
        await connection.execute(upsert(notes, connection.dialect, key="key"), row)

    return work
