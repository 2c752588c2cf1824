"""The files of this checkout, as the tests about the whole of it see them."""

import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]


def files() -> tuple[str, ...]:
    """Give the path of every file that is, or could be, committed; without git, of every file not hidden."""
    try:
        asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split(
            "\0"
        )
    except (OSError, subprocess.CalledProcessError):
        listed = [
            str(path.relative_to(ROOT))
            for path in ROOT.rglob("*")
            if not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(ROOT).parts)
        ]
    return tuple(sorted(path for path in listed if (ROOT / path).is_file()))


def text(path: str) -> str:
    """Read a file of the checkout."""
    return (ROOT / path).read_text(encoding="utf-8")
