"""Fetching attachments: once per message whoever asks, within a size and a time.

What cannot be fetched is refused with a reason that a moderator can read; it becomes a gap, never silence.
"""

import asyncio
from typing import Final

from core.errors import CannotLook, TryLater
from core.model import Attachment, Gap
from core.ports import Files

MAX_BYTES: Final = 20_000_000
"""What a Telegram bot may fetch; a larger file is not asked for."""

PATIENCE_S: Final = 30.0
"""How long one file may take, waiting for a busy platform included."""

_NOUNS: Final = {"image": "picture", "video": "video", "audio": "audio"}


class OncePerMessage:
    """The files of one message: each is fetched at most once, and kept as long as this object lives.

    Args:
        files: Where they come from.
        max_bytes: The largest file that is taken.
        patience_s: Seconds that one file may take.
    """

    def __init__(self, files: Files, *, max_bytes: int = MAX_BYTES, patience_s: float = PATIENCE_S) -> None:
        self._files = files
        self._max_bytes = max_bytes
        self._patience_s = patience_s
        self._kept: dict[str, bytes | CannotLook] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the whole content; the second time, what the first time gave.

        Raises:
            CannotLook: Too large, empty, refused or not there in time.
        """
        async with self._locks.setdefault(attachment.ref, asyncio.Lock()):
            if attachment.ref not in self._kept:
                try:
                    self._kept[attachment.ref] = await self._within_limits(attachment)
                except CannotLook as exc:
                    self._kept[attachment.ref] = exc
        kept = self._kept[attachment.ref]
        if isinstance(kept, CannotLook):
            raise CannotLook(str(kept))
        return kept

    async def _within_limits(self, attachment: Attachment) -> bytes:
        self._refuse_larger(attachment, attachment.size or 0)
        try:
            async with asyncio.timeout(self._patience_s):
                content = await self._patiently(attachment)
        except TimeoutError:
            late = f"{noun(attachment)} that could not be fetched within {self._patience_s:g} s"
            raise CannotLook(late) from None
        self._refuse_larger(attachment, len(content))
        if not content:
            raise CannotLook(f"{noun(attachment)} without content")
        return content

    async def _patiently(self, attachment: Attachment) -> bytes:
        while True:
            try:
                return await self._files.fetch(attachment)
            except TryLater as exc:
                await asyncio.sleep(exc.after)

    def _refuse_larger(self, attachment: Attachment, size: int) -> None:
        if size > self._max_bytes:
            limit = megabytes(self._max_bytes)
            raise CannotLook(f"{noun(attachment)} {megabytes(size)} (over the {limit} limit)")


async def content_or_gap(files: Files, attachment: Attachment) -> bytes | Gap:
    """Fetch for a signal source: what cannot be looked at is a gap of the attachment's part."""
    try:
        return await files.fetch(attachment)
    except CannotLook as exc:
        return Gap(part=attachment.path, reason=str(exc))


def noun(attachment: Attachment) -> str:
    """Say what it is in a moderator's word, by what the platform claims."""
    return _NOUNS.get(attachment.media_type.partition("/")[0], "file")


def megabytes(size: int) -> str:
    """Write a size for people: "34 MB", "0.4 MB"."""
    return f"{max(size / 1_000_000, 0.1):.3g} MB"
