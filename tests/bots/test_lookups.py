"""Who is asked follows from the setting and from the platforms that are served."""

from dataclasses import dataclass

import pytest

from bots.lookups import lookups
from core.resolve.lookup import Lookup
from tests.fake_platform import FakePlatform


@dataclass
class Asking(FakePlatform):
    """A platform that can look up."""

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Answer."""
        return (f"{self.name}:found/{identifier}",)


PLATFORMS = (Asking("telegram"), FakePlatform("discord"), Asking("fake"))


@pytest.mark.parametrize(
    ("allowed", "asked"),
    [
        ((), set()),
        ((Lookup.SHORT_LINKS,), {Lookup.SHORT_LINKS}),
        ((Lookup.TELEGRAM_NAMES, Lookup.DISCORD_INVITES), {Lookup.TELEGRAM_NAMES}),
        (tuple(Lookup), {Lookup.SHORT_LINKS, Lookup.TELEGRAM_NAMES}),
    ],
)
async def test_only_what_is_allowed_and_can_be_asked_is_there(
    allowed: tuple[Lookup, ...], asked: set[Lookup]
) -> None:
    """A platform that is not served, or cannot look up, is not asked."""
    async with lookups(allowed, PLATFORMS) as found:
        assert set(found) == asked


async def test_a_platform_is_asked_for_its_own() -> None:
    """Telegram's names are asked of Telegram."""
    async with lookups(tuple(Lookup), PLATFORMS) as found:
        assert await found[Lookup.TELEGRAM_NAMES].resolve("x") == ("telegram:found/x",)
