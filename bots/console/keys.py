"""Single keys from a terminal, without Enter; the terminal is given back as it was, whatever happens.

Works where the standard library has `termios`, that is, not on Windows: there is no keyboard then, and the
playground prints its cards and ends.
"""

import asyncio
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

with suppress(ImportError):  # Windows has neither
    import termios
    import tty

HAS_KEYS: Final = "termios" in globals()

ENTER: Final = "enter"
END: Final = ""
"""The keyboard is gone: the window was closed, or Ctrl-D."""

_NAMED: Final = {"\r": ENTER, "\n": ENTER, " ": ENTER, "\x04": END, "\x1b[C": "n", "\x1b[D": "p"}
"""Keys that mean another one; the arrows right and left are next and previous."""


class Keyboard:
    """Reads keys from a terminal that was put into single-key mode by `keyboard`.

    Args:
        descriptor: The terminal's file descriptor.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._pressed: deque[str] = deque()

    async def key(self) -> str:
        """Wait for a key; returns its character in lower case, `ENTER`, or `END` for ever after the end."""
        while not self._pressed:
            await self._readable()
            try:
                typed = os.read(self._descriptor, 64).decode("utf-8", "ignore")
            except OSError:
                # A pseudo-terminal whose other side was closed answers so instead of with an empty read.
                typed = ""
            if not typed:
                return END
            self._pressed.extend([typed] if typed.startswith("\x1b") else typed)
        pressed = self._pressed.popleft()
        return _NAMED.get(pressed, pressed.lower())

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(self._descriptor, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._descriptor)


@contextmanager
def keyboard(descriptor: int) -> Iterator[Keyboard]:
    """Put a terminal into single-key mode, and back on the way out; Ctrl-C still interrupts."""
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor)
    try:
        yield Keyboard(descriptor)
    finally:
        with suppress(termios.error):  # the window is gone, and nothing is left to give back
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
