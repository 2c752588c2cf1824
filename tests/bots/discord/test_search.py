"""A server's own search finds what was written before; the moderators' room is left out."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import NotPermitted, TryLater
from core.ports import Searcher
from tests.bots.discord.house import House
from tests.standins.discord.front import Failure
from tests.standins.discord.server import DiscordServer

WORDS = "redlantern"


@pytest.fixture
async def house(discord_server: DiscordServer) -> AsyncIterator[House]:
    """Serve a bot in a server where something was written."""
    house = House(discord_server)
    async with house.served():
        for words in ("see t.me/RedLantern", "good morning"):
            await house.server.post(house.general, house.amina, content=words)
        await house.server.post(house.room, house.omar, content="what about t.me/redlantern ?")
        yield house


def long_ago() -> datetime:
    """Give a moment before all of it."""
    return datetime.now(UTC) - timedelta(days=30)


async def test_messages_come_as_the_core_knows_them(house: House) -> None:
    """With author, place and address; what moderators say among themselves is not found."""
    assert isinstance(house.platform, Searcher)

    (message,) = await house.platform.search(f"discord:{house.guild.id}", WORDS, since=long_ago())

    assert message.place.id == f"discord:{house.guild.id}"
    assert message.author.name == "Amina R."
    assert "RedLantern" in str(message.parts)
    assert message.url.startswith("https://discord.com/channels/")


async def test_what_is_older_than_asked_for_is_not_found(house: House) -> None:
    """The search begins at a moment."""
    later = datetime.now(UTC) + timedelta(minutes=1)

    assert await house.platform.search(f"discord:{house.guild.id}", WORDS, since=later) == ()


async def test_an_index_that_is_not_ready_is_asked_again(house: House) -> None:
    """Discord says how long it takes."""
    house.server.index_waits(1)

    with pytest.raises(TryLater) as busy:
        await house.platform.search(f"discord:{house.guild.id}", WORDS, since=long_ago())

    assert busy.value.after == 1
    assert len(await house.platform.search(f"discord:{house.guild.id}", WORDS, since=long_ago())) == 1


async def test_a_server_that_may_not_be_searched_says_so(house: House) -> None:
    """The bot lacks a right there."""
    house.server.fail_next(Failure("GET", "/guilds/*/messages/search", 403, code=50013))

    with pytest.raises(NotPermitted):
        await house.platform.search(f"discord:{house.guild.id}", WORDS, since=long_ago())
