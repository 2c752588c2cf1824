"""An entry that meets everybody falls back to a report by itself, for every worker, and says so."""

from datetime import datetime, timedelta

import pytest

from core.banks.banks import Banks
from core.banks.fuse import FUSE, Fuse
from core.banks.own import CONFIRMED
from core.model import Bank, Match, Signal, Standing, Trust
from tests import make
from tests.fake_banks import MemoryBanks

LINK = Signal(kind="link", value="telegram:user/bluelantern", part="text")


class House:
    """A list with one entry, and a fuse of three people."""

    def __init__(self) -> None:
        """Build it."""
        self.store = MemoryBanks()
        self.now: datetime = make.NOON
        self.banks = Banks(self.store, clock=lambda: self.now)
        self.fuse = Fuse(self.banks, self.store, lambda: self.now, people=3)

    async def listed(self, *, bank: str = "community", trust: Trust = Trust.ACT) -> None:
        """Put the link on a list."""
        await self.store.put_bank(Bank(name=bank, trust=trust))
        await self.store.add(bank, [make.entry()])
        await self.banks.refresh()

    async def posts(self, person: int) -> Match:
        """Have somebody post the link."""
        author = Signal(kind="account", value=f"fake:id/{person}", part="author")
        (match,) = await self.fuse.match([author, LINK])
        return match


async def test_the_fuse_blows_with_the_first_person_too_many() -> None:
    """From then on every worker only reports it, until a person restores the entry."""
    house = House()
    await house.listed()

    trusts = [(await house.posts(person)).bank.trust for person in (1, 2, 3, 1, 3)]
    fourth = await house.posts(4)
    elsewhere = (await house.banks.match([LINK]))[0]
    (override,) = await house.store.overrides("community")
    await house.store.restore("community", kind="link", value=LINK.value)

    assert set(trusts) == {Trust.ACT}
    assert fourth.bank.trust is Trust.FLAG
    assert fourth.because.endswith(
        "; this entry met more than 3 people within an hour, and is only reported until somebody restores it"
    )
    assert elsewhere.bank.trust is Trust.FLAG
    assert (override.standing, override.by) == (Standing.FLAG, FUSE)
    assert (await house.banks.match([LINK]))[0].bank.trust is Trust.ACT


async def test_people_are_counted_within_an_hour() -> None:
    """Who was met longer ago counts no more; one person counts once, however often."""
    house = House()
    await house.listed()

    for person in (1, 1, 1, 1, 2, 3):
        await house.posts(person)
    house.now += timedelta(hours=1)

    assert (await house.posts(4)).bank.trust is Trust.ACT
    assert await house.store.overrides("community") == ()


@pytest.mark.parametrize(
    ("bank", "trust"), [("community", Trust.FLAG), ("community", Trust.TRIAL), (CONFIRMED, Trust.ACT)]
)
async def test_what_needs_no_fuse_has_none(bank: str, trust: Trust) -> None:
    """A list that only flags does nothing to anybody; what was confirmed here, a person has looked at."""
    house = House()
    await house.listed(bank=bank, trust=trust)

    trusts = {(await house.posts(person)).bank.trust for person in range(10)}

    assert trusts == {trust}
    assert await house.store.overrides(bank) == ()


async def test_a_message_without_an_author_is_not_counted() -> None:
    """Nobody can be told from nobody."""
    house = House()
    await house.listed()

    trusts = {match.bank.trust for _ in range(10) for match in await house.fuse.match([LINK])}

    assert trusts == {Trust.ACT}
