"""The child process that decodes what strangers sent: `python -m core.media.child MEMORY_BYTES CPU_S`.

It reads files from standard input and writes what it sees in them to standard output until its input ends,
which it does when its parent dies. It may not write files, and has a limit on memory and, for each file, on
processor time; it runs without the parent's environment, so it knows no token. Its parent expects it to be
killed at any moment.
"""

import itertools
import math
import os
import resource
import sys
from typing import BinaryIO, Final

from PIL import Image

from core.media import frames, pieces
from core.media.codes import codes
from core.media.decode import FORMATS, Refused, shown
from core.media.frames import Seen
from core.media.unfold import unfold
from core.media.views import fingerprint

_OPEN_FILES: Final = 32
"""What the interpreter may still need; nothing that a picture holds needs any."""


def main() -> None:
    """Answer every file on standard input."""
    memory_bytes, cpu_s = (int(argument) for argument in sys.argv[1:])
    # Whatever a library prints must not get between the frames.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit(memory_bytes)
    _write(output, b"")
    while question := frames.asked(sys.stdin.buffer):
        ask, content = question
        _grant(cpu_s)
        if ask == frames.UNFOLD:
            for piece in unfold(content, look):
                _write(output, pieces.told(piece))
            _write(output, b"")
        else:
            _write(output, _looked(content))


def _looked(content: bytes) -> bytes:
    try:
        return frames.answer(look(content))
    except Refused as exc:
        return frames.refusal(str(exc))
    except MemoryError:
        return frames.refusal("picture that needs too much memory to read")


def look(content: bytes) -> Seen:
    """Decode a file once, and give the fingerprint of the picture as displayed and the texts of its codes.

    Raises:
        Refused: It cannot be looked at.
    """
    pictures = shown(content)
    first_s, first = next(pictures)
    found = fingerprint(first)
    texts: list[str] = []
    unread = ""
    try:
        later = ((at_s, picture.pixels) for at_s, picture in pictures)
        # Found one by one: what was found before a refusal stays.
        texts.extend(codes(itertools.chain([(first_s, first.pixels)], later)))
    except Refused as exc:
        unread = str(exc)
    except MemoryError:
        unread = "picture that needs too much memory to look for codes"
    return Seen(fingerprints=(found,), codes=tuple(texts), unread=unread)


def _limit(memory_bytes: int) -> None:
    Image.MAX_IMAGE_PIXELS = 256_000_000
    # Pillow imports its format modules on first use: do it before files can no longer be opened freely.
    Image.init()
    for name in FORMATS:
        if name not in Image.OPEN:
            raise SystemExit(f"Pillow was built without {name}: install the wheel from the lock file")
    _set(resource.RLIMIT_AS, memory_bytes)
    _set(resource.RLIMIT_FSIZE, 0)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, _OPEN_FILES)


def _grant(cpu_s: int) -> None:
    """Allow so many seconds of processor time from now on; what runs longer is killed by the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = math.ceil(used.ru_utime + used.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_s, hard))


def _set(limit: int, value: int) -> None:
    resource.setrlimit(limit, (value, value))


def _write(output: BinaryIO, body: bytes) -> None:
    rest = memoryview(frames.frame(body))
    while rest:
        rest = rest[output.write(rest) :]


if __name__ == "__main__":
    main()
