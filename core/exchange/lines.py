"""The lines of a text file, whatever wrote it: its encoding is found out, and no line fills the memory.

A file is read twice, piece by piece: once to see how it is encoded, once to give its lines.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.exchange.workbook import is_workbook, lines_of
from core.text.encodings import encoding_of

MAX_LINE: Final = 128 * 1024
"""Characters; a statement of twenty pages has 60,000. Python's csv module takes no larger cell either."""

_PIECE: Final = 1 << 16


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
    """

    def __init__(self, raw: BufferedReader, encoding: str) -> None:
        self.encoding = encoding
        self._read = 0
        self._raw = raw
        # Bytes that do not fit become U+FFFD, so that one of them spoils its own line and no other.
        self._text = TextIOWrapper(raw, encoding=encoding, errors="replace")

    @property
    def read_bytes(self) -> int:
        """How far the file is read."""
        if not self._raw.closed:
            self._read = self._raw.tell()
        return self._read

    def __iter__(self) -> Iterator[Line]:
        """Give every line, numbered from 1."""
        number = 0
        while text := self._text.readline(MAX_LINE + 1):
            number += 1
            ended = text.endswith("\n")
            cut = not ended and len(text) > MAX_LINE
            if cut:
                while rest := self._text.readline(_PIECE):
                    if rest.endswith("\n"):
                        break
            yield Line(number, text.removesuffix("\n").replace("\0", ""), cut)
        self._read = self._raw.tell()


class Cells(Lines):
    """A workbook, whose rows are lines of CSV."""

    def __init__(self, raw: BufferedReader, path: Path) -> None:
        super().__init__(raw, "utf-8")
        self._path = path

    def __iter__(self) -> Iterator[Line]:
        """Give every row that is not empty, with its number on its sheet."""
        for number, text in lines_of(self._path):
            yield Line(number, text[:MAX_LINE], len(text) > MAX_LINE)


def json_object(text: str) -> dict[str, object] | None:
    """Return the JSON object that a line is; None where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


@contextmanager
def opened(path: Path) -> Iterator[Lines]:
    """Lend the lines of a file.

    Raises:
        BadInput: It cannot be read, or is no text.
    """
    try:
        workbook = is_workbook(path)
        encoding = "utf-8" if workbook else _encoding(path)
        with path.open("rb") as raw:
            yield Cells(raw, path) if workbook else Lines(raw, encoding)
    except OSError as error:
        raise BadInput(f"cannot read {path}: {(error.strerror or str(error)).lower()}.") from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(_PIECE)
        file.seek(0)
        found = encoding_of(start, iter(lambda: file.read(_PIECE), b""))
    if not found:
        raise BadInput(f"cannot read {path}: it is not text. Export the list as CSV, text or NDJSON.")
    return found
