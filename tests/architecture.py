"""The rules of the architecture, checked on the syntax tree: who may import whom, doors, purity, size.

Every check takes sources as values and gives its findings as sentences, so that `test_architecture.py` can
ask about the real files and about invented ones that break a rule. Nothing here imports what it checks.
"""

import ast
import fnmatch
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Final, NamedTuple

OURS: Final = ("core", "bots", "samples", "benchmarks", "tests")

LAYERS: Final[Sequence[str | tuple[str, ...]]] = (
    "core/__init__.py",
    "core/errors.py",
    "core/periodic.py",
    "core/text/",
    "core/view.py",
    "core/entity.py",
    "core/model/",
    "core/case.py",
    "core/notices.py",
    "core/policy/",
    "core/identifiers/",
    "core/keeping/",
    "core/ports.py",
    "core/media/",
    "core/fetch/",
    "core/resolve/",
    "core/signals/",
    "core/banks/",
    "core/exchange/",
    "core/entities/",
    "core/store/",
    "core/inbox/",
    "core/settings.py",
    "core/recall.py",
    "core/tally.py",
    "core/brakes/quotas.py",
    "core/brakes/hits.py",
    "core/brakes/usual.py",
    "core/announcing.py",
    "core/held.py",
    "core/inforce.py",
    "core/ondisk.py",
    "core/history.py",
    "core/backtest.py",
    "core/brakes/watch.py",
    (
        "core/judge.py",
        "core/engine.py",
        "core/newcomers.py",
        "core/reversal.py",
        "core/searching.py",
        "core/sweep.py",
        "core/worker.py",
    ),
    "bots/",
)
"""From the bottom. A file imports from its own layer and from those before it."""

KNOWN_ONLY_TO: Final[Mapping[str, tuple[str, ...]]] = {
    # The engine knows ports; which store or inbox stands behind them is settled where objects are built.
    "core/store/": ("core/store/", "core/inbox/", "bots/"),
    "core/inbox/": ("core/inbox/", "bots/"),
    "core/settings.py": ("bots/",),
    "bots/telegram/": ("bots/telegram/", "bots/__main__.py"),
    "bots/discord/": ("bots/discord/", "bots/__main__.py"),
    "bots/house.py": ("bots/__main__.py", "bots/live.py"),
    "bots/live.py": ("bots/__main__.py",),
    "bots/__main__.py": (),
}
"""What only a few may import, and who; a platform never knows the other one."""


class Door(NamedTuple):
    """Where an outside package may be imported, and the dependency of pyproject.toml that brings it."""

    dependency: str
    places: tuple[str, ...]


DOORS: Final[Mapping[str, Door]] = {
    "ada_url": Door("ada-url", ("core/identifiers/address.py",)),
    "aiohttp": Door("aiohttp", ("bots/*", "core/fetch/*")),
    "aiosqlite": Door("aiosqlite", ()),  # SQLAlchemy loads it, by the name in the database's address
    "ahocorasick_rs": Door("ahocorasick-rs", ("core/banks/phrases.py",)),
    "alembic": Door("alembic", ("core/store/*",)),
    "cel_expr_python": Door("cel-expr-python", ("core/policy/program.py",)),
    "cryptography": Door("cryptography", ("core/exchange/signing.py", "core/store/vault.py")),
    "discord": Door("discord-py", ("bots/discord/*",)),
    "av": Door("av", ("core/media/video.py",)),
    "dotenv": Door("python-dotenv", ("core/settings.py",)),
    "numpy": Door("numpy", ("core/media/*", "core/banks/*")),
    "PIL": Door("pillow", ("core/media/*",)),
    "pillow_heif": Door("pillow-heif", ("core/media/decode.py",)),
    "pypdf": Door("pypdf", ("core/media/pdf.py",)),
    "pydantic": Door(
        "pydantic",
        (
            "core/settings.py",
            "core/policy/*",
            "core/store/codec.py",
            "core/exchange/bundle.py",
            "core/exchange/chain.py",
        ),
    ),
    "pydantic_core": Door("pydantic", ("core/policy/*", "core/store/codec.py")),
    "pydantic_settings": Door("pydantic-settings", ("core/settings.py",)),
    "rapidfuzz": Door("rapidfuzz", ("core/banks/likeness.py",)),
    "re2": Door("google-re2", ("core/banks/phrases.py",)),
    "redis": Door("redis", ("*/redis.py",)),
    "rich": Door("rich", ("bots/*",)),
    "ruamel": Door("ruamel-yaml", ("core/policy/document.py",)),
    "sqlalchemy": Door("sqlalchemy", ("core/store/*", "core/inbox/sql.py")),
    "telegram": Door("python-telegram-bot", ("bots/telegram/*",)),
    "zxingcpp": Door("zxing-cpp", ("core/media/codes.py",)),
}
"""Every outside package by its import name. ARCHITECTURE.md says why we have each."""

PURE: Final = (
    *("core/view.py", "core/entity.py", "core/model/*", "core/case.py", "core/notices.py"),
    "core/policy/*",
    "core/brakes/usual.py",
    *(
        "core/entities/joined.py",
        "core/entities/shared.py",
        "core/entities/groups.py",
        "core/entities/names.py",
    ),
)
EDGES_OF_THE_PURE: Final = ("core/policy/loader.py",)
IMPURE_MODULES = {"asyncio", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket"}
IMPURE_MODULES |= {"subprocess", "tempfile", "threading", "time"}
IMPURE_CALLS: Final = frozenset({"open", "input", "print", "exec", "eval", "__import__"})
IMPURE_ATTRIBUTES = {"now", "utcnow", "today", "environ", "getenv", "open"}
IMPURE_ATTRIBUTES |= {"read_text", "read_bytes", "write_text", "write_bytes"}

FILE_LINES: Final = 300
FUNCTION_LINES: Final = 40
"""Without its docstring: saying what a function does must not push it over."""


@dataclass(frozen=True)
class Module:
    """A source file: its path inside the checkout, with slashes, and its text."""

    path: str
    source: str

    def __str__(self) -> str:
        """Name it, in a test's id."""
        return self.path

    @property
    def name(self) -> str:
        """Its dotted name; a package goes by its folder."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.source)


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Give line and dotted name of every import, lazy or for types only or by `import_module` too."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(package), names=names):
                yield from ((node.lineno, f"{package}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id=called) | ast.Attribute(attr=called), args=[ast.Constant(value=name)]
            ):
                if called in ("import_module", "__import__"):
                    yield node.lineno, str(name)


def target(name: str, paths: Mapping[str, str]) -> str:
    """Give the file that an import of ours means: a module, or the one that a name is taken from.

    Args:
        name: What is imported, dotted.
        paths: The path of every file by its dotted name.
    """
    while name not in paths and "." in name:
        name = name.rpartition(".")[0]
    return paths.get(name, f"{name}/")


def rank(path: str) -> int:
    """Say how high a file stands; -1 for one that no layer names."""
    return next((place for place, layer in enumerate(LAYERS) if path.startswith(layer)), -1)


def wrong_imports(module: Module, paths: Mapping[str, str]) -> Iterator[str]:
    """Find imports that point upwards, cross to what is kept apart, or miss an outside package's door."""
    for line, name in imports(module):
        top = name.partition(".")[0]
        if top in OURS:
            found = target(name, paths)
            if not 0 <= rank(found) <= rank(module.path):
                yield f"{module.path}:{line}: imports upwards: {found}"
            for kept, friends in KNOWN_ONLY_TO.items():
                if found.startswith(kept) and not module.path.startswith(friends):
                    yield f"{module.path}:{line}: {found} is known only to {', '.join(friends) or 'nobody'}"
        elif top in DOORS:
            places = DOORS[top].places
            if not any(fnmatch.fnmatchcase(module.path, pattern) for pattern in places):
                yield f"{module.path}:{line}: {top} enters only in {', '.join(places) or 'no file'}"
        elif top not in sys.stdlib_module_names:
            yield f"{module.path}:{line}: {top} has no door"


def cycles(modules: Iterable[Module]) -> Iterator[str]:
    """Find a circle of imports, lazy imports included."""
    paths = {module.name: module.path for module in modules}
    edges = {
        module.path: {target(name, paths) for _, name in imports(module) if name.partition(".")[0] in OURS}
        - {module.path}
        for module in modules
    }
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as exc:
        yield " imports ".join(reversed(exc.args[1]))


def impurities(module: Module) -> Iterator[str]:
    """Find what reads a clock, the environment or a file, or waits, in a file that is to be pure."""
    if module.path in EDGES_OF_THE_PURE or not any(fnmatch.fnmatchcase(module.path, p) for p in PURE):
        return
    for line, name in imports(module):
        if name.partition(".")[0] in IMPURE_MODULES:
            yield f"{module.path}:{line}: is to be pure, and imports {name}"
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id=used)) if used in IMPURE_CALLS:
                yield f"{module.path}:{node.lineno}: is to be pure, and calls {used}"
            case ast.Attribute(value=ast.Name(id="self")):
                continue  # a method of its own, whatever its name
            case ast.Attribute(attr=used) if used in IMPURE_ATTRIBUTES:
                yield f"{module.path}:{node.lineno}: is to be pure, and uses .{used}"
            case ast.Await() | ast.AsyncFor() | ast.AsyncWith() | ast.AsyncFunctionDef():
                yield f"{module.path}:{node.lineno}: is to be pure, and waits"


def lengths(module: Module) -> Iterator[str]:
    """Find a file or a function that is too long: it has two subjects."""
    lines = len(module.source.splitlines())
    if lines > FILE_LINES:
        yield f"{module.path}: {lines} lines, the limit is {FILE_LINES}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = node.body[0] if ast.get_docstring(node) else None
            told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
            lines = (node.end_lineno or 0) - node.lineno + 1 - told
            if lines > FUNCTION_LINES:
                yield f"{module.path}:{node.lineno}: {node.name} has {lines} lines, not {FUNCTION_LINES}"


def wrapped_errors(module: Module) -> Iterator[str]:
    """Find a raise inside an `except*`: Python before 3.11.4, which Debian 12 has, puts it into a group."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.TryStar):
            raised = (n for handler in node.handlers for n in ast.walk(handler) if isinstance(n, ast.Raise))
            yield from (f"{module.path}:{one.lineno}: raises inside an except*" for one in raised)
