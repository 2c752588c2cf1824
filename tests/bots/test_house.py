"""What every command stands on: what is known is kept in the home."""

from pathlib import Path

from bots.extensions import Extensions
from bots.house import now, opened_house
from core.banks.banks import Banks
from core.banks.kept import NAME
from core.model import Entry, Signal
from core.settings import read_settings


async def test_a_home_keeps_what_is_known_from_one_start_to_the_next(tmp_path: Path) -> None:
    """The second start finds the file that the first one wrote, and what it holds is matched."""
    settings = read_settings(home=tmp_path, env_file=tmp_path / "none")
    known = [Entry(kind="link", value=f"telegram:user/bluelantern{n}") for n in range(3)]

    async with opened_house(settings, Extensions()) as house:
        await house.bank_store.add("community", known)
        await Banks(house.bank_store, clock=now, kept=house.kept, much=2).start()
    written = (tmp_path / NAME).read_bytes()
    async with opened_house(settings, Extensions()) as house:
        assert await house.kept.index() is not None
        banks = await house.banks()
        found = await banks.match([Signal(kind="link", value=known[1].value, part="text")])

    assert [match.entry.value for match in found] == [known[1].value]
    assert (tmp_path / NAME).read_bytes() == written
