"""Files on the local disk, as a platform would hand them out: within limits, and within one folder.

A `ref` is the folder that must not be left and the path in it; or the reason why there is no file. An
export that somebody else made may name `../../etc/passwd`: that is a gap, like a file that is missing.
"""

import asyncio
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import CannotLook
from core.model import Attachment

_ABSENT: Final = "absent\0"
_MEGABYTE: Final = 1_000_000


def local(root: Path, name: str) -> str:
    """Return the ref of a file by its path relative to a folder it may not leave."""
    return f"{root}\0{name}"


def absent(reason: str) -> str:
    """Return the ref of a file that cannot be had, with the reason in a moderator's words."""
    return _ABSENT + reason


@dataclass(frozen=True, slots=True)
class LocalFiles:
    """Reads attachments whose ref was made here.

    Attributes:
        limit_bytes: Larger files are not looked at.
    """

    limit_bytes: int

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the whole content.

        Raises:
            CannotLook: Absent, missing, outside its folder, not a plain file, too large, or unreadable.
        """
        root, _, name = attachment.ref.partition("\0")
        if attachment.ref.startswith(_ABSENT):
            raise CannotLook(name)
        return await asyncio.to_thread(self._read, Path(root), name)

    def _read(self, root: Path, name: str) -> bytes:
        try:
            folder = root.resolve()
            path = (folder / name).resolve()
            if not path.is_relative_to(folder):
                raise CannotLook("the path leads out of its folder")
            about = path.stat()
            if not stat.S_ISREG(about.st_mode):
                raise CannotLook("not a plain file")
            if about.st_size > self.limit_bytes:
                size, limit = about.st_size // _MEGABYTE, self.limit_bytes // _MEGABYTE
                raise CannotLook(f"{size} MB (over the {limit} MB limit)")
            return path.read_bytes()
        except FileNotFoundError as exc:
            raise CannotLook("the file is missing") from exc
        except (OSError, ValueError, RuntimeError) as exc:
            # ValueError: a NUL in the name. RuntimeError: a loop of symbolic links.
            reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else "not a usable path"
            raise CannotLook(f"the file cannot be read: {reason.lower()}") from exc
