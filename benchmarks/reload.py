"""How long a change of the policy file takes until every worker judges by it.

    ./x bench reload

One worker follows the file; another process only sees the database.

The file is written as an editor does, at moments that have nothing to do with when it is looked at. Times
are of the clock: what is waited for is a poll, not the processor.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console

from core.held import Held
from core.inforce import InForce
from core.keeping import EVERYWHERE, Version
from core.ondisk import OnDisk
from core.policy.loader import bundled, load_policy
from core.store.connect import Database
from core.store.notes import SqlNotes
from core.store.policies import SqlPolicies

CHANGES: Final = 10
AIM_S: Final = 2.0


class _Silent:
    """Tells nobody."""

    def wants(self, *_: object) -> bool:
        """Want nothing."""
        return False

    async def changed(self, version: Version, before: Held, after: Held) -> None:
        """Say nothing."""

    async def unread(self, version: Version, why: str) -> None:
        """Say nothing."""

    async def refused(self, why: str, mark: str) -> None:
        """Say nothing."""


def main() -> None:
    """Measure and print; as a child, say each rule that is judged by as soon as it is."""
    if len(sys.argv) > 2:  # noqa: PLR2004  # the folder that a child is given
        asyncio.run(_other(Path(sys.argv[2])))
        return
    with tempfile.TemporaryDirectory() as folder:
        took = asyncio.run(_measure(Path(folder)))
    for who, times in took.items():
        middle, most = statistics.median(times), max(times)
        said = f"{who}: in force after {middle:.2f} s, {most:.2f} s at most of {CHANGES}"
        Console().print(f"{said} (aim: {AIM_S:g} s)")


async def _measure(folder: Path) -> dict[str, list[float]]:
    path = folder / "house.yaml"
    path.write_text(_text(0), encoding="utf-8")
    database = await Database.open(f"sqlite:///{folder}/nigehban.db")
    store = SqlPolicies(database)
    on_disk = OnDisk(
        path,
        store=store,
        notes=SqlNotes(database),
        worker="one",
        clock=lambda: datetime.now(UTC),
        refused=_Silent().refused,
    )
    await on_disk.start()
    in_force = InForce(store, load_policy(bundled()), _Silent(), SqlNotes(database))
    command = (sys.executable, "-m", "benchmarks", "reload", str(folder))
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    took: dict[str, list[float]] = {"the worker with the file": [], "another process": []}
    tasks = [asyncio.create_task(one.follow(), name="follow") for one in (on_disk, in_force)]
    try:
        await _says(child, 0)
        for n in range(1, CHANGES + 1):
            await asyncio.sleep(0.37 * n % 1)
            started = time.monotonic()
            path.write_text(_text(n), encoding="utf-8")
            other = asyncio.create_task(_says(child, n), name="other")
            while _rule(in_force) != str(n):  # noqa: ASYNC110  # what is measured tells nobody
                await asyncio.sleep(0.005)
            took["the worker with the file"].append(time.monotonic() - started)
            await other
            took["another process"].append(time.monotonic() - started)
    finally:
        for task in tasks:
            task.cancel()
        child.kill()
        await child.wait()
        await database.close()
    return took


async def _other(folder: Path) -> None:
    """Follow the database alone, and say each rule that is in force."""
    database = await Database.open(f"sqlite:///{folder}/nigehban.db")
    in_force = InForce(SqlPolicies(database), load_policy(bundled()), _Silent(), SqlNotes(database))
    following = asyncio.create_task(in_force.follow(), name="follow")
    said = ""
    while not following.done():
        if (rule := _rule(in_force)) != said:
            said = rule
            print(said, flush=True)  # noqa: T201  # what the parent waits for
        await asyncio.sleep(0.005)


async def _says(child: asyncio.subprocess.Process, number: int) -> None:
    """Wait until a child says that a rule is in force."""
    if child.stdout is not None:
        async for line in child.stdout:
            if line.decode().strip() == str(number):
                return


def _text(number: int) -> str:
    return f'version: 1\nrules:\n  - {{name: "{number}", when: {{match: {{}}}}, do: [report]}}\n'


def _rule(in_force: InForce) -> str:
    return in_force.of(EVERYWHERE).rules[0].name
