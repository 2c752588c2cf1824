"""Accounts that a message comes from or brings along: its author, who it was forwarded from, who is named.

The stable id and the public name are two signals: a list may know either. An account that is only written
about in the text is a link, and is found there.
"""

from collections.abc import Iterable

from core.model import Mention, Message, Signal
from core.ports import Files


class Accounts:
    """The source of `account` signals."""

    name = "accounts"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal]:  # noqa: ARG002 - the port's shape
        """Return the author's identifiers (part `author`) and those of every mentioned account."""
        found = {(value, "author"): False for value in message.author.identifiers}
        for part in message.parts:
            if isinstance(part, Mention):
                for value in part.account.identifiers:
                    found.setdefault((value, part.path), part.hidden)
        return [
            Signal(kind="account", value=value, part=path, hidden=hidden)
            for (value, path), hidden in found.items()
        ]
