"""What whoever imports lists may rely on, whatever keeps them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.entity import Listing
from core.keeping import BankStore, Entities
from core.model import EntryState
from core.store.banks import SqlBanks
from core.store.entities import SqlEntities
from tests import make
from tests.fake_entities import MemoryEntities
from tests.stores import opened_store

LANTERN = Listing(
    list_name="un_sc",
    reference="QDe.901",
    name="BLUE LANTERN FRONT",
    aliases=("نیلی لالٹین", '"The Lamp"'),
    weak_aliases=("Lampers",),
    listed_on="2001-10-06",
    un_reference="QDe.901",
    programs=("Lanterns",),
    url="https://lists.example/1",
)
KITE = Listing(list_name="uk_proscribed", name="Kite League (KL)", listed_on="2006-07")

Stores = tuple[Entities, BankStore]


@pytest.fixture(params=["memory", "sql"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    """Give everything that keeps listings, with the banks beside it."""
    if request.param == "memory":
        memory = MemoryEntities()
        yield memory, memory.banks
        return
    async with opened_store(tmp_path) as database:
        yield SqlEntities(database), SqlBanks(database)


async def test_at_first_nobody_is_designated(stores: Stores) -> None:
    """Nothing is bundled: without an import there is nothing."""
    entities, _ = stores

    assert await entities.listings() == ()
    assert await entities.revision() == 0
    assert await entities.named() == ()


async def test_a_listing_comes_back_as_it_went_in(stores: Stores) -> None:
    """Every field, in every script, by list and key."""
    entities, _ = stores

    await entities.put([LANTERN, KITE])

    assert await entities.listings() == (KITE, LANTERN)


async def test_a_listing_takes_the_place_of_its_earlier_state(stores: Stores) -> None:
    """The same reference, or the same folded name where there is none, is the same entry."""
    entities, _ = stores
    await entities.put([LANTERN, KITE])

    renamed, gone = replace(LANTERN, name="LAMP FRONT"), replace(KITE, name="KITE LEAGUE (KL)").withdrawn("d")
    await entities.put([renamed, gone])

    assert await entities.listings() == (gone, renamed)


async def test_the_same_reference_on_another_list_is_another_listing(stores: Stores) -> None:
    """Lists number for themselves."""
    entities, _ = stores

    await entities.put([replace(LANTERN, reference="1"), replace(LANTERN, reference="1", list_name="eu_fsf")])

    assert len(await entities.listings()) == 2


async def test_the_revision_grows_with_every_change_and_with_nothing_else(stores: Stores) -> None:
    """Who follows asks for one number."""
    entities, _ = stores
    await entities.put([LANTERN])
    first = await entities.revision()

    await entities.put([])
    await entities.listings()

    assert await entities.revision() == first
    await entities.put([KITE])
    assert await entities.revision() > first > 0


async def test_many_listings_are_kept_at_once(stores: Stores) -> None:
    """More than a database takes in one statement."""
    entities, _ = stores

    await entities.put([replace(LANTERN, reference=f"{n:05}") for n in range(2_500)])

    assert len(await entities.listings()) == 2_500


async def test_entries_are_counted_by_the_organisation_they_name(stores: Stores) -> None:
    """By bank and by the name as written; withdrawn entries and those that name none are left out."""
    entities, banks = stores
    await banks.add(
        "kites",
        [
            replace(make.entry("telegram:user/one"), entity="KL"),
            replace(make.entry("telegram:user/two"), entity="KL"),
            replace(make.entry("telegram:user/three"), entity="Lamp"),
            replace(make.entry("telegram:user/four"), entity=""),
            replace(make.entry("telegram:user/five"), entity="KL", state=EntryState.WITHDRAWN),
        ],
    )
    await banks.add("lamps", [replace(make.entry("telegram:user/one"), entity="KL")])

    assert await entities.named() == (("kites", "KL", 2), ("kites", "Lamp", 1), ("lamps", "KL", 1))
