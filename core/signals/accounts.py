"""Accounts that a message comes from or brings along: its author, who it was forwarded from, who is named.

The stable id and the public name are two signals: a list may know either. An account that is only written
about in the text is a link, and is found there. Of a forward, the platform may tell no more than the display
name of where it comes from: that is a signal, too, the only one in which a name goes by itself.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from core.model import Mention, Message, Signal
from core.ports import Files

_FORWARD: Final = "forward."
_AUTHOR: Final = 2
"""Identifiers that an author has at most: alone they cannot repeat one another."""

_MEMBERS: Final = 4_096
"""Identifiers of authors whose signals are remembered: those who write, write more than once."""


class Accounts:
    """The source of `account` signals."""

    name = "accounts"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal]:  # noqa: ARG002 - the port's shape
        """Return the same; nothing is waited for."""
        return self.at_once(message)

    def at_once(self, message: Message) -> Iterable[Signal]:
        """Return the author's identifiers (part `author`), those of every mentioned account, and origins."""
        found = [_author(identifier) for identifier in message.author.identifiers]
        for part in message.parts:
            if isinstance(part, Mention):
                found += (
                    Signal(kind="account", value=value, part=part.path, hidden=part.hidden)
                    for value in part.account.identifiers
                )
                if part.path.startswith(_FORWARD) and (name := part.account.name.strip()):
                    found.append(Signal(kind="origin", value=name, part=part.path, hidden=part.hidden))
        return dict.fromkeys(found) if len(found) > _AUTHOR else found


@lru_cache(_MEMBERS)
def _author(identifier: str) -> Signal:
    return Signal(kind="account", value=identifier, part="author")
