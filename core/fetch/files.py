"""Writing what a server sends to a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import StoreError


@contextmanager
def writing(into: Path) -> Iterator[Callable[[bytes], object]]:
    """Lend what writes to a file, in our errors: a full disk must not pass for a server out of reach."""

    def write(chunk: bytes) -> None:
        try:
            file.write(chunk)
        except OSError as exc:
            raise _unwritable(into, exc) from exc

    try:
        with into.open("wb") as file:
            yield write
    except OSError as exc:
        raise _unwritable(into, exc) from exc


def _unwritable(path: Path, exc: OSError) -> StoreError:
    return StoreError(f"{path}: it cannot be written ({exc.strerror}). Free some space, or mend the folder.")
