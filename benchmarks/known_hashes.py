"""Looking picture hashes up among 100,000 and a million known ones: ours beside threatexchange's PDQIndex.

Half of the known hashes are accidental and half stand in clusters of copies; half of those that are looked up
lie within 31 bits of a known one. What is to be found is known from comparing every hash.
"""

import time
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.chart import chart
from benchmarks.memory import resident
from benchmarks.peers import Asked
from core.banks.pictures import LIMIT, Pictures, hash_bytes

COUNTS: Final = (100_000, 1_000_000)
ASKED: Final = 128
ROUNDS: Final = 5

_CLUSTER: Final = 50
_AT_ONCE: Final = 5_000
_SPREAD: Final = 0.1
_COMPARED: Final = 1 << 16

Raw = NDArray[np.uint8]


class Round(NamedTuple):
    """What one round gave: seconds to build, seconds for all look-ups, and what was found."""

    built_s: float
    asked_s: float
    found: list[list[int]]
    bytes_each: float


def lookup(console: Console, folder: Path, peer: Asked | None) -> None:
    """Measure and print."""
    for count in COUNTS:
        known, wanted = _hashes(count)
        expected = [_all_compared(known, one) for one in wanted]
        listed = [one.tobytes().hex() for one in known]
        asked = [one.tobytes().hex() for one in wanted]
        file = folder / f"{count}.txt"
        file.write_text("\n".join(listed))
        rounds: dict[str, list[Round]] = {}
        for _ in range(ROUNDS):
            if peer:
                rounds.setdefault(peer("name")["name"], []).append(_theirs(peer, file, asked))
            rounds.setdefault("nigehban", []).append(_ours(listed, asked))
        each = {who: [one.asked_s / ASKED * 1e6 for one in found] for who, found in rounds.items()}
        title = f"One hash among {count:,}, CPU time, median of {ROUNDS} interleaved rounds"
        chart(console, f"lookup-{count}", title, "µs", each)
        build = {who: [one.built_s for one in found] for who, found in rounds.items()}
        chart(console, f"build-{count}", f"Taking {count:,} hashes in, to the first answer", "s", build)
        for who, found in rounds.items():
            right = all(one.found == expected for one in found)
            console.print(
                f"{who}: {found[0].bytes_each:.0f} bytes a hash; "
                f"{'finds exactly what' if right else 'does NOT find what'} comparing all finds "
                f"({sum(map(len, expected)):,} matches)."
            )


def _ours(listed: list[str], asked: list[str]) -> Round:
    before = resident()
    started = time.process_time()
    index = Pictures()
    for start in range(0, len(listed), _AT_ONCE):
        numbered = enumerate(listed[start : start + _AT_ONCE], start)
        index.add([(number, raw) for number, value in numbered if (raw := hash_bytes(value))])
    index.within(bytes(32))
    built = time.process_time()
    found = [index.within(raw) for value in asked if (raw := hash_bytes(value))]
    done = time.process_time()
    held = (resident() - before) / len(listed)
    return Round(built - started, done - built, [sorted(n for n, _ in one) for one in found], held)


def _theirs(peer: Asked, file: Path, asked: list[str]) -> Round:
    built = peer("built", str(file))
    answers = peer("asked", asked)
    return Round(built["cpu_s"], answers["cpu_s"], answers["found"], built["bytes_each"])


def _hashes(count: int) -> tuple[Raw, Raw]:
    """Make known hashes, and those that are looked up."""
    chance = np.random.default_rng(count)
    alone = chance.integers(0, 256, (count // 2, 32), np.uint8)
    centres = chance.integers(0, 256, (count // 2 // _CLUSTER, 32), np.uint8)
    copies = [_changed(np.tile(c, (_CLUSTER, 1)), chance.uniform(0, _SPREAD), chance) for c in centres]
    known = chance.permutation(np.concatenate((alone, *copies)))
    strangers = chance.integers(0, 256, (ASKED // 2, 32), np.uint8)
    near = known[chance.integers(0, count, ASKED // 2)]
    bits = np.unpackbits(near, axis=1)
    for row in bits:
        row[chance.choice(256, chance.integers(0, LIMIT + 1), replace=False)] ^= 1
    return known, np.concatenate((strangers, np.packbits(bits, axis=1)))


def _changed(hashes: Raw, share: float, chance: np.random.Generator) -> Raw:
    flips = chance.random((len(hashes), 256)) < share
    return hashes ^ np.packbits(flips, axis=1)


def _all_compared(known: Raw, wanted: Raw) -> list[int]:
    found: list[int] = []
    for start in range(0, len(known), _COMPARED):
        apart = np.bitwise_count(known[start : start + _COMPARED] ^ wanted).sum(axis=1, dtype=np.int64)
        found += (np.flatnonzero(apart <= LIMIT) + start).tolist()
    return found
