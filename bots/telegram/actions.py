"""Carrying out an action on a message or its author, and saying in plain words why it could not be done."""

from datetime import datetime, timedelta
from typing import Final

from bots.telegram.client import Client
from bots.telegram.errors import Moved, RightMissing
from bots.telegram.identity import CHAT, PLATFORM, USER, message_number_of
from bots.telegram.raw import channel_id
from bots.telegram.restrictions import EVERYTHING, NO_MEDIA, NOTHING
from core.errors import Gone, NotPermitted, PlatformError
from core.model import Account, Action, ActionKind, Message

DELETE_RIGHT: Final = "Delete messages"
BAN_RIGHT: Final = "Ban users"
"""The rights by the names that Telegram's apps show."""

_MUTE: Final = "the member is muted, which was left as it is"
"""A member has one set of restrictions: a weaker one would take the stronger one's place."""

_SHORTEST: Final = timedelta(seconds=31)
_LONGEST: Final = timedelta(days=365)
"""A restriction under 30 seconds or over 366 days lasts for ever (Bot API, restrictChatMember)."""

_PLAINER: Final = {
    "user is an administrator": "the account is an administrator of the group: only its owner can do this",
    "can't remove chat owner": "the account owns the group",
    "only for supergroups": "Telegram restricts members in supergroups only; this is a basic group",
    "for supergroup and channel chats only": "a basic group has no unban; the member can be added again",
    "can't be deleted": "Telegram no longer lets a bot delete it (older than 48 hours)",
}


async def carry_out(client: Client, action: Action, message: Message, *, chat_id: int, now: datetime) -> str:
    """Do what an action says; again has the effect once.

    Args:
        client: The Bot API.
        action: What.
        message: On what, or on whose.
        chat_id: Where the group is now; its id changes when it becomes a supergroup.
        now: The present moment, from which a mute counts.

    Returns:
        A line worth keeping, or "".

    Raises:
        NotPermitted: The bot lacks a right: says which, and where it is given.
        Gone: There is nothing left to act on.
        TryLater: Telegram is busy.
        PlatformError: Refused for good.
    """
    try:
        return await _do(client, action, message, chat_id=chat_id, now=now)
    except RightMissing as exc:
        raise lacking(DELETE_RIGHT if action.kind is ActionKind.DELETE else BAN_RIGHT) from exc
    except (Moved, NotPermitted, Gone):
        raise
    except PlatformError as exc:
        plainer = next((p for words, p in _PLAINER.items() if words in str(exc).casefold()), "")
        if not plainer:
            raise
        raise PlatformError(plainer) from exc


def lacking(right: str) -> NotPermitted:
    """Say which right is missing and the taps that give it."""
    return NotPermitted(f"I lack the right “{right}”: group → Administrators → this bot → switch it on")


async def _do(client: Client, action: Action, message: Message, *, chat_id: int, now: datetime) -> str:
    match action.kind:
        case ActionKind.DELETE:
            await _delete(client, message, chat_id)
        case ActionKind.BAN:
            await client.ban(chat_id, _author(message.author, chat_id))
        case ActionKind.UNBAN:
            await client.unban(chat_id, _author(message.author, chat_id))
        case ActionKind.NO_MEDIA:
            until = _until(now, action.for_s)
            return await _hold_media(client, _member(message.author, chat_id), chat_id, until)
        case ActionKind.MEDIA:
            return await _give_media(client, _member(message.author, chat_id), chat_id)
        case ActionKind.MUTE:
            until = _until(now, action.for_s)
            await client.restrict(chat_id, _member(message.author, chat_id), NOTHING, until=until)
        case ActionKind.UNMUTE:
            await client.restrict(chat_id, _member(message.author, chat_id), EVERYTHING)
        case ActionKind.KICK:
            return await _kick(client, _member(message.author, chat_id), chat_id)
        case ActionKind.REPORT | ActionKind.NOTIFY | ActionKind.WARN:
            raise PlatformError(f"{action.kind}: a card is shown and a member is told, neither is performed")
    return ""


async def _hold_media(client: Client, user_id: int, chat_id: int, until: datetime | None) -> str:
    """Keep a member from sending media; who may not even write keeps that restriction, the stronger one."""
    if (await client.standing(chat_id, user_id)).is_mute:
        return _MUTE
    await client.restrict(chat_id, user_id, NO_MEDIA, until=until)
    return ""


async def _give_media(client: Client, user_id: int, chat_id: int) -> str:
    """Let a member send media again, unless they were muted since: that is another decision."""
    if (await client.standing(chat_id, user_id)).is_mute:
        return _MUTE
    await client.restrict(chat_id, user_id, EVERYTHING)
    return ""


async def _kick(client: Client, user_id: int, chat_id: int) -> str:
    """Put a member out who may come back; of who is out already, a ban must not be lifted by it."""
    if not (await client.standing(chat_id, user_id)).is_present:
        raise Gone("the member is no longer in the group")
    try:
        await client.kick(chat_id, user_id)
    except PlatformError as exc:
        if "supergroup and channel chats only" not in str(exc).casefold():
            raise
        await client.ban(chat_id, user_id)
        return "this is a basic group: somebody in it must add the member again"
    return ""


async def _delete(client: Client, message: Message, chat_id: int) -> None:
    number = message_number_of(message.id)
    if number is None:
        raise Gone("there is no message to delete")
    if not message.id.startswith(f"{PLATFORM}:{chat_id}/"):
        raise Gone("the group became a supergroup since; Telegram lets no bot delete its older messages")
    try:
        await client.delete(chat_id, number)
    except PlatformError as exc:
        refused = "can't be deleted" in str(exc).casefold()
        if refused and not (await client.my_standing(chat_id)).may_delete:
            raise lacking(DELETE_RIGHT) from exc
        raise


def _author(author: Account, chat_id: int) -> int:
    """Return the author's number as the Bot API wants it: a user's positive, a channel's negative."""
    if author.id.startswith(USER):
        return int(author.id.removeprefix(USER))
    if not author.id.startswith(CHAT):
        raise PlatformError("Telegram does not say who wrote it")
    channel = channel_id(author.id.removeprefix(CHAT))
    if channel == chat_id:
        raise PlatformError(
            "written in the group's own name by an administrator; Telegram does not say by whom"
        )
    return channel


def _member(author: Account, chat_id: int) -> int:
    number = _author(author, chat_id)
    if number < 0:
        raise PlatformError("written by a channel: it can be banned, not muted or put out")
    return number


def _until(now: datetime, for_s: int | None) -> datetime | None:
    if for_s is None:
        return None
    length = timedelta(seconds=for_s)
    return None if length > _LONGEST else now + max(length, _SHORTEST)
