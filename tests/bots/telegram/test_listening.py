"""Nothing that happened is lost, whatever breaks between Telegram and the inbox."""

import asyncio
import json
import logging

import pytest

from core.errors import BadInput, TryLater
from tests.bots.telegram.house import BAD_LINK, House, built, listening
from tests.standins.telegram.stage import TelegramStandIn


async def test_an_update_is_confirmed_only_once_the_inbox_has_it(telegram: TelegramStandIn) -> None:
    """While the inbox fails, Telegram keeps the update."""
    house = built(telegram)
    house.tray.errors = [TryLater("the disk is full", after=0.2)]
    telegram.post(house.group, house.member, BAD_LINK)
    confirmed_before = telegram.world.feed.confirmed

    async with listening(house):
        async with asyncio.timeout(5):
            await house.tray.touched.wait()
        while_failing = telegram.world.feed.confirmed
        await house.heard()

    assert while_failing == confirmed_before
    assert len(house.tray.items) == 1


async def test_a_process_that_dies_before_confirming_gets_the_update_again(
    telegram: TelegramStandIn,
) -> None:
    """The next process is given it once more, and takes it in once."""
    house = built(telegram)
    telegram.post(house.group, house.member, BAD_LINK)
    async with listening(house), asyncio.timeout(5):
        await house.tray.touched.wait()
    waiting = len(telegram.world.feed.pending)

    house.ready.clear()
    async with listening(house, house.new_platform()):
        await house.heard()

    assert (waiting, len(house.tray.items)) == (1, 1)


async def test_what_happened_while_nobody_listened_is_read_later(telegram: TelegramStandIn) -> None:
    """Telegram keeps updates for a day; a webhook that somebody set is taken down without dropping them."""
    house = built(telegram)
    telegram.world.feed.webhook = "https://elsewhere.example"
    telegram.post(house.group, house.member, BAD_LINK)

    async with listening(house):
        await house.heard()

    assert len(house.tray.items) == 1
    assert telegram.world.feed.webhook == ""


async def test_more_than_one_page_of_updates_is_read_to_the_end(house: House) -> None:
    """A long outage leaves more than Telegram gives at once; each is read, once, in order."""
    for number in range(250):
        house.telegram.post(house.group, house.member, f"post {number}")

    await house.heard()

    texts = [json.loads(item.body)["message"]["text"] for item in house.tray.unread]
    assert texts == [f"post {number}" for number in range(250)]


@pytest.mark.parametrize("code", [0, 429, 502, 409])
async def test_a_connection_that_breaks_is_made_anew(house: House, code: int) -> None:
    """After a flood, a bad gateway, a dropped connection or a second reader, listening goes on."""
    house.telegram.api.fail_next("getUpdates", code=code, retry_after=0, description="Conflict: another")
    house.telegram.post(house.group, house.member, "first")
    await house.heard()
    house.telegram.post(house.group, house.member, BAD_LINK)
    await house.work()

    assert house.card.text.startswith("🔴")


async def test_it_starts_once_telegram_can_be_reached(
    telegram: TelegramStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    """An outage at start is waited out, and said; no line contains the token."""
    house = built(telegram)
    telegram.api.fail_next("getMe", code=502)
    caplog.set_level(logging.DEBUG, logger="bots")

    async with listening(house):
        assert house.ready == ["telegram @kites_guard_bot"]

    assert "Telegram is out of reach" in [getattr(r, "why", "") for r in caplog.records]
    assert not [r for r in caplog.records if telegram.token in f"{r.getMessage()}{vars(r)}"]


async def test_a_wrong_token_is_one_line_with_the_remedy(telegram: TelegramStandIn) -> None:
    """It names the setting, not the token."""
    house = built(telegram)
    wrong = "987654321:AAwrong-token-of-no-value_01234567890"

    with pytest.raises(BadInput, match="NIGEHBAN_TELEGRAM__TOKEN is refused") as refused:
        await house.new_platform(token=wrong).listen(house.ready.append)

    assert wrong not in str(refused.value)


async def test_nothing_is_called_before_there_is_a_connection(telegram: TelegramStandIn) -> None:
    """What a worker takes up too early, or too late, is handed out again."""
    house = built(telegram)

    with pytest.raises(TryLater, match="not connected"):
        await house.platform.take('{"update_id": 1, "message": {}}')
    with pytest.raises(TryLater, match="not connected"):
        await house.platform.moderates(f"telegram:id/{house.member.id}", house.place)


async def test_all_kinds_of_updates_are_asked_for(house: House) -> None:
    """Joins come only if they are named."""
    house.telegram.member(house.group, "Bilal")
    await house.heard()

    kinds = [set(item.body.partition('"update_id"')[2].split('"')) for item in house.tray.unread]
    assert any("chat_member" in kind for kind in kinds)
    assert any("message" in kind for kind in kinds)
