"""Where copies of lists lie: a folder in the home, for its owner only; what is wiped leaves no file."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from core.errors import StoreError

_LETTERS: Final = 16


class Folder:
    """The copies of every subscription: the last good one, and one that waits to be accepted.

    Args:
        path: The folder; made where it is missing.
        closed, opened: How the content of a file is kept, and read again; as it is, where they are None.
    """

    def __init__(
        self,
        path: Path,
        *,
        closed: Callable[[bytes], bytes] | None = None,
        opened: Callable[[bytes], bytes] | None = None,
    ) -> None:
        self._path = path
        self._closed = closed
        self._opened = opened

    @contextmanager
    def workplace(self, bank: str) -> Iterator[Path]:
        """Lend a folder of one's own for one try; what is left in it goes.

        Raises:
            StoreError: It cannot be made.
        """
        try:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix=f"{_stem(bank)}.", dir=self._path))
        except OSError as exc:
            raise StoreError(f"{self._path}: it cannot be written ({exc.strerror}).") from exc
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def held(self, bank: str) -> Path:
        """Return where an update lies that waits to be accepted, as it is kept."""
        return self._path / f"{_stem(bank)}-held" / "spool"

    def unpack(self, bank: str, work: Path) -> Path:
        """Write what waits into a workplace, as it can be read; returns where.

        Raises:
            StoreError: It cannot be read, or was closed under a key that is not there.
        """
        place = self.held(bank)
        _pour(place, work / "spool", read=_read_closed if self._opened else _read_plain, through=self._opened)
        return work / "spool"

    def hold(self, bank: str, work: Path) -> None:
        """Keep what is in a workplace until it is accepted."""
        place = self.held(bank).parent
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(work, place)
        for file in (place / "spool", place / "copy"):
            self._close(file)

    def release(self, bank: str) -> None:
        """Forget what waited; its copy is the last good one now."""
        place = self.held(bank).parent
        self.keep_copy(bank, place)
        shutil.rmtree(place, ignore_errors=True)

    def copy(self, bank: str) -> Path:
        """Return where the last good copy of a list lies."""
        return self._path / f"{_stem(bank)}-copy"

    def keep_copy(self, bank: str, work: Path) -> None:
        """Make the copy of a workplace the last good one, if there is one."""
        if (work / "copy").exists():
            self._close(work / "copy")
            (work / "copy").chmod(0o600)
            (work / "copy").replace(self.copy(bank))

    def _close(self, file: Path) -> None:
        """Write a file as it is to be kept, unless it is so already."""
        if self._closed is None or not file.exists() or _is_closed(file):
            return
        closed = file.with_name(f"{file.name}.closed")
        _pour(file, closed, read=_read_plain, through=self._closed, framed=True)
        closed.replace(file)

    def wipe(self, bank: str) -> None:
        """Take away every copy of a list."""
        for one in self._path.glob(f"{_stem(bank)}*"):
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)


_FRAMES: Final = b"nigehban closed 1\n"
_PIECE: Final = 1 << 20


def _is_closed(file: Path) -> bool:
    with file.open("rb") as one:
        return one.read(len(_FRAMES)) == _FRAMES


def _read_plain(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _read_closed(file: BinaryIO) -> Iterator[bytes]:
    """Give the closed pieces of a file; of one that was written before there was a key, what it holds."""
    if file.read(len(_FRAMES)) != _FRAMES:
        file.seek(0)
        yield from _read_plain(file)
        return
    while size := file.read(4):
        yield file.read(int.from_bytes(size, "big"))


def _pour(
    source: Path,
    into: Path,
    *,
    read: Callable[[BinaryIO], Iterator[bytes]],
    through: Callable[[bytes], bytes] | None,
    framed: bool = False,
) -> None:
    """Write a file anew, piece by piece, for its owner only."""
    try:
        with source.open("rb") as file, os.fdopen(_made(into), "wb") as out:
            if framed:
                out.write(_FRAMES)
            for piece in read(file):
                kept = through(piece) if through else piece
                out.write(len(kept).to_bytes(4, "big") + kept if framed else kept)
    except OSError as exc:
        raise StoreError(f"{source}: it cannot be read or kept ({exc.strerror}).") from exc


def _made(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def _stem(bank: str) -> str:
    """Name a bank's files; a bank may be called by what no file can."""
    return hashlib.sha256(bank.encode()).hexdigest()[:_LETTERS]
