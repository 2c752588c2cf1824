"""Which message, or which server, an event of any kind is about: for who must look there."""

from bots.discord.identity import message_id, place_id
from bots.discord.raw import Raw, record, snowflake


def concerned(event: Raw) -> str:
    """Return the id of the message that an event of the inbox is about, else of the place, else ""."""
    happened = record(event.get("data"))
    # A tap has the message that its button stands under; a command has none.
    about = record(happened.get("message")) or happened
    guild, channel = snowflake(event.get("guild")), snowflake(about.get("channel_id"))
    message = "" if "token" in about else snowflake(about.get("id"))
    if channel and message:
        return message_id(channel, message)
    return place_id(guild) if guild else ""
