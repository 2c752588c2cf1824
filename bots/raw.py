"""Readers for raw JSON of platforms: what is there in the expected shape, or an empty value.

Events and updates are read raw because fields newer than a client library must arrive too. A platform is
trusted to send well-formed JSON, not to send the shapes this version knows: a wrong shape reads as absent.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

Raw: TypeAlias = Mapping[str, object]


def record(value: object) -> Raw:
    """Return a JSON object, empty if it is none."""
    return value if isinstance(value, dict) else {}


def records(value: object) -> Iterator[Raw]:
    """Yield the objects of a JSON array."""
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield item


def text(value: object) -> str:
    """Return a string, clean; "" if it is none."""
    return clean(value) if isinstance(value, str) else ""


def number(value: object) -> int | None:
    """Return a whole number, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def clean(written: str) -> str:
    """Replace lone halves of UTF-16 pairs, which JSON can spell and nothing can store; the length stays."""
    if written.isascii():
        return written
    return written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def utf16_slice(whole: str, offset: int, length: int) -> str:
    """Return what an entity of Telegram's spans; its offset and length count UTF-16 units."""
    if whole.isascii():
        return whole[offset : offset + length]
    units = whole.encode("utf-16-le")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")
