"""The rules of the architecture hold, and the checks that say so find every kind of breach."""

import re
import tomllib
from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import PurePosixPath

import pytest

from tests import architecture
from tests.architecture import DOORS, Module
from tests.tree import files, text

FILES = files()
MODULES = tuple(
    Module(path, text(path)) for path in FILES if path.endswith(".py") and path.startswith(("core/", "bots/"))
)
PATHS = {module.name: module.path for module in MODULES}

LONGER_FILES: dict[str, int] = {}
"""Files over the limit, with the length that they may not pass. It must not grow."""

HOSTS = tuple(
    "".join(host)
    for host in (
        ("py", "pi.org"),
        ("python", "hosted"),
        ("np", "mjs"),
        ("arti", "factory"),
        ("gh", "cr.io"),
        ("deb.deb", "ian"),
        ("crates", ".io"),
    )
)
"""Package hosts: a mirror is the reader's business. In pieces, so that this file does not hold them."""

MACHINE_PATH = re.compile(r"(?<![\w.:/~}\]-])/(?:root|work|home|Users|opt)/")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_down_and_each_package_has_one_door(module: Module) -> None:
    """Our folders import downwards; an outside package enters at one place."""
    assert list(architecture.wrong_imports(module, PATHS)) == []


def test_no_imports_go_round_in_a_circle() -> None:
    """There is an order in which every file comes after what it imports."""
    assert len(MODULES) > 20
    assert list(architecture.cycles(MODULES)) == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_what_is_to_be_pure_is_pure(module: Module) -> None:
    """The values, the case and the policy read no clock, environment or file, and wait for nothing."""
    assert list(architecture.impurities(module)) == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_file_and_no_function_has_two_subjects(module: Module) -> None:
    """Files keep within 300 lines and functions within 40."""
    allowed = LONGER_FILES.get(module.path)

    found = list(architecture.lengths(module))

    if allowed and found:
        assert found == [f"{module.path}: {allowed} lines, the limit is 300"]
    else:
        assert found == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_error_is_raised_inside_an_except_star(module: Module) -> None:
    """The oldest Pythons that we serve would wrap it: nobody above would recognise the error."""
    assert list(architecture.wrapped_errors(module)) == []


def test_every_dependency_has_a_door_and_every_door_a_dependency() -> None:
    """What pyproject.toml asks for and what the table of doors lets in are the same packages."""
    project = tomllib.loads(text("pyproject.toml"))["project"]
    asked = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]

    names = {re.split(r"[\[<>=]", line)[0].lower().replace(".", "-") for line in asked}

    assert names == {door.dependency for door in DOORS.values()}


def test_no_door_is_wider_than_what_goes_through() -> None:
    """Each place that may import an outside package has a file that does."""
    used = {
        (name.partition(".")[0], module.path)
        for module in MODULES
        for _, name in architecture.imports(module)
    }

    assert [
        f"{package}: {place}"
        for package, door in DOORS.items()
        for place in door.places
        if not any(package == name and fnmatchcase(path, place) for name, path in used)
    ] == []


def test_every_test_folder_is_a_package() -> None:
    """A test folder without __init__.py would shadow an outside package of the same name."""
    folders = {
        PurePosixPath(path).parent for path in FILES if path.startswith("tests/") and path.endswith(".py")
    }

    assert folders
    assert [str(folder) for folder in folders if f"{folder}/__init__.py" not in FILES] == []


def test_policies_hold_no_program() -> None:
    """Admins copy policy files from strangers: they are data, and nothing in the folder runs."""
    assert [
        path for path in FILES if path.startswith("policies/") and path.endswith((".py", ".so", ".sh"))
    ] == []


def test_no_file_names_a_package_host_or_a_place_on_somebodys_machine() -> None:
    """Where packages come from is the reader's choice, and every path is relative to the checkout."""
    found = []
    for path in FILES:
        try:
            lines = text(path).splitlines()
        except UnicodeDecodeError:
            continue  # a picture
        found += [
            f"{path}:{number}: {line.strip()[:100]}"
            for number, line in enumerate(lines, 1)
            if any(host in line for host in HOSTS) or MACHINE_PATH.search(line)
        ]

    assert len(FILES) > 50
    assert found == []


def wrong_imports(path: str, source: str) -> Sequence[str]:
    """Check an invented file among invented neighbours."""
    neighbours = (
        "core/errors.py",
        "core/engine.py",
        "core/store/cases.py",
        "bots/card.py",
        "bots/discord/wire.py",
        "tests/make.py",
    )
    known = {Module(neighbour, "").name: neighbour for neighbour in neighbours}
    return list(architecture.wrong_imports(Module(path, source), known))


@pytest.mark.parametrize(
    ("path", "source", "finding"),
    [
        (
            "core/model/message.py",
            "from core.engine import Engine",
            "core/model/message.py:1: imports upwards: core/engine.py",
        ),
        (
            "core/engine.py",
            "import bots.card",
            "core/engine.py:1: imports upwards: bots/card.py",
        ),
        ("core/engine.py", "from tests import make", "core/engine.py:1: imports upwards: tests/make.py"),
        ("core/engine.py", "from core import secret", "core/engine.py:1: imports upwards: core/"),
        (
            "core/engine.py",
            "def late():\n    from core.store.cases import Cases",
            "core/engine.py:2: core/store/cases.py is known only to core/store/, core/inbox/, bots/",
        ),
        (
            "bots/telegram/raw.py",
            "import importlib\nimportlib.import_module('bots.discord.wire')",
            "bots/telegram/raw.py:2: bots/discord/wire.py is known only to bots/discord/, bots/__main__.py",
        ),
        (
            "core/engine.py",
            "import telegram.ext",
            "core/engine.py:1: telegram enters only in bots/telegram/*",
        ),
        (
            "bots/telegram/raw.py",
            "import discord",
            "bots/telegram/raw.py:1: discord enters only in bots/discord/*",
        ),
        ("core/inbox/sql.py", "import redis.asyncio", "core/inbox/sql.py:1: redis enters only in */redis.py"),
        ("core/policy/policy.py", "import numpy as np", "core/policy/policy.py:1: numpy enters only in"),
        (
            "core/store/cases.py",
            "import aiosqlite",
            "core/store/cases.py:1: aiosqlite enters only in no file",
        ),
        ("bots/card.py", "import requests", "bots/card.py:1: requests has no door"),
        ("core/brand_new.py", "import core.errors", "core/brand_new.py:1: imports upwards: core/errors.py"),
    ],
)
def test_a_wrong_import_is_found(path: str, source: str, finding: str) -> None:
    """Upwards, sideways, past a door, lazily or by name: each is one finding with its line."""
    found = wrong_imports(path, source)

    assert len(found) == 1
    assert found[0].startswith(finding)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("core/engine.py", "from core.errors import TryLater\nimport asyncio"),
        ("core/inbox/redis.py", "from redis.asyncio import Redis"),
        (
            "bots/discord/acts.py",
            "import discord\nfrom bots.discord.wire import send\nfrom core.engine import Engine",
        ),
        ("bots/__main__.py", "from bots.discord.wire import send\nfrom core.store.cases import Cases"),
        ("core/inbox/sql.py", "from core.store.cases import Cases\nimport sqlalchemy as sa"),
    ],
)
def test_a_right_import_is_none_of_them(path: str, source: str) -> None:
    """Downwards and through the door is what imports are for."""
    assert wrong_imports(path, source) == []


def test_a_circle_is_found_even_when_one_import_is_late() -> None:
    """A function that imports at its first call hides a circle from Python, and not from the check."""
    modules = (
        Module("core/a/__init__.py", "from core.a import one"),
        Module("core/a/one.py", "def f():\n    from core.b import two"),
        Module("core/b.py", "import core.a"),
    )

    (found,) = architecture.cycles(modules)

    assert found.count(" imports ") == 3
    assert list(architecture.cycles(modules[:2])) == []


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("import time", "imports time"),
        ("from os import environ", "imports os.environ"),
        ("from datetime import datetime\ndatetime.now()", "uses .now"),
        ("def f(path):\n    return path.read_text()", "uses .read_text"),
        ("def f():\n    return open('x')", "calls open"),
        ("async def f():\n    pass", "waits"),
    ],
)
def test_an_impure_line_is_found(source: str, finding: str) -> None:
    """A clock, the environment, a file or a wait is named with its line, in pure files only."""
    (found,) = architecture.impurities(Module("core/policy/policy.py", source))

    assert found.endswith(finding)
    assert list(architecture.impurities(Module("core/policy/loader.py", source))) == []
    assert list(architecture.impurities(Module("core/worker.py", source))) == []


def test_a_long_file_and_a_long_function_are_found() -> None:
    """One line over the limit is over it; a docstring does not count against its function."""
    body = "    pass\n"
    within = Module("core/a.py", 'def f():\n    """A.\n\n    B.\n    """\n' + body * 39)
    long_function = Module("core/a.py", "def f():\n" + body * 40)
    long_file = Module("core/a.py", "pass\n" * 301)

    assert list(architecture.lengths(within)) == []
    assert list(architecture.lengths(long_function)) == ["core/a.py:1: f has 41 lines, not 40"]
    assert list(architecture.lengths(long_file)) == ["core/a.py: 301 lines, the limit is 300"]


@pytest.mark.parametrize("line", ["cd /" + "root/x", "see '/" + "home/omar/bot'", "`/" + "Users/omar/bot`"])
def test_a_place_on_a_machine_is_recognised(line: str) -> None:
    """An absolute path into somebody's home is none of an address's business."""
    assert MACHINE_PATH.search(line)
    assert not MACHINE_PATH.search("https://a.example/home/omar/ and docs/work/list.md")


def test_a_raise_inside_an_except_star_is_found() -> None:
    """Whatever it raises; keeping the error for after the block is the way."""
    block = "try:\n    f()\nexcept* OSError as many:\n    {}\n"

    (found,) = architecture.wrapped_errors(Module("core/a.py", block.format("raise many.exceptions[0]")))

    assert found == "core/a.py:4: raises inside an except*"
    assert list(architecture.wrapped_errors(Module("core/a.py", block.format("kept = many")))) == []
