"""The lines of a text file, whatever wrote it: its encoding is found out, and no line fills the memory.

A file is read twice, piece by piece: once to see how it is encoded, once to give its lines.
"""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import Final

from core.errors import BadInput

MAX_LINE: Final = 128 * 1024
"""Characters; a statement of twenty pages has 60,000. Python's csv module takes no larger cell either."""

_PIECE: Final = 1 << 16
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end; `cut` if it was longer than `MAX_LINE` and is shown in part."""

    number: int
    text: str
    cut: bool = False


class Lines:
    """An open list.

    Attributes:
        encoding: As Python calls it.
        read_bytes: How far the file is read.
    """

    def __init__(self, raw: BufferedReader, encoding: str) -> None:
        self.encoding = encoding
        self.read_bytes = 0
        self._raw = raw
        # Bytes that do not fit become U+FFFD, so that one of them spoils its own line and no other.
        self._text = TextIOWrapper(raw, encoding=encoding, errors="replace")

    def __iter__(self) -> Iterator[Line]:
        """Give every line, numbered from 1."""
        number = 0
        while text := self._text.readline(MAX_LINE + 1):
            number += 1
            self.read_bytes = self._raw.tell()
            ended = text.endswith("\n")
            cut = not ended and len(text) > MAX_LINE
            if cut:
                while rest := self._text.readline(_PIECE):
                    if rest.endswith("\n"):
                        break
            yield Line(number, text.removesuffix("\n").replace("\0", ""), cut)


@contextmanager
def opened(path: Path) -> Iterator[Lines]:
    """Lend the lines of a file.

    Raises:
        BadInput: It cannot be read, or is no text.
    """
    try:
        encoding = _encoding(path)
        with path.open("rb") as raw:
            yield Lines(raw, encoding)
    except OSError as error:
        raise BadInput(f"cannot read {path}: {(error.strerror or str(error)).lower()}.") from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(_PIECE)
        for bom, encoding in _BOMS:
            if start.startswith(bom):
                return encoding
        if wide := _utf16(start):
            return wide
        if b"\0" in start:
            raise BadInput(f"cannot read {path}: it is not text. Export the list as CSV, text or NDJSON.")
        file.seek(0)
        return "utf-8" if _is_utf8(iter(lambda: file.read(_PIECE), b"")) else "cp1256"


def _utf16(start: bytes) -> str:
    """Recognise UTF-16 without its mark: the ends of lines, or addresses, are every other byte a zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    enough = len(start) // 8
    if max(even, odd) <= enough or min(even, odd) > enough // 8:
        return ""
    encoding = "utf-16-be" if even > odd else "utf-16-le"
    text = start.decode(encoding, "replace")
    return encoding if all(c.isprintable() or c.isspace() for c in text[:1000]) else ""


def _is_utf8(pieces: Iterator[bytes]) -> bool:
    """Tell whether bytes beyond ASCII are UTF-8, or mostly: a broken name does not make a list Arabic."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    for piece in pieces:
        text = decoder.decode(piece)
        if not text.isascii():
            bad += text.count("\ufffd")
            good += sum(c > "\x7f" for c in text)
    return bad * 2 <= good
