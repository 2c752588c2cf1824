"""How accounts show themselves on Telegram: name and handle with every event, the rest by asking.

Telegram tells of no change of a profile. But every message carries its sender's present name and handle, and
one getChat tells picture, bio, further handles and the channel that stands in a profile. A picture that alone
is changed shows only when the profile is asked for again.
"""

from collections.abc import Iterator
from typing import Final

from bots.introductions import AUTHOR, Look
from bots.telegram.client import Client
from bots.telegram.identity import CHAT, PLATFORM, USER, account_of, chat_id_of
from bots.telegram.raw import Raw, bare_id, channel_id, record, text
from core.errors import PlatformError, TryLater
from core.model import Account, Attachment, Mention, Message, Part, Text
from core.newcomers import Profile

UNSHOWN: Final = "profile"
"""The ref of a picture that Telegram did not show: fetching it gives the reason of a gap."""

_NOT_SEEN: Final = Look(parts=(Attachment(ref=UNSHOWN, path="avatar", media_type="image/jpeg"),))
_NOT_NOW: Final = Look(parts=_NOT_SEEN.parts, is_final=False)
_MOST_HANDLES: Final = 20


def profile_of(message: Message) -> Profile | None:
    """Return how a message's author shows themselves; None for the group itself and for who has no number.

    In the group's own name speak its anonymous administrators. A channel that speaks is an account like any.
    """
    author = message.author
    is_group = author.id == f"{CHAT}{bare_id(chat_id_of(message.place.id))}"
    return None if is_group or _number(author) is None else Profile(place=message.place, account=author)


async def look_at(client: Client, account: Account) -> Look:
    """Ask for what can be seen of an account; what cannot be had becomes a gap, and no picture does not."""
    number = _number(account)
    if number is None:
        return Look()
    try:
        chat = await client.profile(number)
    except TryLater:
        return _NOT_NOW
    except PlatformError:
        return _NOT_SEEN
    return Look(parts=tuple(_parts(chat, account)))


def _parts(chat: Raw, account: Account) -> Iterator[Part]:
    if picture := text(record(chat.get("photo")).get("big_file_id")):
        yield Attachment(ref=picture, path="avatar", media_type="image/jpeg")
    if bio := text(chat.get("bio")) or text(chat.get("description")):
        yield Text(text=bio, path="bio")
    if channel := record(chat.get("personal_chat")):
        yield Mention(account=account_of(channel), path="channel")
    handles = chat.get("active_usernames")
    for name in handles[:_MOST_HANDLES] if isinstance(handles, list) else ():
        handle = f"{PLATFORM}:user/{text(name).lower()}"
        if text(name) and handle != account.handle:
            # It is the author's own, as much as the one that events tell.
            yield Mention(account=Account(handle=handle), path=AUTHOR)


def _number(account: Account) -> int | None:
    """Return an account's number as the Bot API wants it: a user's positive, a channel's negative."""
    if account.id.startswith(USER):
        return int(account.id.removeprefix(USER))
    return channel_id(account.id.removeprefix(CHAT)) if account.id.startswith(CHAT) else None
