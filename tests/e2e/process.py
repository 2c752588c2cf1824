"""The real process, as an operator starts it: `nigehban` with an environment, killed or asked to stop."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

READY_WITHIN_S = 30.0
STOPPED_WITHIN_S = 10.0
_NONE: Mapping[str, str] = {}


@dataclass
class Process:
    """A `nigehban run` and what it said on either output."""

    child: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)

    async def kill(self) -> None:
        """Let it die at once, with no chance to finish anything."""
        self.child.kill()
        await self.child.wait()

    async def stop(self) -> int:
        """Ask it to stop; returns its exit code.

        Raises:
            TimeoutError: It took longer than is promised.
        """
        self.child.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOPPED_WITHIN_S):
            return await self.child.wait()

    async def _listen(self, output: asyncio.StreamReader, ready: asyncio.Event) -> None:
        async for line in output:
            self.lines.append(line.decode().rstrip())
            if self.lines[-1].startswith("ready "):
                ready.set()


@asynccontextmanager
async def running(home: Path, settings: Mapping[str, str], *words: str) -> AsyncIterator[Process]:
    """Start `nigehban run` with further words, and lend it once it is ready; it is killed at the end."""
    child = await _start(home, settings, "run", *words)
    process, ready = Process(child), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for name, output in (("stdout", child.stdout), ("stderr", child.stderr)):
            if output is not None:
                group.create_task(process._listen(output, ready), name=name)
        try:
            async with asyncio.timeout(READY_WITHIN_S):
                await _first(ready, child)
            if not ready.is_set():
                raise RuntimeError("\n".join(process.lines))
            yield process
        finally:
            if child.returncode is None:
                await process.kill()


async def command(home: Path, *words: str, settings: Mapping[str, str] = _NONE) -> str:
    """Run one command to its end; returns what it printed.

    Raises:
        RuntimeError: It refused; holds its words.
    """
    child = await _start(home, settings, *words)
    said, complained = await child.communicate()
    if child.returncode != 0:
        raise RuntimeError(complained.decode())
    return said.decode()


async def _first(ready: asyncio.Event, child: asyncio.subprocess.Process) -> None:
    waits = [asyncio.create_task(ready.wait(), name="ready"), asyncio.create_task(child.wait(), name="end")]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for one in waits:
        one.cancel()


async def _start(home: Path, settings: Mapping[str, str], *words: str) -> asyncio.subprocess.Process:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("NIGEHBAN_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bots",
        "--home",
        str(home),
        *words,
        # Away from the checkout: a developer's .env must not reach the tests.
        cwd=home,
        env=inherited | {"NIGEHBAN_HTTP__PORT": "0"} | dict(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
