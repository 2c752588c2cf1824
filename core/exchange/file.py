"""A list in a file: CSV in any dress, plain text, NDJSON, or a JSON document of an exchange."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.exchange.documents import Document
from core.exchange.entries import Look, entries_of
from core.exchange.lines import Line, Lines, opened
from core.exchange.row import Row
from core.exchange.rows import is_document, rows
from core.model import EntryState
from core.ports import Accepted, Rejected, Update, Withdrawn

_SHOWN: Final = 200


class FileExchange:
    """The port `Exchange` over one file; its checkpoints count rows.

    Args:
        path: The list. Paths in it are relative to it, or to the folder above.
        look: Fingerprints media files that rows name instead of hashes.
        folders: Where paths in it start instead. A list from elsewhere gets none: it names no files here.
        name: What entries name as their source instead of the file.
    """

    def __init__(
        self, path: Path, *, look: Look, folders: Sequence[Path] | None = None, name: str = ""
    ) -> None:
        self.name = name or path.name
        self._path = path
        self._look = look
        self._folders = (path.parent, path.parent.parent) if folders is None else folders
        self._source: Lines | Document | None = None

    @property
    def size_bytes(self) -> int:
        """How large the file is; 0 where it cannot be read."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    @property
    def read_bytes(self) -> int:
        """How far it is read."""
        return self._source.read_bytes if self._source else 0

    def lines(self, given: Iterable[Line]) -> Iterable[Line]:
        """Give the lines that hold the list."""
        return given

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over the rows after a checkpoint.

        Raises:
            BadInput: The file cannot be read, or is in no form that is known.
        """
        start = int(since or 0)
        try:
            for number, row in enumerate(self._rows(), start=1):
                if number > start:
                    yield await self._update(row, str(number))
        except OSError as error:
            raise BadInput(f"cannot read {self._path}: {(error.strerror or str(error)).lower()}.") from error

    def _rows(self) -> Iterator[Row]:
        with opened(self._path) as lines:
            if not is_document(lines):
                yield from self._of_lines()
                return
        self._source = Document(self._path, lines.encoding)
        yield from self._source.rows()

    def _of_lines(self) -> Iterator[Row]:
        with opened(self._path) as self._source:
            yield from rows(self.lines(self._source), self.name)

    async def _update(self, row: Row, checkpoint: str) -> Update:
        try:
            entries = await entries_of(row, folders=self._folders, look=self._look)
        except BadInput as error:
            text = " ".join(row.text[: 10 * _SHOWN].split()) if "\n" in row.text else row.text.strip()
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            return Rejected(line=row.line, text=shown, reason=str(error), checkpoint=checkpoint)
        if entries[0].state is EntryState.WITHDRAWN:
            return Withdrawn(entries=entries, checkpoint=checkpoint)
        return Accepted(entries=entries, checkpoint=checkpoint)
