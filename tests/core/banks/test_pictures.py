"""Every listed picture within the distance is found, whatever came and went before; nothing else is."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.banks import altered
from core.banks.altered import TURNS, WEIGHT_LIMIT, Turn
from core.banks.pictures import LIMIT, Pictures, hash_bytes
from core.media.decode import luma
from core.media.pdq import pdq
from core.view import View
from tests.core.media.pictures import encoded, photograph

BITS = 256


def at_distance(value: int, bits: int, rng: random.Random) -> int:
    """Give a hash that differs from another one in so many bits."""
    for bit in rng.sample(range(BITS), bits):
        value ^= 1 << bit
    return value


def raw(value: int) -> bytes:
    """Give a hash as the index takes it."""
    return value.to_bytes(32, "big")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_found_is_what_brute_force_finds(data: st.DataObject) -> None:
    """After any adding and removing, the answer equals counting the bits of each hash that is there."""
    rng = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311 - test hashes, not secrets
    wanted = rng.getrandbits(BITS)
    here: dict[int, int] = {}
    index = Pictures(few=data.draw(st.sampled_from((0, 5, 20, 10_000))))
    for round_ in range(data.draw(st.integers(1, 6))):
        distances = data.draw(st.lists(st.integers(0, 80), max_size=40))
        new = {round_ * 1000 + i: at_distance(wanted, d, rng) for i, d in enumerate(distances)}
        index.add([(number, raw(value)) for number, value in new.items()])
        here |= new
        gone = data.draw(st.lists(st.sampled_from(sorted(here)), unique=True) if here else st.just([]))
        index.remove(gone)
        here = {number: value for number, value in here.items() if number not in gone}
        limit = data.draw(st.integers(0, 60))

        expected = [((v ^ wanted).bit_count(), n) for n, v in here.items()]

        # Asked each time: what was shelved for an answer must not be in the way of the next one.
        assert index.within(raw(wanted), limit) == [(n, d) for d, n in sorted(expected) if d <= limit]
        assert len(index) == len(here)


def test_answers_come_nearest_first_and_the_limit_counts() -> None:
    """31 bits are found and 32 are not."""
    rng = random.Random(1)  # noqa: S311 - test hashes, not secrets
    wanted = rng.getrandbits(BITS)
    index = Pictures()

    index.add([(d, raw(at_distance(wanted, d, rng))) for d in (32, 31, 0, 10)])

    assert index.within(raw(wanted)) == [(0, 0), (10, 10), (31, 31)]


def test_many_blocks_and_many_removals_keep_the_answer() -> None:
    """A list of 70,000 with every second one removed, grown in steps, finds what is left in every block."""
    rng = random.Random(2)  # noqa: S311 - test hashes, not secrets
    values = [rng.getrandbits(BITS) for _ in range(70_000)]
    index = Pictures()
    for start in range(0, len(values), 7_000):
        index.add([(n, raw(values[n])) for n in range(start, start + 7_000)])
        index.remove(range(start, start + 7_000, 2))

    assert len(index) == 35_000
    for number in (1, 2, 32_767, 32_768, 32_769, 69_999):
        assert index.within(raw(values[number])) == ([(number, 0)] if number % 2 else [])


def test_every_listed_picture_is_found_while_a_list_grows_and_changes() -> None:
    """Hashes of pictures and of copies with some bits changed: each answer is that of comparing all."""
    rng = random.Random(4)  # noqa: S311 - test hashes, not secrets
    pictures = [photograph(96, 96, seed=seed) for seed in range(12)]
    real = [int(pdq(luma(encoded(one)))[0], 16) for one in pictures]
    index, here = Pictures(few=30), dict[int, int]()
    for number in range(600):
        here[number] = at_distance(rng.choice(real), rng.randrange(41), rng)
        index.add([(number, raw(here[number]))])
        if number % 3 == 0:
            index.remove([gone := rng.choice(sorted(here))])
            del here[gone]
        if number % 7 == 0:
            wanted = rng.choice(real)
            expected = {n: d for n, v in here.items() if (d := (v ^ wanted).bit_count()) <= LIMIT}
            assert dict(index.within(raw(wanted))) == expected

    assert len(index) == len(here) == 400


def test_closing_the_gaps_forgets_no_hash() -> None:
    """Where hashes move to other places, they are found there, and each under its own number."""
    rng = random.Random(7)  # noqa: S311 - test hashes, not secrets
    values = [rng.getrandbits(BITS) for _ in range(1_100)]
    index = Pictures(few=10)
    index.add([(n, raw(values[n])) for n in range(900)])
    assert index.within(raw(values[899])) == [(899, 0)]
    index.remove(range(500))
    index.add([(n, raw(values[n])) for n in range(900, 1_100)])

    found = [index.within(raw(value)) for value in values]

    assert found == [[]] * 500 + [[(n, 0)] for n in range(500, 1_100)]


def test_many_small_pieces_come_to_two_runs() -> None:
    """However a list comes, each of its hashes takes what one row, one number and its shelves take."""
    rng = random.Random(6)  # noqa: S311 - test hashes, not secrets
    index = Pictures(few=1_000)
    for start in range(0, 40_000, 1_500):
        index.add([(n, raw(rng.getrandbits(BITS))) for n in range(start, start + 1_500)])
        index.within(raw(0))

    borders = 4 * (16 * 65_536 + 1)
    each, most = (32 + 8) * 17 / 16 + 48, 2 * borders

    assert index.nbytes <= each * len(index) + most


def test_a_removed_number_may_come_back() -> None:
    """An entry that was withdrawn and is active again is found once."""
    index = Pictures()
    index.add([(7, raw(5))])
    index.remove([7, 7, 99])
    index.add([(7, raw(5))])

    assert index.within(raw(5)) == [(7, 0)]


@pytest.mark.parametrize(
    "value",
    ["", "0f", "0" * 63, "0" * 65, "g" * 64, " " + "0" * 63, "٣" * 64, "0x" + "0" * 62, "0" * 62 + "  "],
)
def test_what_is_no_hash_is_told(value: str) -> None:
    """Only 64 hex digits are a hash."""
    assert hash_bytes(value) is None


def test_the_bytes_are_the_hash_in_its_order() -> None:
    """Two digits are a byte, whether they are large or small letters."""
    assert hash_bytes("0" * 15 + "1" + "aF" * 24) == bytes([0] * 7 + [1] + [0xAF] * 24)


def view(grid: np.typing.NDArray[np.float32]) -> View:
    """Give a view of whole numbers from -127 to 127."""
    return View(coefficients=grid.astype(np.int8).tobytes().hex())


def value(grid: np.typing.NDArray[np.float32], flips: Sequence[int] = ()) -> bytes:
    """Give the hash that coefficients say, with the bits at some places changed."""
    said = altered.bits(altered.turned(grid, TURNS[0])).copy()
    said[list(flips)] ^= True
    return np.packbits(said).tobytes()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1), st.sampled_from(TURNS), st.lists(st.integers(0, 255), unique=True, max_size=60)
)
def test_a_turned_picture_is_recognised_as_weighing_it_says(seed: int, turn: Turn, flips: list[int]) -> None:
    """In whichever turn, with whichever bits changed: what lies within the limits is found, with its turn."""
    rng = np.random.default_rng(seed)
    grid = rng.integers(-127, 128, (16, 16)).astype(np.float32)
    index = Pictures()
    known = value(altered.turned(grid, turn), flips)
    index.add([(3, known), (4, raw(int(rng.integers(2**62))))])

    found = [sight for sight in index.recognised([view(grid)]) if sight.number == 3]

    bits = np.unpackbits(np.frombuffer(known, np.uint8)).astype(bool)
    (expected,) = altered.weighed(altered.turned(grid, turn), [bits])
    # Where both frequencies are even; a hash that differs there alone, and much, is passed over.
    assume(sum(place % 2 == 0 and place // 16 % 2 == 0 for place in flips) <= 20)
    if expected.bits <= LIMIT or expected.weight <= WEIGHT_LIMIT:
        assert [(s.turn, s.bits) for s in found] == [(turn, expected.bits)]
    else:
        assert found == []


def test_of_several_views_the_best_is_told() -> None:
    """The one in which fewer sure bits differ."""
    grid = np.random.default_rng(5).integers(-127, 128, (16, 16)).astype(np.float32)
    worse = grid.copy()
    worse.ravel()[:20] *= -1
    index = Pictures()
    index.add([(1, value(grid))])

    (found,) = index.recognised([view(worse), view(grid)])

    assert (found.number, found.bits, found.view) == (1, 0, view(grid))


def test_without_views_nothing_is_recognised_in_them() -> None:
    """A hash alone is compared by its bits."""
    index = Pictures()
    index.add([(1, raw(5))])

    assert index.recognised([]) == []
    assert Pictures().recognised([view(np.zeros((16, 16), np.float32))]) == []
