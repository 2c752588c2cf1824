"""The contract of the port `Known`: the banks, and the banks with a fuse."""

import pytest

from core.banks.banks import Banks
from core.banks.fuse import Fuse
from core.model import Signal, Strength
from core.ports import Known
from tests import make
from tests.fake_banks import MemoryBanks

LINK = Signal(kind="link", value="telegram:user/bluelantern", part="text")
OTHER = Signal(kind="link", value="telegram:user/kites", part="text")
PICTURE = Signal(kind="pdq", value="f" * 63 + "0", part="attachment[0]")


@pytest.fixture(params=["banks", "fuse"])
async def known(request: pytest.FixtureRequest) -> Known:
    """Give each, with a link and a picture on two lists."""
    store = MemoryBanks()
    await store.add("community", [make.entry(), make.entry("f" * 64, kind="pdq", ref="r2")])
    await store.add("second", [make.entry()])
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.start()
    return banks if request.param == "banks" else Fuse(banks, store, lambda: make.NOON)


async def test_what_is_listed_is_met_in_every_list_and_nothing_else_is(known: Known) -> None:
    """Each match has the very signal that was asked for."""
    met = await known.match([OTHER, LINK])

    assert {(match.bank.name, match.signal) for match in met} == {("community", LINK), ("second", LINK)}
    assert await known.match([OTHER]) == ()


async def test_the_strongest_match_comes_first(known: Known) -> None:
    """Whatever the order in which it was asked."""
    met = await known.match([PICTURE, LINK])

    ranks = [match.strength.rank for match in met]
    assert len(met) == 3
    assert ranks == sorted(ranks, reverse=True)
    assert met[0].strength is Strength.SAME


async def test_nothing_meets_nothing(known: Known) -> None:
    """A message in which nothing was found."""
    assert await known.match([]) == ()
