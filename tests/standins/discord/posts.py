"""How the stand-in writes messages as Discord's JSON, over REST and over the gateway.

`components`, `embeds`, `attachments` and `mentions` are always present; `thread` is left out, not null.
Without the message-content intent the texts and files of others are empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.standins.discord.render import member_json, moment, user_json
from tests.standins.discord.state import time_of

if TYPE_CHECKING:
    from tests.standins.discord.state import Channel, File, Json, Post, User, World

_MENTION = re.compile(r"<@!?(\d+)>")


@dataclass(slots=True)
class Renderer:
    """Writes messages. The file server's address is known once the server listens."""

    world: World
    cdn_base: str = ""

    def post(self, post: Post, *, full: bool) -> Json:
        """Write a message; without `full` its content is gated as Discord gates it."""
        body: Json = self._body(post) | {
            "id": str(post.id),
            "channel_id": str(post.channel.id),
            "author": user_json(post.author),
            "pinned": False,
            "mention_everyone": "@everyone" in post.content,
            "tts": False,
        }
        if post.webhook_id is not None:
            body["webhook_id"] = str(post.webhook_id)
        if post.reactions:
            body["reactions"] = [self._reaction(name, who) for name, who in post.reactions.items()]
        if post.reply_to is not None:
            body["message_reference"] = self._reference(post.reply_to, kind=0)
            body["referenced_message"] = self.post(post.reply_to, full=full)
        if post.snapshot is not None:
            body["message_reference"] = self._reference(post.snapshot, kind=1)
            body["message_snapshots"] = [{"message": self._body(post.snapshot) | {"stickers": []}}]
        if post.poll is not None:
            body["poll"] = post.poll
        return body if full or self._reads_freely(post) else self._emptied(body)

    def delivered(self, post: Post, *, full: bool) -> Json:
        """Write a message as an event brings it: with the server and the author's membership."""
        body = self.post(post, full=full)
        guild = post.channel.guild
        if guild is None:
            return body | {"channel_type": 1}
        body |= {"guild_id": str(guild.id), "channel_type": 11 if post.channel.parent else 0}
        author = guild.members.get(post.author.id)
        if author is not None and post.webhook_id is None:
            body["member"] = member_json(author, with_user=False)
        return body | {
            "mentions": [
                user_json(user) | {"member": member_json(guild.members[user.id], with_user=False)}
                for user in self._mentioned(post)
                if user.id in guild.members
            ]
        }

    def _body(self, post: Post) -> Json:
        """Write what a message and its forwarded snapshot have in common."""
        return {
            "type": post.kind,
            "content": post.content,
            "mentions": [user_json(user) for user in self._mentioned(post)],
            "mention_roles": [],
            "attachments": [self.file(post.channel, file) for file in post.files],
            "embeds": post.embeds,
            "timestamp": moment(time_of(post.id)),
            "edited_timestamp": moment(post.edited_at),
            "flags": post.flags,
            "components": post.components,
            "sticker_items": post.stickers,
        }

    def file(self, channel: Channel, file: File) -> Json:
        """Write an attachment with its signed address."""
        url = f"{self.cdn_base}/attachments/{channel.id}/{file.id}/{file.name}?ex=7fffffff&is=0&hm=ab&"
        body: Json = {
            "id": str(file.id),
            "filename": file.name,
            "size": file.size,
            "url": url,
            "proxy_url": url,
        }
        body |= {"description": file.description} if file.description else {}
        return body | ({"content_type": file.content_type} if file.content_type else {})

    def _mentioned(self, post: Post) -> list[User]:
        """Return who is pinged: whom the text mentions, if that was allowed, and whom a reply answers."""
        named = [int(found) for found in _MENTION.findall(post.content)]
        if post.allowed_mentions is not None and "users" not in str(post.allowed_mentions.get("parse")):
            named = []
        if post.reply_to is not None:
            named.append(post.reply_to.author.id)
        return [self.world.users[i] for i in dict.fromkeys(named) if i in self.world.users]

    def _reads_freely(self, post: Post) -> bool:
        """Tell whether a message is an exception: the bot's own, a private one, one that mentions it."""
        bot = self.world.bot
        return post.author == bot or post.channel.guild is None or bot in self._mentioned(post)

    def _emptied(self, body: Json) -> Json:
        """Take out what the message-content intent protects."""
        body = body | {"content": "", "embeds": [], "attachments": [], "components": []}
        body.pop("poll", None)
        if "message_snapshots" in body:
            body["message_snapshots"] = []
        return body

    def _reference(self, to: Post, *, kind: int) -> Json:
        body: Json = {"type": kind, "message_id": str(to.id), "channel_id": str(to.channel.id)}
        return body | ({"guild_id": str(to.channel.guild.id)} if to.channel.guild else {})

    def _reaction(self, name: str, who: set[int]) -> Json:
        return {
            "emoji": {"id": None, "name": name},
            "count": len(who),
            "count_details": {"burst": 0, "normal": len(who)},
            "burst_colors": [],
            "me_burst": False,
            "burst_me": False,
            "burst_count": 0,
            "me": self.world.bot.id in who,
        }
