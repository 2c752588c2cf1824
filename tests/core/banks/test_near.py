"""Everything within one edit is found, through additions, removals and merges."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from core.banks.near import CAP, LONGEST, Near

WORDS = st.text(st.sampled_from("abcд"), min_size=1, max_size=9)


@given(st.lists(WORDS, max_size=40), WORDS, st.integers(1, 7))
@settings(deadline=None)
def test_whatever_is_within_one_edit_is_found(known: list[str], asked: str, batch: int) -> None:
    """Compared with looking at all of them; added in batches of any size, so that runs are merged."""
    near = Near()
    numbered = list(enumerate(known))
    for start in range(0, len(numbered), batch):
        near.add(numbered[start : start + batch])

    found = near.around([asked])

    assert {number for number, word in numbered if OSA.distance(word, asked) <= 1} <= found


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
@settings(deadline=None)
def test_what_was_removed_is_not_found_again(known: list[str], data: st.DataObject) -> None:
    """Nor after the runs that held it were merged; the others stay."""
    near = Near()
    near.add(list(enumerate(known)))
    gone = data.draw(st.sets(st.integers(0, len(known) - 1)))

    near.remove(gone)
    near.add([(1000 + number, word) for number, word in enumerate(known)])

    for number, word in enumerate(known):
        found = near.around([word])
        assert (number in found) is (number not in gone)
        assert 1000 + number in found


def test_a_swap_a_letter_more_a_letter_less_and_another_letter_are_near() -> None:
    """The four edits, and what is two of them."""
    near = Near()
    near.add([(1, "zarbulanpres")])

    for edited in ("zarublanpres", "zarbulanxpres", "zarbulnpres", "zarbulampres", "zarbulanpres"):
        assert near.around([edited]) == {1}
    for other in ("zarublanpers", "zarbulanpresxy", "bulanpres", "news"):
        assert near.around([other]) == set()


def test_one_number_may_have_several_spellings() -> None:
    """Any of them leads to it, and all go with it."""
    near = Near()
    near.add([(5, "zarbulan"), (5, "zarbulanpres"), (6, "quintor")])

    assert near.around(["zarbulan"]) == near.around(["zarbulanpres"]) == {5}
    near.remove([5, 77])
    assert near.around(["zarbulan", "zarbulanpres", "quintor"]) == {6}


def test_a_spelling_that_many_share_brings_no_more_than_the_cap() -> None:
    """A list with one name a thousand times must not make every look at it slow."""
    near = Near()
    near.add([(number, "zarbulan") for number in range(CAP + 50)])

    assert len(near.around(["zarbulan"])) == CAP


def test_spellings_that_are_gone_hide_none_that_is_there() -> None:
    """They neither count towards the cap nor stay for ever: a merge leaves them out."""
    near = Near()
    near.add([(number, "zarbulan") for number in range(CAP + 50)])
    before = near.nbytes
    near.remove(range(CAP + 40))

    assert near.around(["zarbulan"]) == set(range(CAP + 40, CAP + 50))
    near.add([(1000 + number, "quintor") for number in range(CAP + 10)])
    assert near.around(["zarbulan"]) == set(range(CAP + 40, CAP + 50))
    assert near.nbytes < before


def test_only_the_first_letters_of_a_very_long_spelling_count() -> None:
    """They are enough to find it, and no length fills the memory."""
    near = Near()
    near.add([(1, "ab" * 500)])

    assert near.around(["ab" * LONGEST]) == {1}
    assert near.around([""]) == set()
    assert near.nbytes < 100_000
