"""What this community overrides in the lists of others: a part of the port `BankStore`."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.model import Override, Trust
from core.store.connect import Database, reading, writing
from core.store.entries import columns_of, override_of
from core.store.schema import banks, overrides


class SqlOverrides:
    """Overrides in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @writing
    async def override(self, connection: AsyncConnection, bank: str, override: Override) -> None:
        """Treat one entry otherwise here, from now on, until `restore`."""
        bank_id = await bank_id_of(connection, bank)
        await connection.execute(overrides.delete().where(_one(bank_id, override.kind, override.value)))
        row = {name: getattr(override, name) for name in ("kind", "value", "reason", "by", "at")}
        row |= {"bank_id": bank_id, "standing": override.standing.value}
        await connection.execute(overrides.insert(), row)

    @writing
    async def restore(self, connection: AsyncConnection, bank: str, *, kind: str, value: str) -> bool:
        """Treat an entry as its list says again; tells whether it was overridden."""
        bank_id = await bank_id_of(connection, bank)
        gone = await connection.execute(overrides.delete().where(_one(bank_id, kind, value)))
        return gone.rowcount > 0

    @reading
    async def overrides(self, connection: AsyncConnection, bank: str) -> tuple[Override, ...]:
        """Return what is overridden in a bank, oldest first."""
        rows = await connection.execute(
            select(overrides)
            .join(banks, banks.c.id == overrides.c.bank_id)
            .where(banks.c.name == bank)
            .order_by(overrides.c.at, overrides.c.value)
        )
        return tuple(override_of(columns_of(row)) for row in rows)


async def bank_id_of(connection: AsyncConnection, name: str) -> int:
    """Return a bank's number; one that is not there is made, on trial."""
    number: int | None = await connection.scalar(select(banks.c.id).where(banks.c.name == name))
    if number is None:
        made = banks.insert().values(name=name, trust=Trust.TRIAL.value).returning(banks.c.id)
        number = (await connection.execute(made)).scalar_one()
    return number


def _one(bank_id: int, kind: str, value: str) -> ColumnElement[bool]:
    """Find the override of one entry."""
    return (overrides.c.bank_id == bank_id) & (overrides.c.value == value) & (overrides.c.kind == kind)
