"""Accounts that a message comes from or brings along: its author, who it was forwarded from, who is named.

The stable id and the public name are two signals: a list may know either. An account that is only written
about in the text is a link, and is found there.
"""

from collections.abc import Iterable

from core.model import Account, Mention, Message, Signal
from core.ports import Files


class Accounts:
    """The source of `account` signals."""

    name = "accounts"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal]:  # noqa: ARG002 - the port's shape
        """Return the author's identifiers (part `author`) and those of every mentioned account."""
        found = dict.fromkeys(_identified(message.author, "author", hidden=False))
        for part in message.parts:
            if isinstance(part, Mention):
                found.update(dict.fromkeys(_identified(part.account, part.path, hidden=part.hidden)))
        return found


def _identified(account: Account, path: str, *, hidden: bool) -> Iterable[Signal]:
    for identifier in account.identifiers:
        yield Signal(kind="account", value=identifier, part=path, hidden=hidden)
