"""A list that is a JSON document: its records become rows, in whichever form they are.

What a document says elsewhere about its records (the marks of a bundle, the head of an event) may stand
behind them. The first record that asks has the whole document read once for that, and nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.exchange.formats.known import format_of, row_of, spoken_of
from core.exchange.formats.record import Position, Record
from core.exchange.row import Row
from core.exchange.rows import of_object
from core.exchange.walk import Found, walk
from core.text.jsonstream import JsonStream

LONGEST: Final = 1_000_000
"""Characters of one record."""

MOST_ASIDE: Final = 100_000
"""Objects of one document that may be about others."""

_REMEDY: Final = "Get the list again, or export it as NDJSON, CSV or plain text."


class Document:
    """A JSON document in a file.

    Args:
        path: The file.
        encoding: How it is encoded, as Python calls it.
        longest: Characters of one record, beyond which the document is refused.
        most_aside: Objects that may be about others, beyond which it is refused.

    Attributes:
        read_bytes: How far the file is read.
    """

    def __init__(
        self, path: Path, encoding: str, *, longest: int = LONGEST, most_aside: int = MOST_ASIDE
    ) -> None:
        self._path = path
        self._encoding = encoding
        self._longest = longest
        self._most_aside = most_aside
        self._cursor: JsonStream | None = None
        self._aside: Mapping[str, Record] | None = None

    @property
    def read_bytes(self) -> int:
        """How far the file is read."""
        return self._cursor.taken_bytes if self._cursor else 0

    def rows(self) -> Iterator[Row]:
        """Give a row for every record that is an item.

        Raises:
            BadInput: The document is broken, or is no list.
        """
        for found in self._found(self._keep):
            if found.beside:
                continue
            if isinstance(found.value, dict):
                row = self._row(found, found.value)
                if row is not None:
                    yield row
            else:
                yield Row(line=found.line, text=_text(found), wrong="not a JSON object")

    def _row(self, found: Found, record: Mapping[str, object]) -> Row | None:
        known = format_of(record)
        if known:
            aside = self._all_aside() if known.asks else {}
            position = Position(found.path, lambda key: aside.get(key, Record()))
            return row_of(record, known.read, line=found.line, text=_text(found), position=position)
        row = of_object(record, line=found.line, text=_text(found))
        if not found.path and all(name.startswith("+") for name in row.fields):
            raise BadInput(f"cannot read {self._path}: this JSON holds no list that is known. {_REMEDY}")
        return row

    def _all_aside(self) -> Mapping[str, Record]:
        """Return what the document says about other records, anywhere, by the keys they look for.

        Asked before a record is read: where this much cannot be found out, no record is taken.
        """
        if self._aside is None:
            aside: dict[str, Record] = {}
            for found in self._found(lambda _: None):
                value = Record(found.value if isinstance(found.value, dict) else {})
                aside.update(dict.fromkeys(_spoken_of(found), value))
                if len(aside) > self._most_aside:
                    said = f"over {self._most_aside:,} objects that are about others"
                    raise BadInput(f"cannot read {self._path}: {said}. {_REMEDY}")
            self._aside = aside
        return self._aside

    def _found(self, keep: Callable[[JsonStream], None]) -> Iterator[Found]:
        with self._path.open("rb") as file:
            cursor = JsonStream(
                file,
                name=str(self._path),
                remedy=_REMEDY,
                encoding="utf-8-sig" if self._encoding == "utf-8" else self._encoding,
                most_characters=self._longest,
            )
            keep(cursor)
            yield from walk(cursor)

    def _keep(self, cursor: JsonStream) -> None:
        self._cursor = cursor


def _spoken_of(found: Found) -> Iterator[str]:
    if found.beside:
        yield found.path
    elif isinstance(found.value, dict):
        yield from spoken_of(found.value)


def _text(found: Found) -> str:
    """Show a record in one line, after where it stands."""
    return f"{found.path}: {found.text}" if found.path and found.text else found.text or found.path
