"""Digests of attached files: the same bytes are the same file, whatever it is called.

A platform that recompresses what it is given (photos nearly always) changes every digest; pictures have a
source of their own for that.
"""

import asyncio
from collections.abc import Iterable
from typing import Final

from core.media.digests import ALGORITHMS, digests
from core.media.fetch import content_or_gap
from core.model import Attachment, Gap, Message, Signal
from core.ports import Files

_AT_ONCE: Final = 1 << 20
"""Up to this size a digest takes a few milliseconds; more is done beside the event loop."""


def without_files(message: Message) -> tuple[()] | None:
    """Return what a source of files finds at once: nothing, or None where one is attached."""
    for part in message.parts:
        if isinstance(part, Attachment):
            return None
    return ()


class Digests:
    """The source of `sha256`, `sha1` and `md5` signals."""

    name = "files"

    def at_once(self, message: Message) -> Iterable[Signal | Gap] | None:
        """Return nothing where no file is attached; else it has to be fetched."""
        return without_files(message)

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Return three digests for each attachment."""
        found: list[Signal | Gap] = []
        for part in message.parts:
            if not isinstance(part, Attachment):
                continue
            content = await content_or_gap(files, part)
            if isinstance(content, Gap):
                found.append(content)
                continue
            values = (
                digests(content) if len(content) <= _AT_ONCE else await asyncio.to_thread(digests, content)
            )
            found += (
                Signal(kind=kind, value=value, part=part.path, hidden=part.hidden)
                for kind, value in zip(ALGORITHMS, values, strict=True)
            )
        return found
