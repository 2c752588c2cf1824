"""Long lists: how a home with millions of entries starts, and how long and how large taking one in is.

    ./x bench banks               both, the import of 200,000 hashes
    ./x bench banks start [0.1]   a start among two million entries, or that share of it (benchmarks.starts)
    ./x bench banks long          the import of 3,000,000 hashes, once: half an hour

An import is `nigehban bank import` beside the least that SQLite asks of any importer. Both run as processes
of their own: what they spend, and how much memory they hold at most, is what the system says of them. The
floor reads the same lines and puts kind and value into one table with one unique index, in transactions of
the same size; whatever ours spends beyond is for knowing what it takes in.
"""

import os
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks import starts
from core.exchange.intake import AMPLE

LINES: Final = 200_000
LONG: Final = 3_000_000
ROUNDS: Final = 3
AIM_MB: Final = 1000

_HEX: Final = {"md5": 32, "sha256": 64, "pdq": 64}

_FLOOR: Final = """
import itertools, sqlite3, sys
base = sqlite3.connect(sys.argv[2])
base.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
base.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, kind TEXT, value TEXT, UNIQUE (value, kind))")
with open(sys.argv[1], encoding="ascii") as lines:
    while some := [tuple(line.split()) for line in itertools.islice(lines, int(sys.argv[3]))]:
        with base:
            base.executemany("INSERT INTO t (kind, value) VALUES (?, ?)", some)
"""


class Run(NamedTuple):
    """What one import cost."""

    cpu_s: float
    peak_mb: float


def main() -> None:
    """Measure and print what is asked for."""
    what, *more = sys.argv[2:] or [""]
    if what not in ("", "start", "long"):
        sys.exit(f"bench: banks has no part {what!r}. It has: start, long")
    console = Console()
    if what != "long":
        starts.measure(console, float(more[0]) if more else 1.0)
    if what == "":
        _short(console)
    if what == "long":
        _long(console)


def _short(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        short = _list(Path(folder) / "short.txt", LINES)
        rounds: dict[str, list[Run]] = {"SQLite alone": [], "nigehban": []}
        for _ in range(ROUNDS):
            rounds["SQLite alone"].append(_run(_floor(short, Path(folder))))
            rounds["nigehban"].append(_run(_ours(short, Path(folder))))
        _show(console, f"{LINES:,} hashes, CPU time, median of {ROUNDS} interleaved rounds", LINES, rounds)


def _long(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        long = _list(Path(folder) / "long.txt", LONG)
        once = {
            "SQLite alone": [_run(_floor(long, Path(folder)))],
            "nigehban": [_run(_ours(long, Path(folder)))],
        }
        _show(console, f"{LONG:,} hashes, CPU time, once", LONG, once)
        peak = once["nigehban"][0].peak_mb
        console.print(f"Peak memory {peak:,.0f} MB; {'within' if peak < AIM_MB else 'OVER'} {AIM_MB:,} MB.")


def _list(path: Path, lines: int) -> Path:
    """Write a list of MD5, SHA-256 and PDQ hashes, the same for the same length."""
    chance = random.Random(lines)  # noqa: S311 - a fixed list, nothing secret
    with path.open("w", encoding="ascii") as file:
        for number in range(lines):
            kind = tuple(_HEX)[number % len(_HEX)]
            digits = _HEX[kind]
            file.write(f"{kind} {chance.getrandbits(4 * digits):0{digits}x}\n")
    return path


def _ours(path: Path, folder: Path) -> tuple[str, ...]:
    home = tempfile.mkdtemp(dir=folder)
    words = ("--home", home, "bank", "import", str(path), "--bank", "hashes", "--format", "ndjson")
    return (sys.executable, "-m", "bots", *words)


def _floor(path: Path, folder: Path) -> tuple[str, ...]:
    database = f"{tempfile.mkdtemp(dir=folder)}/floor.db"
    return (sys.executable, "-c", _FLOOR, str(path), database, str(AMPLE.batch))


def _run(command: tuple[str, ...]) -> Run:
    nothing = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(command[0], command, os.environ, file_actions=nothing)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"bench: {' '.join(command[:3])} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _show(console: Console, title: str, lines: int, rounds: dict[str, list[Run]]) -> None:
    table = Table(title=title)
    for head in ("", "s", "min to max", "lines a second", "times the floor", "peak MB"):
        table.add_column(head, justify="right" if head else "left")
    least = statistics.median(run.cpu_s for run in next(iter(rounds.values())))
    for who, runs in rounds.items():
        spent = [run.cpu_s for run in runs]
        median = statistics.median(spent)
        table.add_row(
            who,
            f"{median:.1f}",
            f"{min(spent):.1f} to {max(spent):.1f}",
            f"{lines / median:,.0f}",
            f"{median / least:.1f}",
            f"{max(run.peak_mb for run in runs):,.0f}",
        )
    console.print(table)
