"""REST about invites: what a code leads to, whoever asks; the bot need not be in that server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.standins.discord.front import unknown
from tests.standins.discord.render import user_json
from tests.standins.discord.state import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.standins.discord.front import Call, Handler
    from tests.standins.discord.state import Guild, Json, User, World


@dataclass(slots=True)
class InviteRoutes:
    """Answers for `/invites/…`."""

    world: World

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Name every route."""
        return {("GET", "/invites/{code}"): self.invite}

    async def invite(self, call: Call) -> object:
        """Return an invite; codes are case-sensitive."""
        found = self.world.invites.get(call.words["code"])
        if found is None:
            raise unknown("invite")
        return found


def to_guild(code: str, guild: Guild) -> Json:
    """Write an invite to a server."""
    shown: Json = {
        "id": str(guild.id),
        "name": guild.name,
        "features": [],
        "verification_level": 0,
        "nsfw_level": 0,
        "nsfw": False,
        "premium_subscription_count": 0,
    }
    shown |= dict.fromkeys(("splash", "banner", "description", "icon", "vanity_url_code"))
    channel = {"id": str(new_id()), "type": 0, "name": "general"}
    return _invite(code, 0) | {"guild": shown, "guild_id": str(guild.id), "channel": channel}


def to_group(code: str, channel_id: int) -> Json:
    """Write an invite to a group conversation."""
    return _invite(code, 1) | {"channel": {"id": str(channel_id), "type": 3, "name": None}}


def to_friend(code: str, user: User) -> Json:
    """Write an invite to be somebody's friend."""
    return _invite(code, 2) | {"channel": None, "inviter": user_json(user)}


def _invite(code: str, kind: int) -> Json:
    return {"code": code, "type": kind, "expires_at": None}
