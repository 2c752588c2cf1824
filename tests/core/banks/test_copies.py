"""How much of one text stands in another: shares in both directions."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.banks.copies import joined, length, overlap
from core.banks.sketch import fingerprint, sketch
from core.text.prose import folded, words
from tests.core.banks import kites


def shares(text: str, known: str) -> tuple[float, float]:
    """Return the shares of the known text and of the other one, rounded."""
    found = overlap(sketch(words(folded(text))), fingerprint(known).sketch)
    return round(found.of_known, 1), round(found.of_text, 1)


@pytest.mark.parametrize("language", kites.LANGUAGES)
def test_a_text_is_all_of_itself(language: str) -> None:
    """Both shares are one."""
    assert shares(kites.statement(language), kites.statement(language)) == (1, 1)


@pytest.mark.parametrize("language", kites.LANGUAGES)
def test_a_half_is_a_half_and_nothing_else(language: str) -> None:
    """About half of the statement, all of the text."""
    of_known, of_text = shares(" ".join(kites.STATEMENTS[language][:3]), kites.statement(language))

    assert 0.3 <= of_known <= 0.7
    assert of_text >= 0.9


@pytest.mark.parametrize("language", kites.LANGUAGES)
def test_sentences_in_another_order_are_still_there(language: str) -> None:
    """Stretches need not follow one another."""
    text = " ".join(reversed(kites.STATEMENTS[language]))

    assert min(shares(text, kites.statement(language))) >= 0.7


@pytest.mark.parametrize("language", kites.LANGUAGES)
def test_other_words_have_nothing_in_common(language: str) -> None:
    """News about something else."""
    assert shares(" ".join(kites.NEWS[language]), kites.statement(language)) == (0, 0)


def test_a_run_alone_is_chance() -> None:
    """One name that both have is no stretch."""
    assert shares(
        "we met at the Grand Harbour yesterday", "nobody saw the Grand Harbour burn that night"
    ) == (0, 0)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_what_stands_around_a_copy_takes_nothing_from_it(seed: int) -> None:
    """Embedding never lowers the share of the statement, whatever is put before and after."""
    chance = random.Random(seed)  # noqa: S311 - any order will do
    language = chance.choice(kites.LANGUAGES)
    known = kites.statement(language)
    part = " ".join(chance.sample(kites.STATEMENTS[language], 3))
    around = chance.choices([*kites.NEWS[language], *kites.STATEMENTS[language]], k=4)
    alone = overlap(sketch(words(folded(part))), fingerprint(known).sketch)

    within = overlap(
        sketch(words(folded(" ".join((*around[:2], part, *around[2:]))))), fingerprint(known).sketch
    )

    # At its borders a stretch may take in a neighbour's letters, or leave a few to it.
    assert within.of_known >= alone.of_known - 0.02


@pytest.mark.parametrize(
    "text",
    ["abcdefghijkl" * 8_000, "ab" * 50_000, " ".join(["lamp kite wind sail"] * 5_000)],
    ids=["twelve letters", "two letters", "four words"],
)
@pytest.mark.timeout(60)
def test_a_text_of_repetitions_ends(text: str) -> None:
    """Each run is looked for in a few places only."""
    found = overlap(sketch(text), fingerprint(text[:2_000]).sketch)

    assert 0 <= found.of_known <= 1


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9))))
@settings(deadline=None)
def test_joined_spans_cover_the_same_letters(pairs: list[tuple[int, int]]) -> None:
    """In order, apart from one another, and as long as the set of their letters."""
    spans = [(start, start + size) for start, size in pairs]

    found = joined(spans)

    assert length(found) == len({at for start, end in spans for at in range(start, end)})
    assert all(a[1] < b[0] for a, b in pairwise(found))
