"""What is sealed is used and never shown: a match of a sealed entry as people and programs may see it."""

from dataclasses import replace
from typing import Final

from core.model import Match, Sharing, limit_of

SEALED: Final = "sealed"
_SHORTEST: Final = 3
"""Values shorter than this would be found in words that have nothing to do with them."""


def shown(match: Match) -> Match:
    """Return a match without the value of its entry, where that is sealed; any other match as it is.

    Where a signal met the entry, the signal's value is the entry's as well; a reason may quote both.
    """
    entry, signal = match.entry, match.signal
    if limit_of(match.bank, entry) is not Sharing.SEALED:
        return match
    secrets = (entry.value, signal.value, signal.seen, entry.name, entry.avatar)
    because = match.because
    for secret in sorted({s for s in secrets if len(s) >= _SHORTEST}, key=len, reverse=True):
        because = because.replace(secret, SEALED)
        because = because.replace(secret.rpartition("/")[2] or secret, SEALED)
    return replace(
        match,
        because=because,
        signal=replace(signal, value=SEALED, seen=SEALED if signal.seen else ""),
        entry=replace(
            entry,
            value=SEALED,
            name=SEALED if entry.name else "",
            avatar="",
            label=entry.label.replace(entry.value, SEALED),
            ref=SEALED if entry.ref == entry.value else entry.ref,
            extra=(),
        ),
    )
