"""What standard output and standard error take: every character, whatever the locale says.

A file name that is no Unicode, or an arrow on a system whose locale knows none, must not end a command with
a traceback after half of its output.
"""

import io
import sys


def take_every_character() -> None:
    """Let a terminal show ? for what it has no sign for; what is piped is UTF-8, as programs are promised."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                # Half a character, from a name of a file, becomes \udc80, which JSON reads as the same.
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
