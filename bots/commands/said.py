"""How commands speak: lines for programs on standard output, words for people, progress on standard error."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from core.exchange.intake import Progress as Step
from core.exchange.intake import Report


def line(values: Mapping[str, object]) -> None:
    """Print one NDJSON line."""
    sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")


def say(words: str) -> None:
    """Print one line for people."""
    sys.stdout.write(words + "\n")


def plainly(text: str) -> str:
    """Return text of others without what could steer a terminal or turn a line around."""
    return "".join(c for c in text if c.isprintable())


def table(*heads: str) -> Table:
    """Make a table; numbers stand to the right."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        made.add_column(head, justify="right" if head == "entries" else "left", overflow="fold")
    return made


@contextmanager
def working(what: str) -> Iterator[Step]:
    """Show on standard error, where that is a terminal, what is fetched and how much is taken in."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.fields[found]}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(f"fetching {what}", total=None, found="")

        def step(report: Report) -> None:
            done = report.accepted + report.duplicates
            progress.update(task, description=f"taking in {what}", found=f"{done:,} items")

        yield step
