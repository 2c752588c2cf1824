"""REST about the application itself: who it is, where its gateway is, which commands it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from tests.standins.discord.front import ApiError, unknown
from tests.standins.discord.gateway import application_flags
from tests.standins.discord.render import user_json
from tests.standins.discord.state import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.standins.discord.front import Call, Handler
    from tests.standins.discord.gateway import Gateway
    from tests.standins.discord.state import Guild, Json, World

MOST_SLASH_COMMANDS = 100
MOST_CONTEXT_MENUS = 15

_GLOBAL = "/applications/{application_id}/commands"
_LOCAL = "/applications/{application_id}/guilds/{guild_id}/commands"


@dataclass(slots=True)
class ApplicationRoutes:
    """Answers for the application, the gateway's address and the commands."""

    world: World
    gateway: Gateway

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Name every route."""
        return {
            ("GET", "/oauth2/applications/@me"): self.application,
            ("GET", "/applications/@me"): self.application,
            ("GET", "/gateway"): self.address,
            ("GET", "/gateway/bot"): self.address_for_bots,
            ("GET", _GLOBAL): self.global_commands,
            ("PUT", _GLOBAL): self.set_global_commands,
            ("GET", _LOCAL): self.guild_commands,
            ("PUT", _LOCAL): self.set_guild_commands,
        }

    async def application(self, _: Call) -> object:
        """Return the application, with its switches."""
        world = self.world
        flags = application_flags(world)
        owner = next((u for u in world.users.values() if not u.bot), world.bot)
        return {
            "id": str(world.application_id),
            "name": "Kites Guard",
            "icon": None,
            "description": "",
            "type": None,
            "bot": user_json(world.bot),
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "00" * 32,
            "flags": flags,
            "flags_new": str(flags),
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": user_json(owner),
            "approximate_guild_count": len(world.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "eligible_oauth2_scopes": ["bot", "applications.commands"],
        }

    async def address(self, _: Call) -> object:
        """Return where the gateway is."""
        return {"url": self.gateway.url}

    async def address_for_bots(self, _: Call) -> object:
        """Return where the gateway is, and how often one may still identify."""
        left = max(0, 1000 - self.gateway.identified)
        limit = {"total": 1000, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": self.gateway.url, "shards": 1, "session_start_limit": limit}

    async def global_commands(self, call: Call) -> object:
        """Return the commands every server has."""
        self._check_owner(call)
        return self.world.commands

    async def set_global_commands(self, call: Call) -> object:
        """Replace them."""
        self._check_owner(call)
        self.world.commands = self._registered(call, None)
        return self.world.commands

    async def guild_commands(self, call: Call) -> object:
        """Return one server's own commands."""
        return self._guild(call).commands

    async def set_guild_commands(self, call: Call) -> object:
        """Replace them."""
        guild = self._guild(call)
        guild.commands = self._registered(call, guild)
        return guild.commands

    def _check_owner(self, call: Call) -> None:
        if call.ids["application_id"] != self.world.application_id:
            raise ApiError(403, 20012, "You are not authorized to perform this action on this application")

    def _guild(self, call: Call) -> Guild:
        self._check_owner(call)
        guild = self.world.guilds.get(call.ids["guild_id"])
        if guild is None:
            raise unknown("guild")
        return guild

    def _registered(self, call: Call, guild: Guild | None) -> list[Json]:
        """Take a list of commands; names must not meet twice within a kind, nor kinds exceed their number."""
        wanted = cast("list[Json]", call.body)
        keys = [(command["name"], command.get("type", 1)) for command in wanted]
        slash = sum(kind == 1 for _, kind in keys)
        if len(set(keys)) != len(keys) or slash > MOST_SLASH_COMMANDS:
            raise ApiError(400, 50035, "Invalid Form Body")
        if any(sum(kind == each for _, kind in keys) > MOST_CONTEXT_MENUS for each in (2, 3)):
            raise ApiError(400, 30032, "Maximum number of application commands reached")
        return [self._command_json(command, guild) for command in wanted]

    def _command_json(self, command: Json, guild: Guild | None) -> Json:
        kept = {key: value for key, value in command.items() if value is not None}
        body: Json = {
            "id": str(new_id()),
            "application_id": str(self.world.application_id),
            "version": str(new_id()),
            "default_member_permissions": None,
            "type": 1,
            "description": "",
            "nsfw": False,
        }
        body |= kept
        if body["default_member_permissions"] is not None:
            body["default_member_permissions"] = str(body["default_member_permissions"])
        return body | ({"guild_id": str(guild.id)} if guild else {})
