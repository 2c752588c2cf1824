"""Accounts that show themselves: the name they go by, and what their bio says about another account.

The identifiers, the picture and the links of the bio are signals of other sources. What the bio says is taken
only as far as it may point to an account: words that look like a public name, and the claim to replace
somebody; the text itself goes no further.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from core.model import Happening, Message, Signal, Text
from core.ports import Files
from core.text.names import SHORTEST, says_replacement
from core.text.spelling import spelled
from core.text.words import words

SHOWING: Final = frozenset({Happening.JOINED, Happening.PROFILE})
"""What happens when an account shows itself."""

MAX_HANDLES: Final = 16
"""Names that one bio may point to."""

_BIO: Final = "bio"
_BIO_CHARACTERS: Final = 2000
_HANDLE: Final = re.compile(r"(?<![\w.@/-])@?([A-Za-z0-9][A-Za-z0-9_.]{4,49})(?![\w@/])")


class Profiles:
    """The source of `profile` signals, and of `handle` and `claim` signals beside them."""

    name = "profiles"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal]:  # noqa: ARG002 - the port's shape
        """Return the same; nothing is waited for."""
        return self.at_once(message)

    def at_once(self, message: Message) -> Iterable[Signal]:
        """Return what a joining account, or one that changed its profile, says of itself."""
        author = message.author
        if message.happening not in SHOWING or not (author.name or author.identifiers):
            return ()
        found = [Signal(kind="profile", value=author.name.strip(), part="author")]
        for part in message.parts:
            if isinstance(part, Text) and part.path == _BIO:
                found += _in_bio(part.text[:_BIO_CHARACTERS])
        return found


def _in_bio(text: str) -> Iterator[Signal]:
    for handle in list(dict.fromkeys(_handles(text)))[:MAX_HANDLES]:
        yield Signal(kind="handle", value=handle, part=_BIO)
    if says_replacement(text):
        yield Signal(kind="claim", value="replaces another account", part=_BIO)


def _handles(text: str) -> Iterator[str]:
    """Give the words that may be somebody's public name; plain words that many use are none."""
    common = words().common
    for found in _HANDLE.finditer(text):
        handle = found[1].rstrip(".").lower()
        if len(handle) >= SHORTEST and not handle.isdigit() and spelled(handle) not in common:
            yield handle
