"""The peer's side of a comparison: threatexchange, run by the Python of its own environment.

It answers one question a line with one line of JSON, so that its rounds and ours take turns, and measures
its own processor time. It imports nothing of ours that needs a package.
"""

import importlib
import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.memory import resident


class Peer:
    """What threatexchange can be asked."""

    def __init__(self) -> None:
        pdq = "threatexchange.signal_type.pdq"
        self._signal: Any = importlib.import_module(f"{pdq}.signal").PdqSignal
        self._kind: Any = importlib.import_module(f"{pdq}.pdq_index").PDQIndex
        self._index: Any = None

    def name(self) -> dict[str, str]:
        """Say what is compared with."""
        return {"name": f"threatexchange {version('threatexchange')}"}

    def hashed(self, paths: list[str]) -> dict[str, Any]:
        """Hash pictures; reading the files is not counted."""
        contents = [Path(path).read_bytes() for path in paths]
        started = time.process_time()
        hashes = [self._signal.hash_from_bytes(content) for content in contents]
        return {"cpu_s": time.process_time() - started, "hashes": hashes}

    def built(self, path: str) -> dict[str, Any]:
        """Build an index of the hashes in a file, each known by its line."""
        entries = [(line, number) for number, line in enumerate(Path(path).read_text().split())]
        self._index = None
        before = resident()
        started = time.process_time()
        self._index = self._kind.build(entries)
        spent = time.process_time() - started
        return {"cpu_s": spent, "bytes_each": (resident() - before) / len(entries)}

    def asked(self, hashes: list[str]) -> dict[str, Any]:
        """Look hashes up, one by one."""
        started = time.process_time()
        found = [self._index.query(one) for one in hashes]
        spent = time.process_time() - started
        return {"cpu_s": spent, "found": [sorted(match.metadata for match in one) for one in found]}


def main() -> None:
    """Answer until there are no more questions."""
    # Whatever a library prints must not get between the answers.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    peer = Peer()
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        output.write(json.dumps(getattr(peer, what)(*arguments)) + "\n")
        output.flush()


if __name__ == "__main__":
    main()
