"""Session: accounts by their id of 66 hexadecimal digits, communities by their server's key and room.

A community's server may move to another host; its public key, which every link carries, stays.
"""

import re
from collections.abc import Iterator
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service

_ID: Final = re.compile(r"(?:05|15|25)[0-9a-f]{64}")
_STANDING: Final = re.compile(r"(?<![0-9A-Za-z])(?:05|15|25)[0-9a-fA-F]{64}(?![0-9A-Za-z])")
LENGTH: Final = 66
"""Characters of an id."""

_KEY: Final = re.compile(r"[0-9a-f]{64}")
_ROOM: Final = re.compile(r"[a-z0-9_-]{1,64}")


def anywhere(address: Address) -> str | None:
    """Read a community's address, which its key makes plain on any host."""
    key = address.query.get("public_key", "").lower()
    if not _KEY.fullmatch(key) or not address.segments:
        return None
    room = address.segments[-1].lower()
    return f"session:community/{key}/{room}" if _ROOM.fullmatch(room) else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read an account's id."""
    folded = handle.lower()
    return f"session:user/{folded}" if _ID.fullmatch(folded) else None


def ids_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Give the accounts whose ids stand in a text, which is how they are passed on, and where.

    No hash that is in use has 66 digits.
    """
    for found in _STANDING.finditer(text):
        yield f"session:user/{found[0].lower()}", found.start(), found.end()


SERVICE: Final = Service(
    names=frozenset({"session"}),
    kinds={"session:user": str.lower, "session:community": str.lower},
    identify=anywhere,
    named=named,
    anywhere=anywhere,
)
