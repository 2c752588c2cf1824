"""Types of columns that both databases share: points in time, closed texts, a row's own number."""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import BigInteger, Dialect, Integer, Text, TypeDecorator

from core.store.vault import Vault

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A point in time, with a zone on our side and as a number on the database's."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy passes it
        """Turn a time into microseconds."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes it
        """Turn microseconds into a time."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Secret(TypeDecorator[str]):
    """A text that is closed at rest: the engine's dialect carries the vault (`core.store.connect`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Close a text."""
        return None if value is None else _vault_of(dialect).closed(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open a text."""
        return None if value is None else _vault_of(dialect).opened(value)


def _vault_of(dialect: Dialect) -> Vault:
    """Return the vault of a database; one without a key where none was given."""
    found = getattr(dialect, "vault", None)
    return found if isinstance(found, Vault) else _OPEN


_OPEN: Final = Vault()

Number = BigInteger().with_variant(Integer, "sqlite")
"""A row's own number: SQLite counts by itself only in a column whose type is exactly INTEGER."""
