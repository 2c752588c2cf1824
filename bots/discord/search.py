"""A server's own search, for entries that arrive after the messages they are about."""

from datetime import datetime
from typing import Final

from bots.discord.raw import Raw, first_after, number, record, records
from bots.discord.wire import Wire
from core.errors import TryLater

PAGE: Final = 25
"""Messages in one answer, the most that Discord gives; the newest are enough for people to look at."""

_NOT_READY: Final = 110000
"""What an answer's `code` says while Discord is still making the index of a server."""

_PATIENCE_S: Final = 5


async def searched(wire: Wire, guild: str, words: str, *, since: datetime) -> list[Raw]:
    """Return the newest messages of a server with these words in them, newest first.

    Raises:
        NotPermitted: The bot may not read the server's history.
        TryLater: Discord is busy, or still making the index.
    """
    query = {"content": words, "limit": str(PAGE), "min_id": str(first_after(since))}
    answer = record(
        await wire.call("GET", "/guilds/{guild_id}/messages/search", {"guild_id": guild}, query=query)
    )
    if number(answer.get("code")) == _NOT_READY:
        after = number(answer.get("retry_after")) or _PATIENCE_S
        raise TryLater("Discord is still making the index of a server", after=float(after))
    groups = answer.get("messages")
    return [message for group in (groups if isinstance(groups, list) else []) for message in records(group)]
