"""What was written while nobody listened, read back from the channels' history.

A server's GUILD_CREATE names the last message of each channel and running thread, so that only those with
something new are asked. A channel the bot may not read is left out; nothing can be done about it here.
"""

import logging
from collections.abc import AsyncIterator, Iterator
from typing import Final

from bots.discord.raw import Raw, records, snowflake
from bots.discord.wire import Wire
from core.errors import Gone, NotPermitted

log = logging.getLogger(__name__)

PAGE: Final = 100
"""Messages in one answer, the most that Discord gives."""

OVERLAP: Final = 60_000 << 22
"""A minute, as a difference of snowflakes."""


class History:
    """Reads histories."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def since(self, message: int, guild: Raw) -> AsyncIterator[list[Raw]]:
        """Yield pages of messages after one, each page oldest first, channel by channel.

        Args:
            message: A message's id; reading starts a minute earlier.
            guild: A GUILD_CREATE event's data.

        Raises:
            TryLater: Discord is busy or out of reach.
        """
        after = max(0, message - OVERLAP)
        for channel, last in _channels(guild):
            if last > after:
                async for page in self._pages(channel, after):
                    yield page

    async def _pages(self, channel: str, after: int) -> AsyncIterator[list[Raw]]:
        while True:
            query = {"after": str(after), "limit": str(PAGE)}
            try:
                answer = await self._wire.call(
                    "GET", "/channels/{channel_id}/messages", {"channel_id": channel}, query=query
                )
            except (Gone, NotPermitted) as exc:
                log.info("history not readable", extra={"channel": channel, "why": str(exc)})
                return
            # Pages come newest first, whichever way they are asked for.
            page = sorted(records(answer), key=lambda one: int(snowflake(one.get("id")) or 0))
            if page:
                yield page
                after = int(snowflake(page[-1].get("id")))
            if len(page) < PAGE:
                return


def last_message(guild: Raw) -> int:
    """Return the latest message id that a GUILD_CREATE event names, 0 if there is none."""
    return max((last for _, last in _channels(guild)), default=0)


def _channels(guild: Raw) -> Iterator[tuple[str, int]]:
    for key in ("channels", "threads"):
        for channel in records(guild.get(key)):
            if id_ := snowflake(channel.get("id")):
                yield id_, int(snowflake(channel.get("last_message_id")) or 0)
