"""Ctrl-C while the program is loaded: it leaves at once, without a word, as anywhere else (exit code 130).

Loading takes a second, in which nothing is open yet; so there is nothing to put in order. This is the one
module that does something by being imported, which is why `bots.__main__` imports it first, and says when
loading is over.
"""

import os
import signal
import threading
from typing import Final, Never

INTERRUPTED: Final = 130
"""The exit code of a command that Ctrl-C ended: 128 and the signal's number."""


def _leave(*_: object) -> Never:
    # An exception would not do: where it is raised while a module's lock is let go, Python writes it down
    # and goes on.
    os._exit(INTERRUPTED)


def _begin() -> bool:
    """Leave at once from now on, unless somebody settled otherwise what Ctrl-C does."""
    alone = threading.current_thread() is threading.main_thread()
    if not alone or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return False
    signal.signal(signal.SIGINT, _leave)
    return True


def over() -> None:
    """Let Ctrl-C be an exception again: all is loaded, and what is open from now on has to be closed."""
    if _BEGUN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_BEGUN: Final = _begin()
