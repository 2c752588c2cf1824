"""The links in a code's text, read as a phone reads it that is held before the code.

An address is followed as it is; anything else is a text that may hold some. Cards of contacts and bookmarks
(`MECARD:`, `MEBKM:`) put several fields in a row and write signs of their own before a colon, which is undone
first. A network's password, a payment or plain words give nothing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from core.identifiers import canonical
from core.signals.links import in_text

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*+:\S++", re.IGNORECASE)
_CARD: Final = re.compile(r"(?:MECARD|MEBKM|BIZCARD):", re.IGNORECASE)
_FIELD: Final = re.compile(r"(?:[^\\;]|\\.)++", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def in_code(text: str, platform: str) -> Iterable[str]:
    """Give the canonical identifiers of a code's text, in order of appearance, repeated if they are."""
    if card := _CARD.match(text):
        return (value for field in _fields(text[card.end() :]) for value in in_text(field, platform))
    if _ADDRESS.fullmatch(text) and (value := canonical(text)):
        return (value,)
    return in_text(text, platform)


def _fields(card: str) -> Iterator[str]:
    """Give the fields of a card, with the stroke before a colon or a semicolon taken away."""
    return (_ESCAPED.sub(r"\1", field[0]) for field in _FIELD.finditer(card))
