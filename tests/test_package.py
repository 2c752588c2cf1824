"""What is built from this checkout is the whole of it, and needs nothing that the lock does not hold."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from tests.tree import ROOT, files, text

PACKED = ("core/", "bots/", "policies/", "samples/")


def normal(name: str) -> str:
    """Spell a distribution's name as the lock does."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=; ]", name)[0]).lower()


def test_the_wheel_holds_every_file_that_the_bot_needs(tmp_path: Path) -> None:
    """Migrations, policy files and samples are packed with the programs; the command line starts there."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=60)

    (wheel,) = tmp_path.glob("*.whl")
    packed = zipfile.ZipFile(wheel).namelist()

    needed = {path for path in files() if path.startswith(PACKED)}
    assert len(needed) > 50
    assert needed - set(packed) == set()
    (entry_points,) = (name for name in packed if name.endswith("entry_points.txt"))
    assert "nigehban = bots.__main__:main" in zipfile.ZipFile(wheel).read(entry_points).decode()


def test_the_lock_holds_every_dependency_with_hashes() -> None:
    """All that pyproject.toml asks for is in requirements.lock, at one exact version for each Python."""
    project = tomllib.loads(text("pyproject.toml"))
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    extras = project["project"]["optional-dependencies"]
    for group in (*project["dependency-groups"].values(), *extras.values()):
        asked += group

    pins = re.findall(
        r"^([a-z0-9-]+)==[^\n]+\\\n    --hash=sha256:[0-9a-f]{64}", text("requirements.lock"), re.MULTILINE
    )

    assert len(pins) > 40
    assert {normal(name) for name in asked} - set(pins) == set()


def test_the_lock_names_no_place_that_packages_come_from() -> None:
    """It says what, never where from: no address, no option of an index."""
    lock = text("requirements.lock")

    assert "://" not in lock
    assert re.findall(r"^-.*", lock, re.MULTILINE) == []


def test_every_line_of_the_lock_that_pins_carries_a_hash() -> None:
    """A pin without a hash would be taken on trust."""
    pinned = [
        block for block in re.split(r"\n(?=\S)", text("requirements.lock")) if "==" in block.split("\n")[0]
    ]

    assert len(pinned) > 40
    assert [block.split()[0] for block in pinned if "--hash=sha256:" not in block] == []
