"""From a raw event to the message of the core; pure, and the only place that knows events' shapes.

Edits come as whole messages, and an edit that is none (Discord resolving a link into an embed, a pin) looks
the same: what tells them apart is `digest`, by which an event that brings nothing new is taken in once.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bots.discord.identity import account_of, address_of, author_of, message_id, place_id
from bots.discord.parts import parts_of
from bots.discord.raw import Raw, minted, moment, record, snowflake, text
from core.model import Account, Attachment, Happening, Link, Message, Part, Place, Text, is_forward

HAPPENINGS: Final = {"MESSAGE_CREATE": Happening.POSTED, "MESSAGE_UPDATE": Happening.EDITED}
"""Events that bring a whole message."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns events into messages.

    Attributes:
        cdn_base: The file server's address, from the settings.
    """

    cdn_base: str

    def written(self, message: Raw, happening: Happening, *, guild: str, place: str) -> Message | None:
        """Return a message that was posted or edited, None where there is nothing to look at.

        Args:
            message: As an event or the history brings it.
            happening: Posted or edited.
            guild: The server's id; the history does not repeat it in each message.
            place: What members call the place.
        """
        parts = parts_of(message, self.cdn_base)
        if not (parts and guild and message.get("author")):
            return None
        channel, number = snowflake(message.get("channel_id")), snowflake(message.get("id"))
        edited = moment(message.get("edited_timestamp")) if happening is Happening.EDITED else None
        return Message(
            id=message_id(channel, number),
            place=Place(id=place_id(guild), name=place),
            author=author_of(message),
            at=edited or minted(number),
            happening=happening,
            parts=parts,
            forwarded=is_forward(parts),
            url=address_of(guild, channel, number),
        )

    def reported(self, message: Raw, *, guild: str, place: str, reporter: Account) -> Message:
        """Return a message that a member reported, whatever it holds: a picture alone is reported, too."""
        channel, number = snowflake(message.get("channel_id")), snowflake(message.get("id"))
        parts = parts_of(message, self.cdn_base)
        return Message(
            id=message_id(channel, number),
            place=Place(id=place_id(guild), name=place),
            author=author_of(message),
            at=minted(number),
            happening=Happening.REPORTED,
            parts=parts,
            forwarded=is_forward(parts),
            url=address_of(guild, channel, number),
            reporter=reporter,
        )

    def joined(self, member: Raw, *, guild: str, place: str) -> Message:
        """Return somebody's coming in, without their profile; who comes back is another happening."""
        who = account_of(record(member.get("user")), member)
        at = who.since or datetime.fromtimestamp(0, UTC)
        number = snowflake(record(member.get("user")).get("id"))
        return Message(
            id=f"{place_id(guild)}/joined-{number}-{at:%Y%m%dT%H%M%S}",
            place=Place(id=place_id(guild), name=place),
            author=who,
            at=at,
            happening=Happening.JOINED,
        )


def digest(message: Message) -> str:
    """Return what a message says as a short hash, without the addresses of files: they change by the hour."""
    return hashlib.sha256("\x00".join(_said(part) for part in message.parts).encode()).hexdigest()[:32]


def _said(part: Part) -> str:
    if isinstance(part, Text):
        return f"{part.path} {part.text}"
    if isinstance(part, Link):
        return f"{part.path} {text(part.url)}"
    if isinstance(part, Attachment):
        return f"{part.path} {part.name} {part.size}"
    return f"{part.path} {part.account.id}"
