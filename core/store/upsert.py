"""The one statement that SQLite and PostgreSQL both have, but SQLAlchemy spells once for each: upsert."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

Insert = SqliteInsert | PostgresInsert

_INSERTS: Final[Mapping[str, Callable[[Table], Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def new_only(table: Table, dialect: Dialect) -> Insert:
    """Insert rows, silently leaving out those whose unique columns are there already."""
    return _INSERTS[dialect.name](table).on_conflict_do_nothing()


def upsert(table: Table, dialect: Dialect, *, key: str, also: str = "") -> Insert:
    """Insert rows, writing over all other columns of those whose `key` (with `also`) is there already.

    Every column must be given, or have no part in the row.
    """
    insert = _INSERTS[dialect.name](table)
    keys = [key, also] if also else [key]
    rest = {
        c.name: insert.excluded[c.name] for c in table.columns if c.name not in keys and not c.primary_key
    }
    return insert.on_conflict_do_update(index_elements=keys, set_=rest)
