"""What only Discord's raw events need, beside `bots.raw`: snowflakes and times."""

from datetime import UTC, datetime
from typing import Final

from bots.raw import Raw, number, record, records, text

__all__ = ["Raw", "first_after", "minted", "moment", "number", "record", "records", "snowflake", "text"]

EPOCH_MS: Final = 1_420_070_400_000
"""The first millisecond of 2015, where snowflakes begin."""


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
