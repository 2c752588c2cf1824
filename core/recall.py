"""What is remembered of messages: what they were recognised by, for a while, and never what they said.

It is written down in batches, before the inbox is told that the messages are done: whoever dies in between
judges them again. Of an author two salted hashes are kept: enough to tell whether two messages are of one
person, or of an account that a list names later, and not to be read.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from core.banks.sketch import LEAST_LETTERS
from core.keeping import Notes, Print, Prints, Sighting
from core.model import Message, Signal
from core.text.prose import digest, folded, words
from core.view import MIN_QUALITY

SALT: Final = "salt"
"""The note that holds the salt. Who deletes it has forgotten every author."""

LEAST_TEXT: Final = 60
"""Characters of a text that is remembered: most of what people write is shorter."""

_BY_VALUE: Final = frozenset({"sha256", "sha1", "md5"})
_IDENTIFIERS: Final = frozenset({"link", "account"})
_OWN: Final = "author"
_WRITERS: Final = 4_096
"""Identifiers whose hashes are at hand: those who write, write more than once."""


@lru_cache(_WRITERS)
def salted(salt: str, identifier: str) -> str:
    """Return what stands for an account's identifier: 32 hex digits; "" for none."""
    if not identifier:
        return ""
    return hmac.new(bytes.fromhex(salt), identifier.encode(), hashlib.sha256).hexdigest()[:32]


async def salt_of(notes: Notes) -> str:
    """Return the salt of this community, made at the first call."""
    # Of two processes that make one at once, the first one's holds for both.
    await notes.first(SALT, secrets.token_hex(16))
    return await notes.note(SALT) or ""


class Recall:
    """Remembers messages.

    Args:
        prints: Where.
        salt: From `salt_of`.
    """

    def __init__(self, prints: Prints, salt: str) -> None:
        self._prints = prints
        self._salt = salt
        self._waiting: list[Sighting] = []

    def note(self, message: Message, signals: Iterable[Signal]) -> None:
        """Remember a message at the next `flush`, if it had anything that a list could know."""
        prints = frozenset(one for signal in signals if (one := print_of(signal)))
        if not prints and not message.happening.shows_account:
            return
        self._waiting.append(
            Sighting(
                message_id=message.id,
                place=message.place.id,
                place_name=message.place.name,
                author=salted(self._salt, message.author.id),
                handle=salted(self._salt, message.author.handle),
                at=message.at,
                url=message.url,
                forwarded=message.forwarded,
                prints=prints,
            )
        )

    async def flush(self) -> None:
        """Write down what waits.

        Raises:
            StoreError: It could not be written; it still waits.
        """
        waiting: Sequence[Sighting] = tuple(self._waiting)
        if waiting:
            await self._prints.record(waiting)
            del self._waiting[: len(waiting)]


def print_of(signal: Signal) -> Print | None:
    """Return what is remembered of a signal, or None: most words, and whatever says too little."""
    if signal.kind in _IDENTIFIERS:
        return None if signal.part == _OWN else Print("link", signal.value)
    if signal.kind in _BY_VALUE:
        return Print(signal.kind, signal.value)
    if signal.kind == "pdq":
        enough = signal.quality is None or signal.quality >= MIN_QUALITY
        return Print("pdq", signal.value) if enough else None
    if signal.kind == "text" and len(signal.text) >= LEAST_TEXT:
        compared = words(folded(signal.text))
        enough = len(compared) - compared.count(" ") >= LEAST_LETTERS
        return Print("text", digest(compared)) if enough else None
    return None
