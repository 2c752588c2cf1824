"""A text against 100,000 known statements: ours beside a RapidFuzz scan over all of them, in the same run.

Statements and texts are words of an invented language, as frequent as words are (Zipf). Measured is CPU time,
in interleaved rounds: ours from the text as it came to the entries that it may be, RapidFuzz from the text to
the nearest statement.
"""

import random
import time
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from rapidfuzz import fuzz, process
from rich.console import Console

from benchmarks.chart import COLUMNS, chart
from core.banks.sketch import fingerprint
from core.banks.texts import KnownTexts
from core.keeping import Change
from core.model import Signal
from core.text.prose import verbatim, words

COUNT: Final = 100_000
TEXTS: Final = 2_000
SCANNED: Final = 5
ROUNDS: Final = 5
AIM: Final = 400

_CHANCE: Final = random.Random(20_260_301)  # noqa: S311 - an invented language, the same in every run
_LEXICON: Final = [
    "".join(_CHANCE.choices("aeinorstlmkuhdbgvpzfj", k=_CHANCE.randint(2, 10))) for _ in range(20_000)
]
_WEIGHTS: Final = list(accumulate(1 / rank for rank in range(1, len(_LEXICON) + 1)))


def main() -> None:
    """Build the index, then measure and print both."""
    console = Console(width=COLUMNS)
    statements = [_written(_CHANCE.randint(20, 220)) for _ in range(COUNT)]
    started = time.process_time()
    values = [str(fingerprint(text)) for text in statements]
    taken = time.process_time()
    index = KnownTexts()
    for start in range(0, COUNT, 5_000):
        numbered = enumerate(values[start : start + 5_000], start)
        index.apply(
            [Change(revision=n, entry_id=n, kind="text", value=v, matchable=True) for n, v in numbered]
        )
    built = time.process_time()
    console.print(
        f"fingerprints: {(taken - started) / COUNT * 1e6:.0f} µs each; index: {built - taken:.1f} s"
    )
    kinds = {
        "below 55 characters": [_written(8)[:54] for _ in range(TEXTS)],
        "other texts": [_written(_CHANCE.randint(12, 60)) for _ in range(TEXTS)],
        "altered copies": [_altered(_CHANCE.choice(statements)[:400]) for _ in range(TEXTS)],
    }
    _measure(console, index, [words(text) for text in statements], kinds)


def _measure(
    console: Console, index: KnownTexts, statements: Sequence[str], kinds: dict[str, list[str]]
) -> None:
    ours: dict[str, list[float]] = {kind: [] for kind in kinds}
    scans: list[float] = []
    for _ in range(ROUNDS):
        for kind, texts in kinds.items():
            ours[kind].append(_each(lambda text: _ask(index, text), texts))
        some = kinds["altered copies"][:SCANNED]
        scans.append(_each(lambda text: process.extractOne(text, statements, scorer=fuzz.ratio), some))
    spent = {
        "RapidFuzz, all statements": scans,
        **{f"nigehban, {kind}": found for kind, found in ours.items()},
    }
    title = f"A text among {COUNT:,} known statements, CPU time, median of {ROUNDS} interleaved rounds"
    chart(console, "statements", title, "µs", spent, bench="statements")
    console.print(f"The aim is {AIM} times as quick or more.")
    copies, others = (
        sum(bool(_ask(index, t)) for t in kinds[kind]) for kind in ("altered copies", "other texts")
    )
    console.print(f"Lead to a statement: {copies} of {TEXTS} copies, {others} of {TEXTS} other texts.")


def _ask(index: KnownTexts, text: str) -> tuple[int, ...]:
    """Do what the source and the bank do with a text."""
    return index.near(Signal(kind="text", value=verbatim(text), part="text", text=text))


def _each(ask: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return microseconds of CPU time for one text."""
    started = time.process_time()
    for text in texts:
        ask(text)
    return (time.process_time() - started) / len(texts) * 1e6


def _written(count: int) -> str:
    return " ".join(_CHANCE.choices(_LEXICON, cum_weights=_WEIGHTS, k=count))


def _altered(text: str) -> str:
    """Exchange one word in ten."""
    return " ".join(_CHANCE.choice(_LEXICON) if _CHANCE.random() < 0.1 else word for word in text.split())  # noqa: PLR2004 - see above
