"""The members of an archive: zip and what is built on it, tar, and single files packed as gz, bz2 or xz.

Nothing is written to a disk, so a name that climbs out of its folder is only a name; members are told apart
by their place, so that two of one name are two. Sizes that an archive claims are not believed. Child only.
"""

import bz2
import contextlib
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BufferedIOBase, BytesIO
from typing import Final

from core.media.allowance import MOST_MEMBERS, Allowance
from core.media.decode import Refused
from core.media.sniff import Form

_MOST_LISTED: Final = 100_000
"""Entries of a zip that are read at all: each takes half a kilobyte of memory."""

_ENTRY: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_NAME: Final = 1000
_OPENERS: Final[Mapping[Form, Callable[[BytesIO], BufferedIOBase]]] = {
    Form.GZIP: lambda file: gzip.GzipFile(fileobj=file),
    Form.BZIP2: bz2.BZ2File,
    Form.XZ: lzma.LZMAFile,
}
"""Each reads piece by piece, so that no more than what was asked for is ever in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive.

    Attributes:
        place: The number it has in the archive, from 0.
        name: As the archive gives it; untrusted.
        content: None where it could not be read.
        reason: Why not.
    """

    place: int
    name: str
    content: bytes | None = None
    reason: str = ""


def members(content: bytes, form: Form, allowance: Allowance) -> Iterator[Member]:
    """Give the files of an archive one by one, folders left out.

    Raises:
        Refused: There may be more than was given; the reason is for a moderator.
    """
    match form:
        case Form.TAR:
            yield from _of_tar(content, allowance)
        case Form.GZIP | Form.BZIP2 | Form.XZ:
            yield from _of_stream(content, form, allowance)
        case _:
            yield from _of_zip(content, allowance)


def _of_zip(content: bytes, allowance: Allowance) -> Iterator[Member]:
    if content.count(_ENTRY) > _MOST_LISTED:
        raise Refused(f"archive with more than {_MOST_LISTED:,} members")
    with _refusing(), zipfile.ZipFile(BytesIO(content)) as archive:
        files = [one for one in archive.infolist() if not one.is_dir()]
        locked = sum(one.flag_bits & _ENCRYPTED for one in files)
        for place, one in enumerate(files):
            _count(allowance, len(files) - place)
            name = one.filename[:_NAME]
            if one.flag_bits & _ENCRYPTED:
                yield Member(place=place, name=name)
                continue
            yield _unfolded(place, name, allowance, partial(_zipped, archive, one, allowance))
        if locked:
            count = f"{locked} of {len(files)}"
            raise Refused(f"encrypted: {count} member{'' if len(files) == 1 else 's'}")


def _zipped(archive: zipfile.ZipFile, one: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    with archive.open(one) as member:
        return allowance.unfolded(member.read, one.compress_size)


def _of_tar(content: bytes, allowance: Allowance) -> Iterator[Member]:
    with _refusing(), tarfile.open(fileobj=BytesIO(content), mode="r:") as archive:
        place = 0
        for one in archive:
            if not one.isreg():
                continue  # links lead to what is a member of its own, or out of the archive
            _count(allowance, 1)
            # Sparse files claim to be larger than what is stored of them.
            packed = min(one.size, len(content))
            with archive.extractfile(one) or BytesIO() as file:
                read = partial(allowance.unfolded, file.read, packed)
                yield _unfolded(place, one.name[:_NAME], allowance, read)
            place += 1


def _of_stream(content: bytes, form: Form, allowance: Allowance) -> Iterator[Member]:
    """Give the one file that is packed here; a tar in it is an archive of its own."""
    _count(allowance, 1)
    with _refusing(), _OPENERS[form](BytesIO(content)) as file:
        yield Member(place=0, name="", content=allowance.unfolded(file.read, len(content)))


def _unfolded(place: int, name: str, allowance: Allowance, read: Callable[[], bytes]) -> Member:
    """Read one member; one that is damaged does not spoil the others, one too many ends it."""
    try:
        with _refusing():
            return Member(place=place, name=name, content=read())
    except Refused as exc:
        if allowance.size < 0:
            raise
        return Member(place=place, name=name, reason=str(exc).replace("archive", "file", 1))


def _count(allowance: Allowance, left: int) -> None:
    if allowance.members <= 0:
        more = f", {left} more here" if left > 1 else ""
        raise Refused(f"archive with more than the {MOST_MEMBERS:,} members that are looked at{more}")
    allowance.members -= 1


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever unpacking stumbles over into a refusal."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except NotImplementedError:
        raise Refused("archive that is packed in a way that cannot be unpacked") from None
    except RuntimeError as exc:
        # The library's word for a password that is missing, and also for what it did not expect.
        how = "is encrypted" if "password" in str(exc) else "is damaged"
        raise Refused(f"archive that {how}") from None
    except Exception as exc:
        # BadZipFile, zlib.error, EOFError, struct.error, UnicodeDecodeError, OverflowError, …
        raise Refused("archive that is damaged or cut off") from exc
