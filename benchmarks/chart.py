"""Tables of contenders side by side: to the terminal, and as bars in `docs/bench-*.svg`."""

import io
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from samples.card import FORM

DOCS: Final = Path(__file__).parents[1] / "docs"
COLUMNS: Final = 112
WIDTH: Final = 24
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def chart(  # noqa: PLR0913 - what a table says
    console: Console,
    name: str,
    title: str,
    unit: str,
    spent: Mapping[str, Sequence[float]],
    *,
    bench: str = "media",
) -> None:
    """Show what each contender spent in each round, the first one being what the others are measured by.

    Args:
        console: Where it is printed.
        name: Of the file, `docs/bench-<name>.svg`.
        title: What was measured, and how.
        unit: Of the figures.
        spent: Figures of every round by contender.
        bench: What `./x bench` was asked for.
    """
    table = Table(title=title)
    for head in ("", unit, "min to max", "times as quick", "less is quicker"):
        table.add_column(head, justify="right" if head in (unit, "min to max", "times as quick") else "left")
    medians = {who: statistics.median(figures) for who, figures in spent.items()}
    first, most = next(iter(medians.values())), max(medians.values())
    for who, figures in spent.items():
        median = medians[who]
        spread = f"{_short(min(figures))} to {_short(max(figures))}"
        table.add_row(who, _short(median), spread, _times(first / median), _bar(median / most))
    console.print(table)
    drawn = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    drawn.print(table)
    svg = drawn.export_svg(title=f"./x bench {bench}", code_format=FORM, unique_id=f"bench-{name}")
    lines = (line.rstrip() for line in svg.splitlines())
    (DOCS / f"bench-{name}.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _short(figure: float) -> str:
    """Write three digits that count."""
    places = 2 if figure < 10 else 1 if figure < 100 else 0  # noqa: PLR2004 - powers of ten
    return f"{figure:,.{places}f}"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}"  # noqa: PLR2004 - three digits that count


def _bar(share: float) -> str:
    whole, rest = divmod(max(round(share * WIDTH * 8), 1), 8)
    return ("█" * whole + _EIGHTHS[rest]).rstrip()
