"""What the stand-in knows: servers, people, channels, messages. Plain data; nothing here speaks HTTP.

Ids are snowflakes that carry the present time, as discord.py reads the time of a message from its id.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from mimetypes import guess_type
from typing import TypeAlias, cast

from tests.standins.discord.permissions import EVERYONE, mask

Json: TypeAlias = dict[str, object]

DISCORD_EPOCH_MS = 1_420_070_400_000
"""The first millisecond of 2015, where snowflakes begin."""

_serial = itertools.count(1)


def new_id() -> int:
    """Mint a snowflake: the milliseconds since 2015, then a serial number."""
    elapsed_ms = time.time_ns() // 1_000_000 - DISCORD_EPOCH_MS
    return (elapsed_ms << 22) | (next(_serial) & 0x3FFFFF)


def time_of(snowflake: int) -> datetime:
    """Return the moment an id was minted."""
    return datetime.fromtimestamp(((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """An account; `picture` is its hash, `wears` the server whose tag it shows."""

    id: int
    name: str
    shown: str | None = None
    bot: bool = False
    picture: str | None = None
    wears: Guild | None = None


@dataclass(slots=True, kw_only=True)
class Role:
    """A role; a higher position outranks a lower one."""

    id: int
    name: str
    permissions: int
    position: int
    managed: bool = False


@dataclass(slots=True, kw_only=True)
class Member:
    """An account in one server."""

    user: User
    guild: Guild
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None
    joined_at: datetime
    silenced_until: datetime | None = None
    picture: str | None = None

    @property
    def top(self) -> int:
        """The position of the highest role; 0 is @everyone."""
        return max((role.position for role in self.roles), default=0)

    @property
    def is_silenced(self) -> bool:
        """Whether a timeout is running."""
        return self.silenced_until is not None and self.silenced_until > datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overwrite:
    """What a channel allows or denies one role (kind 0) or member (kind 1)."""

    target: int
    kind: int
    allow: int
    deny: int


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment; `size` may be larger than the body, for files nobody wants to make."""

    id: int
    name: str
    body: bytes
    size: int
    content_type: str | None
    description: str = ""

    @classmethod
    def of(cls, name: str, body: bytes) -> File:
        """Make a file of a name and its content; the type follows from the name, as with Discord."""
        return cls(id=new_id(), name=name, body=body, size=len(body), content_type=guess_type(name)[0])


@dataclass(slots=True, kw_only=True)
class Post:
    """A message."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    kind: int = 0
    flags: int = 0
    files: list[File] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    stickers: list[Json] = field(default_factory=list)
    poll: Json | None = None
    snapshot: Post | None = None
    reply_to: Post | None = None
    webhook_id: int | None = None
    allowed_mentions: Json | None = None
    edited_at: datetime | None = None
    reactions: dict[str, set[int]] = field(default_factory=dict)
    is_deleted: bool = False

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & 64)

    @property
    def buttons(self) -> list[Json]:
        """The buttons under it, in order."""
        rows = cast("list[list[Json]]", [row.get("components", []) for row in self.components])
        return [component for row in rows for component in row if component.get("type") == 2]


@dataclass(slots=True, kw_only=True)
class Channel:
    """A text channel, a thread in one (`parent`), or, without a guild, a private conversation."""

    id: int
    name: str
    guild: Guild | None = None
    parent: Channel | None = None
    recipient: User | None = None
    overwrites: list[Overwrite] = field(default_factory=list)
    posts: dict[int, Post] = field(default_factory=dict)

    @property
    def home(self) -> Guild:
        """The server it belongs to."""
        if self.guild is None:
            raise ValueError(f"{self.name} is a private conversation")
        return self.guild

    @property
    def ruled_by(self) -> Channel:
        """The channel whose overwrites count: a thread has its parent's."""
        return self.parent or self


@dataclass(slots=True, kw_only=True)
class Guild:
    """A server."""

    id: int
    name: str
    owner_id: int
    roles: list[Role] = field(default_factory=list)
    channels: dict[int, Channel] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    bans: dict[int, str | None] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    audit: list[Json] = field(default_factory=list)

    @property
    def everyone(self) -> Role:
        """The role everybody has; its id is the server's."""
        return next(role for role in self.roles if role.id == self.id)


@dataclass(slots=True)
class World:
    """All of it, and the one application that talks to it."""

    application_id: int = field(default_factory=new_id)
    bot: User = field(init=False)
    privileged: set[str] = field(default_factory=lambda: {"members", "message_content"})
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    commands: list[Json] = field(default_factory=list)
    files: dict[tuple[int, int, str], File] = field(default_factory=dict)
    invites: dict[str, Json] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)  # of profiles, by path
    closed: set[int] = field(default_factory=set)  # ids of who takes no direct messages

    def __post_init__(self) -> None:
        self.bot = User(id=self.application_id, name="kites_guard", shown="Kites Guard", bot=True)
        self.users[self.bot.id] = self.bot

    def new_guild(self, name: str) -> Guild:
        """Open a server with an owner and the @everyone role."""
        owner = User(id=new_id(), name=f"owner_of_{len(self.guilds)}")
        guild = Guild(id=new_id(), name=name, owner_id=owner.id)
        guild.roles.append(Role(id=guild.id, name="@everyone", permissions=mask(EVERYONE), position=0))
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        return guild

    def add_member(self, guild: Guild, user: User) -> Member:
        """Put an account into a server."""
        self.users[user.id] = user
        guild.members[user.id] = Member(user=user, guild=guild, joined_at=datetime.now(UTC))
        return guild.members[user.id]

    def find_post(self, channel_id: int, post_id: int) -> Post | None:
        """Return a message that is there, or nothing."""
        channel = self.channels.get(channel_id)
        return channel.posts.get(post_id) if channel else None
