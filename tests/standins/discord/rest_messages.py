"""REST about channels: messages, their history, reactions, private conversations, and the file server."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from aiohttp import web

from tests.standins.discord.front import ApiError, Gate, no_access, no_permission, unknown
from tests.standins.discord.permissions import may
from tests.standins.discord.render import channel_json
from tests.standins.discord.state import Channel, File, Json, Post, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.standins.discord.acts import Acts
    from tests.standins.discord.front import Call, Handler
    from tests.standins.discord.state import User, World

FORWARD = 1
"""The kind of message reference that is a forward."""

V2 = 1 << 15
"""The flag of a message made of components only."""

_ONE = "/channels/{channel_id}/messages/{message_id}"


@dataclass(slots=True)
class ChannelRoutes:
    """Answers for `/channels/…` and private conversations."""

    world: World
    acts: Acts
    nonces: dict[tuple[int, str], Post] = field(default_factory=dict)
    index_waits: int = 0

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Name every route."""
        reaction = _ONE + "/reactions/{emoji_name}/@me"
        return {
            ("GET", "/channels/{channel_id}"): self.channel,
            ("GET", "/channels/{channel_id}/messages"): self.history,
            ("POST", "/channels/{channel_id}/messages"): self.send,
            ("POST", "/channels/{channel_id}/messages/bulk-delete"): self.delete_many,
            ("GET", _ONE): self.message,
            ("PATCH", _ONE): self.edit,
            ("DELETE", _ONE): self.delete,
            ("PUT", reaction): self.react,
            ("DELETE", reaction): self.unreact,
            ("POST", "/channels/{channel_id}/typing"): self.typing,
            ("POST", "/users/@me/channels"): self.private,
            ("GET", "/guilds/{guild_id}/messages/search"): self.search,
        }

    async def channel(self, call: Call) -> object:
        """Return a channel."""
        return channel_json(self._channel(call))

    async def history(self, call: Call) -> object:
        """Return messages, newest first, as `before`, `after` and `limit` choose."""
        channel = self._channel(call)
        if not self._may(channel, "read_message_history"):
            return []
        ids = sorted(channel.posts)
        limit = int(call.query.get("limit", "50"))
        if "after" in call.query:
            ids = [i for i in ids if i > int(call.query["after"])][:limit]
        elif "before" in call.query:
            ids = [i for i in ids if i < int(call.query["before"])][-limit:]
        return [self._written(channel.posts[i]) for i in reversed(ids[-limit:])]

    async def search(self, call: Call) -> object:
        """Return messages with some words, newest first, each in a group of its own; or say to wait."""
        guild = self.world.guilds.get(int(call.ids["guild_id"]))
        if guild is None:
            raise unknown("guild")
        if self.index_waits:
            self.index_waits -= 1
            call.status = 202
            return {
                "message": "Index not yet available",
                "code": 110000,
                "documents_indexed": 0,
                "retry_after": 1,
            }
        words, least = call.query["content"].casefold(), int(call.query.get("min_id", "0"))
        channels = [c for c in guild.channels.values() if self._may(c, "read_message_history")]
        found = [
            post
            for channel in channels
            for post in channel.posts.values()
            if post.id >= least and words in post.content.casefold()
        ]
        found.sort(key=lambda post: -post.id)
        chosen = found[: int(call.query.get("limit", "25"))]
        return {
            "messages": [[{**self._written(post), "hit": True}] for post in chosen],
            "doing_deep_historical_index": False,
            "total_results": len(found),
        }

    async def message(self, call: Call) -> object:
        """Return one message."""
        return self._written(self._post(call))

    async def send(self, call: Call) -> object:
        """Write a message as the bot; with an enforced nonce the same one is not written twice."""
        channel = self._channel(call)
        if not self._may(channel, "send_messages"):
            raise no_permission()
        if channel.recipient is not None:
            self._reach(channel.recipient)
        nonce = call.json.get("nonce")
        if call.json.get("enforce_nonce") and (known := self.nonces.get((channel.id, str(nonce)))):
            return self._written(known)
        post = compose(self.world, channel, call)
        self.nonces[channel.id, str(nonce)] = post
        return self._written(await self.acts.posted(post))

    async def edit(self, call: Call) -> object:
        """Change one of the bot's messages."""
        post = self._post(call)
        if post.author != self.world.bot:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        change(post, call.json)
        await self.acts.edited(post)
        return self._written(post)

    async def delete(self, call: Call) -> object:
        """Delete one message."""
        post = self._post(call)
        if post.author != self.world.bot and not self._may(post.channel, "manage_messages"):
            raise no_permission()
        await self.acts.deleted([post], by=self.world.bot)
        return None

    async def delete_many(self, call: Call) -> object:
        """Delete 2 to 100 messages; those already gone are passed over."""
        channel = self._channel(call)
        if not self._may(channel, "manage_messages"):
            raise no_permission()
        ids = [int(str(i)) for i in cast("list[object]", call.json["messages"])]
        if not 2 <= len(set(ids)) == len(ids) <= 100:
            raise ApiError(
                400, 50016, "Provided too few or too many messages to delete. Must provide 2 to 100."
            )
        await self.acts.deleted([channel.posts[i] for i in ids if i in channel.posts], by=self.world.bot)
        return None

    async def react(self, call: Call) -> object:
        """Add the bot's reaction."""
        self._post(call).reactions.setdefault(call.words["emoji_name"], set()).add(self.world.bot.id)
        return None

    async def unreact(self, call: Call) -> object:
        """Take the bot's reaction back."""
        post, name = self._post(call), call.words["emoji_name"]
        post.reactions.get(name, set()).discard(self.world.bot.id)
        if not post.reactions.get(name):
            post.reactions.pop(name, None)
        return None

    async def typing(self, call: Call) -> object:
        """Take note of the typing sign."""
        self._channel(call)
        return None

    async def private(self, call: Call) -> object:
        """Open a private conversation, or return the open one."""
        user = self.world.users.get(int(str(call.json["recipient_id"])))
        if user is None:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        for channel in self.world.channels.values():
            if channel.recipient == user:
                return channel_json(channel)
        opened = Channel(id=new_id(), name=user.name, recipient=user)
        self.world.channels[opened.id] = opened
        return channel_json(opened)

    def _channel(self, call: Call) -> Channel:
        """Return the channel of a call, if the bot can see it."""
        channel = self.world.channels.get(call.ids["channel_id"])
        if channel is None:
            raise unknown("channel")
        if not self._may(channel, "view_channel"):
            raise no_access()
        return channel

    def _post(self, call: Call) -> Post:
        post = self._channel(call).posts.get(call.ids["message_id"])
        if post is None:
            raise unknown("message")
        return post

    def _reach(self, reader: User) -> None:
        """Refuse a direct message to who takes none, or shares no server with the bot."""
        if reader.id in self.world.closed:
            raise ApiError(403, 50007, "Cannot send messages to this user")
        if not any(reader.id in guild.members for guild in self.world.guilds.values()):
            raise ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")

    def _may(self, channel: Channel, permission: str) -> bool:
        return channel.guild is None or may(channel.guild, self.world.bot, permission, channel.ruled_by)

    def _written(self, post: Post) -> Json:
        """Write a message as REST answers it: the application's switch decides about content."""
        return self.acts.renderer.post(post, full="message_content" in self.world.privileged)


def compose(world: World, channel: Channel, call: Call, body: Json | None = None) -> Post:
    """Make the bot's message from a request; refuse an empty one."""
    body = call.json if body is None else body
    post = Post(id=new_id(), channel=channel, author=world.bot)
    change(post, body)
    post.flags = int(str(body.get("flags") or 0))
    post.files.extend(_files(call, body))
    reference = cast("Json | None", body.get("message_reference"))
    if reference is not None:
        target = world.find_post(int(str(reference["channel_id"])), int(str(reference["message_id"])))
        if target is None:
            raise ApiError(400, 50035, "Invalid Form Body")
        if reference.get("type") == FORWARD:
            post.snapshot = target
        else:
            post.reply_to = target
    if not (post.content or post.embeds or post.components or post.files or post.snapshot):
        raise ApiError(400, 50006, "Cannot send an empty message")
    return post


def _files(call: Call, body: Json) -> Iterator[File]:
    """Give the files of a request, each with what `attachments` says of it; both count from 0."""
    said = {int(str(one["id"])): one for one in cast("list[Json]", body.get("attachments") or [])}
    if not set(said) <= set(call.files):
        raise ApiError(400, 50035, "Invalid Form Body")
    for number, (name, content) in sorted(call.files.items()):
        about = said.get(number, {})
        made = File.of(str(about.get("filename") or name), content)
        yield replace(made, description=str(about.get("description") or ""))


def change(post: Post, body: Json) -> None:
    """Apply the fields of a request to a message."""
    if "content" in body:
        post.content = str(body["content"] or "")
    if "embeds" in body:
        post.embeds = [{"type": "rich"} | embed for embed in cast("list[Json]", body["embeds"] or [])]
    if "components" in body:
        post.components = numbered(cast("list[Json]", body["components"] or []))
    if "allowed_mentions" in body:
        post.allowed_mentions = cast("Json | None", body["allowed_mentions"])
    if "flags" in body:
        post.flags = int(str(body["flags"] or 0))


def numbered(components: list[Json], start: int = 1) -> list[Json]:
    """Give every component its id, as Discord does on receipt."""
    done = []
    for component in components:
        copy = {"id": start} | component
        start += 1
        if "components" in copy:
            copy["components"] = numbered(cast("list[Json]", copy["components"]), start)
            start += len(cast("list[Json]", copy["components"]))
        done.append(copy)
    return done


@dataclass(slots=True)
class FileServer:
    """The CDN: attachments by their full address, a file dies with its message; pictures of profiles.

    Attributes:
        gate: While it is shut, downloads wait.
    """

    world: World
    changed: Callable[[], None]
    gate: Gate = field(default_factory=Gate)

    def add_to(self, app: web.Application) -> None:
        """Take these addresses."""
        app.router.add_get("/cdn/attachments/{channel}/{file}/{name}", self.serve)
        app.router.add_get("/cdn/{path:(?:avatars|guilds)/.+}", self.picture)

    async def picture(self, request: web.Request) -> web.Response:
        """Answer one download of a profile's picture."""
        await self.gate.passed(self.changed)
        body = self.world.pictures.get(request.match_info["path"])
        if body is None:
            return web.Response(status=404, text="404: Not Found")
        return web.Response(body=body, headers={"Content-Type": "image/png"})

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one download."""
        await self.gate.passed(self.changed)
        words = request.match_info
        file = self.world.files.get((int(words["channel"]), int(words["file"]), words["name"]))
        if file is None:
            return web.Response(status=404, text="This content is no longer available.")
        kind = file.content_type or "application/octet-stream"
        return web.Response(body=file.body, headers={"Content-Type": kind})
