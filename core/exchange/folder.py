"""Where copies of lists lie: a folder in the home, for its owner only; what is wiped leaves no file."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from core.errors import StoreError

_LETTERS: Final = 16


class Folder:
    """The copies of every subscription: the last good one, and one that waits to be accepted.

    Args:
        path: The folder; made where it is missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

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
        """Return where an update lies that waits to be accepted."""
        return self._path / f"{_stem(bank)}-held" / "spool"

    def hold(self, bank: str, work: Path) -> None:
        """Keep what is in a workplace until it is accepted."""
        place = self.held(bank).parent
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(work, place)

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
            (work / "copy").chmod(0o600)
            (work / "copy").replace(self.copy(bank))

    def wipe(self, bank: str) -> None:
        """Take away every copy of a list."""
        for one in self._path.glob(f"{_stem(bank)}*"):
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)


def _stem(bank: str) -> str:
    """Name a bank's files; a bank may be called by what no file can."""
    return hashlib.sha256(bank.encode()).hexdigest()[:_LETTERS]
