"""PDQ hashes of attached pictures, in the orientation in which people see them, and the links of their codes.

Of videos and animations, what their frames show, as one signal.

What counts as a picture is decided by its content. One that cannot be read is a gap; a hash of low quality is
still a signal, which no bank matches. All is one source because a file is decoded once for all.
"""

import hashlib
from collections.abc import Iterable, Iterator

from core.errors import CannotLook
from core.media.fetch import content_or_gap, noun
from core.media.frames import Seen
from core.media.remembered import Reader
from core.media.sniff import is_picture
from core.media.video_forms import video_form
from core.model import Attachment, Gap, Message, Signal
from core.ports import Files
from core.signals.codes import in_code
from core.signals.files import without_files


class Pictures:
    """The source of `pdq` and `video` signals, and of `link` signals from codes.

    Args:
        reader: What looks at the bytes.
    """

    name = "pictures"

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def at_once(self, message: Message) -> Iterable[Signal | Gap] | None:
        """Return nothing where no file is attached; else it has to be fetched."""
        return without_files(message)

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Return a hash for each attachment that is a picture, and each link of its codes (part `….qr`)."""
        found: list[Signal | Gap] = []
        for part in message.parts:
            if isinstance(part, Attachment):
                found += await self._of(part, files, message.place.platform)
        return found

    async def _of(self, part: Attachment, files: Files, platform: str) -> Iterable[Signal | Gap]:
        content = await content_or_gap(files, part)
        if isinstance(content, Gap):
            return (content,)
        if not is_picture(content) and not video_form(content):
            claimed = part.media_type.startswith(("image/", "video/"))
            unread = Gap(part=part.path, reason=f"{noun(part)} in a form that cannot be read")
            return (unread,) if claimed else ()
        try:
            seen = await self._reader.look(content)
        except CannotLook as exc:
            return (Gap(part=part.path, reason=str(exc)),)
        return tuple(in_seen(seen, part.path, platform, hidden=part.hidden))


def in_seen(seen: Seen, path: str, platform: str, *, hidden: bool) -> Iterator[Signal | Gap]:
    """Give the hashes of what was seen in a part, and the links of its codes."""
    for f in seen.fingerprints:
        yield Signal(
            kind=f.kind,
            value=f.value,
            part=path,
            hidden=hidden,
            quality=f.quality,
            views=f.views,
            features=f.features,
        )
    yield from _of_clip(seen, path, hidden=hidden)
    yield from _of_codes(seen, path, platform)


def _of_clip(seen: Seen, path: str, *, hidden: bool) -> Iterator[Signal | Gap]:
    if seen.clip:
        value = hashlib.sha256(seen.clip.encode()).hexdigest()
        yield Signal(kind="video", value=value, part=path, hidden=hidden, clip=seen.clip)
    if seen.unwatched:
        yield Gap(part=path, reason=seen.unwatched)


def _of_codes(seen: Seen, path: str, platform: str) -> Iterator[Signal | Gap]:
    """Give each link once; the eye cannot read a code, so it is hidden wherever the picture stands."""
    place = f"{path}.qr"
    links = dict.fromkeys(link for text in seen.codes for link in in_code(text, platform))
    yield from (Signal(kind="link", value=link, part=place, hidden=True) for link in links)
    if seen.unread:
        yield Gap(part=place, reason=seen.unread)
