"""What the bot reads from the Telegram stand-in is what the Bot API would send."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
)

from tests.standins.telegram import media
from tests.standins.telegram.stage import TelegramStandIn


async def test_the_bot_learns_who_it_is_and_its_privacy_mode(telegram: TelegramStandIn, bot: Bot) -> None:
    """Privacy mode is on unless @BotFather was told otherwise."""
    before = await bot.get_me()
    telegram.world.has_privacy = False

    after = await bot.get_me()

    assert (before.username, before.can_read_all_group_messages) == ("kites_guard_bot", False)
    assert after.can_read_all_group_messages


async def test_an_update_stays_until_a_higher_offset_confirms_it(telegram: TelegramStandIn, bot: Bot) -> None:
    """A reader that dies before confirming gets the same update again."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    first = await bot.get_updates()
    again = await bot.get_updates()

    rest = await bot.get_updates(offset=first[-1].update_id + 1, timeout=0)

    assert [u.update_id for u in first] == [u.update_id for u in again]
    assert [u.my_chat_member is not None for u in first] == [True, False]
    assert rest == ()


async def test_a_waiting_poll_is_answered_by_the_next_post(telegram: TelegramStandIn, bot: Bot) -> None:
    """A poll with a timeout blocks until something happens, and no longer."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    seen = (await bot.get_updates())[-1].update_id
    amina = telegram.user("Amina")
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(bot.get_updates(offset=seen + 1, timeout=30), name="poll")
        await asyncio.sleep(0)

        telegram.post(kites, amina, "see https://kites.example and @amina_flies")

    message = poll.result()[0].message
    assert message is not None
    assert [e.type for e in message.entities] == ["url", "mention"]


async def test_a_second_reader_ends_the_first(telegram: TelegramStandIn, bot: Bot) -> None:
    """Two processes with one token: the one that waits gets 409."""

    async def read_first() -> str:
        with pytest.raises(Conflict) as conflict:
            await bot.get_updates(timeout=30)
        return str(conflict.value)

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        first = tasks.create_task(read_first(), name="first reader")
        await telegram.api.wait_until(lambda: telegram.world.feed.is_being_read)
        async with Bot(telegram.token, base_url=telegram.base_url) as second:
            await second.get_updates(timeout=0)

    assert "terminated by other getupdates request" in first.result().casefold()


async def test_a_webhook_refuses_readers(telegram: TelegramStandIn, bot: Bot) -> None:
    """With a webhook set getUpdates answers 409 until it is deleted."""
    await bot.set_webhook("https://guard.example/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()

    assert await bot.get_updates() == ()
    assert (await bot.get_webhook_info()).url == ""


async def test_kinds_that_were_not_asked_for_never_arrive(telegram: TelegramStandIn, bot: Bot) -> None:
    """chat_member must be named; an omitted list keeps the one before; updates queued earlier stay."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    telegram.member(kites, "Bilal")
    default = await bot.get_updates()
    await bot.get_updates(offset=default[-1].update_id + 1, allowed_updates=["chat_member"], timeout=0)

    telegram.member(kites, "Chanda")
    asked = await bot.get_updates()

    assert all(u.chat_member is None for u in default)
    assert [u.chat_member is not None for u in asked] == [True]


async def test_privacy_mode_hides_ordinary_posts_from_a_mere_member(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """In privacy mode a bot without administrator rights sees commands only."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites, rights=None)
    amina = telegram.member(kites, "Amina")
    telegram.post(kites, amina, "hello")
    telegram.post(kites, amina, "/status")

    seen = [u.message.text for u in await bot.get_updates() if u.message and u.message.text]

    assert seen == ["/status"]


async def test_files_are_downloaded_up_to_20_mb(telegram: TelegramStandIn, bot: Bot) -> None:
    """A document keeps its bytes; one over the limit is refused at getFile."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    amina = telegram.user("Amina")
    telegram.post(
        kites,
        amina,
        attached=media.document(telegram.world, b"pattern", name="kite.pdf", mime="application/pdf"),
    )
    telegram.post(
        kites,
        amina,
        attached=media.document(
            telegram.world, b"", name="long.mp4", mime="video/mp4", claimed_size=20_000_001
        ),
    )
    small, large = [u.message.document for u in await bot.get_updates() if u.message and u.message.document]
    assert small is not None
    assert large is not None

    content = await (await small.get_file()).download_as_bytearray()

    assert bytes(content) == b"pattern"
    with pytest.raises(BadRequest, match="File is too big"):
        await large.get_file()


async def test_a_photo_is_recompressed_in_several_sizes(
    telegram: TelegramStandIn, bot: Bot, picture: bytes
) -> None:
    """No size has the sender's bytes, and the largest comes last."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    telegram.post(kites, telegram.user("Amina"), "my kite", photo=picture)
    message = (await bot.get_updates())[-1].message
    assert message is not None

    largest = await (await message.photo[-1].get_file()).download_as_bytearray()

    assert [size.width for size in message.photo] == [90, 320, 400]
    assert message.caption == "my kite"
    assert bytes(largest) != picture


async def test_a_migrated_group_names_its_new_id(telegram: TelegramStandIn, bot: Bot) -> None:
    """Both service messages arrive, and calls to the old id say where it went."""
    small = telegram.group("Small", kind="group")
    telegram.add_bot(small)
    moved = telegram.migrate(small)

    with pytest.raises(ChatMigrated) as error:
        await bot.send_message(small.id, "hello")

    messages = [u.message for u in await bot.get_updates() if u.message]
    assert error.value.new_chat_id == moved.id
    assert messages[-2].migrate_to_chat_id == moved.id
    assert messages[-1].migrate_from_chat_id == small.id


async def test_chats_speak_through_fake_users(telegram: TelegramStandIn, bot: Bot) -> None:
    """An anonymous administrator and a channel post as a chat; `from` is nobody."""
    kites = telegram.group("Kite Flyers")
    news = telegram.group("Kite News", kind="channel", username="kite_news")
    telegram.add_bot(kites)
    telegram.post(kites, None, "as the group", sender_chat=kites)
    telegram.post(kites, None, "as a channel", sender_chat=news)

    messages = [u.message for u in await bot.get_updates() if u.message and u.message.sender_chat]

    assert [m.from_user.id for m in messages if m.from_user] == [1087968824, 136817688]
    assert [m.sender_chat.id for m in messages if m.sender_chat] == [kites.id, news.id]


async def test_fields_newer_than_the_library_arrive(telegram: TelegramStandIn, bot: Bot) -> None:
    """A rich message has no text for the library; its content is kept in `api_kwargs`."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    rich = {"blocks": [{"type": "paragraph", "text": ["see ", {"type": "bold", "text": "this"}]}]}
    telegram.post(kites, telegram.user("Amina"), attached={"rich_message": rich}, newer={"glow": 3})

    message = (await bot.get_updates())[-1].message

    assert message is not None
    assert (message.text, dict(message.api_kwargs)) == (None, {"rich_message": rich, "glow": 3})
