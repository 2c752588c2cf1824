"""The policy file on the disk: whenever it changes, and can be used, it is put in force for everybody.

A file is read once it has stood still for a moment, so that one that is still being written is not taken for
a shorter one. What cannot be used is told, once, and nothing changes. Of several processes with a file each,
one puts a change in force when its own file changes: so an older copy elsewhere does not undo it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from core.errors import BadInput
from core.keeping import EVERYWHERE, Notes, PolicyStore, Version
from core.periodic import periodically
from core.policy.loader import Files, files_of

log = logging.getLogger(__name__)

EVERY_S: Final = 0.5
"""How often is looked at the disk; a change is in force everywhere within four times that."""

HOW: Final = "on the disk"

_Stamp = Mapping[str, tuple[int, ...]]
"""Of each file by its name, what the disk says of its content: the times of two writes may be one."""


class OnDisk:
    """Follows one policy file.

    Args:
        path: The file.
        store: Where it is put in force.
        notes: Where each worker remembers what its file was.
        worker: Which worker this is.
        clock: The present moment.
        refused: Told why a file cannot be used, and a mark of how it stood there.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        path: Path,
        *,
        store: PolicyStore,
        notes: Notes,
        worker: str,
        clock: Callable[[], datetime],
        refused: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._path = path
        self._store = store
        self._notes = notes
        self._note = f"policy.disk/{worker}"
        self._clock = clock
        self._refused = refused
        self._names: Collection[str] = {path.name}
        self._seen: _Stamp = {}
        self._read: _Stamp | None = None

    async def start(self) -> None:
        """Put the file in force, if it is another one than at the last start.

        Raises:
            BadInput: It cannot be used, and there is nothing else that is in force.
        """
        stamp, files = await self._stamp(), await self._files()
        while not stamp.keys() >= set(self._names):
            # Read again: what it takes up was not known, and may have been written to since.
            stamp, files = await self._stamp(), await self._files()
        if not isinstance(files, BadInput):
            await self._put(files)
        elif await self._store.history(EVERYWHERE, limit=1):
            await self._refuse(files, stamp)
        else:
            raise files
        self._read = self._seen = self._narrowed(stamp)

    async def look(self) -> None:
        """Look at the disk once; what changed must have stood still since the last look."""
        stamp = await self._stamp()
        still, self._seen = stamp == self._seen, stamp
        if not still or stamp == self._read:
            return
        files = await self._files()
        if not stamp.keys() >= set(self._names):
            self._seen = await self._stamp()  # what it takes up since must stand still as well
            return
        self._seen = self._narrowed(stamp)
        if isinstance(files, BadInput):
            await self._refuse(files, self._seen)
        else:
            await self._put(files)
        # As it was before it was read: what was written since is read at the next look.
        self._read = self._seen

    async def follow(self, *, every_s: float = EVERY_S) -> None:
        """Look for ever; what fails is tried again."""
        await periodically(self.look, every_s=every_s, failed="the policy file cannot be followed")

    async def _put(self, files: Files) -> None:
        digest = sha256(repr(files).encode()).hexdigest()
        if await self._notes.note(self._note) == digest:
            return
        latest = next(iter(await self._store.history(EVERYWHERE, limit=1)), None)
        if latest is None or latest.files != files:
            await self._store.put(Version(name=self._path.stem, files=files, how=HOW, at=self._clock()))
        await self._notes.keep(self._note, digest)

    async def _refuse(self, why: BadInput, stamp: _Stamp) -> None:
        log.error("the policy file cannot be used", extra={"why": str(why)})
        told = str(why)
        if self._path.is_absolute():
            told = told.replace(f"{self._path.parent}/", "")  # rooms need not know a server's folders
        await self._refused(told, sha256(repr(sorted(stamp.items())).encode()).hexdigest()[:16])

    async def _files(self) -> Files | BadInput:
        """Read the file with all that it takes up; or return why it cannot be used."""
        self._names = names = {self._path.name}
        try:
            return await asyncio.to_thread(files_of, self._path, reading=names.add)
        except BadInput as exc:
            return exc

    async def _stamp(self) -> _Stamp:
        """Return what shows that a file was written to which the policy took up when it was read last.

        Nothing else in the folder is asked for: somebody may keep policies among what changes all the time.
        """
        # In a thread: a disk of the network that does not answer must not keep messages waiting.
        folder, names = self._path.parent, sorted(self._names)
        return await asyncio.to_thread(lambda: {name: _of(folder / name) for name in names})

    def _narrowed(self, stamp: _Stamp) -> _Stamp:
        """Return a stamp without the files that are not taken up any more."""
        return {name: of for name, of in stamp.items() if name in self._names}


def _of(path: Path) -> tuple[int, ...]:
    """Return what changes with a file; nothing where it leads to none, as an editor's lock does."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
