"""How the bot is invited, and what it says when it comes: how to bind a room, and what it lacks."""

from collections.abc import Sequence

from bots.discord.cards import answer_of, once_only
from bots.discord.raw import record, records, snowflake
from bots.discord.rights import BITS, NEEDED, NEEDED_IN_ROOM
from bots.discord.wire import Wire
from core.errors import Gone, NotPermitted

_PERMISSIONS = sum(BITS[name] for name in {*NEEDED, *NEEDED_IN_ROOM})
_LINES = (
    "I report known extremist material to this server's moderators, and delete nothing on my own.",
    "To begin, use /bind in the moderators' room, and enter the code it gives in any other channel.",
    "Members can report a message: open its menu → Apps → Report to moderators.",
)
_TEXT_CHANNEL = 0


def invitation(application: str) -> str:
    """Return the address at which an administrator adds the bot, with the permissions it needs ticked."""
    wanted = f"client_id={application}&scope=bot+applications.commands&permissions={_PERMISSIONS}"
    return f"https://discord.com/oauth2/authorize?{wanted}"


async def welcome(wire: Wire, guild: str, health: Sequence[str]) -> None:
    """Greet in the channel for system messages, or the first that lets the bot write; nowhere if none does.

    Raises:
        TryLater: Discord is busy or out of reach.
    """
    server = record(await wire.call("GET", "/guilds/{guild_id}", {"guild_id": guild}))
    channels = await wire.call("GET", "/guilds/{guild_id}/channels", {"guild_id": guild})
    first = snowflake(server.get("system_channel_id"))
    others = [snowflake(one.get("id")) for one in records(channels) if one.get("type") == _TEXT_CHANNEL]
    body = {**answer_of((*_LINES, *health)), **once_only(f"hi {guild}")}
    for channel in dict.fromkeys(([first] if first else []) + others):
        try:
            await wire.call("POST", "/channels/{channel_id}/messages", {"channel_id": channel}, body=body)
        except (NotPermitted, Gone):
            continue
        return
