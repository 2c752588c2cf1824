"""The environment of a peer, `.bench`, apart from ours: its packages are no dependencies of the bot.

Some of it has no wheel everywhere, so a C++ compiler may be needed. What cannot be built is said in one line,
and the comparison goes on without it.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from core.media.sandbox import ENVIRONMENT

ROOT: Final = Path(__file__).parents[1]
PLACE: Final = ROOT / ".bench"
PYTHON: Final = PLACE / "bin" / "python"
PACKAGES: Final = ("threatexchange>=1.2.17,<1.3", "pdqhash>=0.2.8", "faiss-cpu>=1.13")


class Asked:
    """A running peer."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # its own environment's Python
            [PYTHON, "-m", "benchmarks.peer"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | ENVIRONMENT,
        )

    def __call__(self, what: str, *arguments: object) -> dict[str, Any]:
        """Ask one question and wait for the answer."""
        if self._process.stdin is None or self._process.stdout is None:
            raise TypeError("the peer was started without pipes")
        self._process.stdin.write(json.dumps([what, *arguments]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            sys.exit(f"bench: the peer ended on {what!r}: see above")
        return dict(json.loads(line))

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


def peer() -> Asked | None:
    """Start threatexchange, building its environment the first time; None where that cannot be done."""
    stamp = PLACE / "made-of"
    if not stamp.exists() or stamp.read_text() != repr(PACKAGES):
        if reason := _cannot_make():
            sys.stderr.write(f"bench: no threatexchange to compare with: {reason}\n")
            return None
        stamp.write_text(repr(PACKAGES))
    return Asked()


def _cannot_make() -> str:
    """Make the environment; returns why it cannot be made, or nothing."""
    sys.stderr.write("bench: make .bench with threatexchange, once; it may need a C++ compiler ...\n")
    base = getattr(sys, "_base_executable", sys.executable)
    pip = ("-m", "pip", "-q", "--disable-pip-version-check", "--python", str(PYTHON), "install")
    for words in ((base, "-m", "venv", "--without-pip", str(PLACE)), (base, *pip, *PACKAGES)):
        done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603  # fixed words
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["no reason given"]
            return said[-1]
    return ""
