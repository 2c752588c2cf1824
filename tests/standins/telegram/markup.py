"""Texts as Telegram stores them: HTML taken apart into text and entities, and what it finds by itself.

Telegram turns every bare address, @name and /command in any message into something to tap, also in
a bot's own card: a card that wants to be harmless must come through here without such an entity.
Offsets and lengths are UTF-16 code units.
"""

import html
import re
from collections.abc import Iterable, Iterator

from tests.standins.telegram.spec import JsonObject
from tests.standins.telegram.wire import bad_request

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "a": "text_link",
}
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TLDS = r"(?:com|org|net|io|me|dog|gg|ph|example|test)"
_FOUND = (
    ("url", re.compile(rf"(?:https?|tg|ton)://[^\s<>]+|(?<![\w@.-])(?:[\w-]+\.)+{_TLDS}\b(?:/[^\s<>]*)?")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w+)?\b")),
)
_UNFOUND_INSIDE = {"code", "pre", "text_link", "url"}


def utf16(text: str) -> int:
    """Count UTF-16 code units, the unit of every offset in the Bot API."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Take the Bot API's HTML apart.

    Returns:
        The plain text and its entities.

    Raises:
        Refusal: An unknown tag, a tag not closed, or a stray "<", with the real API's words.
    """
    text, entities = "", list[JsonObject]()
    open_tags: list[tuple[str, int, str]] = []
    at = 0
    for tag in _TAG.finditer(source):
        text += _plain(source, at, tag.start())
        at = tag.end()
        name = tag[2].lower()
        if name not in _TAGS:
            raise _cannot(f'Unsupported start tag "{name}" at byte offset {_bytes(source, tag.start())}')
        if not tag[1]:
            open_tags.append((name, utf16(text), tag[3]))
            continue
        if not open_tags or open_tags[-1][0] != name:
            raise _cannot(f"Unexpected end tag at byte offset {_bytes(source, tag.start())}")
        entities.extend(_closed(*open_tags.pop(), utf16(text)))
    text += _plain(source, at, len(source))
    if open_tags:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return text, entities


def find_entities(text: str, known: Iterable[JsonObject] = ()) -> list[JsonObject]:
    """Add to the known entities what Telegram finds in a text by itself."""
    entities = list(known)
    taken = [_span(e) for e in entities if e["type"] in _UNFOUND_INSIDE]
    for kind, pattern in _FOUND:
        for hit in pattern.finditer(text):
            start, length = utf16(text[: hit.start()]), utf16(hit[0])
            if any(start < end and begin < start + length for begin, end in taken):
                continue
            taken.append((start, start + length))
            entities.append({"type": kind, "offset": start, "length": length})
    return sorted(entities, key=_span)


def _span(entity: JsonObject) -> tuple[int, int]:
    start = int(str(entity["offset"]))
    return start, start + int(str(entity["length"]))


def _closed(name: str, start: int, attributes: str, end: int) -> Iterator[JsonObject]:
    entity: JsonObject = {"type": _TAGS[name], "offset": start, "length": end - start}
    if name == "a":
        href = _HREF.search(attributes)
        if href is None or not (href[1] or href[2]):
            return
        entity["url"] = html.unescape(href[1] or href[2])
    if end > start:
        yield entity


def _plain(source: str, start: int, end: int) -> str:
    piece = source[start:end]
    if "<" in piece:
        at = start + piece.index("<")
        raise _cannot(f'Unsupported start tag "" at byte offset {_bytes(source, at)}')
    return html.unescape(piece)


def _bytes(source: str, at: int) -> int:
    return len(source[:at].encode())


def _cannot(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
