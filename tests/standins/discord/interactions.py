"""Interactions: a tap on a button, a slash command, a context menu; their callbacks and follow-ups.

An interaction can be answered once; after that its webhook writes follow-ups and edits the first answer
(`@original`). A second first answer is refused (40060), as is a follow-up before the first (10015).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from tests.standins.discord.front import ApiError, unknown
from tests.standins.discord.permissions import held
from tests.standins.discord.render import channel_json, member_json
from tests.standins.discord.rest_messages import change, compose
from tests.standins.discord.state import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.standins.discord.acts import Acts
    from tests.standins.discord.front import Call, Handler
    from tests.standins.discord.state import Channel, Json, Member, Post, World

COMMAND, COMPONENT = 2, 3
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE = 4, 5, 6, 7
"""Kinds of first answer."""

EPHEMERAL = 64

_ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
_FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"


@dataclass(slots=True, kw_only=True)
class Interaction:
    """One thing a person did with the bot's interface, and what the bot answered."""

    id: int
    token: str
    kind: int
    member: Member
    channel: Channel
    payload: Json
    message: Post | None = None
    answered: int | None = None
    flags: int = 0
    original: Post | None = None
    follow_ups: list[Post] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """What the person got to read, in order."""
        posts = [p for p in (self.original, *self.follow_ups) if p is not None and p is not self.message]
        return [post.content for post in posts]

    @property
    def is_private(self) -> bool:
        """Whether only the person sees the answer."""
        return bool(self.flags & EPHEMERAL)


@dataclass(slots=True)
class InteractionRoutes:
    """Answers for callbacks and interaction webhooks, and the making of interactions."""

    world: World
    acts: Acts
    known: dict[str, Interaction] = field(default_factory=dict)

    def routes(self) -> Mapping[tuple[str, str], Handler]:
        """Name every route."""
        return {
            ("POST", "/interactions/{interaction_id}/{interaction_token}/callback"): self.callback,
            ("POST", "/webhooks/{webhook_id}/{webhook_token}"): self.follow_up,
            ("GET", _ORIGINAL): self.original,
            ("PATCH", _ORIGINAL): self.edit_original,
            ("DELETE", _ORIGINAL): self.delete_original,
            ("PATCH", _FOLLOW_UP): self.edit_follow_up,
            ("DELETE", _FOLLOW_UP): self.delete_follow_up,
        }

    async def start(
        self, kind: int, member: Member, channel: Channel, data: Json, on: Post | None
    ) -> Interaction:
        """Let a person do something, and tell the client."""
        guild = member.guild
        made = Interaction(
            id=new_id(),
            token=uuid4().hex,
            kind=kind,
            member=member,
            channel=channel,
            payload=data,
            message=on,
        )
        self.known[made.token] = made
        frame: Json = {
            "id": str(made.id),
            "application_id": str(self.world.application_id),
            "type": kind,
            "token": made.token,
            "version": 1,
            "data": data,
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "locale": "en-US",
            "channel_id": str(channel.id),
            "channel": channel_json(channel),
            "member": member_json(member) | {"permissions": str(held(guild, member.user, channel.ruled_by))},
            "app_permissions": str(held(guild, self.world.bot, channel.ruled_by)),
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild.id)},
            "context": 0,
            "attachment_size_limit": 10_485_760,
        }
        if on is not None:
            frame["message"] = self.acts.renderer.post(on, full=True)
        await self.acts.gateway.emit("INTERACTION_CREATE", 0, lambda _: frame)
        return made

    async def callback(self, call: Call) -> object:
        """Take the first answer."""
        made = self.known.get(call.words["interaction_token"])
        if made is None or made.id != call.ids["interaction_id"]:
            raise unknown("interaction")
        if made.answered is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        kind = cast("int", call.json["type"])
        data = cast("Json", call.json.get("data") or {})
        made.flags = cast("int", data.get("flags") or 0)
        made.answered = kind
        if kind == MESSAGE:
            made.original = await self._say(made, call, data)
        elif kind == UPDATE and made.message is not None:
            change(made.message, data)
            await self.acts.edited(made.message)
        if kind in {UPDATE, DEFERRED_UPDATE}:
            made.original = made.message
        self.acts.changed()
        return self._callback_json(made) if call.query.get("with_response") in {"1", "true"} else None

    async def follow_up(self, call: Call) -> object:
        """Write a further message; after a deferral the first one fills the place that was kept."""
        made = self._answered(call)
        post = await self._say(made, call, call.json)
        if made.original is None:
            made.original = post
        else:
            made.follow_ups.append(post)
        return self._written(post)

    async def original(self, call: Call) -> object:
        """Return the first answer."""
        return self._written(self._original(self._answered(call)))

    async def edit_original(self, call: Call) -> object:
        """Change the first answer, or write it after a deferral."""
        made = self._answered(call)
        if made.original is None and made.answered == DEFERRED_MESSAGE:
            made.original = await self._say(made, call, call.json)
        else:
            change(self._original(made), call.json)
            await self.acts.edited(self._original(made))
        return self._written(self._original(made))

    async def delete_original(self, call: Call) -> object:
        """Take the first answer back."""
        made = self._answered(call)
        await self.acts.deleted([self._original(made)])
        made.original = None
        return None

    async def edit_follow_up(self, call: Call) -> object:
        """Change a further message."""
        post = self._follow_up(call)
        change(post, call.json)
        await self.acts.edited(post)
        return self._written(post)

    async def delete_follow_up(self, call: Call) -> object:
        """Take a further message back."""
        await self.acts.deleted([self._follow_up(call)])
        return None

    async def _say(self, made: Interaction, call: Call, body: Json) -> Post:
        """Write a message of the bot's in the channel of an interaction."""
        post = compose(self.world, made.channel, call, body)
        made.flags |= post.flags & EPHEMERAL
        post.flags |= made.flags & EPHEMERAL if made.original is None else 0
        post.webhook_id = self.world.application_id
        return await self.acts.posted(post)

    def _answered(self, call: Call) -> Interaction:
        """Return the interaction of a webhook; before its first answer there is no such webhook."""
        made = self.known.get(call.words["webhook_token"])
        if made is None or made.answered is None:
            raise unknown("webhook")
        return made

    def _original(self, made: Interaction) -> Post:
        if made.original is None or made.original.is_deleted:
            raise unknown("message")
        return made.original

    def _follow_up(self, call: Call) -> Post:
        for post in self._answered(call).follow_ups:
            if post.id == call.ids["message_id"] and not post.is_deleted:
                return post
        raise unknown("message")

    def _written(self, post: Post) -> Json:
        return self.acts.renderer.post(post, full=True)

    def _callback_json(self, made: Interaction) -> Json:
        body: Json = {"id": str(made.id), "type": made.kind, "response_message_ephemeral": made.is_private}
        body |= {"response_message_loading": made.answered == DEFERRED_MESSAGE}
        answer: Json = {"interaction": body}
        if made.original is not None:
            body["response_message_id"] = str(made.original.id)
            if made.answered in {MESSAGE, UPDATE}:
                answer["resource"] = {"type": made.answered, "message": self._written(made.original)}
        return answer
