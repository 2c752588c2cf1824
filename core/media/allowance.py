"""How much one file may unfold to: members, bytes, pictures, letters, processor time. Child process only.

What goes beyond is `Refused` with the limit named, or counted, so that one gap can say how much is missing.
"""

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Final

from core.media.decode import Refused

MOST_MEMBERS: Final = 1000
"""Of one archive, and of all that are inside each other."""

MOST_BYTES: Final = 200_000_000
"""Unfolded, all members together."""

MOST_RATIO: Final = 200
"""How many times its size a member may unfold to; texts reach 20, zeros 1,000."""

_HARMLESS_BYTES: Final = 4_000_000
"""What unfolds to no more than this harms nobody, whatever its ratio."""

DEEPEST: Final = 3
"""Archives in archives."""

MOST_PICTURES: Final = 64
MOST_CHARACTERS: Final = 2_000_000
MOST_LINKS: Final = 2000
TOTAL_S: Final = 7.0
"""Processor time for one file; the system ends the child at ten seconds."""

ONE_S: Final = 4.0

_CHUNK: Final = 1 << 20


class OutOfTime(BaseException):
    """Time is up. Not an Exception: libraries that swallow those must not swallow this one."""


@dataclass(slots=True, kw_only=True)
class Allowance:
    """What is left for one file.

    Attributes:
        size: Bytes that may still be unfolded; below 0 once that was too much.
        one_s: Processor time for one document, picture or archive inside.
        total_s: Processor time for all of them.
        now_s: What tells how much processor time has been used, in seconds.
    """

    members: int = MOST_MEMBERS
    size: int = MOST_BYTES
    pictures: int = MOST_PICTURES
    characters: int = MOST_CHARACTERS
    links: int = MOST_LINKS
    one_s: float = ONE_S
    total_s: float = TOTAL_S
    until_s: float = 0.0
    now_s: Callable[[], float] = time.process_time

    def __post_init__(self) -> None:
        self.until_s = self.now_s() + self.total_s

    @property
    def seconds(self) -> float:
        """What is left of the processor time for the next one inside."""
        return min(self.one_s, self.until_s - self.now_s())

    def unfolded(self, read: Callable[[int], bytes], packed: int) -> bytes:
        """Read one member to its end.

        Args:
            read: Gives up to so many bytes of it, none at its end.
            packed: How many bytes it takes up in the archive.

        Raises:
            Refused: It unfolds to more than is allowed.
        """
        pieces, size = list[bytes](), 0
        most = max(packed * MOST_RATIO, _HARMLESS_BYTES)
        while piece := read(_CHUNK):
            size += len(piece)
            self.size -= len(piece)
            if size > most:
                raise Refused(f"file that unfolds to more than {MOST_RATIO} times its size")
            if self.size < 0:
                raise Refused(f"file that unfolds to more than {MOST_BYTES // 1_000_000} MB")
            pieces.append(piece)
        return b"".join(pieces)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Interrupt what takes more processor time; what is no Python code notices late, and the system ends it.

    Raises:
        OutOfTime: It took more.
    """
    armed = True

    def interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape of a signal's receiver
        nonlocal armed
        if armed:
            armed = False
            raise OutOfTime

    if seconds <= 0:
        raise OutOfTime
    before = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
