"""What the child tells about a file that it unfolds: piece by piece, each as soon as it is found.

A piece says where in the file it stood: `member[3]`, `member[3].page[2]`, `text`; "" is the file itself. The
child may have been taken over by what it read, so only the known forms are read, within the known limits.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

from core.errors import CannotLook
from core.media import frames
from core.media.frames import Seen

LONGEST_TEXT: Final = 20_000
"""Characters of one piece; a longer text is several."""

LONGEST_ADDRESS: Final = 2048

_PLACE: Final = re.compile(r"(?:[a-z]{3,12}(?:\[\d{1,6}\])?(?:\.|\Z)){0,12}", re.ASCII)
_UNWRITTEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DIGEST: Final = re.compile(r"[0-9a-f]{32,64}")
_LENGTHS: Final = (64, 40, 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """The digests of a file inside the file, in the order of `core.media.digests.ALGORITHMS`."""

    place: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text, or the name that a file inside has; untrusted."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """An address that the document itself marks as one."""

    place: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture inside, looked at like any other."""

    place: str
    seen: Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """What could not be looked at, in a moderator's words."""

    place: str
    reason: str


Piece = Digested | Written | Linked | Shown | Unread


def inside(outer: str, place: str) -> str:
    """Join two places."""
    return f"{outer}.{place}" if outer and place else outer or place


def told(piece: Piece) -> bytes:
    """Write a piece down."""
    said: object
    match piece:
        case Digested(values=values):
            said = values
        case Written(text=text):
            said = _UNWRITTEN.sub(" ", text[:LONGEST_TEXT])
        case Linked(url=url):
            said = _UNWRITTEN.sub("", url[:LONGEST_ADDRESS])
        case Shown(seen=seen):
            said = frames.answer(seen).decode()
        case Unread(reason=reason):
            said = reason
    return json.dumps([type(piece).__name__, piece.place, said], ensure_ascii=False).encode()


def read(body: bytes) -> Piece:
    """Read a piece.

    Raises:
        ValueError: This is none.
    """
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise ValueError("not a piece of a file") from None
    match said:
        case [str(kind), str(place), inner] if _PLACE.fullmatch(place) and not place.endswith("."):
            return _piece(kind, place, inner)
    raise ValueError("not a piece of a file")


def _piece(kind: str, place: str, said: object) -> Piece:
    match kind, said:
        case "Digested", [str(sha256), str(sha1), str(md5)]:
            values = (sha256, sha1, md5)
            if tuple(map(len, values)) == _LENGTHS and all(map(_DIGEST.fullmatch, values)):
                return Digested(place=place, values=values)
        case "Written", str(text) if len(text) <= LONGEST_TEXT and not _UNWRITTEN.search(text):
            return Written(place=place, text=text)
        case "Linked", str(url) if len(url) <= LONGEST_ADDRESS and not _UNWRITTEN.search(url):
            return Linked(place=place, url=url)
        case "Shown", str(seen):
            try:
                return Shown(place=place, seen=frames.answered(seen.encode("utf-8", "replace")))
            except CannotLook:
                raise ValueError("not a piece of a file: a refusal") from None
        case "Unread", str(reason):
            return Unread(place=place, reason=frames.harmless(reason))
    raise ValueError("not a piece of a file")
