"""Files of a message as attachments that can be fetched later, and only from Discord's own servers.

What members link to elsewhere is never fetched: Discord keeps a copy of what it shows (`proxy_url`), and
that copy is looked at. An address of the file server that stands in a text as plain words is a file, too.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bots.discord.raw import Raw, number, snowflake, text
from core.model import Attachment, Link, Part

_HOSTS: Final = frozenset(
    {
        "cdn.discordapp.com",
        "media.discordapp.net",
        "images-ext-1.discordapp.net",
        "images-ext-2.discordapp.net",
    }
)
"""Discord's file servers, by their exact names."""

_PICTURE_STICKERS: Final = {1: "png", 2: "png", 4: "gif"}
"""Kinds of sticker that are pictures, with the ending of their address; kind 3 is an animation of shapes."""


@dataclass(frozen=True, slots=True)
class Media:
    """Makes attachments of one message.

    Attributes:
        base: The file server's address, from the settings.
        channel: Of the message; with `message` it finds a fresh address when this one has expired.
        message: Its number.
    """

    base: str
    channel: str
    message: str

    def attached(self, file: Raw, path: str) -> Attachment:
        """Return a file that hangs on the message."""
        url = text(file.get("url"))
        return Attachment(
            ref=self._ref(url, snowflake(file.get("id"))),
            path=path,
            size=number(file.get("size")),
            name=text(file.get("filename")),
            media_type=text(file.get("content_type")).partition(";")[0],
            same=snowflake(file.get("id")),
        )

    def shown(self, medium: Raw, path: str) -> Iterator[Part]:
        """Yield where a picture or video in an embed or block comes from, and Discord's copy of it."""
        url, copy = text(medium.get("url")), text(medium.get("proxy_url"))
        if url and not url.startswith("attachment:"):
            yield Link(url=url, path=f"{path}.url", hidden=True)
        if is_own(copy, self.base):
            claimed = text(medium.get("content_type")).partition(";")[0]
            yield Attachment(ref=self._ref(copy, ""), path=path, media_type=claimed)

    def sticker(self, sticker: Raw, path: str) -> Iterator[Part]:
        """Yield a sticker's picture, where it is one."""
        ending = _PICTURE_STICKERS.get(number(sticker.get("format_type")) or 0)
        id_ = snowflake(sticker.get("id"))
        if ending and id_:
            url = f"{self.base}/stickers/{id_}.{ending}"
            yield Attachment(ref=self._ref(url, ""), path=path, media_type=f"image/{ending}")

    def pasted(self, words: str, path: str) -> Iterator[Part]:
        """Yield files whose address was written into a text, which Discord shows as if they were attached."""
        for place, found in enumerate(_PASTED.finditer(words)):
            if is_own(found[0], self.base):
                yield Attachment(ref=self._ref(found[0], ""), path=f"{path}.file[{place}]")

    def picture(self, at: str, path: str) -> Attachment:
        """Return a picture that stands at a fixed place of the file server."""
        return Attachment(ref=self._ref(f"{self.base}/{at}", ""), path=path, media_type="image/png")

    def _ref(self, url: str, file: str) -> str:
        return json.dumps([url, self.channel, self.message, file])


_PASTED: Final = re.compile(r"https?://[^\s<>()\[\]\"]+/attachments/[0-9]+/[0-9]+/[^\s<>()\[\]\"]+")


def is_own(url: str, base: str) -> bool:
    """Tell whether an address leads to one of Discord's file servers, or to the one from the settings."""
    if url.startswith(f"{base}/"):
        return True
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and parts.netloc in _HOSTS
    except ValueError:
        return False
