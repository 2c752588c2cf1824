"""What a platform vouches to be the same file is fetched and looked at once, wherever it is posted.

Telegram names each file's content (`file_unique_id`), and a wave of forwards has one name. Signals are kept
by that name, with what of the path lies below the attachment. Where something could not be looked at, nothing
is kept: the next time it may be there.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core.media.remembered import MOST_BYTES, Recent
from core.model import Attachment, Gap, Message, Signal
from core.ports import Files, SignalSource
from core.signals.files import without_files

_OVERHEAD: Final = 300

Findings = tuple[Signal | Gap, ...]


class Remembering:
    """A source of files' signals that remembers.

    Args:
        source: Looks at attachments only, and at each of them by itself.
    """

    def __init__(self, source: SignalSource) -> None:
        self.name = source.name
        self._source = source
        self._recent: Recent[Findings] = Recent(_weight, most_bytes=MOST_BYTES)

    def at_once(self, message: Message) -> Iterable[Signal | Gap] | None:
        """Return nothing where no file is attached; else it has to be fetched."""
        return without_files(message)

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Return what the source gives, or gave, for each attachment."""
        found: list[Signal | Gap] = []
        for part in message.parts:
            if isinstance(part, Attachment):
                found += await self._of(part, message, files)
        return found

    async def _of(self, part: Attachment, message: Message, files: Files) -> Iterable[Signal | Gap]:
        async def look() -> Findings:
            found = await self._source.signals(replace(message, parts=(part,)), files)
            return tuple(replace(one, part=one.part.removeprefix(part.path)) for one in found)

        if not part.same:
            below = await look()
        else:
            # Its sender's words (name, type) may decide what is a gap, and so may whether it was hidden.
            key = repr((message.place.platform, part.same, part.media_type, part.hidden))
            below = await self._recent.get(key, look)
        return [replace(one, part=f"{part.path}{one.part}") for one in below]


def _weight(findings: Findings) -> int:
    """Give the size in bytes; 0 where something could not be looked at."""
    total = _OVERHEAD
    for one in findings:
        if isinstance(one, Gap):
            return 0
        views = sum(len(view.coefficients) for view in one.views)
        total += _OVERHEAD + len(one.value) + len(one.features) + len(one.clip) + views
    return total
