"""How a text without a label is encoded: by its mark, by its zeros, or by whether it is UTF-8.

What is left is read as Windows-1256, the old encoding of Arabic and Urdu on people's machines. It gives a
letter for every byte, so that nothing is lost; it may be the wrong letter, and addresses are the same in all.
"""

import codecs
from collections.abc import Iterable
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(start: bytes, pieces: Iterable[bytes]) -> str:
    """Return a text's encoding as Python calls it, or "" if this is no text.

    Args:
        start: Its first bytes.
        pieces: All of it, piece by piece; asked for only where the start does not tell.
    """
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return encoding
    if wide := _utf16(start):
        return wide
    if b"\0" in start:
        return ""
    return "utf-8" if _is_utf8(pieces) else "cp1256"


def _utf16(start: bytes) -> str:
    """Recognise UTF-16 without its mark: the ends of lines, or addresses, are every other byte a zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    enough = len(start) // 8
    if max(even, odd) <= enough or min(even, odd) > enough // 8:
        return ""
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = start.decode(encoding, "replace")
    return encoding if all(c.isprintable() or c.isspace() for c in text[:1000]) else ""


def _is_utf8(pieces: Iterable[bytes]) -> bool:
    """Tell whether bytes beyond ASCII are UTF-8, or mostly: a broken name does not make a list Arabic."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    for piece in pieces:
        text = decoder.decode(piece)
        if not text.isascii():
            bad += text.count("\ufffd")
            good += sum(c > "\x7f" for c in text)
    return bad * 2 <= good
