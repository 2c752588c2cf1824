"""Contenders side by side: each once a round, in turn, so that what a machine does beside meets all alike."""

import gc
import time
from collections.abc import Callable, Mapping


def interleaved(contenders: Mapping[str, Callable[[], None]], *, rounds: int) -> dict[str, list[float]]:
    """Return the CPU seconds of each contender in each round, by its name."""
    spent: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            gc.collect()
            started = time.process_time()
            run()
            spent[name].append(time.process_time() - started)
    return spent
