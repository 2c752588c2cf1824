"""REST about servers and accounts: lookups, timeouts, roles, kicks, bans, the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from tests.standins.discord.front import ApiError, no_access, no_permission, unknown
from tests.standins.discord.permissions import may, outranks
from tests.standins.discord.render import (
    channel_json,
    guild_rest_json,
    member_json,
    own_user_json,
    role_json,
    user_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.standins.discord.acts import Acts
    from tests.standins.discord.front import Call, Handler
    from tests.standins.discord.state import Guild, Json, Member, User, World

LONGEST_TIMEOUT = timedelta(days=28)
LONGEST_PURGE_S = 604_800
DEFAULT_LIMIT = 1000

_GUILD = "/guilds/{guild_id}"
_MEMBER = _GUILD + "/members/{user_id}"
_BAN = _GUILD + "/bans/{user_id}"


@dataclass(slots=True)
class GuildRoutes:
    """Answers for `/guilds/…` and `/users/…`."""

    world: World
    acts: Acts

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Name every route."""
        role = _MEMBER + "/roles/{role_id}"
        return {
            ("GET", "/users/@me"): self.me,
            ("GET", "/users/{user_id}"): self.user,
            ("GET", _GUILD): self.guild,
            ("GET", _GUILD + "/channels"): self.channels,
            ("GET", _GUILD + "/roles"): self.roles,
            ("GET", _GUILD + "/members"): self.members,
            ("GET", _MEMBER): self.member,
            ("PATCH", _MEMBER): self.change_member,
            ("DELETE", _MEMBER): self.kick,
            ("PUT", role): self.add_role,
            ("DELETE", role): self.remove_role,
            ("GET", _GUILD + "/bans"): self.bans,
            ("GET", _BAN): self.ban_of,
            ("PUT", _BAN): self.ban,
            ("DELETE", _BAN): self.unban,
            ("GET", _GUILD + "/audit-logs"): self.audit,
        }

    async def me(self, _: Call) -> object:
        """Return the bot's account."""
        return own_user_json(self.world.bot)

    async def user(self, call: Call) -> object:
        """Return an account."""
        return user_json(self._account(call, "account"))

    async def guild(self, call: Call) -> object:
        """Return a server."""
        return guild_rest_json(self._guild(call))

    async def channels(self, call: Call) -> object:
        """Return a server's channels, without threads."""
        return [channel_json(c) for c in self._guild(call).channels.values() if c.parent is None]

    async def roles(self, call: Call) -> object:
        """Return a server's roles."""
        return [role_json(role) for role in self._guild(call).roles]

    async def members(self, call: Call) -> object:
        """Return members in order of their ids."""
        guild, after = self._guild(call), int(call.query.get("after", "0"))
        if "members" not in self.world.privileged:
            raise no_access()
        ids = sorted(user_id for user_id in guild.members if user_id > after)
        return [member_json(guild.members[i]) for i in ids[: int(call.query.get("limit", "1"))]]

    async def member(self, call: Call) -> object:
        """Return one member."""
        return member_json(self._member(call))

    async def change_member(self, call: Call) -> object:
        """Start or end a timeout."""
        member = self._member(call)
        guild = member.guild
        until = _when(call.json.get("communication_disabled_until"))
        self._need(guild, "moderate_members", member.user)
        # A timeout does not take on administrators, whatever the roles say.
        if until is not None and may(guild, member.user, "administrator"):
            raise no_permission()
        if until is not None and until - datetime.now(UTC) > LONGEST_TIMEOUT:
            raise ApiError(400, 50035, "Invalid Form Body")
        member.silenced_until = until
        await self.acts.changed_member(member, self.world.bot, call.reason, "timeout")
        return member_json(member)

    async def add_role(self, call: Call) -> object:
        """Give a member a role below the bot's own."""
        await self._change_role(call, is_added=True)
        return None

    async def remove_role(self, call: Call) -> object:
        """Take a role from a member."""
        await self._change_role(call, is_added=False)
        return None

    async def _change_role(self, call: Call, *, is_added: bool) -> None:
        member = self._member(call)
        guild = member.guild
        role = next((r for r in guild.roles if r.id == call.ids["role_id"]), None)
        if role is None:
            raise ApiError(404, 10011, "Unknown Role")
        self._need(guild, "manage_roles", None)
        if role.position >= guild.members[self.world.bot.id].top:
            raise no_permission()
        member.roles = [r for r in member.roles if r is not role] + ([role] if is_added else [])
        await self.acts.changed_member(member, self.world.bot, call.reason, "roles")

    async def kick(self, call: Call) -> object:
        """Put a member out."""
        member = self._member(call)
        self._need(member.guild, "kick_members", member.user)
        await self.acts.kicked(member.guild, member.user, self.world.bot, call.reason)
        return None

    async def bans(self, call: Call) -> object:
        """Return the bans in order of their ids."""
        guild, after = self._guild(call), int(call.query.get("after", "0"))
        self._need(guild, "ban_members", None)
        ids = sorted(i for i in guild.bans if i > after)[: int(call.query.get("limit", str(DEFAULT_LIMIT)))]
        return [self._ban_json(guild, user_id) for user_id in ids]

    async def ban_of(self, call: Call) -> object:
        """Return one ban."""
        guild = self._guild(call)
        self._need(guild, "ban_members", None)
        if call.ids["user_id"] not in guild.bans:
            raise unknown("ban")
        return self._ban_json(guild, call.ids["user_id"])

    async def ban(self, call: Call) -> object:
        """Ban an account, member or not; discord.py sends the seconds in the query and no body."""
        guild, user = self._guild(call), self._account(call, "account")
        self._need(guild, "ban_members", user)
        words = dict(call.query) | {key: str(value) for key, value in call.json.items()}
        delete_s = int(words.get("delete_message_seconds", "0"))
        if not 0 <= delete_s <= LONGEST_PURGE_S:
            raise ApiError(400, 50035, "Invalid Form Body")
        await self.acts.banned(guild, user, self.world.bot, call.reason, delete_s)
        return None

    async def unban(self, call: Call) -> object:
        """Lift a ban."""
        guild = self._guild(call)
        self._need(guild, "ban_members", None)
        if call.ids["user_id"] not in guild.bans:
            raise unknown("ban")
        await self.acts.unbanned(guild, self.world.users[call.ids["user_id"]], self.world.bot, call.reason)
        return None

    async def audit(self, call: Call) -> object:
        """Return the audit log, newest first."""
        guild = self._guild(call)
        self._need(guild, "view_audit_log", None)
        kind = call.query.get("action_type")
        entries = [e for e in reversed(guild.audit) if kind is None or e["action_type"] == int(kind)]
        named = {str(e[key]) for e in entries for key in ("user_id", "target_id")}
        lists = ("integrations", "webhooks", "guild_scheduled_events", "threads", "application_commands")
        return {
            "audit_log_entries": entries[: int(call.query.get("limit", "50"))],
            "users": [user_json(user) for user in self.world.users.values() if str(user.id) in named],
            **{name: [] for name in (*lists, "auto_moderation_rules")},
        }

    def _ban_json(self, guild: Guild, user_id: int) -> Json:
        return {"user": user_json(self.world.users[user_id]), "reason": guild.bans[user_id]}

    def _guild(self, call: Call) -> Guild:
        guild = self.world.guilds.get(call.ids["guild_id"])
        if guild is None:
            raise unknown("guild")
        if self.world.bot.id not in guild.members:
            raise no_access()
        return guild

    def _account(self, call: Call, what: str) -> User:
        user = self.world.users.get(call.ids["user_id"])
        if user is None:
            raise unknown(what)
        return user

    def _member(self, call: Call) -> Member:
        member = self._guild(call).members.get(call.ids["user_id"])
        if member is None:
            raise unknown("member")
        return member

    def _need(self, guild: Guild, permission: str, target: User | None) -> None:
        """Refuse what the bot may not do, or may not do to one so high."""
        if not may(guild, self.world.bot, permission):
            raise no_permission()
        if target is not None and not outranks(guild, self.world.bot, target):
            raise no_permission()


def _when(written: object) -> datetime | None:
    return datetime.fromisoformat(cast("str", written)) if written else None
