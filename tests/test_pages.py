"""What pages and comments name is there: files, modules, and what these hold."""

import posixpath
import re
from fnmatch import fnmatchcase
from itertools import accumulate

import pytest

from tests.architecture import DOORS, OURS
from tests.tree import files, text

FILES = files()
FOLDERS = {folder for path in FILES for folder in accumulate(path.split("/")[:-1], posixpath.join)}
TELLING = tuple(path for path in FILES if path.endswith((".md", ".py")) and path != "CHANGELOG.md")
"""All that tells of the checkout; not the changelog, which may tell of what is no more."""

NAMED = re.compile(rf"`((?:{'|'.join((*OURS, 'docker', 'docs', 'policies'))})[./][\w./*-]+|\w+\.py)`")


def is_there(name: str) -> bool:
    """Tell whether a name means a file, a folder, a module, or what stands in one."""
    path = name.rstrip("/") if "/" in name else f"*/{name}"
    if path in FOLDERS or any(fnmatchcase(file, one) for one in (path, f"{path}.py") for file in FILES):
        return True
    for end in range(1, len(words := name.split(".")) + 1):
        stem = "/".join(words[:end])
        for module in {f"{stem}.py", f"{stem}/__init__.py"}.intersection(FILES):
            source = text(module)
            if all(re.search(rf"\b{word}\b", source) for word in words[end:]):
                return True
    return False


def test_what_is_named_is_there() -> None:
    """A file, a module, or a name of one that stands between back-quotes has not moved since."""
    named = [(path, name) for path in TELLING for name in NAMED.findall(text(path))]

    assert len(named) > 200
    assert [f"{path}: {name}" for path, name in named if not is_there(name)] == []


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("core/banks/banks.py", True),
        ("core/banks/banks", True),
        ("core/banks/", True),
        ("core/signals/*", True),
        ("core.ports.Listener", True),
        ("core.model.Message", True),
        ("banks.py", True),
        ("core/banks/bank.py", False),
        ("core/bank/", False),
        ("core/nothing/*", False),
        ("core.ports.Listeners", False),
        ("core.port.Listener", False),
        ("bank_s.py", False),
    ],
)
def test_a_name_that_leads_nowhere_is_found(name: str, there: bool) -> None:  # noqa: FBT001 - a column
    """Paths, patterns, dotted names and bare file names, each with what it nearly is."""
    assert is_there(name) is there


def test_every_package_has_a_reason() -> None:
    """ARCHITECTURE.md has a row for each dependency, with every place that may import it."""
    rows = re.findall(r"^\| ([\w ,.-]+) \| (.*`.*) \| .+ \|$", text("ARCHITECTURE.md"), re.MULTILINE)
    told = {name.lower().replace(".", "-"): where for names, where in rows for name in names.split(", ")}
    told["av"] = told["pyav"]

    for door in DOORS.values():
        for place in door.places:
            assert f"`{place.removeprefix('*/').removesuffix('*')}`" in told[door.dependency], door
