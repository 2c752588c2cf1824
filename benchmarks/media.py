"""Pictures and videos: from a file's bytes to its hash, among known hashes, and where a picture's time goes.

Beside threatexchange, in an environment of its own, where it can be built; a video beside PyAV decoding every
frame, because vpdq comes as no wheel. CPU time, in interleaved rounds. The pictures are soft coloured shapes.
Texts have a measurement of their own: `./x bench statements`.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from benchmarks import videos
from benchmarks.chart import COLUMNS, chart
from benchmarks.known_hashes import lookup
from benchmarks.peers import Asked, peer
from core.media.child import look
from core.media.codes import codes
from core.media.decode import luma
from core.media.features import features
from core.media.pdq import Luma, pdq
from core.media.sandbox import ENVIRONMENT
from core.media.views import fingerprint, small
from tests.core.media.pictures import bits_apart, encoded, photograph

SIZES: Final = ((1280, 960, 40), (4000, 3000, 4))
"""Width, height, and how many pictures of that size."""

ROUNDS: Final = 5
FINE: Final = 480
"""Pixels that the shorter side keeps when a JPEG is decoded for its hash alone."""

Stages = Mapping[str, Callable[[int], object]]
Item = TypeVar("Item")


def main() -> None:
    """Measure all and print the tables."""
    if any(os.environ.get(name) != one for name, one in ENVIRONMENT.items()):
        # numpy reads it when it is imported. The child runs so, and idle threads would count as time spent.
        os.environ |= ENVIRONMENT
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks", "media"])  # noqa: S606  # itself again
    console = Console(width=COLUMNS)
    theirs = peer()
    with tempfile.TemporaryDirectory() as folder:
        for width, height, count in SIZES:
            files = _files(Path(folder), width, height, count)
            _hashing(console, f"{width}x{height}", files, theirs)
            _stages(console, f"{width}x{height}", [file.read_bytes() for file in files])
        videos.compared(console, Path(folder))
        lookup(console, Path(folder), theirs)
    if theirs:
        theirs.close()


def _files(folder: Path, width: int, height: int, count: int) -> list[Path]:
    made = []
    for seed in range(count):
        picture = photograph(1280, 960, seed=seed).resize((width, height), Image.Resampling.BICUBIC)
        made.append(folder / f"{width}-{seed}.jpg")
        made[-1].write_bytes(encoded(picture, "JPEG", quality=87))
    return made


def _hashing(console: Console, size: str, files: Sequence[Path], theirs: Asked | None) -> None:
    contents = [file.read_bytes() for file in files]
    # What is made once for a size of picture is made before the rounds, as it is in a child that runs on.
    ours = [pdq(_reduced(content))[0] for content in contents]
    spent: dict[str, list[float]] = {}
    apart: list[int] = []
    for _ in range(ROUNDS):
        if theirs:
            answer = theirs("hashed", [str(file) for file in files])
            who = f"{theirs('name')['name']}, hash_from_bytes"
            spent.setdefault(who, []).append(answer["cpu_s"] / len(files) * 1000)
            apart = [bits_apart(a, b) for a, b in zip(answer["hashes"], ours, strict=True) if a]
        else:
            spent.setdefault("Pillow decodes it in colour", []).append(_each(_in_colour, contents))
        reduced = _each(lambda content: pdq(_reduced(content)), contents)
        spent.setdefault("nigehban, decoded for the hash", []).append(reduced)
        full = _each(lambda content: pdq(luma(content)), contents)
        spent.setdefault("nigehban, decoded for codes too", []).append(full)
    title = f"A JPEG of {size} to its PDQ hash, CPU time, median of {ROUNDS} interleaved rounds"
    chart(console, f"hash-{size}", title, "ms", spent)
    if apart:
        console.print(f"Bits that differ from its hash: {statistics.median(apart):g}, at most {max(apart)}.")


def _stages(console: Console, size: str, contents: Sequence[bytes]) -> None:
    lumas = [luma(content) for content in contents]
    smalls = [small(one) for one in lumas]
    reduced = [_reduced(content) for content in contents]
    stages: Stages = {
        "decode for the hash alone": lambda at: _reduced(contents[at]),
        "  its hash from that": lambda at: pdq(reduced[at]),
        "decode for codes too": lambda at: luma(contents[at]),
        "  the hash alone": lambda at: pdq(lumas[at]),
        "  hash, views and features": lambda at: fingerprint(lumas[at]),
        "    of these, features": lambda at: features(smalls[at]),
        "  codes": lambda at: tuple(codes([(0.0, lumas[at].pixels)])),
        "all that the child does": lambda at: look(contents[at]),
    }
    spent: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(ROUNDS):
        for name, run in stages.items():
            spent[name].append(_each(run, range(len(contents))))
    table = Table(title=f"Where the time of a JPEG of {size} goes, each stage alone")
    table.add_column("stage")
    table.add_column("ms", justify="right")
    for name, found in spent.items():
        table.add_row(name, f"{statistics.median(found):.2f}")
    console.print(table)


def _reduced(content: bytes) -> Luma:
    """Decode a JPEG's brightness at the smallest size that is fine enough for its hash."""
    with Image.open(BytesIO(content)) as image:
        width, height = image.size
        scale = next((s for s in (8, 4, 2) if min(width, height) // s >= FINE), 1)
        image.draft("L", (width // scale, height // scale))
        return Luma(pixels=np.asarray(image), width=width, height=height, scale=scale)


def _in_colour(content: bytes) -> None:
    with Image.open(BytesIO(content)) as image:
        image.load()


def _each(run: Callable[[Item], object], items: Sequence[Item]) -> float:
    """Return milliseconds of CPU time for one item."""
    started = time.process_time()
    for item in items:
        run(item)
    return (time.process_time() - started) / len(items) * 1000
