"""How a home with long lists starts: `nigehban`'s part of it beside reading as many bytes from the disk.

The home is filled by plain inserts. Every start is a process of its own: it opens the database, and is ready
once all that is stored is known. Before each start, and before each reading, the system is told to drop the
files from its memory. Times are those of the clock, because a disk is waited for; both sides take turns.
"""

import asyncio
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.memory import resident
from core.banks.banks import Banks
from core.banks.index import Index
from core.banks.kept import NAME, Kept
from core.banks.sketch import fingerprint
from core.keeping import Change
from core.model import Bank, Entry, Signal
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.notes import SqlNotes

COUNTS: Final[Mapping[str, int]] = {"link": 1_000_000, "pdq": 1_000_000, "text": 100_000}
ROUNDS: Final = 5
LIVE_ROUNDS: Final = 10
AIM: Final = 5.0
LIVE_S: Final = 1.0

_HOMES: Final = Path(".bench").resolve()
_LETTERS: Final = "aeinorstlmkuhdbgvpzfj"
_PROCESSOR: Final = "on the processor"
_WORDS: Final = 120
_INSERT: Final = (
    "INSERT INTO entries (bank_id, kind, value, ref, label, entity, name, avatar, reason, source, added_by,"
    " state, extra, revision) VALUES (1, ?, ?, '', '', '', '', '', '', '', 'bench', 'active', '[]', ?)"
)
_HEADS: Final = ("telegram:user/listed_", "telegram:invite/AAAAAE", "x:user/l", "telegram:chat/")


def measure(console: Console, share: float = 1.0) -> None:
    """Measure and print, for so large a share of a million."""
    counts = {kind: int(count * share) for kind, count in COUNTS.items()}
    home = _HOMES / f"banks-{counts['link']}"
    if not (home / "filled").exists():
        _filled(home, counts)
    (home / NAME).unlink(missing_ok=True)
    first = _asked("first", home)
    spent: dict[str, list[float]] = {"reading the file": [], "start to ready": [], _PROCESSOR: []}
    cold, again = True, first
    for _ in range(ROUNDS):
        cold = _dropped(home) and cold
        spent["reading the file"].append(_read_whole(home / NAME))
        _dropped(home)
        again = _asked("again", home)
        spent["start to ready"].append(again["s"])
        spent[_PROCESSOR].append(again["cpu_s"])
    size = (home / NAME).stat().st_size
    table = Table(title=f"{sum(counts.values()):,} entries, {size / 1e6:,.0f} MB, median of {ROUNDS} rounds")
    for head in ("", "s", "min to max"):
        table.add_column(head, justify="right" if head else "left")
    for who, found in spent.items():
        table.add_row(who, f"{statistics.median(found):.3f}", f"{min(found):.3f} to {max(found):.3f}")
    console.print(table)
    read, start, _ = (statistics.median(found) for found in spent.values())
    console.print(f"{start / read:.1f} times as long as reading the file (aim: {AIM:g} or less);")
    console.print(f"its pages were {'dropped' if cold else 'NOT dropped'} before. Without a snapshot:")
    console.print(f"{first['s']:.1f} s once, of which {first['cpu_s']:.1f} s on the processor.")
    console.print(f"{again['bytes'] / sum(counts.values()):.0f} bytes resident for an entry after a start.")
    for kind, count in counts.items():
        held = _asked("each", home, kind)["bytes"]
        console.print(f"{held / count:.0f} bytes resident for a {kind}, built.")
    live = _live(home)
    console.print(f"A change is live in another process after {statistics.median(live):.2f} s,")
    console.print(f"{max(live):.2f} at most of {len(live)} (aim: less than {LIVE_S:g}).")


def _filled(home: Path, counts: Mapping[str, int]) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    asyncio.run(_with_bank(home))
    base = sqlite3.connect(home / "nigehban.db")
    base.execute("PRAGMA synchronous = OFF")
    with base:
        base.executemany(_INSERT, ((*one, at) for at, one in enumerate(_values(counts), start=1)))
        base.execute("INSERT INTO counters VALUES ('revision', ?)", (sum(counts.values()),))
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    (home / "filled").touch()


async def _with_bank(home: Path) -> None:
    database = await Database.open(f"sqlite:///{home}/nigehban.db")
    await SqlBanks(database).put_bank(Bank(name="long"))
    await database.close()


def _values(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Give kinds and values, the same for the same counts."""
    chance = random.Random(7)  # noqa: S311 - a fixed list, nothing secret
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(2, 10))) for _ in range(20_000)]
    for at in range(counts["link"]):
        yield "link", f"{_HEADS[at % len(_HEADS)]}{chance.randrange(10**11)}x{at}"
    for _ in range(counts["pdq"]):
        yield "pdq", f"{chance.getrandbits(256):064x}"
    for _ in range(counts["text"]):
        yield "text", str(fingerprint(" ".join(chance.choices(words, k=_WORDS))))


def _dropped(home: Path) -> bool:
    """Drop the home's files from the system's memory, where it can be told to."""
    if not hasattr(os, "posix_fadvise"):
        return False
    for path in home.iterdir():
        file = os.open(path, os.O_RDONLY)
        os.fsync(file)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)
    return True


def _read_whole(path: Path) -> float:
    room = bytearray(1 << 22)
    started = time.perf_counter()
    with path.open("rb", buffering=0) as file:
        while file.readinto(room):
            pass
    return time.perf_counter() - started


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.starts", *words]


def _asked(what: str, home: Path, *words: str) -> dict[str, float]:
    """Ask a process of its own."""
    said = subprocess.run(_command(what, str(home), *words), stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - ours
    found: dict[str, float] = json.loads(said)
    return found


def _live(home: Path) -> list[float]:
    """Return the seconds from a committed change to its being known in another process."""
    with subprocess.Popen(_command("follow", str(home)), stdout=subprocess.PIPE, text=True) as other:  # noqa: S603 - ours
        try:
            return asyncio.run(_changed(home, other))
        finally:
            other.terminate()


async def _changed(home: Path, other: "subprocess.Popen[str]") -> list[float]:
    said = other.stdout
    if said is None or said.readline() != "ready\n":
        sys.exit("bench: the other process did not start")
    database = await Database.open(f"sqlite:///{home}/nigehban.db")
    spent = []
    for at in range(LIVE_ROUNDS):
        await asyncio.sleep(0.3 * at / LIVE_ROUNDS)
        await SqlBanks(database).add("new", [Entry(kind="link", value=f"x:user/new{time.time_ns()}")])
        committed = time.time()
        spent.append(float(said.readline()) - committed)
    await database.close()
    return spent


def main() -> None:
    """Be one of the processes that are measured."""
    what, home = sys.argv[1], Path(sys.argv[2]).resolve()
    if what == "each":
        print(json.dumps({"bytes": _built(home, sys.argv[3])}))  # noqa: T201
    elif what == "follow":
        asyncio.run(_follow(home))
    else:
        print(json.dumps(asyncio.run(_start(home))))  # noqa: T201


async def _start(home: Path) -> dict[str, float]:
    before, started, spent = resident(), time.perf_counter(), time.process_time()
    database, banks = await _banks(home)
    found = {
        "s": time.perf_counter() - started,
        "cpu_s": time.process_time() - spent,
        "bytes": resident() - before,
    }
    await database.close()
    if not len(banks._index):  # noqa: SLF001 - what is measured must be there
        sys.exit("bench: nothing is known")
    return found


async def _banks(home: Path) -> tuple[Database, Banks]:
    database = await Database.open(f"sqlite:///{home}/nigehban.db")
    kept = Kept(home / NAME, SqlNotes(database))
    banks = Banks(SqlBanks(database), clock=lambda: datetime.now(UTC), kept=kept)
    await banks.start()
    return database, banks


async def _follow(home: Path) -> None:
    """Say "ready", and then at what time each change is known."""
    _, banks = await _banks(home)
    print("ready", flush=True)  # noqa: T201
    async with asyncio.TaskGroup() as group:
        group.create_task(banks.follow(), name="follow")
        known = banks._index.revision  # noqa: SLF001
        while True:
            await asyncio.sleep(0.005)
            if banks._index.revision > known:  # noqa: SLF001
                known = banks._index.revision  # noqa: SLF001
                print(time.time(), flush=True)  # noqa: T201


def _built(home: Path, kind: str) -> int:
    """Return the bytes that an index of one kind takes."""
    base = sqlite3.connect(home / "nigehban.db")
    rows = base.execute("SELECT id, value FROM entries WHERE kind = ? AND added_by = 'bench'", (kind,))
    before, index = resident(), Index()
    while some := rows.fetchmany(5_000):
        index.apply(
            [
                Change(revision=number, entry_id=number, kind=kind, value=value, matchable=True)
                for number, value in some
            ]
        )
    index.hits(Signal(kind=kind, value="00" * 32, part="text"), now=datetime.now(UTC))
    base.close()
    return resident() - before


if __name__ == "__main__":
    main()
