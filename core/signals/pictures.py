"""PDQ hashes of attached pictures, in the orientation in which people see them.

What counts as a picture is decided by its content. One that cannot be read is a gap; a hash of low quality is
still a signal, which no bank matches.
"""

from collections.abc import Iterable
from typing import Protocol

from core.errors import CannotLook
from core.media.fetch import content_or_gap
from core.media.frames import Fingerprint
from core.media.sniff import is_picture
from core.model import Attachment, Gap, Message, Signal
from core.ports import Files


class Reader(Protocol):
    """What takes fingerprints of a picture (`core.media.sandbox.Sandbox`)."""

    async def fingerprints(self, content: bytes) -> tuple[Fingerprint, ...]:
        """Give them, or raise CannotLook."""
        ...


class Pictures:
    """The source of `pdq` signals.

    Args:
        reader: What looks at the bytes.
    """

    name = "pictures"

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Return a hash for each attachment that is a picture."""
        found: list[Signal | Gap] = []
        for part in message.parts:
            if isinstance(part, Attachment):
                found += await self._of(part, files)
        return found

    async def _of(self, part: Attachment, files: Files) -> Iterable[Signal | Gap]:
        content = await content_or_gap(files, part)
        if isinstance(content, Gap):
            return (content,)
        if not is_picture(content):
            claimed = part.media_type.startswith("image/")
            return (Gap(part=part.path, reason="picture in a form that cannot be read"),) if claimed else ()
        try:
            found = await self._reader.fingerprints(content)
        except CannotLook as exc:
            return (Gap(part=part.path, reason=str(exc)),)
        return (
            Signal(
                kind=f.kind,
                value=f.value,
                part=part.path,
                hidden=part.hidden,
                quality=f.quality,
                views=f.views,
                features=f.features,
            )
            for f in found
        )
