"""The child process that decodes what strangers sent: `python -m core.media.child MEMORY_BYTES CPU_S`.

For a file that the bank is to know every frame of, it has `PATIENT` times the processor time.

It reads files from standard input and writes what it sees in them to standard output until its input ends,
which it does when its parent dies. It may not write files, and has a limit on memory and, for each file, on
processor time; it runs without the parent's environment, so it knows no token. Its parent expects it to be
killed at any moment.
"""

import math
import os
import resource
import sys
from functools import partial
from typing import BinaryIO, Final

from PIL import Image

from core.media import frames, pieces
from core.media.codes import codes
from core.media.decode import FORMATS, Refused, shown
from core.media.frames import PATIENT, UNFOLD, Depth, Seen
from core.media.moving import Rushes
from core.media.unfold import unfold
from core.media.video_forms import video_form
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
        if ask == UNFOLD:
            _grant(cpu_s)
            for piece in unfold(content, partial(look, depth=Depth.INSIDE)):
                _write(output, pieces.told(piece))
            _write(output, b"")
        else:
            depth = Depth(ask)
            _grant(cpu_s * PATIENT if depth is Depth.EVERY_FRAME else cpu_s)
            _write(output, _looked(content, depth))


def _looked(content: bytes, depth: Depth) -> bytes:
    try:
        return frames.answer(look(content, depth))
    except Refused as exc:
        return frames.refusal(str(exc))
    except MemoryError:
        return frames.refusal("file that needs too much memory to read")


def look(content: bytes, depth: Depth = Depth.GLANCE) -> Seen:
    """Decode a file once, and give the fingerprint of the picture as displayed and the texts of its codes.

    Of what moves, also the clip.

    Raises:
        Refused: It cannot be looked at.
    """
    if video_form(content):
        return _watched(content, depth)
    pictures = shown(content)
    first = next(pictures)
    found = fingerprint(first[1])
    rushes = Rushes(depth)
    passing = rushes.passing(first, pictures)
    texts: list[str] = []
    unread = ""
    try:
        # Found one by one: what was found before a refusal stays.
        texts.extend(codes(passing))
    except Refused as exc:
        unread = str(exc)
    except MemoryError:
        unread = "picture that needs too much memory to look for codes"
    rushes.watch(passing)
    clip = rushes.clip()
    return Seen(
        fingerprints=(found,), codes=tuple(texts), unread=unread, clip=clip, unwatched=rushes.unwatched
    )


def _watched(content: bytes, depth: Depth) -> Seen:
    try:
        # It takes a fifth of a second and 100 MB, and is left out of small installations.
        from core.media.video import watched  # noqa: PLC0415  # see above
    except ImportError:
        raise Refused("video frames: this installation has no video reader") from None
    return watched(content, depth)


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
