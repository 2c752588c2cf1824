"""Which statements a text leads to, and that coming and going needs no rebuild."""

import random
from collections.abc import Mapping

import pytest

from core.banks.sketch import Sketch, fingerprint, sketch
from core.banks.statements import CANDIDATES, WORN, Statements
from core.text.prose import folded, words
from tests.core.banks import kites

LEXICON = [
    f"{a}{b}{c}" for a in ("ka", "lo", "mi", "ra", "su") for b in "bdfgl" for c in ("an", "er", "oz", "ix")
]


def invented(seed: int, count: int = 60) -> str:
    """Give words that belong to no language."""
    return " ".join(random.Random(seed).choices(LEXICON, k=count))  # noqa: S311 - any words will do


def kept(texts: Mapping[int, str]) -> Mapping[int, Sketch]:
    """Give sketches of statements by number."""
    return {number: fingerprint(text).sketch for number, text in texts.items()}


def seen(text: str) -> Sketch:
    """Give the sketch of a text that somebody wrote."""
    return sketch(words(folded(text)))


def known(texts: Mapping[int, str]) -> Statements:
    """Give an index of statements."""
    index = Statements()
    index.add(kept(texts))
    return index


def test_among_many_a_text_leads_to_its_own() -> None:
    """The first candidate is the statement itself."""
    texts = {number: invented(number) for number in range(300)}
    index = known(texts)

    assert [index.near(seen(text))[0] for text in texts.values()] == list(texts)


def test_other_texts_lead_nowhere() -> None:
    """Words that share no run with any."""
    index = known(dict(enumerate(kites.statement(one) for one in kites.LANGUAGES)))

    assert [index.near(seen(" ".join(kites.NEWS[one]))) for one in kites.LANGUAGES] == [()] * 4


def test_statements_come_and_go_one_by_one() -> None:
    """After any order of adding, replacing and removing, what is there is found, and nothing else."""
    index = Statements()
    there: dict[int, str] = {}
    chance = random.Random(7)  # noqa: S311 - any order will do
    for step in range(400):
        number = chance.randrange(60)
        if number in there and chance.random() < 0.5:
            del there[number]
            index.remove([number])
        else:
            there[number] = invented(step)
            index.add(kept({number: there[number]}))

    assert len(index) == len(there) > 10
    assert {n: index.near(seen(text))[:1] for n, text in there.items()} == {n: (n,) for n in there}
    assert index.near(seen(invented(0))) in ((), *((n,) for n, text in there.items() if text == invented(0)))


def test_removing_what_is_not_there_is_no_mistake() -> None:
    """A store may say so twice."""
    index = known({1: invented(1)})

    index.remove([2, 1, 1])

    assert len(index) == 0
    assert index.near(seen(invented(1))) == ()


@pytest.mark.parametrize("characters", [60, 80, 120])
def test_sixty_characters_are_enough(characters: int) -> None:
    """Short statements, each with one word changed, are found among the others."""
    texts = {n: invented(n)[:characters] for n in range(200)}
    index = known(texts)

    found = [n in index.near(seen(text.replace(text.split()[1], "xyzzy", 1))) for n, text in texts.items()]

    assert sum(found) >= 196


def test_many_versions_of_one_statement_are_a_few_candidates() -> None:
    """The work that follows stays the same, however many versions a bank has."""
    index = known({n: f"{invented(1)} {invented(n, 5)}" for n in range(100)})

    assert len(index.near(seen(invented(1)))) == CANDIDATES


def test_what_many_have_is_a_formula() -> None:
    """A prayer that other statements have too tells nothing; of many versions of one, each is known by it."""
    prayer = invented(0, 40)
    apart = {n: f"{prayer} {invented(n)}" for n in range(1, WORN + 3)}
    versions = {n: f"{prayer} {invented(n, 4)}" for n in range(1, WORN + 3)}

    assert known(apart).only_formulae(seen(f"{prayer} amen"), kept(apart)[1])
    assert not known(apart).only_formulae(seen(apart[1]), kept(apart)[1])
    assert not known(versions).only_formulae(seen(prayer), kept(versions)[1])
    assert not known({1: apart[1]}).only_formulae(seen(prayer), kept(apart)[1])
