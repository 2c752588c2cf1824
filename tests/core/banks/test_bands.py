"""Shelves by bands find what comparing every hash finds: no neighbour is missed, and nothing else comes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.banks.bands import REACH, Bands, Hash, Rows, flat

FARTHEST = 40


def hashes(chance: np.random.Generator, count: int) -> Rows:
    """Give hashes whose bits are accidental."""
    return chance.integers(0, 2**64, (count, 4), np.uint64)


def changed(value: Hash, bits: np.typing.NDArray[np.int64]) -> Hash:
    """Give a hash with the bits at these places changed."""
    said = np.unpackbits(value.view(np.uint8))
    said[bits] ^= 1
    return np.packbits(said).view(np.uint64)


def planted(chance: np.random.Generator, wanted: Hash, copies: int = 1) -> Rows:
    """Give neighbours at every distance from 0 to 40, in this order, so many of each."""
    distances = [d for d in range(FARTHEST + 1) for _ in range(copies)]
    return np.array([changed(wanted, chance.choice(256, d, replace=False)) for d in distances])


def brute(rows: Rows, wanted: Hash, limit: int) -> list[tuple[int, int]]:
    """Count the bits of every hash, one after the other, with Python's own numbers."""
    whole = int.from_bytes(wanted.tobytes(), "big")
    counts = [(int.from_bytes(row.tobytes(), "big") ^ whole).bit_count() for row in rows]
    return [(place, count) for place, count in enumerate(counts) if count <= limit]


def found(rows: Rows, wanted: Hash, limit: int = REACH) -> list[tuple[int, int]]:
    """Ask the shelves of all rows."""
    places, bits = Bands(rows, 0).within(rows, wanted, limit)
    return list(zip(places.tolist(), bits.tolist(), strict=True))


@pytest.mark.parametrize("limit", range(REACH + 1))
def test_at_every_limit_each_planted_neighbour_is_found(limit: int) -> None:
    """Among 20,000 accidental hashes, those within the limit come, each once, and the next one does not."""
    chance = np.random.default_rng(limit)
    (wanted,) = hashes(chance, 1)
    rows = np.concatenate((hashes(chance, 20_000), planted(chance, wanted)))

    assert found(rows, wanted, limit) == [(20_000 + d, d) for d in range(limit + 1)]


@pytest.mark.parametrize("band", range(16))
def test_bits_spread_as_evenly_as_can_be_hide_nothing(band: int) -> None:
    """31 bits, two in every band but one: that one band finds it. With two there as well, it is too far."""
    chance = np.random.default_rng(band)
    (wanted,) = hashes(chance, 1)
    pairs = [16 * other + chance.choice(16, 2, replace=False) for other in range(16) if other != band]
    within = np.concatenate((*pairs, [16 * band + int(chance.integers(16))]))
    beyond = np.concatenate((*pairs, 16 * band + chance.choice(16, 2, replace=False)))
    rows = np.concatenate((hashes(chance, 5_000), [changed(wanted, within), changed(wanted, beyond)]))

    assert found(rows, wanted) == [(5_000, 31)]


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    strangers=st.integers(0, 3_000),
    clusters=st.lists(st.tuples(st.integers(1, 300), st.integers(0, 24)), max_size=4),
    limit=st.integers(0, REACH),
)
def test_the_answer_is_that_of_comparing_each_one(
    seed: int, strangers: int, clusters: list[tuple[int, int]], limit: int
) -> None:
    """Whether hashes are accidental or come in clusters of copies, some so large that all are compared."""
    chance = np.random.default_rng(seed)
    (wanted,) = hashes(chance, 1)
    groups = [hashes(chance, strangers), planted(chance, wanted)]
    for size, spread in clusters:
        (centre,) = planted(chance, wanted)[chance.integers(FARTHEST + 1, size=1)]
        copies = [changed(centre, chance.choice(256, spread, replace=False)) for _ in range(size)]
        groups.append(np.array(copies))
    rows = chance.permutation(np.concatenate(groups))

    expected = brute(rows, wanted, limit)

    assert found(rows, wanted, limit) == expected
    places, bits = flat(rows, wanted, limit)
    assert list(zip(places.tolist(), bits.tolist(), strict=True)) == expected


def test_what_stands_behind_other_hashes_keeps_its_place() -> None:
    """Places are those among all hashes, and hashes before and behind are not looked at."""
    chance = np.random.default_rng(1)
    rows = hashes(chance, 9_000)
    bands = Bands(rows[2_000:8_000], 2_000)

    for place in (1_999, 2_000, 5_000, 7_999, 8_000):
        places, _ = bands.within(rows, rows[place], REACH)
        assert places.tolist() == ([place] if 2_000 <= place < 8_000 else [])


def test_the_opposite_of_a_hash_is_far_away() -> None:
    """256 bits that differ are not counted as none."""
    chance = np.random.default_rng(2)
    rows = hashes(chance, 10)

    _, bits = flat(rows, ~rows[3], 256)

    assert bits[3] == 256
    assert found(rows, ~rows[3]) == []


def test_many_equal_hashes_are_compared_once_each() -> None:
    """A list of one picture 50,000 times costs one pass over it, not sixteen, and gives each copy once."""
    rows = np.tile(hashes(np.random.default_rng(3), 1), (50_000, 1))

    assert found(rows, rows[0]) == [(place, 0) for place in range(50_000)]


@pytest.mark.parametrize("count", [1, 255, 65_537, 70_000])
def test_rows_in_three_bytes_are_the_rows(count: int) -> None:
    """The last of more than 65,536 hashes is found as the first one is, and each takes 48 bytes."""
    rows = hashes(np.random.default_rng(count), count)

    assert found(rows, rows[-1]) == [(count - 1, 0)]
    assert found(rows, rows[0]) == [(0, 0)]
    assert Bands(rows, 0).nbytes == 48 * count + 4 * (16 * 65_536 + 1)
