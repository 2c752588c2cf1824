"""Actions go before cards, a flooded chat is left alone, and the others go on."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bots.telegram.limiter import TwoLanes
from bots.telegram.pace import Lane, Limit, Pace, Paused
from tests.standins.telegram.stage import TelegramStandIn

ONE_AT_A_TIME = (Limit(calls=1, per_s=0.05),)
FREELY = (Limit(calls=1000, per_s=1.0),)


async def test_actions_overtake_cards_that_wait() -> None:
    """Whoever asked first: deletions go out before cards."""
    pace = Pace(overall=ONE_AT_A_TIME, per_chat=FREELY)
    order: list[str] = []

    async def call(name: str, lane: Lane) -> None:
        await pace.turn(lane, "chat")
        order.append(name)

    await pace.turn(Lane.CARD, "chat")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        for name, lane in (("card 1", Lane.CARD), ("card 2", Lane.CARD), ("delete", Lane.ACTION)):
            tasks.create_task(call(name, lane), name=name)

    assert order == ["delete", "card 1", "card 2"]


async def test_no_more_calls_than_the_limit_allows() -> None:
    """In any span of the limit's length there are at most as many turns as it says."""
    loop = asyncio.get_running_loop()
    pace = Pace(overall=(Limit(calls=3, per_s=0.1),), per_chat=FREELY)
    times = []
    for _ in range(8):
        await pace.turn(Lane.ACTION, "")
        times.append(loop.time())

    spans = [later - earlier for earlier, later in zip(times, times[3:], strict=False)]
    assert len(spans) == 5
    assert min(spans) >= 0.099


async def test_a_chats_own_limit_holds_its_cards_only() -> None:
    """Deletions in a chat do not wait for its cards, nor do the cards of other chats."""
    pace = Pace(overall=FREELY, per_chat=(Limit(calls=1, per_s=30.0),), patience_s=0.01)
    await pace.turn(Lane.CARD, "a")

    with pytest.raises(Paused) as late:
        await pace.turn(Lane.CARD, "a")
    await pace.turn(Lane.ACTION, "a")
    await pace.turn(Lane.CARD, "b")

    assert 29 < late.value.after_s <= 30


async def test_a_pause_stops_one_chat_for_as_long_as_asked() -> None:
    """Within patience a call waits the pause out; beyond it, it is refused at once."""
    loop = asyncio.get_running_loop()
    pace = Pace(overall=FREELY, per_chat=FREELY, patience_s=0.5)
    pace.pause("a", 0.05)
    pace.pause("b", 60.0)
    began = loop.time()

    await pace.turn(Lane.ACTION, "c")
    free_after = loop.time() - began
    await pace.turn(Lane.ACTION, "a")
    paused_for = loop.time() - began
    with pytest.raises(Paused):
        await pace.turn(Lane.ACTION, "b")

    assert free_after < 0.05 <= paused_for + 0.001
    assert loop.time() - began < 0.5


async def test_a_turn_that_was_given_up_is_not_counted() -> None:
    """A call that is cancelled while it waits leaves its turn to the next."""
    pace = Pace(overall=ONE_AT_A_TIME, per_chat=FREELY)
    await pace.turn(Lane.CARD, "")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        given_up = tasks.create_task(pace.turn(Lane.CARD, ""), name="given up")
        await asyncio.sleep(0)
        given_up.cancel()
        await pace.turn(Lane.CARD, "")

    assert given_up.cancelled()


async def test_idle_chats_are_forgotten() -> None:
    """A bot in many groups does not remember each for ever."""
    pace = Pace(overall=(Limit(calls=5000, per_s=0.001),), per_chat=(Limit(calls=1, per_s=0.001),))

    for number in range(3000):
        await pace.turn(Lane.CARD, str(number))

    assert len(pace._chats) <= 1000


async def test_a_flood_in_one_chat_is_honoured_through_the_library(telegram: TelegramStandIn) -> None:
    """After a 429 the chat is not called again until the time is over, and other chats are."""
    flooded, calm = telegram.group("Flooded"), telegram.group("Calm")
    for chat in (flooded, calm):
        telegram.add_bot(chat)
    telegram.api.fail_next("sendMessage", code=429, retry_after=30, chat=flooded)
    lanes = TwoLanes(Pace(overall=FREELY, per_chat=FREELY))
    async with ExtBot(telegram.token, base_url=telegram.base_url, rate_limiter=lanes) as bot:
        with pytest.raises(RetryAfter):
            await bot.send_message(flooded.id, "card")
        with pytest.raises(RetryAfter) as again:
            await bot.send_message(flooded.id, "card")
        await bot.send_message(calm.id, "card")
        await bot.get_chat(flooded.id)

    left = again.value.retry_after
    assert isinstance(left, timedelta)
    assert 25 < left.total_seconds() <= 30
    assert len([c for c in telegram.api.called("sendMessage") if c.code == 429]) == 1
    assert [m.text for m in telegram.said(calm)] == ["card"]
