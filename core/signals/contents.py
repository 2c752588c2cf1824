"""What attached files hold: members of archives, texts and links of documents, pictures in both.

The child unfolds a file and tells what is in it; here that becomes the same signals as if each piece had been
posted by itself. Texts and links go through the sources that read messages, so that a file is no place to
hide from them. It is a source of its own beside those, and no step before them: what was written is then
judged as soon as ever, however long a file takes to open.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final, Protocol

from core.media.digests import ALGORITHMS
from core.media.fetch import content_or_gap
from core.media.pieces import Digested, Linked, Piece, Shown, Unread, Written
from core.media.sniff import ARCHIVES, CLOSED, DOCUMENTS, Form, ends_in_zip, sniff
from core.model import Attachment, Gap, Link, Message, Signal, Text
from core.ports import Files
from core.signals.files import without_files
from core.signals.links import Links
from core.signals.pictures import in_seen
from core.signals.texts import MAX_CHARACTERS, Texts

_UNFOLDED: Final = ARCHIVES | DOCUMENTS | CLOSED | {Form.OLD_OFFICE}
_ALIKE: Final = 5
"""Gaps of one file that say the same, at most."""

_CLAIMS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (".txt", ".md", ".csv", ".htm", ".html", ".vcf", ".json", ".xml"),
    "PDF": (".pdf",),
    "document": (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".doc", ".xls", ".ppt"),
    "archive": (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".apk"),
}
"""What people's programs open by the name."""

_PAGE: Final = ".page["
_NAME: Final = "name"


class Unfolder(Protocol):
    """What opens files (`core.media.sandbox.Sandbox`)."""

    async def unfold(self, content: bytes) -> Sequence[Piece]:
        """Give what a file holds; what could not be looked at is among it."""
        ...


class Contents:
    """The source of signals from inside attached files, of every kind that the other sources give.

    Args:
        unfolder: What opens the bytes.
    """

    name = "contents"

    def __init__(self, unfolder: Unfolder) -> None:
        self._unfolder = unfolder
        self._links = Links()
        self._texts = Texts()

    def at_once(self, message: Message) -> Iterable[Signal | Gap] | None:
        """Return nothing where no file is attached; else it has to be fetched."""
        return without_files(message)

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Return what is in each attachment, with parts as `attachment[0].member[2].page[3]`."""
        found: list[Signal | Gap] = []
        for part in message.parts:
            if isinstance(part, Attachment):
                found += await self._of(part, message, files)
        return found

    async def _of(self, part: Attachment, message: Message, files: Files) -> list[Signal | Gap]:
        content = await content_or_gap(files, part)
        if isinstance(content, Gap):
            return [content]
        form = sniff(content)
        if form not in _UNFOLDED and not ends_in_zip(content):
            return [Gap(part=part.path, reason=said)] if (said := _unlike(part, form)) else []
        pieces = [_placed(piece, part.path) for piece in await self._unfolder.unfold(content)]
        found = [one for piece in pieces for one in _told(piece, message.place.platform, hidden=part.hidden)]
        for addressed in _addressed(pieces, hidden=part.hidden):
            found += await self._links.signals(replace(message, parts=(addressed,)), files)
            # A long text takes a while: others have their turn in between.
            await asyncio.sleep(0)
        for text in _whole(pieces, hidden=part.hidden):
            found += await self._texts.signals(replace(message, parts=(text,)), files)
            await asyncio.sleep(0)
        return [*(one for one in found if isinstance(one, Signal)), *_few(found, part.path)]


def _few(found: Iterable[Signal | Gap], path: str) -> Iterator[Gap]:
    """Give the gaps; where many say the same, the rest of them is one."""
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for one in found:
        if isinstance(one, Gap):
            parts[one.reason].append(one.part)
    for reason, places in parts.items():
        yield from (Gap(part=place, reason=reason) for place in places[:_ALIKE])
        if (more := len(places) - _ALIKE) > 0:
            yield Gap(part=path, reason=f"{more} more inside: {reason}")


def _unlike(part: Attachment, form: Form) -> str:
    """Say so where a file claims to be one that is read here, and is not; "" where it does not claim it."""
    if form is not Form.OTHER:
        return ""
    name = part.name.lower()
    claimed = next((noun for noun, ends in _CLAIMS.items() if name.endswith(ends)), "")
    if not claimed and part.media_type.startswith("text/"):
        claimed = "text"
    return f"{claimed} in a form that cannot be read" if claimed else ""


def _placed(piece: Piece, path: str) -> Piece:
    return replace(piece, place=f"{path}.{piece.place}" if piece.place else path)


def _told(piece: Piece, platform: str, *, hidden: bool) -> Iterator[Signal | Gap]:
    """Give the signals that a piece is by itself."""
    match piece:
        case Digested(place=place, values=values):
            for kind, value in zip(ALGORITHMS, values, strict=True):
                yield Signal(kind=kind, value=value, part=place, hidden=hidden)
        case Shown(place=place, seen=seen):
            yield from in_seen(seen, place, platform, hidden=hidden)
        case Unread(place=place, reason=reason):
            yield Gap(part=place, reason=reason)
        case _:
            pass


def _addressed(pieces: Iterable[Piece], *, hidden: bool) -> Iterator[Text | Link]:
    """Give what may hold links. An address behind words is not seen; names of members are."""
    for piece in pieces:
        match piece:
            case Written(place=place, text=text):
                yield Text(text=text, path=place, hidden=hidden)
            case Linked(place=place, url=url):
                yield Link(url=url, path=place, hidden=True)
            case _:
                pass


def _whole(pieces: Iterable[Piece], *, hidden: bool) -> Iterator[Text]:
    """Give the texts as they were before they were cut into pages and pieces: a statement runs over them."""
    written = (p for p in pieces if isinstance(p, Written) and not p.place.endswith(f".{_NAME}"))
    for path, parts in groupby(written, key=lambda piece: _document(piece.place)):
        text = ""
        for part in parts:
            if len(text) + len(part.text) >= MAX_CHARACTERS:
                yield Text(text=text, path=path, hidden=hidden)
                text = ""
            text += f"\n{part.text}" if text else part.text
        if text:
            yield Text(text=text, path=path, hidden=hidden)


def _document(place: str) -> str:
    """Give the place of the text that a page belongs to."""
    outer, page, _ = place.rpartition(_PAGE)
    return f"{outer}.text" if page else place
