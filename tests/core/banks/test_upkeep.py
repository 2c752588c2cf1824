"""Looking into banks, taking out of them and trusting them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.banks.upkeep import Stats, exported, remove, stats, trust
from core.errors import BadInput
from core.model import Bank, EntryState, Trust
from tests import make
from tests.fake_banks import MemoryBanks


async def stocked() -> MemoryBanks:
    """Give a store with one bank of a picture and two accounts, one of them withdrawn."""
    store = MemoryBanks()
    picture = [make.entry(v, kind=k, ref="d041") for k, v in (("md5", "1a" * 16), ("pdq", "0f" * 32))]
    gone = replace(make.entry("x:user/gone", ref="r2"), state=EntryState.WITHDRAWN)
    await store.add("community", [*picture, make.entry(), gone])
    return store


@pytest.mark.parametrize(
    ("item", "removed"),
    [
        ("d041", 2),
        ("0F" * 32, 1),
        ("https://t.me/BlueLantern", 1),
        ("telegram:user/bluelantern", 1),
        ("r1", 1),
        ("nothing", 0),
        ("telegram:user/other", 0),
    ],
)
async def test_an_item_is_taken_out_by_reference_address_or_hash(item: str, removed: int) -> None:
    """A reference takes all of an item out, an address or a hash the one entry."""
    store = await stocked()

    assert await remove([item], "community", store) == ((item, removed),)
    assert len(store.rows) == 4 - removed


async def test_a_promoted_bank_keeps_its_entries() -> None:
    """Promoting changes how far a bank is trusted, there and back."""
    store = await stocked()

    assert await trust("community", Trust.ACT, store) == Bank(name="community", trust=Trust.ACT)
    assert await store.banks() == ((Bank(name="community", trust=Trust.ACT), 3),)
    assert (await trust("community", Trust.TRIAL, store)).trust is Trust.TRIAL


@pytest.mark.parametrize(
    ("banks", "message"),
    [
        ([], "there is no bank 'comunity'. There is none yet: import a list."),
        (["community", "un"], "there is no bank 'comunity'. There are: community, un."),
    ],
)
async def test_a_bank_that_is_not_there_is_refused(banks: list[str], message: str) -> None:
    """The message names the banks that there are; nothing is made by a typo."""
    store = MemoryBanks(known={name: Bank(name=name) for name in banks})

    for attempt in (trust("comunity", Trust.ACT, store), remove(["x"], "comunity", store)):
        with pytest.raises(BadInput) as refused:
            await attempt
        assert str(refused.value) == message
    with pytest.raises(BadInput) as refused:
        _ = [line async for line in exported("comunity", store)]
    assert str(refused.value) == message
    assert list(store.known) == banks


async def test_stats_count_by_kind_and_state() -> None:
    """Withdrawn entries count among the states and nowhere else."""
    store = await stocked()

    assert await stats(store) == (
        Stats(
            bank=Bank(name="community"),
            entries=3,
            kinds={"link": 1, "md5": 1, "pdq": 1},
            states={"active": 3, "withdrawn": 1},
        ),
    )


async def test_an_export_line_has_all_that_an_entry_says() -> None:
    """The keys of `nigehban.entry/1`, with times in ISO form."""
    store = MemoryBanks()
    entry = replace(
        make.entry(),
        name="Blue Lantern",
        avatar="0f" * 32,
        reason="shared here",
        source="list.csv",
        added_by="import",
        added_at=make.NOON,
        expires_at=make.NOON + timedelta(days=1),
        extra=(("platform", "Telegram"),),
    )
    await store.add("community", [entry])

    assert [line async for line in exported("community", store)] == [
        {
            "schema": "nigehban.entry/1",
            "bank": "community",
            "ref": "r1",
            "kind": "link",
            "value": "telegram:user/bluelantern",
            "label": "lantern channel",
            "state": "active",
            "entity": "Blue Lantern Front",
            "name": "Blue Lantern",
            "avatar": "0f" * 32,
            "reason": "shared here",
            "source": "list.csv",
            "added_by": "import",
            "added_at": "2026-03-01T12:00:00+00:00",
            "ideology": "",
            "first_seen": None,
            "last_seen": None,
            "expires_at": "2026-03-02T12:00:00+00:00",
            "sharing": None,
            "extra": {"platform": "Telegram"},
        }
    ]
