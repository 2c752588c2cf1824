"""What a person did with the bot's interface, read from its event, and how it is answered.

An interaction must be acknowledged within three seconds; its answers may follow for fifteen minutes. So
it is acknowledged as soon as it is in the inbox, and answered by whoever works the inbox off. An answer
that comes too late is dropped: what was decided is on the card.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from bots.discord.cards import EPHEMERAL
from bots.discord.identity import account_of
from bots.discord.raw import Raw, minted, number, record, records, snowflake, text
from bots.discord.wire import Wire
from core.errors import PlatformError
from core.model import Account

log = logging.getLogger(__name__)

COMMAND, COMPONENT = 2, 3
_DEFER, _DEFER_UPDATE = 5, 6
_CALLBACK: Final = "/interactions/{interaction_id}/{webhook_token}/callback"
_WEBHOOK: Final = "/webhooks/{webhook_id}/{webhook_token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One tap, command or menu.

    Attributes:
        who: The member, with the name they have in the server.
        user: Their number.
        permissions: What they may do in the channel, as Discord worked it out at that moment.
        name: A command's name, or a button's id.
        option: What was typed into a command.
        target: The message a menu was opened on, whole, whatever the intents.
        file: What was attached to a command.
        on_private: A tap on a message that only this person sees, so one of the bot's own answers.
    """

    id: str
    token: str
    application: str
    kind: int
    guild: str
    channel: str
    user: str
    who: Account
    permissions: int
    name: str
    option: str
    target: Raw
    file: Raw
    on_private: bool

    @classmethod
    def read(cls, event: Raw) -> Self:
        """Read an INTERACTION_CREATE event."""
        data, member = record(event.get("data")), record(event.get("member"))
        user = record(member.get("user"))
        target = record(record(data.get("resolved")).get("messages")).get(text(data.get("target_id")))
        options = [text(option.get("value")) for option in records(data.get("options"))]
        files = record(record(data.get("resolved")).get("attachments"))
        flags = number(record(event.get("message")).get("flags")) or 0
        return cls(
            id=snowflake(event.get("id")),
            token=text(event.get("token")),
            application=snowflake(event.get("application_id")),
            kind=number(event.get("type")) or 0,
            guild=snowflake(event.get("guild_id")),
            channel=snowflake(event.get("channel_id")),
            user=snowflake(user.get("id")),
            who=account_of(user, member),
            permissions=int(text(member.get("permissions")) or 0),
            name=text(data.get("custom_id")) or text(data.get("name")),
            option=options[0] if options else "",
            target=record(target),
            file=record(files.get(options[0])) if options else {},
            on_private=bool(flags & EPHEMERAL),
        )

    @property
    def at(self) -> datetime:
        """When it happened; the same however often it is delivered."""
        return minted(self.id)


class Answers:
    """Acknowledges and answers interactions, for one person's eyes."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def acknowledge(self, one: Interaction) -> None:
        """Tell Discord that it was heard: the button stops spinning, the command shows that it is at work."""
        is_tap = one.kind == COMPONENT
        body = {"type": _DEFER_UPDATE} if is_tap else {"type": _DEFER, "data": {"flags": EPHEMERAL}}
        ids = {"interaction_id": one.id, "webhook_token": one.token, "webhook_id": one.application}
        await self._try("POST", _CALLBACK, ids, body)

    async def say(self, one: Interaction, message: Raw, pictures: Mapping[str, bytes] | None = None) -> bool:
        """Show the person an answer, with pictures that it names; tells whether Discord took it."""
        ids = {"webhook_id": one.application, "webhook_token": one.token}
        if one.kind == COMPONENT:
            return await self._try("POST", _WEBHOOK, ids, {**message, "flags": EPHEMERAL}, pictures)
        return await self._try("PATCH", f"{_WEBHOOK}/messages/@original", ids, message, pictures)

    async def change(self, tap: Interaction, message: Raw) -> bool:
        """Put another answer in the place of the one that was tapped; tells whether Discord took it."""
        ids = {"webhook_id": tap.application, "webhook_token": tap.token}
        return await self._try("PATCH", f"{_WEBHOOK}/messages/@original", ids, message)

    async def _try(
        self,
        method: str,
        path: str,
        ids: dict[str, str],
        body: Raw,
        pictures: Mapping[str, bytes] | None = None,
    ) -> bool:
        try:
            await self._wire.call(method, path, ids, body=body, files=pictures)
        except PlatformError as exc:
            # Nothing depends on it: a decision is saved and on its card, a command can be given again.
            log.info("interaction not answered", extra={"why": str(exc)})
            return False
        return True
