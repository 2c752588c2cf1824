"""The parent's side of the child processes in which media is decoded.

A child is started once and asked many times. One that crashes, hangs or answers nonsense is killed, what was
asked of it is a gap, and the next question gets a new one: nothing that a stranger sends stops the bot.
"""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from core.errors import CannotLook
from core.media import frames
from core.media.frames import Seen

MEMORY_BYTES: Final = 1 << 30
"""Enough for 40 million pixels with transparency; the child itself takes an eighth of it."""

CPU_S: Final = 10
PATIENCE_S: Final = 20.0
START_S: Final = 30.0
"""Starting takes a tenth of a second, and much longer on a machine that is short of everything."""

ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""All that a child gets to know. More threads would only reserve memory: the matrices are small."""


_LONGEST_ANSWER: Final = 1_000_000
"""More than any list of fingerprints and codes; a child that announces more has been taken over."""


class Sandbox:
    """A few child processes that look at files.

    Args:
        workers: How many files are looked at in parallel; the others wait their turn.
        patience_s: Seconds that one file may take, once it has its turn.
        cpu_s: Seconds of processor time that one file may take.
        memory_bytes: Address space of a child.
    """

    def __init__(
        self,
        *,
        workers: int = 1,
        patience_s: float = PATIENCE_S,
        cpu_s: int = CPU_S,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._turns = asyncio.Semaphore(workers)
        self._patience_s = patience_s
        self._arguments = (str(memory_bytes), str(cpu_s))
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()

    async def look(self, content: bytes) -> Seen:
        """Give what is seen in a picture.

        Raises:
            CannotLook: It cannot be read within the limits; the reason is for a moderator.
        """
        async with self._turns:
            child = await self._child()
            self._busy.add(child)
            try:
                found = frames.answered(await self._ask(child, content))
            except CannotLook:
                self._idle.append(child)
                raise
            except BaseException as exc:
                # Cancelled, late, dead or talking nonsense: what it would say next belongs to nobody.
                await child.end()
                if isinstance(exc, (OSError, EOFError, ValueError)):
                    raise CannotLook(self._reason(exc, child.process.returncode)) from None
                raise
            finally:
                self._busy.discard(child)
            self._idle.append(child)
            return found

    async def close(self) -> None:
        """End every child; what is still being asked of one is a gap."""
        while self._idle:
            await self._idle.pop().end()
        for child in tuple(self._busy):
            await child.kill()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _child(self) -> "_Child":
        while self._idle:
            child = self._idle.pop()
            if child.process.returncode is None:
                return child
            await child.end()
        try:
            async with asyncio.timeout(START_S):
                return await _Child.started(self._arguments)
        except (OSError, EOFError) as exc:
            raise CannotLook("picture, because the reader did not start") from exc

    async def _ask(self, child: "_Child", content: bytes) -> bytes:
        async with asyncio.timeout(self._patience_s):
            return await child.ask(content)

    def _reason(self, error: Exception, returncode: int | None) -> str:
        if isinstance(error, TimeoutError) or returncode == -signal.SIGXCPU:
            return "picture that takes too long to read"
        return "picture on which the reader stopped"


@dataclass(frozen=True, slots=True, eq=False)
class _Child:
    """One child process and its pipes."""

    process: Process
    questions: asyncio.StreamWriter
    answers: asyncio.StreamReader

    @classmethod
    async def started(cls, arguments: Sequence[str]) -> Self:
        """Start one and wait until it is ready."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-m", "core.media.child", *arguments),
            stdin=PIPE,
            stdout=PIPE,
            env=ENVIRONMENT,
            # An interrupt from the terminal is for the parent, which ends its children itself.
            start_new_session=True,
        )
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipes to the child")
        child = cls(process, process.stdin, process.stdout)
        try:
            await child._answer()
        except BaseException:
            await child.end()
            raise
        return child

    async def ask(self, content: bytes) -> bytes:
        """Send a file and wait for the answer."""
        self.questions.write(frames.frame(content))
        await self.questions.drain()
        return await self._answer()

    async def kill(self) -> None:
        """Kill it; whoever is asking it notices and ends it."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                # Not `process.kill()`: before Python 3.12 it may reap the child under the loop's own watcher.
                os.kill(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    async def end(self) -> None:
        """Kill it and let go of its pipes; nobody may be asking it."""
        await self.kill()
        self.questions.close()
        # What it still said is read away, so that the pipe can be closed.
        while await self.answers.read(1 << 16):
            pass

    async def _answer(self) -> bytes:
        (size,) = frames.HEADER.unpack(await self.answers.readexactly(frames.HEADER.size))
        if size > _LONGEST_ANSWER:
            raise ValueError("an answer longer than any")
        return await self.answers.readexactly(size)
