"""Readers for raw update JSON: what is there in the expected shape, or an empty value.

Updates are read raw because fields newer than the client library must arrive too. Telegram is trusted
to send well-formed JSON, not to send the shapes this version knows: a wrong shape reads as absent.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

Raw: TypeAlias = Mapping[str, object]

# Supergroups and channels have ids below this, "-100" and the bare id as it looks in decimal.
_LAST_CHANNEL = -1_000_000_000_000


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
    return (
        value
        if value.isascii()
        else value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


def number(value: object) -> int | None:
    """Return a whole number, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def bare_id(chat_id: int) -> str:
    """Return a chat's id as links and identifiers spell it: without sign and `-100`."""
    return str(chat_id - _LAST_CHANNEL)[1:] if chat_id < _LAST_CHANNEL else str(abs(chat_id))


def channel_id(bare: str) -> int:
    """Return the Bot API's id of a supergroup or channel from its bare one."""
    return _LAST_CHANNEL - int(bare)


def utf16_slice(whole: str, offset: int, length: int) -> str:
    """Return what an entity spans; its offset and length count UTF-16 units."""
    if whole.isascii():
        return whole[offset : offset + length]
    units = whole.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
