"""Accounts that a message comes from or brings along: its author, who it was forwarded from, who is named.

The stable id and the public name are two signals: a list may know either. An account that is only written
about in the text is a link, and is found there.
"""

from collections.abc import Iterable
from typing import Final

from core.model import Mention, Message, Signal
from core.ports import Files

_AUTHOR: Final = 2
"""Identifiers that an author has at most: alone they cannot repeat one another."""


class Accounts:
    """The source of `account` signals."""

    name = "accounts"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal]:  # noqa: ARG002 - the port's shape
        """Return the author's identifiers (part `author`) and those of every mentioned account."""
        found = [Signal(kind="account", value=v, part="author") for v in message.author.identifiers]
        for part in message.parts:
            if isinstance(part, Mention):
                found += (
                    Signal(kind="account", value=value, part=part.path, hidden=part.hidden)
                    for value in part.account.identifiers
                )
        return dict.fromkeys(found) if len(found) > _AUTHOR else found
