"""One file that holds columns of numbers, as they stood in memory, to be mapped into memory again.

    magic, with the version of this form
    length of the head, and the head: JSON with the identity, and name, kind, shape and place of each column
    the columns, each from a multiple of 64 bytes on
    checksum of all before it

A file is complete or not there: it is written beside its place, brought to the disk, and put in its place in
one step. A file in its place is never written to, so whoever has mapped it goes on reading what it was.
Nothing in it is code, and nothing of it is used before the checksum of the whole is right.
"""

import fcntl
import json
import mmap
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.banks.columns import Columns
from core.errors import BadInput

MAGIC: Final = b"nigehban index 1"
"""Its last character is the version of the form."""

_ALIGNED: Final = 64
_LENGTH_BYTES: Final = 8
_CHECK_BYTES: Final = 4
_AT_ONCE: Final = 1 << 20
_MOST_HEAD: Final = 1 << 22
_DAMAGED: Final = "it is damaged, cut off, or none of ours"
_KINDS: Final = frozenset({"|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f8"})


class Head(NamedTuple):
    """What a snapshot says of itself.

    Attributes:
        identity: Chance; no two snapshots have the same.
        revision: The last change that is in it.
        made_by: What must be the same for it to be read.
    """

    identity: str
    revision: int
    made_by: str


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file's bytes go through on their way to the disk and back; `opened` refuses with `BadInput`."""

    sealed: Callable[[bytes], bytes]
    opened: Callable[[bytes], bytes]


def write(path: Path, head: Head, columns: Columns, *, seal: Seal | None = None) -> bool:
    """Write a snapshot in the place of the one before; tells whether nobody else was just doing it.

    Raises:
        OSError: The disk refuses; the one before is still there.
    """
    with _beside(path) as file:
        if file is None:
            return False
        pieces = _pieces(head, columns)
        if seal is not None:
            pieces = iter((seal.sealed(b"".join(pieces)),))
        for piece in pieces:
            for start in range(0, len(piece), _AT_ONCE):
                _write_all(file, piece[start : start + _AT_ONCE])
        os.fsync(file)
        path.with_name(f"{path.name}.part").replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return True


def read(path: Path, *, seal: Seal | None = None) -> tuple[Head, Columns]:
    """Map a snapshot into memory, once all of it is as it was written.

    What is written to its columns stays in this process's memory. Sealed ones are read instead.

    Raises:
        BadInput: It is damaged, cut off, or of another version.
        OSError: There is none, or it cannot be read.
    """
    content = _mapped(path) if seal is None else _opened(seal.opened(path.read_bytes()))
    try:
        return _read(content)
    except (ValueError, TypeError, KeyError) as exc:
        raise BadInput("its head cannot be read") from exc


@contextmanager
def _beside(path: Path) -> Iterator[int | None]:
    """Lend an empty file beside a place; None where another process is writing one."""
    part = path.with_name(f"{path.name}.part")
    file = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who had the lock before may have put the file in its place since it was opened here.
            free = os.path.samestat(os.fstat(file), part.stat())
        except (BlockingIOError, FileNotFoundError):
            free = False
        if free:
            os.fchmod(file, 0o600)
            os.ftruncate(file, 0)  # what a process left that ended in the middle
        yield file if free else None
    finally:
        os.close(file)


def _write_all(file: int, content: bytes | memoryview) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]


def _pieces(head: Head, columns: Columns) -> Iterator[bytes | memoryview]:
    """Give the content in pieces, each column where the head says."""
    plain = {name: np.ascontiguousarray(column) for name, column in columns.items()}
    at, places = 0, []
    for name, column in plain.items():
        places.append([name, column.dtype.str, list(column.shape), at])
        at += _rounded(column.nbytes)
    text = json.dumps({**head._asdict(), "columns": places}).encode()
    start = len(MAGIC) + _LENGTH_BYTES + len(text)
    opening = MAGIC + len(text).to_bytes(_LENGTH_BYTES, "little") + text + bytes(_rounded(start) - start)
    yield opening
    check = zlib.crc32(opening)
    for column in plain.values():
        if column.size:
            content = column.reshape(-1).view(np.uint8).data
            padding = bytes(_rounded(column.nbytes) - column.nbytes)
            check = zlib.crc32(padding, zlib.crc32(content, check))
            yield content
            yield padding
    yield check.to_bytes(_CHECK_BYTES, "little")


def _mapped(path: Path) -> NDArray[np.uint8]:
    """Map a file whose checksum is right.

    It is read for that, and not looked at where it is mapped: a disk is twice as quick where it is asked for
    large pieces, and pages that nobody needs later take no memory here.
    """
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        room, left, check = memoryview(bytearray(_AT_ONCE)), size - _CHECK_BYTES, 0
        while left > 0 and (count := file.readinto(room[: min(left, _AT_ONCE)])):
            left, check = left - count, zlib.crc32(room[:count], check)
        if left or file.read(_CHECK_BYTES) != check.to_bytes(_CHECK_BYTES, "little"):
            raise BadInput(_DAMAGED)
        # Only whoever writes to a page gets a page of its own; all others are the system's, shared by all.
        return np.frombuffer(mmap.mmap(file.fileno(), size, access=mmap.ACCESS_COPY), np.uint8)


def _opened(content: bytes) -> NDArray[np.uint8]:
    """Give unsealed content that may be written to, once its checksum is right."""
    found = np.frombuffer(bytearray(content), np.uint8)
    if zlib.crc32(found[:-_CHECK_BYTES].data) != int.from_bytes(content[-_CHECK_BYTES:], "little"):
        raise BadInput(_DAMAGED)
    return found


def _read(content: NDArray[np.uint8]) -> tuple[Head, Columns]:
    body = content[:-_CHECK_BYTES]
    if body[: len(MAGIC)].tobytes() != MAGIC:
        raise BadInput("it is of another version")
    first = len(MAGIC) + _LENGTH_BYTES
    length = int.from_bytes(content[len(MAGIC) : first].tobytes(), "little")
    if length > min(_MOST_HEAD, len(body) - first):
        raise BadInput("its head is too long")
    told = json.loads(content[first : first + length].tobytes())
    start = _rounded(first + length)
    columns: dict[str, NDArray[np.generic]] = {}
    for name, kind, shape, at in told["columns"]:
        if kind not in _KINDS or any(side < 0 for side in shape):
            raise BadInput("a column is of a kind that is not kept")
        end = start + at + prod(shape) * np.dtype(kind).itemsize
        if at < 0 or end > len(body):
            raise BadInput("a column is not whole")
        columns[name] = body[start + at : end].view(kind).reshape(shape)
    return Head(str(told["identity"]), int(told["revision"]), str(told["made_by"])), columns


def _rounded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
