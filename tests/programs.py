"""The programs that tests start, and where Debian keeps them.

`./x test` runs this before the tests: as root on Debian it installs what is missing; anywhere else it names
what is missing. It never fails: a test without its program is skipped with a reason, and pytest counts those.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

DEBIAN_PACKAGES: Mapping[str, str] = {"redis-server": "redis-server", "docker-compose": "docker-compose"}
"""Each program that some test starts, by its name on PATH, and the Debian package that holds it."""


def missing() -> tuple[str, ...]:
    """Name the programs that are not on PATH."""
    return tuple(name for name in DEBIAN_PACKAGES if not shutil.which(name))


def install(names: Sequence[str]) -> None:
    """Install programs with apt, as far as that goes; its words go to standard error."""
    packages = [DEBIAN_PACKAGES[name] for name in names]
    # A container has no package lists yet. Without its recommendations docker-compose brings no daemon along.
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", "-qq", *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )


def main() -> None:
    """Install what is missing where that is possible, and name what stays missing."""
    if (absent := missing()) and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"x: install with apt, for the tests: {', '.join(absent)} ...", file=sys.stderr, flush=True)
        install(absent)
    if absent := missing():
        skipped = "the tests that start them are skipped, and pytest says below which and how many"
        print(f"x: not found: {', '.join(absent)}: {skipped}", file=sys.stderr)


if __name__ == "__main__":
    main()
