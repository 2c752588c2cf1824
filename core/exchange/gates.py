"""Who looks at an update before it is stored, and may hold it for a person to decide.

A list is written by others. One that suddenly grows tenfold, loses most of what it had, or brings hashes
that fit everything is broken or captured more often than it is right.
"""

from collections import Counter
from typing import Final, Protocol

from core.exchange.staging import Staged
from core.model import Entry

_TENFOLD: Final = 10
_FEW: Final = 100
"""Entries below which a list may grow and shrink as it likes: it is being set up."""

_BITS: Final = 256
_ODD_BITS: Final = 32
"""Half of a PDQ hash's bits are set, as each says whether a coefficient is above their median."""

_EMPTY_FILE: Final = frozenset(
    {
        "d41d8cd98f00b204e9800998ecf8427e",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }
)
"""MD5, SHA-1 and SHA-256 of nothing."""


class Gate(Protocol):
    """One reason to hold updates."""

    async def __call__(self, update: Staged) -> str:
        """Return why an update is held, in a moderator's words, or ""."""
        ...


async def sudden_growth(update: Staged) -> str:
    """Hold what would make a list ten times as long."""
    after = update.known + update.new
    if update.known and update.new > _FEW and after >= _TENFOLD * update.known:
        return f"the list would grow from {update.known:,} entries to {after:,}"
    return ""


async def sudden_loss(update: Staged) -> str:
    """Hold what would take back more than half of a list."""
    if update.known > _FEW and 2 * update.withdrawn > update.known:
        return f"the list would take back {update.withdrawn:,} of its {update.known:,} entries"
    return ""


async def empty_hashes(update: Staged) -> str:
    """Hold hashes that say nothing: of empty files, of one colour, or made up."""
    found: Counter[str] = Counter()
    async for entry in update.entries():
        if said := says_nothing(entry):
            found[said] += 1
    if not found:
        return ""
    return "the list brings hashes that say nothing: " + ", ".join(
        f"{n:,} {what}" for what, n in found.items()
    )


GATES: Final[tuple[Gate, ...]] = (sudden_growth, sudden_loss, empty_hashes)


def says_nothing(entry: Entry) -> str:
    """Return what is wrong with an entry's hash, or ""."""
    value = entry.value
    if entry.kind == "pdq":
        bits = int(value, 16).bit_count()
        return "of pictures without content" if abs(bits - _BITS // 2) > _ODD_BITS else ""
    if value in _EMPTY_FILE:
        return "of empty files"
    if entry.kind in {"md5", "sha1", "sha256"} and len(set(value)) == 1:
        return "of no file"
    return ""
