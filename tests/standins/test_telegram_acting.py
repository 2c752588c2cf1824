"""What the bot does through the Telegram stand-in is done or refused as the Bot API would."""

import io

import pytest
from PIL import Image
from telegram import (
    Bot,
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from tests.standins.telegram.plugin import SPEC
from tests.standins.telegram.stage import TelegramStandIn


async def test_a_card_is_sent_edited_and_refused_when_nothing_changed(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """HTML becomes text and entities; the same edit twice is an error, and a missing message is another."""
    room = telegram.group("Moderators")
    telegram.add_bot(room)
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Delete", callback_data="7K3.d")]])
    quiet = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(
        room.id, "<b>Known</b> &lt;picture&gt;", "HTML", link_preview_options=quiet, reply_markup=buttons
    )
    await bot.edit_message_text("<b>Deleted</b>", room.id, sent.message_id, parse_mode="HTML")

    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<b>Deleted</b>", room.id, sent.message_id, parse_mode="HTML")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_reply_markup(room.id, 999)

    card = telegram.said(room)[0]
    assert (sent.text, [e.type for e in sent.entities]) == ("Known <picture>", ["bold"])
    assert (card.text, dict(card.buttons)) == ("Deleted", {})


def png(width: int, height: int) -> bytes:
    """Give an empty picture."""
    written = io.BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "Image_process_failed"),
        (png(64, 48)[:45], "Image_process_failed"),
        (png(6000, 5000), "Photo_invalid_dimensions"),
        (png(420, 20), "Photo_invalid_dimensions"),
    ],
    ids=["text", "cut off", "large", "narrow"],
)
async def test_an_upload_is_a_photo_or_it_is_refused(
    telegram: TelegramStandIn, bot: Bot, content: bytes, reason: str
) -> None:
    """Ten megabytes, ten thousand pixels of both sides together, twenty to one; and it answers a message."""
    room = telegram.group("Moderators")
    telegram.add_bot(room)
    card = await bot.send_message(room.id, "card")
    answered = ReplyParameters(card.message_id)
    sent = await bot.send_photo(room.id, png(400, 20), "where", reply_parameters=answered)

    with pytest.raises(BadRequest, match=reason):
        await bot.send_photo(room.id, content)

    assert (sent.photo[-1].width, sent.photo[-1].height, sent.caption) == (400, 20, "where")
    assert sent.reply_to_message is not None


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>open", 'can\'t find end tag corresponding to start tag "b"'),
        ("a < b", "unsupported start tag"),
        ("<h1>x</h1>", 'unsupported start tag "h1" at byte offset 0'),
        ("ایک </b>", "unexpected end tag at byte offset 7"),
        ("  ", "Message text is empty"),
        ("x" * 4097, "Message is too long"),
    ],
)
async def test_broken_texts_are_refused_with_the_real_words(
    telegram: TelegramStandIn, bot: Bot, html: str, reason: str
) -> None:
    """What the Bot API would not send, the stand-in does not send (the library changes the case)."""
    room = telegram.group("Moderators")
    telegram.add_bot(room)

    with pytest.raises(BadRequest, match=reason):
        await bot.send_message(room.id, html, "HTML")


async def test_a_tap_is_answered_once_it_is_known_and_fresh(telegram: TelegramStandIn, bot: Bot) -> None:
    """An unknown or old query is refused; a tap carries the button's data and who tapped."""
    room = telegram.group("Moderators")
    telegram.add_bot(room)
    omar = telegram.admin(room, "Omar")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Delete", callback_data="7K3.d")]])
    await bot.send_message(room.id, "card", reply_markup=buttons)

    tap = telegram.tap(telegram.said(room)[0], "Delete", omar)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    await query.answer("done")
    tap.is_too_old = True

    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()
    assert (query.data, query.from_user.id, tap.answers) == ("7K3.d", omar.id, ["done"])


async def test_only_an_administrator_with_the_right_may_act(telegram: TelegramStandIn, bot: Bot) -> None:
    """Without a right deleting and banning are refused; nobody may ban an administrator."""
    kites = telegram.group("Kite Flyers")
    amina = telegram.member(kites, "Amina")
    omar = telegram.admin(kites, "Omar")
    telegram.add_bot(kites, rights={"can_invite_users"})
    post = telegram.post(kites, amina, "hello")

    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(kites.id, post.id)
    with pytest.raises(BadRequest, match="Not enough rights to restrict/unrestrict chat member"):
        await bot.ban_chat_member(kites.id, amina.id)
    telegram.add_bot(kites)
    with pytest.raises(BadRequest, match="User is an administrator"):
        await bot.ban_chat_member(kites.id, omar.id)
    with pytest.raises(BadRequest, match="Can't remove chat owner"):
        await bot.ban_chat_member(kites.id, telegram.owner(kites).id)

    assert await bot.delete_message(kites.id, post.id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(kites.id, post.id)


async def test_a_ban_wipes_messages_and_unban_lets_back_in(telegram: TelegramStandIn, bot: Bot) -> None:
    """In a supergroup banning always deletes everything the user wrote; unbanning does not bring it back."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    amina = telegram.member(kites, "Amina")
    post = telegram.post(kites, amina, "hello")

    await bot.ban_chat_member(kites.id, amina.id)
    banned = await bot.get_chat_member(kites.id, amina.id)
    await bot.unban_chat_member(kites.id, amina.id, only_if_banned=True)
    freed = await bot.get_chat_member(kites.id, amina.id)

    assert (banned.status, freed.status) == ("kicked", "left")
    assert not post.is_there


async def test_muting_is_for_supergroups_and_ends_when_all_is_given_back(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """Restricting takes the voice, all permissions give it back, a basic group refuses."""
    kites = telegram.group("Kite Flyers")
    small = telegram.group("Small", kind="group")
    for chat in (kites, small):
        telegram.add_bot(chat)
    amina = telegram.member(kites, "Amina")

    await bot.restrict_chat_member(kites.id, amina.id, ChatPermissions.no_permissions())
    muted = kites.members[amina.id].status
    await bot.restrict_chat_member(kites.id, amina.id, ChatPermissions.all_permissions())

    assert (muted, kites.members[amina.id].status) == ("restricted", "member")
    with pytest.raises(BadRequest, match="Method is available only for supergroups"):
        await bot.restrict_chat_member(small.id, amina.id, ChatPermissions.no_permissions())


async def test_some_permissions_give_others_along_unless_each_stands_for_itself(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """Previews of links bring every kind of media with them, and a vote brings words."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    amina = telegram.member(kites, "Amina")
    asked = ChatPermissions(can_send_polls=True, can_add_web_page_previews=True)

    await bot.restrict_chat_member(kites.id, amina.id, asked, use_independent_chat_permissions=True)
    alone = kites.members[amina.id].rights
    await bot.restrict_chat_member(kites.id, amina.id, asked)

    assert alone == {"can_send_polls", "can_add_web_page_previews"}
    assert {"can_send_messages", "can_send_photos", "can_send_voice_notes"} < kites.members[amina.id].rights


async def test_chats_the_bot_may_not_enter(telegram: TelegramStandIn, bot: Bot) -> None:
    """Kicked, blocked, never started, unknown: each has its words."""
    kites = telegram.group("Kite Flyers")
    telegram.add_bot(kites)
    telegram.demote(kites, telegram.bot, "kicked")
    amina = telegram.user("Amina")
    stranger = telegram.user("Bilal")
    telegram.post(telegram.private(amina), amina, "/start")
    telegram.private(stranger)
    amina.has_blocked_bot = True

    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.get_chat(kites.id)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(amina.id, "hello")
    with pytest.raises(Forbidden, match="bot can't initiate conversation"):
        await bot.send_message(stranger.id, "hello")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.get_chat(-1001)


@pytest.mark.parametrize(
    ("code", "error"), [(429, RetryAfter), (502, NetworkError), (403, Forbidden), (0, NetworkError)]
)
async def test_faults_hit_the_next_calls_only(
    telegram: TelegramStandIn, bot: Bot, code: int, error: type[TelegramError]
) -> None:
    """Each kind of failure reaches the client as its own error, and then all is well again."""
    room = telegram.group("Moderators")
    telegram.add_bot(room)
    telegram.api.fail_next("sendMessage", code=code, retry_after=7)

    with pytest.raises(error):
        await bot.send_message(room.id, "first")
    await bot.send_message(room.id, "second")

    assert [m.text for m in telegram.said(room)] == ["second"]


async def test_a_lost_answer_leaves_the_message_sent(telegram: TelegramStandIn, bot: Bot) -> None:
    """The connection can drop after the call was carried out: the client cannot know."""
    room = telegram.group("Moderators")
    telegram.add_bot(room)
    telegram.api.fail_next("sendMessage", is_done_first=True)

    with pytest.raises(NetworkError):
        await bot.send_message(room.id, "only once")

    assert [m.text for m in telegram.said(room)] == ["only once"]


async def test_a_wrong_token_is_refused(telegram: TelegramStandIn) -> None:
    """A token of the right form gets 401, which the library calls an invalid token."""
    wrong = Bot("987654321:AAwrong-token-of-no-value_01234567890", base_url=telegram.base_url)

    with pytest.raises(InvalidToken):
        await wrong.initialize()

    await wrong.shutdown()


@pytest.mark.skipif(SPEC is None, reason="the Bot API description is not beside this checkout")
async def test_what_breaks_the_description_is_a_violation() -> None:
    """Wrong parameters, unknown methods and malformed updates are all noticed."""
    async with TelegramStandIn(spec=SPEC) as telegram:
        kites = telegram.group("Kite Flyers")
        telegram.add_bot(kites)
        telegram.post(kites, telegram.user("Amina"), "hello", attached={"quote": {"text": 5}})
        async with Bot(telegram.token, base_url=telegram.base_url) as bot:
            await bot.do_api_request("GetChat", {"chat_id": kites.id, "colour": "red"})
            with pytest.raises(BadRequest):
                await bot.do_api_request("GetUpdates", {"allowed_updates": "message"})
            await bot.do_api_request("GetUpdates")
            with pytest.raises(TelegramError):
                await bot.do_api_request("flyKite")

        assert telegram.api.violations == [
            "getChat: unknown parameter colour",
            "getUpdates.allowed_updates: 'message' is neither JSON nor Array of String",
            "update.message.quote.text: String expected, 5 came",
            "update.message.quote: TextQuote needs position",
            "flyKite: no such method",
            "flyKite: the stand-in does not know this method",
        ]
