"""The whole loop beside a python-telegram-bot bot that does nothing, on the same updates in the same run.

Each contender is a process of its own that polls the same server for 20,000 text updates. Measured: its CPU
time from the first request to the last update, and its peak memory. Ours takes every update through the
inbox on the disk, the normaliser, the signals, a bank of 100,000 identifiers and the policy.
"""

import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.contenders import nigehban, noop, stages
from benchmarks.updates import serving

COUNT: Final = 20_000
ROUNDS: Final = 5
AIM: Final = 2.0

CONTENDERS: Final[Mapping[str, Callable[[str, Path, int], Coroutine[None, None, float]]]] = {
    "python-telegram-bot, no-op": noop,
    "nigehban": nigehban,
}


def main() -> None:
    """Run a contender where the command line names one, else all of them in turn, and print the table."""
    if len(sys.argv) > 3:  # noqa: PLR2004  # loop, contender, address
        _contend(sys.argv[2], sys.argv[3])
    else:
        asyncio.run(_compare())


def _contend(name: str, url: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        cpu_s = asyncio.run(CONTENDERS[name](url, Path(home), COUNT))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"cpu_s": cpu_s, "peak_mb": peak_mb}) + "\n")


async def _compare() -> None:
    console = Console()
    figures: dict[str, list[dict[str, float]]] = {name: [] for name in CONTENDERS}
    started = time.monotonic()
    async with serving(COUNT) as url:
        for number in range(1, ROUNDS + 1):
            for name in CONTENDERS:
                figures[name].append(await _child(name, url))
            console.print(
                f"round {number} of {ROUNDS} done after {time.monotonic() - started:.0f} s", style="dim"
            )
    table = Table(title=f"{COUNT:,} text updates, CPU time, median of {ROUNDS} interleaved rounds")
    for head in ("bot", "µs per update", "min to max", "ratio", "peak memory"):
        table.add_column(head, justify="left" if head == "bot" else "right")
    floor = statistics.median(f["cpu_s"] for f in figures[next(iter(CONTENDERS))])
    for name, found in figures.items():
        cpu = sorted(f["cpu_s"] for f in found)
        each = [one / COUNT * 1e6 for one in (statistics.median(cpu), cpu[0], cpu[-1])]
        peak = statistics.median(f["peak_mb"] for f in found)
        ratio = statistics.median(cpu) / floor
        table.add_row(
            name, f"{each[0]:.0f}", f"{each[1]:.0f} to {each[2]:.0f}", f"{ratio:.2f}", f"{peak:.0f} MB"
        )
    console.print(table)
    console.print(f"The aim is a ratio of {AIM:g} or less.")
    where = Table(title="Where nigehban's time goes, each stage alone")
    where.add_column("stage")
    where.add_column("µs per update", justify="right")
    with tempfile.TemporaryDirectory() as home:
        for stage, micros in (await stages(Path(home), COUNT)).items():
            where.add_row(stage, f"{micros:.1f}")
    console.print(where)


async def _child(name: str, url: str) -> dict[str, float]:
    words = (sys.executable, "-m", "benchmarks", "loop", name, url)
    child = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    if child.returncode:
        sys.exit(f"bench: {name} ended with {child.returncode}")
    return dict(json.loads(out))
