"""The fixture `house`."""

import pytest

from tests.bots.discord.house import House
from tests.standins.discord.server import DiscordServer


@pytest.fixture
def house(discord_server: DiscordServer) -> House:
    """A furnished server and a bot to watch it."""
    return House(discord_server)
