"""Which message, or which chat, an update of any kind is about: for who must look there."""

from bots.telegram.identity import PLATFORM
from bots.telegram.raw import Raw, number, record


def concerned(update: Raw) -> str:
    """Return the id of the message that an update is about, else of the place, else ""."""
    for happened in map(record, update.values()):
        # A tap has the message that its button stands under.
        about = happened if "chat" in happened else record(happened.get("message"))
        chat, message = number(record(about.get("chat")).get("id")), number(about.get("message_id"))
        if chat is not None:
            return f"{PLATFORM}:{chat}" if message is None else f"{PLATFORM}:{chat}/{message}"
    return ""
