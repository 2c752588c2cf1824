"""What can happen in a server, whoever does it: each act changes the world and tells the gateway.

REST requests and the test's own people (`DiscordServer.post` and friends) come through here, so that an act
looks the same to the client whichever side it came from.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.standins.discord.gateway import INTENTS
from tests.standins.discord.permissions import may
from tests.standins.discord.render import channel_json, member_json, user_json
from tests.standins.discord.state import new_id, time_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.standins.discord.gateway import Gateway
    from tests.standins.discord.posts import Renderer
    from tests.standins.discord.state import Channel, Guild, Json, Member, Post, User, World

AUDIT = {"kick": 20, "ban": 22, "unban": 23, "timeout": 24, "roles": 25, "delete": 72}
"""Numbers of the audit log's kinds of entry."""


@dataclass(slots=True)
class Acts:
    """The acts, over one world and its gateway."""

    world: World
    gateway: Gateway
    renderer: Renderer
    changed: Callable[[], None]

    async def posted(self, post: Post) -> Post:
        """A message appears."""
        post.channel.posts[post.id] = post
        for file in post.files:
            self.world.files[post.channel.id, file.id, file.name] = file
        await self._about("MESSAGE_CREATE", post)
        return post

    async def edited(self, post: Post, *, silently: bool = False) -> None:
        """A message changed; `silently` when Discord itself changed it (an embed resolved)."""
        if not silently:
            post.edited_at = datetime.now(UTC)
        await self._about("MESSAGE_UPDATE", post)

    async def deleted(self, posts: list[Post], by: User | None = None) -> None:
        """Messages disappear, and their files with them."""
        for post in posts:
            del post.channel.posts[post.id]
            post.is_deleted = True
            for file in post.files:
                self.world.files.pop((post.channel.id, file.id, file.name), None)
        if not posts:
            return
        channel = posts[0].channel
        place: Json = {"channel_id": str(channel.id)}
        place |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
        if len(posts) == 1:
            gone: Json = {"id": str(posts[0].id)} | place
            await self._emit("MESSAGE_DELETE", "messages", gone, channel)
        else:
            await self._emit(
                "MESSAGE_DELETE_BULK", "messages", {"ids": [str(p.id) for p in posts]} | place, channel
            )
        if by is not None and channel.guild is not None and posts[0].author != by:
            await self._log(channel.guild, "delete", posts[0].author, by, None)

    async def joined(self, member: Member) -> None:
        """Somebody enters a server."""
        payload = member_json(member) | {"guild_id": str(member.guild.id)}
        await self._emit("GUILD_MEMBER_ADD", "members", payload)

    async def changed_member(self, member: Member, by: User, reason: str | None, kind: str) -> None:
        """A member's timeout or roles changed."""
        payload = member_json(member) | {"guild_id": str(member.guild.id)}
        await self._emit("GUILD_MEMBER_UPDATE", "members", payload)
        await self._log(member.guild, kind, member.user, by, reason)

    async def changed_profile(  # noqa: PLR0913  # each keyword is one thing of a profile
        self,
        member: Member,
        *,
        nick: str | None = None,
        shown: str | None = None,
        picture: bytes = b"",
        picture_here: bytes = b"",
        wears: Guild | None = None,
    ) -> None:
        """Somebody changed how they show themselves: names, pictures, the tag of a server."""
        user, guild = member.user, member.guild
        member.nick = nick or member.nick
        if picture:
            user = replace(user, picture=f"{zlib.crc32(picture):032x}")
            self.world.pictures[f"avatars/{user.id}/{user.picture}.png"] = picture
        if picture_here:
            member.picture = f"a_{zlib.crc32(picture_here):032x}"
            place = f"guilds/{guild.id}/users/{user.id}/avatars"
            self.world.pictures[f"{place}/{member.picture}.png"] = picture_here
        member.user = replace(user, shown=shown or user.shown, wears=wears or user.wears)
        self.world.users[user.id] = member.user
        await self._emit("GUILD_MEMBER_UPDATE", "members", member_json(member) | {"guild_id": str(guild.id)})

    async def left(self, guild: Guild, user: User) -> None:
        """Somebody leaves, or is made to."""
        if guild.members.pop(user.id, None) is not None:
            payload: Json = {"guild_id": str(guild.id), "user": user_json(user)}
            await self._emit("GUILD_MEMBER_REMOVE", "members", payload)

    async def kicked(self, guild: Guild, user: User, by: User, reason: str | None) -> None:
        """A member is put out; they may come back."""
        await self.left(guild, user)
        await self._log(guild, "kick", user, by, reason)

    async def banned(self, guild: Guild, user: User, by: User, reason: str | None, delete_s: int) -> None:
        """An account is banned, and its messages of the last `delete_s` seconds vanish."""
        guild.bans[user.id] = reason
        await self.left(guild, user)
        await self._emit("GUILD_BAN_ADD", "moderation", {"guild_id": str(guild.id), "user": user_json(user)})
        since = datetime.now(UTC) - timedelta(seconds=delete_s)
        for channel in guild.channels.values():
            mine = [p for p in channel.posts.values() if p.author.id == user.id and time_of(p.id) > since]
            await self.deleted(mine)
        await self._log(guild, "ban", user, by, reason)

    async def unbanned(self, guild: Guild, user: User, by: User, reason: str | None) -> None:
        """A ban is lifted."""
        del guild.bans[user.id]
        await self._emit(
            "GUILD_BAN_REMOVE", "moderation", {"guild_id": str(guild.id), "user": user_json(user)}
        )
        await self._log(guild, "unban", user, by, reason)

    async def opened_thread(self, thread: Channel) -> None:
        """A thread is opened."""
        await self._emit("THREAD_CREATE", "guilds", channel_json(thread) | {"newly_created": True}, thread)

    async def _about(self, event: str, post: Post) -> None:
        """Bring a message to who may read it; ephemeral ones are nobody's event."""
        if post.is_ephemeral:
            self.changed()
            return
        kind = "messages" if post.channel.guild else "private"
        if self._sees(post.channel):
            content = INTENTS["message_content"]
            make = self.renderer.delivered
            await self.gateway.emit(
                event, INTENTS[kind], lambda intents: make(post, full=bool(intents & content))
            )
        self.changed()

    async def _emit(self, event: str, intent: str, payload: Json, channel: Channel | None = None) -> None:
        if channel is None or self._sees(channel):
            await self.gateway.emit(event, INTENTS[intent], lambda _: payload)
        self.changed()

    def _sees(self, channel: Channel) -> bool:
        """Tell whether the bot can view a channel: what it cannot see makes no events."""
        guild = channel.guild
        return guild is None or may(guild, self.world.bot, "view_channel", channel.ruled_by)

    async def _log(self, guild: Guild, kind: str, target: User, by: User, reason: str | None) -> None:
        """Write the audit log and tell who may read it."""
        entry: Json = {"id": str(new_id()), "action_type": AUDIT[kind], "target_id": str(target.id)}
        entry |= {"user_id": str(by.id)} | ({"reason": reason} if reason else {})
        guild.audit.append(entry)
        if may(guild, self.world.bot, "view_audit_log"):
            payload = entry | {"guild_id": str(guild.id)}
            await self._emit("GUILD_AUDIT_LOG_ENTRY_CREATE", "moderation", payload)
