"""The stand-in as a whole, and the friendly side of it that tests drive.

async with DiscordServer() as discord:
    guild = discord.guild("Kite Flyers")
    channel = discord.channel(guild, "general")
    post = await discord.post(channel, discord.member(guild, "amina_r"), content="hello")
    tap = await discord.press(card, "Delete", moderator)
    await discord.until(lambda: post.is_deleted)
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Self, TypeVar, cast

from aiohttp import web

from tests.standins.discord.acts import Acts
from tests.standins.discord.applications import ApplicationRoutes
from tests.standins.discord.front import PREFIX, Failure, Front, Gate, Limit
from tests.standins.discord.gateway import Gateway
from tests.standins.discord.interactions import COMMAND, COMPONENT, Interaction, InteractionRoutes
from tests.standins.discord.permissions import MODERATOR, mask, may
from tests.standins.discord.posts import Renderer
from tests.standins.discord.rest_guilds import GuildRoutes
from tests.standins.discord.rest_invites import InviteRoutes
from tests.standins.discord.rest_messages import ChannelRoutes, FileServer, numbered
from tests.standins.discord.state import (
    Channel,
    File,
    Guild,
    Json,
    Member,
    Overwrite,
    Post,
    Role,
    User,
    World,
    new_id,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.standins.discord.front import Call

_T = TypeVar("_T")

TOKEN = "invented.token.of-a-stand-in"
"""The one token that is right here."""

POLL_S = 0.01

PATIENCE_S = 30.0
"""How long `until` waits before it gives up."""

_KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "mp4": "video/mp4",
    "txt": "text/plain",
}


class DiscordServer:
    """Discord on a free loopback port."""

    def __init__(self) -> None:
        self.token = TOKEN
        self.world = World()
        self.violations: list[str] = []
        self._changed = asyncio.Event()
        self.gateway = Gateway(world=self.world, token=TOKEN, violations=self.violations, changed=self._note)
        self.renderer = Renderer(self.world)
        self.acts = Acts(self.world, self.gateway, self.renderer, self._note)
        self.interactions = InteractionRoutes(self.world, self.acts)
        others = (ApplicationRoutes(self.world, self.gateway), InviteRoutes(self.world))
        self._channels = ChannelRoutes(self.world, self.acts)
        parts = (GuildRoutes(self.world, self.acts), self._channels, *others)
        routes = {
            key: handler for part in (*parts, self.interactions) for key, handler in part.routes().items()
        }
        self.front = Front(token=TOKEN, routes=routes, violations=self.violations, changed=self._note)
        self.files = FileServer(self.world, self._note)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen; a given port lets a test bring the same server back."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/gateway", self.gateway.connect)
        app.router.add_get("/gateway/", self.gateway.connect)
        self.files.add_to(app)
        self.front.add_to(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, self.port = cast("tuple[str, int]", self._runner.addresses[0])
        self.api_base = f"http://{host}:{self.port}{PREFIX}"
        self.gateway.url = f"ws://{host}:{self.port}/gateway"
        self.cdn_base = self.renderer.cdn_base = f"http://{host}:{self.port}/cdn"

    async def stop(self) -> None:
        """Hang up and stop listening."""
        await self.gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _note(self) -> None:
        """Wake whoever waits for a change."""
        self._changed.set()

    async def until(self, fact: Callable[[], _T], patience_s: float = PATIENCE_S) -> _T:
        """Wait until `fact` gives something true, and return it.

        It is looked at after every request and frame, and every few milliseconds, as what the client makes
        of a frame shows only later.

        Raises:
            TimeoutError: It did not become true in time.
        """
        async with asyncio.timeout(patience_s):
            while not (found := fact()):
                self._changed.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), POLL_S)
        return found

    # The furniture: servers, roles, channels, people.

    def guild(self, name: str, *, bot_may: Iterable[str] = MODERATOR, bot_position: int = 10) -> Guild:
        """Open a server that the bot is in, with a role of its own that holds what it asked for."""
        guild = self.world.new_guild(name)
        own = Role(
            id=new_id(), name="Kites Guard", permissions=mask(bot_may), position=bot_position, managed=True
        )
        guild.roles.append(own)
        self.world.add_member(guild, self.world.bot).roles.append(own)
        return guild

    def role(self, guild: Guild, name: str, *, may: Iterable[str] = (), position: int = 1) -> Role:
        """Add a role."""
        role = Role(id=new_id(), name=name, permissions=mask(may), position=position)
        guild.roles.append(role)
        return role

    def moderators(self, guild: Guild) -> Role:
        """Add the usual moderators' role."""
        return self.role(guild, "Moderators", may=MODERATOR, position=5)

    def channel(self, guild: Guild, name: str, *, only_for: Sequence[Role] = ()) -> Channel:
        """Add a text channel; `only_for` hides it from everybody but some roles, and the bot."""
        channel = Channel(id=new_id(), name=name, guild=guild)
        if only_for:
            view = mask(["view_channel"])
            own = guild.members[self.world.bot.id].roles[0]
            channel.overwrites.append(Overwrite(target=guild.id, kind=0, allow=0, deny=view))
            allowed = [Overwrite(target=r.id, kind=0, allow=view, deny=0) for r in (*only_for, own)]
            channel.overwrites.extend(allowed)
        guild.channels[channel.id] = self.world.channels[channel.id] = channel
        return channel

    def member(
        self, guild: Guild, name: str, *, shown: str | None = None, roles: Iterable[Role] = ()
    ) -> Member:
        """Add a person who is there already; `join` is for one who comes while the bot looks."""
        member = self.world.add_member(guild, User(id=new_id(), name=name, shown=shown))
        member.roles.extend(roles)
        return member

    # What people do.

    async def join(self, guild: Guild, name: str, *, shown: str | None = None) -> Member:
        """Let somebody enter a server."""
        member = self.member(guild, name, shown=shown)
        await self.acts.joined(member)
        return member

    async def thread(self, channel: Channel, name: str) -> Channel:
        """Open a thread in a channel."""
        thread = Channel(id=new_id(), name=name, guild=channel.guild, parent=channel)
        guild = channel.home
        guild.channels[thread.id] = self.world.channels[thread.id] = thread
        await self.acts.opened_thread(thread)
        return thread

    def index_waits(self, count: int) -> None:
        """Let so many searches be told that the index is not ready."""
        self._channels.index_waits = count

    async def post(  # noqa: PLR0913  # each keyword is one thing a message can carry
        self,
        channel: Channel,
        member: Member,
        *,
        content: str = "",
        attachments: Iterable[tuple[str, bytes] | File] = (),
        embeds: Iterable[Json] = (),
        components: Iterable[Json] = (),
        stickers: Iterable[str] = (),
        poll: Json | None = None,
        snapshot: Post | None = None,
        reply_to: Post | None = None,
        webhook: bool = False,
    ) -> Post:
        """Let a member write, who must be able to: in the server, not silenced, allowed to send here."""
        guild = channel.home
        if guild.members.get(member.user.id) is not member or member.is_silenced:
            raise PermissionError(f"{member.user.name} is not in {guild.name}, or silenced there")
        if not may(guild, member.user, "send_messages", channel.ruled_by):
            raise PermissionError(f"{member.user.name} cannot write in {channel.name}")
        post = Post(
            id=new_id(),
            channel=channel,
            author=member.user,
            content=content,
            files=[f if isinstance(f, File) else File.of(*f) for f in attachments],
            embeds=list(embeds),
            components=numbered(list(components)),
            stickers=[{"id": str(new_id()), "name": name, "format_type": 1} for name in stickers],
            poll=poll,
            snapshot=snapshot,
            reply_to=reply_to,
            webhook_id=new_id() if webhook else None,
            kind=19 if reply_to else 0,
            flags=1 << 14 if snapshot else 0,
        )
        return await self.acts.posted(post)

    async def edit(
        self, post: Post, *, content: str | None = None, embeds: Iterable[Json] | None = None
    ) -> None:
        """Let the author change a message; embeds alone change silently, as when Discord resolves a link."""
        if content is not None:
            post.content = content
        if embeds is not None:
            post.embeds = list(embeds)
        await self.acts.edited(post, silently=content is None)

    async def delete(self, *posts: Post) -> None:
        """Let messages be deleted by their author."""
        await self.acts.deleted(list(posts))

    async def press(self, post: Post, label: str, member: Member) -> Interaction:
        """Let a member tap a button, found by its label on the message as it is now."""
        button = next((b for b in post.buttons if b.get("label") == label), None)
        if button is None or button.get("disabled"):
            raise LookupError(f"no button {label!r}: there are {[b.get('label') for b in post.buttons]}")
        data: Json = {"custom_id": button["custom_id"], "component_type": 2}
        return await self.interactions.start(COMPONENT, member, post.channel, data, post)

    async def command(
        self, channel: Channel, member: Member, name: str, **options: str | File
    ) -> Interaction:
        """Let a member use a slash command the bot has registered; files come along with it."""
        data: Json = self._registered(channel.home, name, 1)
        files = {key: value for key, value in options.items() if isinstance(value, File)}
        for file in files.values():
            self.world.files[channel.id, file.id, file.name] = file
        if options:
            data["options"] = [
                {"name": key, "type": 11, "value": str(files[key].id)}
                if key in files
                else {"name": key, "type": 3, "value": value}
                for key, value in options.items()
            ]
        if files:
            written = {str(file.id): self.renderer.file(channel, file) for file in files.values()}
            data["resolved"] = {"attachments": written}
        return await self.interactions.start(COMMAND, member, channel, data, None)

    async def context_menu(self, post: Post, name: str, member: Member) -> Interaction:
        """Let a member open a message's menu; the whole message comes along, whatever the intents."""
        data: Json = self._registered(post.channel.home, name, 3)
        whole = {str(post.id): self.renderer.post(post, full=True)}
        data |= {"target_id": str(post.id), "resolved": {"messages": whole}}
        return await self.interactions.start(COMMAND, member, post.channel, data, None)

    def _registered(self, guild: Guild, name: str, kind: int) -> Json:
        for command in (*guild.commands, *self.world.commands):
            if command["name"] == name and command.get("type", 1) == kind:
                return {"id": command["id"], "name": name, "type": kind}
        names = [command["name"] for command in (*guild.commands, *self.world.commands)]
        raise LookupError(f"no command {name!r} of kind {kind}: there are {names}")

    # What the network and Discord itself do.

    def fail_next(self, failure: Failure) -> None:
        """Let the next requests fail."""
        self.front.failures.append(failure)

    def limit(self, method: str, template: str, requests: int, per_s: float) -> None:
        """Allow so many requests of a route in so many seconds."""
        self.front.limits[method, template] = Limit(requests, per_s)

    def gate(self, method: str, template: str) -> Gate:
        """Put a gate before a route, shut; open it to let what waits go on."""
        gate = self.front.gates[method, template] = Gate()
        gate.shut()
        return gate

    # What a test looks at.

    def calls(self, method: str, end: str = "") -> list[Call]:
        """Return the requests that came, by method and end of path, oldest first."""
        return [c for c in self.front.calls if c.method == method and c.path.endswith(end)]

    def said(self, channel: Channel) -> list[Post]:
        """Return the bot's messages that stand in a channel and everybody sees, oldest first."""
        mine = [p for p in channel.posts.values() if p.author == self.world.bot]
        return [post for post in mine if not post.is_ephemeral]
