"""The upsert is spelled rightly for both databases."""

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from core.store.schema import banks, inbox
from core.store.upsert import new_only, upsert

DIALECTS: list[Dialect] = [
    sqlite.dialect(),
    postgresql.dialect(),  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: str(d.name))
def test_upsert_writes_over_all_but_key_and_number(dialect: Dialect) -> None:
    """The row keeps its number, under which others know it."""
    statement = str(upsert(banks, dialect, key="name").compile(dialect=dialect))

    assert "ON CONFLICT (name) DO UPDATE SET trust = excluded.trust, origin = excluded.origin, " in statement
    assert "id = excluded.id" not in statement
    assert "name = excluded.name" not in statement


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: str(d.name))
def test_new_only_leaves_what_is_there(dialect: Dialect) -> None:
    """A row whose key is there already is passed over without an error."""
    statement = str(new_only(inbox, dialect).compile(dialect=dialect))

    assert "ON CONFLICT DO NOTHING" in statement
