"""The house that most tests of this adapter play in."""

from collections.abc import AsyncIterator

import pytest

from tests.bots.telegram.house import House, built, listening
from tests.standins.telegram.stage import TelegramStandIn


@pytest.fixture
async def house(telegram: TelegramStandIn) -> AsyncIterator[House]:
    """A bot that listens, in a group whose cards go to a room."""
    one = built(telegram)
    async with listening(one):
        yield one
