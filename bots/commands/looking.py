"""`nigehban scan` and `nigehban signals`: what a policy makes of files and exports, and what it is made from.

Several items are looked at together, because media are decoded in other processes; they are printed in the
order they came. What was looked at before an input breaks is printed before it is refused.
"""

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bots.replay.inputs import sources
from bots.replay.reading import Reading, Source
from core.errors import NigehbanError
from core.judge import Judge
from core.model import Attachment, Gap, Message, Signal, Strength, Verdict
from core.ports import Files

AT_ONCE: Final = 8
"""Items looked at together: enough to keep two decoders busy while the next files are read."""

HELD_BYTES: Final = 256_000_000

Found = TypeVar("Found")
Pair = tuple[Source, Reading]


class Printer(Protocol):
    """How results are shown; one for people, one for programs."""

    @property
    def streams(self) -> bool:
        """Tell whether it writes while items are still looked at."""
        ...

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Show what was taken from an item."""
        ...

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:
        """Show what the policy makes of an item."""
        ...

    def end(self) -> None:
        """Show what is only known at the end."""
        ...


async def signals(paths: Sequence[Path], *, judge: Judge, files: Files, printer: Printer) -> int:
    """Print what is taken from each item; banks and policy are not asked.

    Raises:
        BadInput: A path cannot be read; what came before it is printed.
    """

    async def look(pair: Pair) -> tuple[tuple[Signal, ...], tuple[Gap, ...]]:
        found, gaps = await judge.look(pair[1].message, files)
        return found, gaps + pair[1].gaps

    def emit(pair: Pair, found: tuple[tuple[Signal, ...], tuple[Gap, ...]]) -> None:
        printer.signals(pair[0].name, pair[1].item, *found)

    await _each(sources(paths), look, emit, printer)
    return 0


async def scan(paths: Sequence[Path], *, judge: Judge, files: Files, printer: Printer) -> int:
    """Print what the policy makes of each item.

    Returns:
        1 if something is flagged, that is, matched as the same or surely the same thing; else 0.

    Raises:
        BadInput: A path cannot be read; what came before it is printed.
    """
    return await scan_sources(sources(paths), judge=judge, files=files, printer=printer)


async def scan_sources(inputs: Sequence[Source], *, judge: Judge, files: Files, printer: Printer) -> int:
    """Print what the policy makes of each item of sources that are open already.

    Returns:
        As `scan`.

    Raises:
        BadInput: A path cannot be read; what came before it is printed.
    """
    flagged = 0

    async def look(pair: Pair) -> Verdict:
        verdict = await judge(pair[1].message, files)
        return replace(verdict, gaps=verdict.gaps + pair[1].gaps)

    def emit(pair: Pair, verdict: Verdict) -> None:
        nonlocal flagged
        flagged += any(match.strength is not Strength.WEAK for match in verdict.matches)
        printer.verdict(pair[0].name, pair[1].item, pair[1].message, verdict)

    await _each(inputs, look, emit, printer)
    return 1 if flagged else 0


async def _each(
    inputs: Sequence[Source],
    look: Callable[[Pair], Awaitable[Found]],
    emit: Callable[[Pair, Found], None],
    printer: Printer,
) -> None:
    """Look at every item of every source, with a bar on a terminal, and end the printer's work."""
    try:
        with _bar(sum(source.size_bytes for source in inputs), printer) as advance:
            await in_order(_pairs(inputs, advance), look, emit)
    finally:
        printer.end()


async def in_order(
    items: Iterator[Pair],
    look: Callable[[Pair], Awaitable[Found]],
    emit: Callable[[Pair, Found], None],
    *,
    most_bytes: int = HELD_BYTES,
) -> None:
    """Look at `AT_ONCE` items together, fewer if they are large, and emit in their order what was found.

    Files of `most_bytes` together are held in memory at most, or one file that is larger.

    Raises:
        NigehbanError: From the items or from looking, after everything before it was emitted.
    """
    waiting: deque[tuple[Pair, asyncio.Task[Found | NigehbanError]]] = deque()
    trouble: NigehbanError | BrokenPipeError | None = None

    async def careful(item: Pair) -> Found | NigehbanError:
        # Raised inside the group, it would cancel the siblings that came before it.
        try:
            return await look(item)
        except NigehbanError as exc:
            return exc

    async with asyncio.TaskGroup() as group:
        while trouble is None:
            try:
                item = next(items, None)
            except NigehbanError as exc:
                trouble, item = exc, None
            if item is not None:
                waiting.append((item, group.create_task(careful(item), name=f"look at {item[1].item}")))
            while waiting and (item is None or len(waiting) >= AT_ONCE or _held(waiting) > most_bytes):
                first, task = waiting.popleft()
                found = await task
                failed = found if isinstance(found, NigehbanError) else _emitted(emit, first, found)
                if failed is not None:
                    trouble = failed
                    waiting.clear()
            if item is None:
                break
    if trouble is not None:
        raise trouble


def _emitted(emit: Callable[[Pair, Found], None], pair: Pair, found: Found) -> BrokenPipeError | None:
    """Emit, and return what says that nobody reads on; raised inside a group it would come out in one."""
    try:
        emit(pair, found)
    except BrokenPipeError as exc:
        return exc
    return None


def _held(waiting: Iterable[tuple[Pair, object]]) -> int:
    files = (p for (_, one), _ in waiting for p in one.message.parts if isinstance(p, Attachment))
    return sum(file.size or 0 for file in files)


def _pairs(inputs: Sequence[Source], advance: Callable[[int], None]) -> Iterator[Pair]:
    before = 0
    for source in inputs:
        for reading in source:
            advance(before + reading.taken_bytes)
            yield source, reading
        before += source.size_bytes
        advance(before)


@contextmanager
def _bar(total_bytes: int, printer: Printer) -> Iterator[Callable[[int], None]]:
    """Show how far it is, on standard error, where that is a terminal and nothing else is written to it."""
    console = Console(stderr=True)
    crowded = printer.streams and sys.stdout.isatty()
    columns = (TextColumn("looking"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=crowded or not console.is_terminal,
    ) as progress:
        task = progress.add_task("looking", total=total_bytes)
        yield lambda taken_bytes: progress.update(task, completed=taken_bytes)
