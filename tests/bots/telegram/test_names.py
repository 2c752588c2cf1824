"""What Telegram says of public names: the number that stays, for groups and channels."""

import pytest

from bots.telegram.client import Client
from bots.telegram.names import Names
from core.errors import CannotLook, TryLater
from core.fetch.rate import Rate
from tests.bots.telegram.house import built, listening
from tests.standins.telegram.stage import TelegramStandIn


@pytest.mark.parametrize("kind", ["supergroup", "channel"])
async def test_a_group_or_channel_has_a_number(telegram: TelegramStandIn, kind: str) -> None:
    """The bot need not be in it; the name's letters do not matter."""
    house = built(telegram)
    chat = telegram.group("Lanterns", kind=kind, username="BlueLantern")

    async with listening(house):
        found = await house.platform.resolve("telegram:user/bluelantern")

    assert found == (f"telegram:chat/{str(chat.id).removeprefix('-100')}",)


async def test_a_person_is_not_given_out(telegram: TelegramStandIn) -> None:
    """Telegram tells bots no person by their name: nothing is found, and that is no gap."""
    house = built(telegram)
    telegram.private(house.member)

    async with listening(house):
        assert await house.platform.resolve("telegram:user/amina_r") == ()
        assert await house.platform.resolve("telegram:user/nobody_here") == ()


async def test_a_chat_that_threw_the_bot_out_is_told_in_words(telegram: TelegramStandIn) -> None:
    """The name is known there, and the number is not said."""
    house = built(telegram)
    chat = telegram.group("Lanterns", username="BlueLantern")
    telegram.demote(chat, telegram.bot, "kicked")

    async with listening(house):
        with pytest.raises(CannotLook, match="does not say which chat"):
            await house.platform.resolve("telegram:user/bluelantern")


class Known(Client):
    """A client to which Telegram gives a number out."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.asked: list[str] = []

    async def id_of(self, name: str) -> int:
        """Answer."""
        self.asked.append(name)
        return self.number


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (51900412, "telegram:id/51900412"),
        (-1001234567890, "telegram:chat/1234567890"),
        (-4711, "telegram:chat/4711"),
    ],
)
async def test_the_number_says_what_it_is(number: int, found: str) -> None:
    """People are positive, groups negative; channels and large groups lose their `-100`."""
    client = Known(number)

    assert await Names(client).resolve("telegram:user/kites") == (found,)
    assert client.asked == ["kites"]


async def test_names_are_not_asked_for_faster_than_telegram_likes() -> None:
    """A message full of invented names does not bring the bot a pause of hours."""
    client = Known(1)
    names = Names(client, Rate(burst=3, every_s=60.0, patience_s=1.0))

    for _ in range(3):
        await names.resolve("telegram:user/kites")
    with pytest.raises(TryLater, match="too often"):
        await names.resolve("telegram:user/kites")

    assert len(client.asked) == 3
