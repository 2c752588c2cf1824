"""Carrying actions out: deleting, timeouts, bans, and their inverses, each safe to do twice.

When Discord refuses, it gives one code for a missing permission and for a role that stands too low. Which
it was is found out here, so that the card can name the switch that mends it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bots.discord.identity import bare, is_webhook, number_of, spot_of
from bots.discord.rights import Rights, Standing
from bots.discord.wire import Wire
from bots.wording import quoted
from core.errors import Gone, NotPermitted, PlatformError
from core.model import Action, ActionKind, Message

LONGEST_TIMEOUT: Final = timedelta(days=28)
"""What Discord allows; "until undone" becomes this."""

PERMISSIONS: Final = {
    ActionKind.DELETE: "Manage Messages",
    ActionKind.MUTE: "Timeout Members",
    ActionKind.UNMUTE: "Timeout Members",
    ActionKind.KICK: "Kick Members",
    ActionKind.BAN: "Ban Members",
    ActionKind.UNBAN: "Ban Members",
}

NO_MEDIA: Final = (
    "Discord cannot keep one member from sending media: mute them instead, or give them a role "
    "that may not attach files (Server Settings → Roles)"
)

_MEMBER: Final = "/guilds/{guild_id}/members/{user_id}"
_BAN: Final = "/guilds/{guild_id}/bans/{user_id}"


class Acts:
    """Performs actions."""

    def __init__(self, wire: Wire, rights: Rights, clock: Callable[[], datetime]) -> None:
        self._wire = wire
        self._rights = rights
        self._clock = clock

    async def perform(self, action: Action, message: Message) -> str:
        """Carry out one action; see `core.ports.Platform.perform`."""
        if action.kind in {ActionKind.NO_MEDIA, ActionKind.MEDIA}:
            raise NotPermitted(NO_MEDIA)
        try:
            if action.kind is ActionKind.DELETE:
                return await self._delete(action, message)
            return await self._about_author(action, message)
        except NotPermitted as exc:
            raise NotPermitted(await self._why(action, message) or str(exc)) from exc

    async def _delete(self, action: Action, message: Message) -> str:
        channel, number = spot_of(message.id)
        if not number:
            raise Gone("there was no message to delete")
        ids = {"channel_id": channel, "message_id": number}
        try:
            await self._call("DELETE", "/channels/{channel_id}/messages/{message_id}", ids, action)
        except Gone as exc:
            raise Gone("the message was gone already") from exc
        return ""

    async def _about_author(self, action: Action, message: Message) -> str:
        user = number_of(message.author.id)
        if is_webhook(message.author.id) or not user:
            raise PlatformError(
                "a webhook wrote it: it can be removed in Server Settings → Integrations → Webhooks"
            )
        ids = {"guild_id": bare(message.place.id), "user_id": user}
        match action.kind:
            case ActionKind.MUTE:
                return await self._mute(action, ids)
            case ActionKind.UNMUTE:
                body = {"communication_disabled_until": None}
                await self._call("PATCH", _MEMBER, ids, action, body=body)
            case ActionKind.BAN:
                # Only the message that was judged is deleted; wiping what else they wrote cannot be undone.
                await self._call("PUT", _BAN, ids, action, query={"delete_message_seconds": "0"})
            case ActionKind.UNBAN:
                await self._unban(action, ids)
            case ActionKind.KICK:
                await self._kick(action, ids)
            case _:
                raise PlatformError(f"Discord has no way to {action.kind}")
        return ""

    async def _mute(self, action: Action, ids: dict[str, str]) -> str:
        wanted = timedelta(seconds=action.for_s) if action.for_s else LONGEST_TIMEOUT
        until = self._clock() + min(wanted, LONGEST_TIMEOUT - timedelta(minutes=1))
        body = {"communication_disabled_until": until.isoformat()}
        await self._call("PATCH", _MEMBER, ids, action, body=body)
        is_shorter = not action.for_s or wanted > LONGEST_TIMEOUT
        return "Discord allows no more than 28 days" if is_shorter else ""

    async def _unban(self, action: Action, ids: dict[str, str]) -> None:
        try:
            await self._call("DELETE", _BAN, ids, action)
        except Gone as exc:
            raise Gone("was not banned any more") from exc

    async def _kick(self, action: Action, ids: dict[str, str]) -> None:
        try:
            await self._call("DELETE", _MEMBER, ids, action)
        except Gone as exc:
            raise Gone("is no longer in the server") from exc

    async def _call(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        ids: dict[str, str],
        action: Action,
        *,
        body: object = None,
        query: dict[str, str] | None = None,
    ) -> None:
        reason = f"Nigehban, by {action.by}"[:400]
        await self._wire.call(method, path, ids, body=body, query=query, reason=reason)

    async def _why(self, action: Action, message: Message) -> str:
        """Say what stands in the way, and where to change it; "" if it cannot be found out."""
        guild, user = bare(message.place.id), number_of(message.author.id)
        needed = PERMISSIONS[action.kind]
        try:
            mine = await self._rights.standing(self._wire.user, guild)
            theirs = await self._rights.standing(user, guild)
        except PlatformError:
            return ""
        if mine.lacks([needed]):
            return f"the bot lacks “{needed}”: Server Settings → Roles → the bot's role"
        if action.kind is ActionKind.DELETE:
            return f"the bot lacks “{needed}” in that channel: Edit Channel → Permissions"
        return _height(mine, theirs, quoted(message.author.name or "the member"), action.kind)


def _height(mine: Standing, theirs: Standing, who: str, kind: ActionKind) -> str:
    """Say why a member is out of the bot's reach."""
    if theirs.is_owner:
        return f"{who} owns the server, which no bot can act on"
    if theirs.rank >= mine.rank:
        return f"{who} has a role as high as the bot's: Server Settings → Roles, drag the bot's role above it"
    if kind in {ActionKind.MUTE, ActionKind.UNMUTE}:
        return f"{who} is an administrator, and those cannot be timed out"
    return ""
