"""How commands speak: lines for programs on standard output, words for people, progress on standard error."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Final, Protocol, TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from core.exchange.intake import Intake
from core.exchange.intake import Progress as Step

_NUMBERS: Final = frozenset({"entries", "names"})
"""Columns of numbers."""

Found = TypeVar("Found")


def line(values: Mapping[str, object]) -> None:
    """Print one NDJSON line."""
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")


def say(words: str) -> None:
    """Print one line for people; what others wrote in it is harmless to a terminal."""
    sys.stdout.write(plainly(words) + "\n")


def plainly(text: str) -> str:
    """Return text of others without what could steer a terminal or turn a line around."""
    return "".join(c for c in text if c.isprintable())


def cell(text: str, style: str = "") -> Text:
    """Return text of others as it is, for a table or a console: plainly, and no markup in it counts."""
    return Text(plainly(text), style=style)


def table(*heads: str) -> Table:
    """Make a table; numbers stand to the right."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        made.add_column(head, justify="right" if head in _NUMBERS else "left", overflow="fold")
    return made


class Readable(Protocol):
    """A file that is read piece by piece."""

    @property
    def size_bytes(self) -> int:
        """How large it is."""
        ...

    @property
    def read_bytes(self) -> int:
        """How far it is read."""
        ...


@contextmanager
def reading(file: Readable, words: Callable[[Found], str]) -> Iterator[Callable[[Found], None]]:
    """Show on standard error, where that is a terminal, how far a file is read.

    Args:
        file: The file.
        words: Says what was found so far.
    """
    console = Console(stderr=True)
    columns = (TextColumn("taking in"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[found]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("taking in", total=file.size_bytes, found="")
        yield lambda found: progress.update(task, completed=file.read_bytes, found=words(found))


@contextmanager
def working(what: str) -> Iterator[Step]:
    """Show on standard error, where that is a terminal, what is fetched and how much is taken in."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[found]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(f"fetching {what}", total=None, found="")

        def step(intake: Intake) -> None:
            done = intake.accepted + intake.duplicates
            progress.update(task, description=f"taking in {what}", found=f"{done:,} items")

        yield step


@contextmanager
def going_through(
    what: str, *, until: datetime, streams: bool = False
) -> Iterator[Callable[[datetime], None]]:
    """Show on standard error, where that is a terminal, how far something is that goes on in order of time.

    Args:
        what: What is gone through.
        until: The time of its end; it begins with the first time that is told.
        streams: Lines are written meanwhile, which a bar would cross on a terminal.
    """
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    hidden = (streams and sys.stdout.isatty()) or not console.is_terminal
    began: datetime | None = None
    with Progress(
        *columns, console=console, transient=True, redirect_stdout=False, disable=hidden
    ) as progress:
        task = progress.add_task(what, total=None)

        def step(at: datetime) -> None:
            nonlocal began
            began = began or at
            whole_s = max((until - began).total_seconds(), 1)
            progress.update(task, total=whole_s, completed=(at - began).total_seconds())

        yield step
