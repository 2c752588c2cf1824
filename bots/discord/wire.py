"""The door to discord.py: logging in, the gateway's raw events, and requests with its rate limiting.

Of the library we use the connection and the bookkeeping of limits. Events are taken raw, so that fields it
does not know arrive; requests are made raw, so that a worker needs no cache of servers and members. What
is set on the library itself are the addresses, as it offers no other way to give them.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

import discord
from discord import gateway, http

from bots.discord.errors import translating
from bots.discord.identity import room_id
from bots.discord.raw import Raw
from core.errors import BadInput, TryLater
from core.settings import Discord

PATIENCE_S: Final = 60.0
"""How long one request may take, waiting for its turn included."""

LONGEST_WAIT_S: Final = 30.0
"""A wait for a rate limit that is longer goes back to the inbox instead of keeping a worker."""


class Wire:
    """One connection to Discord.

    Args:
        settings: Token and addresses.
    """

    def __init__(self, settings: Discord) -> None:
        self._settings = settings
        self._client: discord.Client | None = None
        self.sees_content = False
        self.sees_members = False

    async def log_in(self) -> None:
        """Log in with the intents that are switched on for the application.

        Raises:
            BadInput: The token is wrong.
            TryLater: Discord is out of reach.
        """
        http.Route.BASE = self._settings.api_base.rstrip("/")
        default = gateway.DiscordWebSocket.DEFAULT_GATEWAY
        gateway.DiscordWebSocket.DEFAULT_GATEWAY = type(default)(self._settings.gateway)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        async with _Ear(discord.Intents(guilds=True), None) as asking:
            flags = await self._admitted(asking)
        self.sees_content = flags.gateway_message_content or flags.gateway_message_content_limited
        self.sees_members = flags.gateway_guild_members or flags.gateway_guild_members_limited

    async def listen(self, heard: Callable[[str], Awaitable[None]]) -> None:
        """Hand every raw frame of the gateway to `heard`, in order, until the connection is gone for good.

        A line that merely breaks is taken up again where it was, by the library.

        Raises:
            BadInput: The token was withdrawn.
            TryLater: The connection could not be made or kept.
        """
        intents = discord.Intents(guilds=True, guild_messages=True)
        intents.message_content, intents.members = self.sees_content, self.sees_members
        async with _Ear(intents, heard) as client:
            await self._admitted(client)
            self._client = client
            try:
                with translating():
                    await client.connect(reconnect=False)
            except discord.ConnectionClosed as exc:
                raise _closed(exc) from exc
            except (TypeError, LookupError, ValueError, AttributeError) as exc:
                # An event that the library cannot read ends its connection. We have the event: it was heard
                # raw before the library looked at it.
                raise TryLater(
                    f"discord.py could not read an event ({type(exc).__name__})", after=1.0
                ) from exc
            finally:
                self._client = None

    async def call(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        ids: Mapping[str, str],
        *,
        body: object = None,
        files: Mapping[str, bytes] | None = None,
        query: Mapping[str, str] | None = None,
        reason: str = "",
    ) -> object:
        """Make one request and return its JSON.

        Args:
            method: As HTTP calls it.
            path: With the names of `ids` in braces: limits are counted for each such path.
            ids: What stands in the path.
            body: Sent as JSON.
            files: Pictures (PNG) to send with the body, by their names.
            query: Sent in the address.
            reason: For the server's audit log.

        Raises:
            Gone: It is not there.
            NotPermitted: The bot may not.
            TryLater: Discord is busy or out of reach.
            PlatformError: Refused for good.
        """
        client = self._client
        if client is None:
            raise TryLater("not connected to Discord yet", after=1.0)
        route = http.Route(method, path, **ids)
        ask = partial(client.http.request, route, params=dict(query or {}), reason=reason or None)
        try:
            with translating():
                async with asyncio.timeout(PATIENCE_S):
                    if files:
                        return await ask(form=_form(body, files))
                    # A `json` of None would be sent, as the text "null".
                    return await (ask() if body is None else ask(json=body))
        except RuntimeError as exc:
            # What the HTTP library says of a connection that was closed while the request waited its turn.
            raise TryLater("the connection to Discord was closed", after=1.0) from exc

    @property
    def user(self) -> str:
        """The bot's own number, "" before it is connected."""
        user = self._client.user if self._client else None
        return str(user.id) if user else ""

    @property
    def handle(self) -> str:
        """The bot's public name."""
        user = self._client.user if self._client else None
        return user.name if user else ""

    @property
    def application(self) -> str:
        """The application's number, "" before it is connected."""
        return str(self._client.application_id or "") if self._client else ""

    def name_of(self, guild: str, channel: str = "") -> str:
        """Return what members call a server, and a channel in it; what is not known is left out.

        A thread is named after its channel: members give threads names, such as that of a newsroom.
        """
        seen = self._client.get_guild(int(guild or 0)) if self._client else None
        where = seen.get_channel_or_thread(int(channel)) if seen and channel else None
        thread = where if isinstance(where, discord.Thread) else None
        named = (thread.parent if thread else where, thread)
        return " ".join(
            [
                *([seen.name] if seen else []),
                *(f"{mark}{one.name}" for mark, one in zip(("#", "/ "), named, strict=True) if one),
            ]
        )

    def above(self, guild: str, channel: str) -> tuple[str, ...]:
        """Return the channel of a thread, by id and as members call it; nothing for what is no thread."""
        seen = self._client.get_guild(int(guild or 0)) if self._client else None
        where = seen.get_channel_or_thread(int(channel)) if seen and channel else None
        if not isinstance(where, discord.Thread):
            return ()
        parent = str(where.parent_id)
        return (room_id(parent), self.name_of(guild, parent))

    async def _admitted(self, client: discord.Client) -> discord.ApplicationFlags:
        try:
            with translating():
                async with asyncio.timeout(PATIENCE_S):
                    await client.login(self._settings.token.get_secret_value())
        except discord.LoginFailure as exc:
            raise _wrong_token() from exc
        return client.application_flags


class _Ear(discord.Client):
    """The library's client, which passes raw frames on."""

    def __init__(self, intents: discord.Intents, heard: Callable[[str], Awaitable[None]] | None) -> None:
        super().__init__(
            intents=intents,
            max_messages=None,
            enable_debug_events=heard is not None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=LONGEST_WAIT_S,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self._heard = heard

    async def on_socket_raw_receive(self, frame: str) -> None:
        """Pass a frame on."""
        if self._heard:
            await self._heard(frame)


def _form(body: object, files: Mapping[str, bytes]) -> list[dict[str, object]]:
    """Return a body and its files as the fields of a form, as Discord counts them."""
    sent: list[dict[str, object]] = [
        {"name": f"files[{number}]", "value": content, "filename": name, "content_type": "image/png"}
        for number, (name, content) in enumerate(files.items())
    ]
    return [{"name": "payload_json", "value": json.dumps(body)}, *sent]


def event_of(frame: Raw) -> str:
    """Return the name of a frame's event, "" for the gateway's own frames."""
    return str(frame.get("t") or "")


def _wrong_token() -> BadInput:
    return BadInput(
        "NIGEHBAN_DISCORD__TOKEN: Discord does not know this token. "
        "Copy it anew: discord.com/developers → your application → Bot → Reset Token."
    )


def _closed(exc: discord.ConnectionClosed) -> BadInput | TryLater:
    if exc.code == 4004:  # noqa: PLR2004 - "authentication failed", among Discord's gateway close codes
        return _wrong_token()
    return TryLater(f"the gateway closed the connection (code {exc.code})", after=1.0)
