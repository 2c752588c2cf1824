"""Telling a member what was decided, by direct message: to who shares a server with the bot and lets it.

There is no other way that is private: a line in a channel would be read by everyone. So who takes no messages
is not told, and the card says so.
"""

from datetime import tzinfo
from typing import Final

from bots.discord.cards import answer_of, once_only
from bots.discord.identity import is_webhook, number_of
from bots.discord.raw import record, snowflake
from bots.discord.wire import Wire
from bots.member_notices import notice_of, once_of
from core.errors import NotPermitted, PlatformError, TryLater
from core.model import Action, Message

CLOSED: Final = (
    "Discord does not let the bot write to them: they take no direct messages from this server, "
    "or share no server with the bot any more"
)


async def tell(wire: Wire, action: Action, message: Message, zone: tzinfo) -> str:
    """Tell a message's author; again within a few minutes has the effect once.

    Raises:
        TryLater: Discord is busy or out of reach.
        NotPermitted: They cannot be written to.
        PlatformError: There is nobody to write to.
    """
    user = number_of(message.author.id)
    if is_webhook(message.author.id) or not user:
        raise PlatformError("a webhook wrote it: there is nobody to write to")
    body = {**answer_of(notice_of(action, message, zone)), **once_only(f"told {once_of(action, message)}")}
    try:
        opened = record(await wire.call("POST", "/users/@me/channels", {}, body={"recipient_id": user}))
        ids = {"channel_id": snowflake(opened.get("id"))}
        await wire.call("POST", "/channels/{channel_id}/messages", ids, body=body)
    except TryLater:
        raise
    except PlatformError as exc:
        raise NotPermitted(CLOSED) from exc
    return ""
