"""The Bot API as this adapter uses it: a few calls with plain values, our errors, and a deadline each.

Updates are read raw, so that fields newer than the library arrive. The method is spelled `GetUpdates`:
methods are case-insensitive, and for a name it knows the library would only ask to use its own reader.
The library's bot is used as a client alone: no updater, no application, no persistence of its own.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Final

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    Chat,
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import InvalidToken
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bots.telegram.errors import AGAIN_S, Moved, translated
from bots.telegram.limiter import TwoLanes
from bots.telegram.pace import Pace
from bots.telegram.raw import Raw, record, records
from bots.telegram.standing import ChatFacts, Me, Standing
from core.errors import CannotLook, Gone, PlatformError, TryLater

KINDS: Final = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)
"""What is asked for; `chat_member` comes only if it is named."""

POLL_S: Final = 25
"""How long one getUpdates waits at the server."""

CALL_S: Final = 30.0
DOWNLOAD_S: Final = 50.0
PROFILE_S: Final = 10.0
FAREWELL_S: Final = 5.0
_CONNECTIONS: Final = 16
_QUIET: Final = LinkPreviewOptions(is_disabled=True)

Rows = Sequence[Sequence[tuple[str, str]]]
"""Rows of buttons: label, and callback data or (if it is an https address) where it leads."""


class Client:
    """One bot at the Bot API, between `start` and `stop`.

    Args:
        token: From @BotFather.
        base_url: The API's address up to the token.
        base_file_url: The same for files.
        pace: How fast it may call.
    """

    def __init__(self, *, token: str, base_url: str, base_file_url: str, pace: Pace) -> None:
        # Without it the library warns of its own future whenever Telegram asks it to wait.
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        self._bot = ExtBot(
            token=token,
            base_url=base_url,
            base_file_url=base_file_url,
            request=HTTPXRequest(connection_pool_size=_CONNECTIONS, pool_timeout=CALL_S),
            rate_limiter=TwoLanes(pace),
        )
        self._is_open = False
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def start(self) -> Me:
        """Connect, and learn who we are; updates go to getUpdates from now on, and none is dropped."""
        self._is_open = True
        async with self._call(CALL_S):
            await self._bot.initialize()
            await self._bot.delete_webhook(drop_pending_updates=False)
        me = self._bot.bot
        return Me(id=me.id, username=me.username or "", reads_all=me.can_read_all_group_messages is True)

    async def stop(self) -> None:
        """Take no more calls, let those under way finish, and let go of connections."""
        self._is_open = False
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await self._idle.wait()
        await self._bot.shutdown()

    async def updates(self, after: int | None) -> tuple[Raw, ...]:
        """Return what happened after an update, confirming everything up to it; waits for the first."""
        wanted: dict[str, object] = {"timeout": POLL_S, "allowed_updates": list(KINDS)}
        if after is not None:
            wanted["offset"] = after + 1
        async with self._call(POLL_S + CALL_S):
            found: object = await self._bot.do_api_request(
                "GetUpdates", api_kwargs=wanted, read_timeout=POLL_S + AGAIN_S
            )
        return tuple(records(found))

    async def send(self, chat_id: int, html: str, buttons: Rows = (), *, reply_to: int | None = None) -> int:
        """Send a text without a preview; returns the message's number."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        async with self._call(CALL_S):
            sent = await self._bot.send_message(
                chat_id,
                html,
                parse_mode="HTML",
                link_preview_options=_QUIET,
                reply_parameters=reply,
                reply_markup=_keyboard(buttons),
            )
        return sent.message_id

    async def send_drawing(self, chat_id: int, png: bytes, caption: str, *, reply_to: int | None) -> int:
        """Send a drawing with its caption, without markup; returns the message's number."""
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        async with self._call(CALL_S):
            sent = await self._bot.send_photo(chat_id, png, caption, reply_parameters=reply)
        return sent.message_id

    async def edit(self, chat_id: int, message_number: int, html: str, buttons: Rows = ()) -> None:
        """Change a text and its buttons."""
        async with self._call(CALL_S):
            await self._bot.edit_message_text(
                html,
                chat_id,
                message_number,
                parse_mode="HTML",
                link_preview_options=_QUIET,
                reply_markup=_keyboard(buttons),
            )

    async def answer(self, query_id: str, text: str) -> None:
        """Tell who tapped a button what came of it, in 200 characters."""
        async with self._call(CALL_S):
            await self._bot.answer_callback_query(query_id, text[:200])

    async def delete(self, chat_id: int, message_number: int) -> None:
        """Delete a message."""
        async with self._call(CALL_S):
            await self._bot.delete_message(chat_id, message_number)

    async def ban(self, chat_id: int, who: int) -> None:
        """Ban a user (positive) or a channel (negative) from a group."""
        async with self._call(CALL_S):
            if who > 0:
                await self._bot.ban_chat_member(chat_id, who)
            else:
                await self._bot.ban_chat_sender_chat(chat_id, who)

    async def unban(self, chat_id: int, who: int) -> None:
        """Let a banned user or channel come back; one who is not banned stays as they are."""
        async with self._call(CALL_S):
            if who > 0:
                await self._bot.unban_chat_member(chat_id, who, only_if_banned=True)
            else:
                await self._bot.unban_chat_sender_chat(chat_id, who)

    async def kick(self, chat_id: int, user_id: int) -> None:
        """Put a member of a supergroup out, who may come back; lifts the ban of who is banned."""
        async with self._call(CALL_S):
            await self._bot.unban_chat_member(chat_id, user_id, only_if_banned=False)

    async def restrict(
        self, chat_id: int, user_id: int, allowed: ChatPermissions, *, until: datetime | None = None
    ) -> None:
        """Let a member do only this (`bots.telegram.restrictions`); `until` None: for good."""
        async with self._call(CALL_S):
            # Else some permissions would give others along.
            await self._bot.restrict_chat_member(
                chat_id, user_id, allowed, until_date=until, use_independent_chat_permissions=True
            )

    async def standing(self, chat_id: int, user_id: int) -> Standing:
        """Return what an account is in a chat now; one that Telegram does not know there is nothing."""
        try:
            async with self._call(CALL_S):
                member = await self._bot.get_chat_member(chat_id, user_id)
        except Moved:
            raise
        except Gone:
            return Standing(user_id=user_id)
        return Standing.of(member)

    async def my_standing(self, chat_id: int) -> Standing:
        """Return what the bot itself is in a chat now."""
        return await self.standing(chat_id, self._bot.id)

    async def administrators(self, chat_id: int) -> tuple[Standing, ...]:
        """Return owner and administrators of a group, other bots among them."""
        async with self._call(CALL_S):
            found = await self._bot.get_chat_administrators(chat_id, api_kwargs={"return_bots": True})
        return tuple(Standing.of(member) for member in found)

    async def member_count(self, chat_id: int) -> int:
        """Return how many are in a chat, bots included."""
        async with self._call(CALL_S):
            return await self._bot.get_chat_member_count(chat_id)

    async def chat(self, chat_id: int) -> ChatFacts:
        """Return what a chat is now."""
        async with self._call(CALL_S):
            chat = await self._bot.get_chat(chat_id)
        return ChatFacts(
            is_private=chat.type == Chat.PRIVATE,
            title=chat.title or chat.first_name or "",
            username=chat.username or "",
            linked_id=chat.linked_chat_id,
        )

    async def id_of(self, name: str) -> int:
        """Return the id of the chat (negative) or user (positive) that has a public name."""
        async with self._call(CALL_S):
            return (await self._bot.get_chat(f"@{name}")).id

    async def profile(self, number: int) -> Raw:
        """Return what an account (a user's or a channel's number) shows of itself; raw, as updates are."""
        async with self._call(PROFILE_S):
            found: object = await self._bot.do_api_request("GetChat", api_kwargs={"chat_id": number})
        return record(found)

    async def offer_commands(self, commands: Mapping[str, str]) -> None:
        """Let groups show these commands in their menu."""
        async with self._call(CALL_S):
            await self._bot.set_my_commands(
                [BotCommand(name, about) for name, about in commands.items()],
                scope=BotCommandScopeAllGroupChats(),
            )

    async def download(self, file_id: str) -> bytes:
        """Return a file's content.

        Raises:
            CannotLook: It is too large, or no longer there.
            TryLater: Telegram is busy.
        """
        try:
            async with self._call(DOWNLOAD_S):
                file = await self._bot.get_file(file_id)
                try:
                    return bytes(await file.download_as_bytearray())
                except InvalidToken:
                    # So the library calls a 404; here only the file's link is out of date.
                    raise CannotLook("the file is no longer there") from None
        except TryLater:
            raise
        except PlatformError as exc:
            too_big = "file is too big" in str(exc).casefold()
            why = "file over the 20 MB limit" if too_big else "Telegram does not give the file out"
            raise CannotLook(why) from exc

    @asynccontextmanager
    async def _call(self, limit_s: float) -> AsyncIterator[None]:
        """Raise our errors, an expired deadline included.

        A call that is cut off on stopping may have had its effect, and would have it again after the
        restart: so `stop` waits for those under way.
        """
        if not self._is_open:
            raise TryLater("Telegram is not connected", after=AGAIN_S)
        self._under_way += 1
        self._idle.clear()
        try:
            with translated():
                async with asyncio.timeout(limit_s):
                    yield
        except TimeoutError as exc:
            raise TryLater("Telegram does not answer", after=AGAIN_S) from exc
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(label, leads) for label, leads in row] for row in rows])


def _button(label: str, leads: str) -> InlineKeyboardButton:
    is_address = leads.startswith("https://")
    return InlineKeyboardButton(
        label, url=leads if is_address else None, callback_data=None if is_address else leads
    )
