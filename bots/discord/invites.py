"""Invites: the server, group or person that a code leads to now, as Discord itself says."""

from typing import Final

from bots.discord.raw import number, record, snowflake
from bots.discord.wire import Wire
from core.errors import CannotLook, Gone, PlatformError, TryLater

INVITE: Final = "discord:invite/"

_SERVER: Final = 0
_GROUP: Final = 1


async def led_to(wire: Wire, identifier: str) -> tuple[str, ...]:
    """Return what an invite leads to; nothing for a code that Discord does not know (any more).

    Raises:
        CannotLook: Discord does not say.
        TryLater: Discord is busy or out of reach.
    """
    code = identifier.removeprefix(INVITE)
    try:
        invite = record(await wire.call("GET", "/invites/{code}", {"code": code}))
    except Gone:
        return ()
    except TryLater:
        raise
    except PlatformError as exc:
        raise CannotLook("Discord does not say where it leads") from exc
    kind = number(invite.get("type")) or _SERVER
    if kind == _SERVER:
        found = ("guild", record(invite.get("guild")))
    elif kind == _GROUP:
        found = ("channel", record(invite.get("channel")))
    else:
        found = ("user", record(invite.get("inviter")))
    id_ = snowflake(found[1].get("id"))
    if not id_:
        raise CannotLook("Discord does not say where it leads")
    return (f"discord:{found[0]}/{id_}",)
