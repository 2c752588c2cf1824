"""The entries of an XML list, one after the other, whoever wrote the file.

Nothing is kept of what was given already, definitions of entities are refused (they are how a short file
becomes a long one), nothing outside of the file is ever fetched, and depth, length and number are limited. A
file that breaks off is refused as a whole by whoever asks for its end.
"""

import codecs
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from core.entities.reading import ListFile
from core.errors import BadInput

DEEPEST: Final = 32
LONGEST: Final = 1 << 20
"""Bytes of one tag, and characters of one element."""

MOST_ELEMENTS: Final = 50_000
"""Inside one entry."""

_REMEDY: Final = "Download the list again"


@dataclass(slots=True, kw_only=True)
class Element:
    """One element of an entry.

    Attributes:
        tag: Its name without a namespace.
        line: Where it begins.
    """

    tag: str
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, *path: str) -> Iterator["Element"]:
        """Give every element under a path of tags."""
        for child in self.children:
            if child.tag == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def first(self, *path: str) -> str:
        """Return the text of the first element under a path, or ""."""
        return next((one.text for one in self.all(*path)), "")


class Entries:
    """The entries of an XML list, by the tags they have.

    Args:
        file: The list.
        tags: Of entries.
    """

    def __init__(self, file: ListFile, tags: Sequence[str]) -> None:
        self._file = file
        self._tags = frozenset(tags)
        self._ready: deque[Element] = deque()
        self._open: list[Element] = []
        self._depth = 0
        self._elements = 0
        self._letters = 0
        self._fed = 0
        self._words: list[list[str]] = []
        self.root = ""
        # A mark at the beginning counts more than what the declaration says: programs that change a file's
        # encoding leave the declaration as it was.
        self._parser = expat.ParserCreate(_marked(file))
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say

    def __iter__(self) -> Iterator[Element]:
        """Give every entry.

        Raises:
            BadInput: The file is damaged, breaks off, or is no list that a publisher would write.
        """
        for piece in self._file.pieces():
            self.take(piece)
            while self._ready:
                yield self._ready.popleft()
        self.end()
        yield from self._ready

    def take(self, piece: bytes) -> None:
        """Parse the next bytes."""
        self._fed += len(piece)
        self._parse(piece, last=False)
        if self._fed - self._parser.CurrentByteIndex > LONGEST:
            raise self._refused(f"a tag of more than {LONGEST >> 20} MB")

    def end(self) -> None:
        """Say that there are no more bytes."""
        self._parse(b"", last=True)

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            ended = last and (self._open or self._depth)
            what = "the file breaks off" if ended else expat.errors.messages[error.code]
            raise self._refused(what, error.lineno) from None
        except (ValueError, LookupError):
            raise self._refused("an encoding that is not known") from None

    def _start(self, name: str, _: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        self._depth += 1
        self.root = self.root or tag
        if self._depth > DEEPEST:
            raise self._refused(f"elements inside each other more than {DEEPEST} deep")
        if not self._open and tag not in self._tags:
            return
        if not self._open:
            self._elements = self._letters = 0
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise self._refused(f"an entry of more than {MOST_ELEMENTS:,} elements")
        element = Element(tag=tag, line=self._parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)
        self._words.append([])

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            element.text = "".join(self._words.pop()).strip()
            if not self._open:
                self._ready.append(element)

    def _say(self, text: str) -> None:
        if self._open:
            self._letters += len(text)
            if self._letters > LONGEST:
                raise self._refused(f"an entry of more than {LONGEST >> 20} million characters")
            self._words[-1].append(text)

    def _refuse_doctype(self, *_: object) -> None:
        raise self._refused("it defines entities of its own (DOCTYPE), which no official list does")

    def _refused(self, why: str, line: int = 0) -> BadInput:
        where = line or self._parser.CurrentLineNumber
        return self._file.refused(f"line {where}: {why}. {_REMEDY}")


def _marked(file: ListFile) -> str | None:
    start = next(file.pieces(), b"")
    return "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def root_of(file: ListFile) -> str:
    """Return the tag of a file's first element.

    Raises:
        BadInput: It is no XML, or none that a publisher of lists would write.
    """
    entries = Entries(file, ())
    for piece in file.pieces():
        entries.take(piece)
        if entries.root:
            return entries.root
    entries.end()
    return ""
