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
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from core.errors import CannotLook
from core.media import frames, pieces
from core.media.frames import PATIENT, UNFOLD, Depth, Seen
from core.media.pieces import Piece, Unread

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

_LONGEST_UNFOLDING: Final = 32_000_000
"""More than the letters, digests and pictures that one file may unfold to."""


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

    async def look(self, content: bytes, depth: Depth = Depth.GLANCE) -> Seen:
        """Give what is seen in a picture or video.

        Raises:
            CannotLook: It cannot be read within the limits; the reason is for a moderator.
        """
        patience_s = self._patience_s * (PATIENT if depth is Depth.EVERY_FRAME else 1)
        async with self._lent() as child, asyncio.timeout(patience_s):
            return frames.answered(await child.ask(depth.value, content))

    async def unfold(self, content: bytes) -> tuple[Piece, ...]:
        """Give what a file holds, piece by piece; where that ends early, the last one says why."""
        found: list[Piece] = []
        try:
            async with self._lent() as child, asyncio.timeout(self._patience_s):
                body = await child.ask(UNFOLD, content)
                size = 0
                while body:
                    size += len(body)
                    if size > _LONGEST_UNFOLDING:
                        raise ValueError("more than any file holds")
                    found.append(pieces.read(body))
                    body = await child.answer()
        except CannotLook as exc:
            found.append(Unread(place="", reason=str(exc)))
        return tuple(found)

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
            raise CannotLook("file, because the reader did not start") from exc

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator["_Child"]:
        """Lend a child for one question; one that did not answer it is ended, and that is a gap.

        Raises:
            CannotLook: It did not answer, or said that it cannot.
        """
        async with self._turns:
            child = await self._child()
            self._busy.add(child)
            try:
                yield child
            except CannotLook:
                self._idle.append(child)
                raise
            except BaseException as exc:
                # Cancelled, late, dead or talking nonsense: what it would say next belongs to nobody.
                await child.end()
                if isinstance(exc, (OSError, EOFError, ValueError)):
                    late = isinstance(exc, TimeoutError) or child.process.returncode == -signal.SIGXCPU
                    how = "that takes too long to read" if late else "on which the reader stopped"
                    raise CannotLook(f"file {how}") from None
                raise
            finally:
                self._busy.discard(child)
            self._idle.append(child)


@dataclass(frozen=True, slots=True)
class Patiently:
    """The same children, asked to look at every frame: for what goes into a bank."""

    sandbox: Sandbox

    async def look(self, content: bytes) -> Seen:
        """Give all that is seen; raises as `Sandbox.look` does."""
        return await self.sandbox.look(content, Depth.EVERY_FRAME)


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
            await child.answer()
        except BaseException:
            await child.end()
            raise
        return child

    async def ask(self, ask: bytes, content: bytes) -> bytes:
        """Send a file and wait for the answer, or for its first frame."""
        self.questions.write(frames.question(ask, content))
        await self.questions.drain()
        return await self.answer()

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

    async def answer(self) -> bytes:
        """Wait for one frame of an answer."""
        (size,) = frames.HEADER.unpack(await self.answers.readexactly(frames.HEADER.size))
        if size > _LONGEST_ANSWER:
            raise ValueError("an answer longer than any")
        return await self.answers.readexactly(size)
