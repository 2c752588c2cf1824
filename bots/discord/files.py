"""Fetching files from Discord's file servers, within limits, and from nowhere else.

An address is signed and lasts about a day; where it has run out, the message is asked for a fresh one.
When a message is deleted, its files die with it.
"""

import asyncio
import json
from typing import Final, cast

import aiohttp

from bots.discord.errors import SOON_S
from bots.discord.media import is_own
from bots.discord.raw import record, records, snowflake, text
from bots.discord.wire import Wire
from core.errors import CannotLook, Gone, PlatformError, TryLater
from core.model import Attachment

MOST_BYTES: Final = 20_000_000
"""The same as on Telegram, whose servers hand out no more: what is looked at depends on no platform."""

PATIENCE_S: Final = 60.0

_EXPIRED: Final = frozenset({403, 404})
_OK: Final = 200
_FAILING: Final = 500


class CdnFiles:
    """Fetches attachments.

    Args:
        wire: For fresh addresses.
        base: The file server's address, from the settings.
    """

    def __init__(self, wire: Wire, base: str) -> None:
        self._wire = wire
        self._base = base

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the whole content; see `core.ports.Files.fetch`."""
        if attachment.size is not None and attachment.size > MOST_BYTES:
            raise CannotLook(_too_large(attachment.size))
        url, channel, message, file = cast("list[str]", json.loads(attachment.ref))
        content = await self._download(url)
        if content is None and file:
            content = await self._download(await self._fresh(channel, message, file))
        if content is None:
            raise CannotLook("the file is no longer there")
        return content

    async def _download(self, url: str) -> bytes | None:
        """Return a file's content, None where the address leads to nothing (any more)."""
        if not is_own(url, self._base):
            raise CannotLook("not on Discord's file server")
        try:
            async with (
                asyncio.timeout(PATIENCE_S),
                aiohttp.ClientSession(headers={"Accept-Encoding": "identity"}) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                if answer.status in _EXPIRED:
                    return None
                if answer.status >= _FAILING:
                    raise TryLater(f"the file server fails ({answer.status})", after=SOON_S)
                if answer.status != _OK:
                    raise CannotLook(f"the file server refused ({answer.status})")
                return await _read(answer)
        except (aiohttp.ClientError, OSError, TimeoutError) as exc:
            raise TryLater(f"the file server is out of reach ({type(exc).__name__})", after=SOON_S) from exc

    async def _fresh(self, channel: str, message: str, file: str) -> str:
        """Ask the message for a file's present address."""
        ids = {"channel_id": channel, "message_id": message}
        try:
            found = await self._wire.call("GET", "/channels/{channel_id}/messages/{message_id}", ids)
        except TryLater:
            raise
        except (Gone, PlatformError) as exc:
            raise CannotLook("the file is no longer there") from exc
        for one in records(record(found).get("attachments")):
            if snowflake(one.get("id")) == file:
                return text(one.get("url"))
        raise CannotLook("the file is no longer there")


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    """Read up to the limit, whatever length was announced."""
    content = bytearray()
    async for chunk in answer.content.iter_chunked(1 << 16):
        content += chunk
        if len(content) > MOST_BYTES:
            raise CannotLook(_too_large(None))
    return bytes(content)


def _too_large(size: int | None) -> str:
    megabytes = "file" if size is None else f"file {size / 1_000_000:.0f} MB"
    return f"{megabytes} (over the {MOST_BYTES // 1_000_000} MB limit)"
