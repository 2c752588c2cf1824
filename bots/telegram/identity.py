"""Who spoke, in which place: Telegram's users and chats as accounts and places of the core.

A chat that speaks (an anonymous administrator, a channel) is the author: the user beside it is then one of
Telegram's own stand-ins (777000, 1087968824, 136817688) and never a person.
"""

from typing import Final

from bots.telegram.raw import Raw, bare_id, number, record, text
from core.model import Account, Place

PLATFORM: Final = "telegram"
USER: Final = "telegram:id/"
CHAT: Final = "telegram:chat/"
_LONGEST_TAG: Final = 35
"""Letters of a language's tag that are kept (RFC 5646, section 4.4.1)."""


def account_of(who: Raw) -> Account:
    """Return a user or a chat as an account; which of them it is shows in its keys."""
    handle = text(who.get("username")).lower()
    number_ = number(who.get("id"))
    if "is_bot" in who or "first_name" in who:
        name = f"{text(who.get('first_name'))} {text(who.get('last_name'))}".strip()
        spelled = "" if number_ is None else f"{USER}{number_}"
    else:
        name = text(who.get("title"))
        spelled = "" if number_ is None else f"{CHAT}{bare_id(number_)}"
    language = text(who.get("language_code"))[:_LONGEST_TAG]
    return Account(
        id=spelled, name=name, handle=f"telegram:user/{handle}" if handle else "", language=language
    )


def author_of(message: Raw) -> Account:
    """Return who a message is by: the chat that speaks, else the user."""
    return account_of(record(message.get("sender_chat")) or record(message.get("from")))


def place_of(chat: Raw) -> Place:
    """Return a chat as a place."""
    name = text(chat.get("title")) or text(chat.get("first_name"))
    return Place(id=f"{PLATFORM}:{number(chat.get('id')) or 0}", name=name)


def chat_id_of(place_or_message: str) -> int:
    """Return the chat's id from the id of a place, a room or a message (`telegram:-100123/45`)."""
    return int(place_or_message.partition(":")[2].partition("/")[0])


def message_number_of(message_id: str) -> int | None:
    """Return the message's number in its chat; None where an account showed itself."""
    tail = message_id.partition("/")[2]
    return int(tail) if tail.isdecimal() else None


def address_of(chat: Raw, message_number: int) -> str:
    """Return the link that opens a message, or "" in a basic group, where there is none."""
    if handle := text(chat.get("username")):
        return f"https://t.me/{handle}/{message_number}"
    if chat.get("type") in {"supergroup", "channel"}:
        return f"https://t.me/c/{bare_id(number(chat.get('id')) or 0)}/{message_number}"
    return ""
