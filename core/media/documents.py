"""Texts and addresses of text files, web pages and the XML inside office documents. Child process only.

Every reader goes through its document once and keeps no tree of it, so that depth costs nothing. XML that
defines entities of its own is refused: they are how a short text becomes a long one. Nothing outside of the
document is ever fetched.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final
from xml.parsers import expat

from core.media.decode import Refused
from core.media.pieces import LONGEST_TEXT, Linked, Written, inside
from core.media.sniff import without_zeros
from core.text.encodings import encoding_of

MOST_BYTES: Final = 8_000_000
"""Of a text file; two million letters of the widest alphabets."""

_PIECE: Final = 1 << 16
_PAGE: Final = re.compile(
    r"\s*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype\s+)?html)\b", re.IGNORECASE
)
_CARD: Final = re.compile(r"\s*BEGIN:(?:VCARD|VCALENDAR)", re.IGNORECASE)
_FOLD: Final = re.compile(r"\r?\n[ \t]")
_SCHEME: Final = re.compile(r"\s*[a-z][a-z0-9+.-]{0,20}:", re.IGNORECASE)
_REFRESH: Final = re.compile(r"url\s*=\s*['\"]?([^'\"\s]+)", re.IGNORECASE)
_ADDRESSES: Final = frozenset(
    {"href", "src", "action", "cite", "poster", "data", "xlink:href", "data-href", "data-url"}
)
_RUNNING: Final = frozenset({"a", "abbr", "b", "bdi", "bdo", "code", "em", "font", "i", "mark", "s", "small"})
_RUNNING_TOO: Final = frozenset({"span", "strong", "sub", "sup", "tt", "u", "wbr"})
"""Elements inside a word; behind any other a new one begins."""

_UNSEEN: Final = frozenset({"style"})
_ENDS: Final = frozenset({"p", "h", "si", "is", "c", "tab", "br", "cr", "row", "line-break", "v", "t.row"})
"""Elements of office documents, by their local names, behind which a new word begins."""

_SLIDE: Final = re.compile(r"(?:slide|page)(\d{1,5})\.xml(?:\.rels)?", re.IGNORECASE)


def of_text(content: bytes, place: str) -> Iterator[Written | Linked]:
    """Read a text file or a web page.

    Raises:
        Refused: It is longer than is read; what was given before counts.
    """
    raw = without_zeros(content[:MOST_BYTES])
    pieces = (raw[at : at + _PIECE] for at in range(0, len(raw), _PIECE))
    text = raw.decode(encoding_of(raw[:_PIECE], pieces) or "utf-8", "replace")
    if _PAGE.match(text):
        yield from _of_page(text, place)
    else:
        if _CARD.match(text):
            # A long address is folded into several lines.
            text = _FOLD.sub("", text)
        yield from written(text, inside(place, "text"))
    if len(content) > MOST_BYTES:
        raise Refused(f"text of which the first {MOST_BYTES // 1_000_000} MB were looked at")


def written(text: str, place: str) -> Iterator[Written]:
    """Give a text in pieces, cut between words where there are any."""
    at = 0
    while at < len(text):
        end = min(at + LONGEST_TEXT, len(text))
        if end < len(text):
            space = max(
                text.rfind(" ", at + LONGEST_TEXT // 2, end), text.rfind("\n", at + LONGEST_TEXT // 2, end)
            )
            end = space + 1 if space > 0 else end
        if piece := text[at:end].strip():
            yield Written(place=place, text=piece)
        at = end


def _of_page(text: str, place: str) -> Iterator[Written | Linked]:
    page = _Page()
    page.feed(text)
    page.close()
    yield from written("".join(page.said), inside(place, "text"))
    yield from (Linked(place=inside(place, "link"), url=url) for url in dict.fromkeys(page.urls))


class _Page(HTMLParser):
    """What a web page says, and where its links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.urls: list[str] = []
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the addresses of an element."""
        self._unseen = tag in _UNSEEN
        if tag not in _RUNNING | _RUNNING_TOO:
            self.said.append("\n")
        for name, value in attrs:
            if value and name in _ADDRESSES:
                self._note(value)
            elif value and name == "content" and (refresh := _REFRESH.search(value)):
                self._note(refresh[1])

    def handle_endtag(self, tag: str) -> None:
        """End a line where a block ends."""
        self._unseen = False
        if tag not in _RUNNING | _RUNNING_TOO:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        """Note what is written."""
        if not self._unseen:
            self.said.append(data)

    def _note(self, value: str) -> None:
        value = value.strip()
        if value.startswith("//"):
            value = f"https:{value}"
        if _SCHEME.match(value) and not value.lower().startswith("data:"):
            self.urls.append(value)


def of_office(content: bytes, name: str, place: str) -> Iterator[Written | Linked]:
    """Read one XML member of an office document; slides are pages.

    Raises:
        Refused: It is damaged, or defines entities.
    """
    reader = _Office()
    try:
        reader.parser.Parse(content, True)  # noqa: FBT003 - the library takes it by place only
    except expat.ExpatError:
        raise Refused("document that is damaged") from None
    slide = _SLIDE.search(name)
    page = inside(place, f"page[{int(slide[1])}]") if slide else ""
    yield from written("".join(reader.said), page or inside(place, "text"))
    yield from (Linked(place=inside(page or place, "link"), url=url) for url in dict.fromkeys(reader.urls))


class _Office:
    """What an XML member says, and which addresses outside of the document it names."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.urls: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.said.append

    def _refuse(self, *_: object) -> None:
        raise Refused("document that defines entities of its own")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") == "External":
            self.urls.append(attributes.get("Target", ""))
        elif _local(name) in {"a", "hyperlink"} and (url := attributes.get("xlink:href", "")):
            self.urls.append(url)

    def _end(self, name: str) -> None:
        if _local(name) in _ENDS:
            self.said.append("\n")


def _local(name: str) -> str:
    return name.rpartition(":")[2]
