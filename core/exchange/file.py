"""A list in a file: CSV in any dress, plain text, or NDJSON."""

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.exchange.entries import Look, entries_of
from core.exchange.lines import Line, Lines, opened
from core.exchange.rows import Row, rows
from core.model import EntryState
from core.ports import Accepted, Rejected, Update, Withdrawn

_SHOWN: Final = 200


class FileExchange:
    """The port `Exchange` over one file; its checkpoints are line numbers.

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
        self._lines: Lines | None = None

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
        return self._lines.read_bytes if self._lines else 0

    def lines(self, given: Iterator[Line]) -> Iterator[Line]:
        """Give the lines that hold the list."""
        return given

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over the rows after a line.

        Raises:
            BadInput: The file cannot be read, or is in no form that is known.
        """
        start = int(since or 0)
        with opened(self._path) as self._lines:
            try:
                for row in rows(self.lines(iter(self._lines))):
                    if row.line > start:
                        yield await self._update(row)
            except BadInput as error:
                raise BadInput(f"cannot read {self._path}: {error}") from error
            except OSError as error:
                raise BadInput(
                    f"cannot read {self._path}: {(error.strerror or str(error)).lower()}."
                ) from error

    async def _update(self, row: Row) -> Update:
        checkpoint = str(row.line)
        try:
            entries = await entries_of(row, folders=self._folders, look=self._look)
        except BadInput as error:
            text = row.text.strip()
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            return Rejected(line=row.line, text=shown, reason=str(error), checkpoint=checkpoint)
        if entries[0].state is EntryState.WITHDRAWN:
            return Withdrawn(entries=entries, checkpoint=checkpoint)
        return Accepted(entries=entries, checkpoint=checkpoint)
