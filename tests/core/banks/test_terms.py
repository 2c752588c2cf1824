"""A match of before has the terms of its list now; what was recognised stays as it was."""

from dataclasses import replace

import pytest

from core.banks.own import BEFORE
from core.banks.terms import Terms
from core.model import ActionKind, Bank, Match, Override, Standing, Trust
from tests import make
from tests.fake_banks import MemoryBanks

OLD = make.match(trust=Trust.TRIAL)
LISTED = Bank(name="community", trust=Trust.ACT, most=ActionKind.DELETE)


async def now(match: Match, *others: Standing, bank: Bank | None = LISTED) -> tuple[Match, ...]:
    """Return a match under the terms of now."""
    store = MemoryBanks()
    if bank:
        await store.put_bank(bank)
        await store.add(bank.name, [match.entry])
    for standing in others:
        entry = match.entry
        one = Override(kind=entry.kind, value=entry.value, standing=standing, at=make.NOON)
        await store.override(match.bank.name, one)
    return await Terms(store).now([match])


async def test_a_list_has_the_terms_of_now() -> None:
    """Its trust and the most that may rest on it; strength, distance and reason are those of then."""
    match = replace(OLD, distance=7, because="so it was")

    assert await now(match) == (replace(match, bank=LISTED),)


async def test_a_list_that_is_gone_has_the_terms_it_had() -> None:
    """Nobody can say what they would be."""
    assert await now(OLD, bank=None) == (OLD,)


@pytest.mark.parametrize(
    ("standing", "trust"),
    [(Standing.ACT, Trust.ACT), (Standing.FLAG, Trust.FLAG), (Standing.OFF, None)],
)
async def test_an_entry_is_treated_as_it_is_here_now(standing: Standing, trust: Trust | None) -> None:
    """Let act, held to a report, or switched off: then it is no match."""
    found = await now(OLD, standing)

    assert [match.bank.trust for match in found] == ([trust] if trust else [])


@pytest.mark.parametrize(
    ("bank", "expected"), [(Trust.ACT, Trust.FLAG), (Trust.FLAG, Trust.FLAG), (Trust.TRIAL, Trust.TRIAL)]
)
async def test_what_was_only_shown_then_is_only_shown(bank: Trust, expected: Trust) -> None:
    """The same had been dismissed here before, which a list's promotion does not change."""
    match = replace(OLD, because=f"links to it; {BEFORE}")

    (found,) = await now(match, bank=replace(LISTED, trust=bank))

    assert found.bank.trust is expected


async def test_a_list_is_read_once() -> None:
    """However many matches it has."""
    store = MemoryBanks()
    await store.put_bank(LISTED)
    terms = Terms(store)
    await terms.now([OLD])
    await store.put_bank(replace(LISTED, trust=Trust.FLAG))

    (found,) = await terms.now([OLD])

    assert found.bank.trust is Trust.ACT
