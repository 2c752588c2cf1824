"""What looking for codes costs beside decoding, on photographs without a code, in the same run.

Measured: processor time for one JPEG of 1280 x 960, what chat apps send, and for one of a camera. Nothing is
found, so every look is taken: this is what nearly every picture costs.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Final

from PIL import Image
from rich.console import Console
from rich.table import Table

from core.media.codes import codes
from core.media.decode import luma
from core.media.pdq import Bytes
from tests.core.media.pictures import encoded, photograph

SIZES: Final = ((1280, 960, 12), (4000, 3000, 2))
"""Width, height, and how many photographs of that size."""

ROUNDS: Final = 7
AIM: Final = 3.0


def main() -> None:
    """Measure both sizes and print the tables."""
    console = Console()
    for width, height, count in SIZES:
        small = [photograph(1280, 960, seed=seed) for seed in range(count)]
        files = [encoded(one.resize((width, height)), "JPEG", quality=87) for one in small]
        _compare(console, f"{width} x {height}", files)
    console.print(f"The aim is a ratio of {AIM:g} or less for looking for codes.")


def _compare(console: Console, size: str, files: Sequence[bytes]) -> None:
    stages = _stages(files)
    spent: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(ROUNDS):
        for name, run in stages.items():
            started = time.process_time()
            for at in range(len(files)):
                run(at)
            spent[name].append((time.process_time() - started) / len(files) * 1000)
    table = Table(title=f"A JPEG of {size}, CPU time, median of {ROUNDS} interleaved rounds")
    for head in ("stage", "ms per picture", "min to max", "ratio"):
        table.add_column(head, justify="left" if head == "stage" else "right")
    floor = statistics.median(next(iter(spent.values())))
    for name, found in spent.items():
        median = statistics.median(found)
        table.add_row(name, f"{median:.2f}", f"{min(found):.2f} to {max(found):.2f}", f"{median / floor:.2f}")
    console.print(table)


def _stages(files: Sequence[bytes]) -> Mapping[str, Callable[[int], object]]:
    greys = [luma(content).pixels for content in files]
    return {
        "Pillow decodes it in colour": lambda at: _decoded(files[at]),
        "nigehban decodes its brightness": lambda at: luma(files[at]),
        "nigehban looks for codes": lambda at: _looked(greys[at]),
    }


def _decoded(content: bytes) -> None:
    with Image.open(BytesIO(content)) as image:
        image.load()


def _looked(grey: Bytes) -> None:
    if list(codes([(0.0, grey)])):
        raise SystemExit("bench: a photograph without a code had one")
