"""The index from one process to the next: a snapshot in the home, and a note of it in the database.

A snapshot counts only where the database has a note of it, with its revision. So the database of another
home never meets it, nor a backup that was put back: that one has notes of snapshots which its own history
holds, and of no others. It counts only for the code that made it, too: were a spelling folded otherwise from
now on, it would hold what nothing meets.

Whatever is wrong with a snapshot, it is not used, and one line of the log says why: what is known is then
read from the database, which takes longer and is never wrong.
"""

import hashlib
import logging
import secrets
import sys
from functools import cache
from pathlib import Path
from typing import Final
from unicodedata import unidata_version

import numpy as np

from core.banks.beside import to_its_end
from core.banks.columns import Columns
from core.banks.index import Index
from core.banks.snapshot import Head, Seal, read, write
from core.errors import BadInput
from core.keeping import Notes

log = logging.getLogger(__name__)

NAME: Final = "banks.index"
"""The snapshot's name in the home."""

NOTES: Final = "snapshot of the banks "
"""How the keys of notes begin; the snapshot's identity follows."""

_NOTED: Final = 8
"""Snapshots that may be in use: one for each home that shares the database."""

_OURS: Final = Path(__file__).parents[1]
_MADE_BY: Final = ("banks", "text", "media")
"""Folders of `core` that settle what an index holds."""

_SOURCES: Final = frozenset({".py", ".txt"})


class Kept:
    """Where the index is kept.

    Args:
        path: Of the snapshot.
        notes: Of the database whose entries are in it.
        seal: What its bytes go through, where what is on the disk must be sealed.
    """

    def __init__(self, path: Path, notes: Notes, *, seal: Seal | None = None) -> None:
        self._path = path
        self._notes = notes
        self._seal = seal

    async def index(self) -> Index | None:
        """Return the index as it was kept last; None where there is none that counts.

        Raises:
            StoreError: The database refuses.
        """
        try:
            return await self._read()
        except FileNotFoundError:
            return None
        except (BadInput, OSError, ValueError) as exc:
            log.warning("snapshot of the banks not used", extra={"path": str(self._path), "why": str(exc)})
            return None

    async def _read(self) -> Index:
        head, columns = await to_its_end(lambda: read(self._path, seal=self._seal))
        if head.made_by != made_by():
            raise BadInput("another version of the program made it")
        if await self._notes.note(NOTES + head.identity) != _noted(head.revision):
            raise BadInput("it is of another database, or of another time of this one")
        index = await to_its_end(lambda: Index.of(columns))
        if index.revision != head.revision:
            raise BadInput("it does not hold what it says")
        return index

    def exists(self) -> bool:
        """Tell whether there is a snapshot, of whatever."""
        return self._path.exists()

    async def keep(self, columns: Columns, revision: int) -> None:
        """Keep an index, given as its columns.

        Raises:
            StoreError: The database refuses.
        """
        head = Head(secrets.token_hex(16), revision, made_by())
        await self._notes.keep(NOTES + head.identity, _noted(revision))
        await self._notes.forget(NOTES, before="", most=_NOTED)
        try:
            await to_its_end(lambda: write(self._path, head, columns, seal=self._seal))
        except OSError as exc:
            log.warning("banks not kept", extra={"path": str(self._path), "why": exc.strerror})


@cache
def made_by(ours: Path = _OURS) -> str:
    """Return what an index depends on besides the entries: a digest of our code in a folder, and versions."""
    found = hashlib.sha256(f"{unidata_version} {np.__version__} {sys.byteorder}".encode())
    # Beside the code stand the tables and lists of words that names are folded by.
    paths = sorted(p for folder in _MADE_BY for p in (ours / folder).rglob("*") if p.suffix in _SOURCES)
    for path in paths:
        found.update(path.read_bytes())
    if not paths:
        # Without its source the program cannot tell itself from another version.
        found.update(secrets.token_bytes())
    return found.hexdigest()


def _noted(revision: int) -> str:
    """Write a revision so that later ones sort last."""
    return f"{revision:020}"
