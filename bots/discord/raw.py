"""Readers for raw event JSON: what is there in the expected shape, or an empty value.

Events are read raw because fields newer than the client library must arrive too. A wrong shape reads as
absent: Discord is trusted to send well-formed JSON, not to send the shapes this version knows.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, TypeAlias

Raw: TypeAlias = Mapping[str, object]

EPOCH_MS: Final = 1_420_070_400_000
"""The first millisecond of 2015, where snowflakes begin."""


def record(value: object) -> Raw:
    """Return a JSON object, empty if it is none."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> Iterator[Raw]:
    """Yield the objects of a JSON array."""
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield item


def text(value: object) -> str:
    """Return a string, "" if it is none; half surrogate pairs, which nothing can store, are replaced."""
    if not isinstance(value, str):
        return ""
    if value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def number(value: object) -> int | None:
    """Return a whole number, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def snowflake(value: object) -> str:
    """Return an id as the digits it is written with, "" if it is none."""
    written = text(value)
    return written if written.isascii() and written.isdigit() else ""


def moment(value: object) -> datetime | None:
    """Return an ISO 8601 time, or None."""
    try:
        at = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def minted(id_: str) -> datetime:
    """Return when a snowflake was made."""
    return datetime.fromtimestamp(((int(id_ or 0) >> 22) + EPOCH_MS) / 1000, UTC)


def first_after(at: datetime) -> int:
    """Return the smallest snowflake of a moment."""
    return max(0, int(at.timestamp() * 1000) - EPOCH_MS) << 22
