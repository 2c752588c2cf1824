"""What is kept of a statement: runs of letters, chosen alike in every text, and never the text."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.banks.sketch import MAX_LETTERS, RUN, SAMPLES, fingerprint, known, sketch, statement
from core.errors import BadInput
from core.text.prose import folded, words
from tests.core.banks import kites

LETTERS = st.text(alphabet="abcdefgh ", min_size=0, max_size=400)


def runs(text: str) -> set[int]:
    """Return the hashes of a text's runs."""
    return {int(one) for one in sketch(words(folded(text))).hashes}


@pytest.mark.parametrize("language", kites.LANGUAGES)
def test_a_fingerprint_is_read_as_it_was_written(language: str) -> None:
    """Out as a value and back, nothing is lost, and the value fits a database's index."""
    kept = fingerprint(kites.statement(language))

    again = known(str(kept))

    assert str(again) == str(kept)
    assert again.digest == kept.digest
    assert len(str(kept)) < 2_700


@pytest.mark.parametrize("language", kites.LANGUAGES)
def test_a_fingerprint_holds_no_word(language: str) -> None:
    """Its digest and its records are all there is."""
    assert re.fullmatch(
        r"text1:[0-9a-f]{64}:[0-9]+:[0-9]+:[A-Za-z0-9+/=]+", statement(kites.statement(language))
    )


def test_a_statement_from_before_there_were_fingerprints_is_understood() -> None:
    """A value that is a text is fingerprinted where it is read."""
    text = kites.statement("en")

    assert str(known(text)) == statement(text)


@pytest.mark.parametrize(
    "value",
    [
        "text1:" + "0" * 64 + ":100:3:AAAA",
        "text1:" + "0" * 64 + ":100:4:AAAA",
        "text1:" + "0" * 64 + ":100:4:A",
        "text1:" + "0" * 64 + ":100:0:",
        "text1:" + "0" * 63 + ":100:4:",
        "text2:" + "0" * 64 + ":100:4:",
    ],
)
def test_what_only_begins_like_a_fingerprint_is_a_text(value: str) -> None:
    """A hostile list cannot make a broken one of it."""
    assert known(value).digest == fingerprint(value).digest


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("come tonight", "a statement has 20 letters at least; shorter words are a phrase"),
        ("🏮" * 100, "a statement has 20 letters at least; shorter words are a phrase"),
        ("ab" * 50_000, "a statement has 65,535 letters at most: list it in parts"),
    ],
)
def test_a_text_that_cannot_be_told_from_others_is_no_statement(value: str, reason: str) -> None:
    """Too short or too long, and why."""
    with pytest.raises(BadInput, match=re.escape(reason)):
        statement(value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the paper kites", "t h e p a p e r k i t e s"),
        ("the paper kites", "thepaperkites"),
        ("the paper kites", "thhe papper kkites"),
        ("the paper kites", "The PAPER, kites!"),
        ("ہمارے بھائی آئے ہیں", "همارى بهايي آئى هين"),
        ("څلوېښت سړي ټوټې", "حلويست سري توتي"),
    ],
)
def test_spaces_doubled_letters_and_swapped_letters_do_not_matter(one: str, other: str) -> None:
    """Runs are of letters, across words."""
    assert runs(one)
    assert runs(one) == runs(other)


def test_one_letter_breaks_no_more_runs_than_it_stands_in() -> None:
    """The rest of a text is hashed as before, wherever it stands."""
    text = "abcdefghijklmnopqrstuvwxyz" * 3

    changed = text[:30] + "é" + text[31:]

    assert len(runs(text) - runs("zz" + text)) == 0
    assert sketch(changed.replace("é", "q")).hashes.size == sketch(text).hashes.size
    same = sketch(changed.replace("é", "q")).hashes == sketch(text).hashes
    assert int((~same).sum()) == RUN


@given(LETTERS)
@settings(deadline=None)
def test_a_sketch_has_every_run_in_its_place(text: str) -> None:
    """As many as letters leave room for, one after the other."""
    whole = sketch(text)

    assert whole.hashes.size == max(0, whole.letters - RUN + 1)
    assert all(b - a == 1 for a, b in pairwise(whole.places.tolist()))


@given(LETTERS, st.sampled_from([2, 4, 8, 16]))
@settings(deadline=None)
def test_two_texts_keep_the_same_runs(text: str, rate: int) -> None:
    """Which are sampled is settled by the run and not by what stands around it."""
    alone = {int(one) for one in sketch(text).sampled(rate).hashes}
    within = {int(one) for one in sketch(f"xyz {text} zyx").sampled(rate).hashes}

    assert alone <= within


def test_a_long_statement_keeps_few_runs() -> None:
    """Its rate grows until they fit."""
    kept = fingerprint(" ".join(f"word{n} lamp{n * n}" for n in range(2_000))).sketch

    assert 0 < kept.hashes.size <= SAMPLES
    assert kept.rate > 8
    assert (kept.hashes & np.uint32(kept.rate - 1) == 0).all()


def test_what_lies_beyond_twenty_pages_is_cut() -> None:
    """Places are kept in two bytes."""
    assert sketch("ab" * 50_000).letters == MAX_LETTERS
