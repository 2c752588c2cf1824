"""The unmodified discord.py client, pointed at the stand-in, for the tests of the stand-in itself."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import discord
import yarl
from discord import app_commands, http

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.standins.discord.server import DiscordServer


class Watcher(discord.Client):
    """Keeps what it is told, and presses on."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.edits: list[discord.RawMessageUpdateEvent] = []
        self.gone: list[int] = []
        self.taps: list[discord.Interaction] = []
        self.events: list[str] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify again at once; the library would wait five seconds."""

    async def on_message(self, message: discord.Message) -> None:
        """Keep what others say."""
        if message.author != self.user:
            self.heard.append(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Keep edits."""
        self.edits.append(payload)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Keep deletions."""
        self.gone.append(payload.message_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Keep deletions in bulk."""
        self.gone.extend(payload.message_ids)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Keep taps."""
        self.taps.append(interaction)

    async def on_socket_event_type(self, event: str) -> None:
        """Keep the names of events."""
        self.events.append(event)


@asynccontextmanager
async def connected(server: DiscordServer, intents: discord.Intents | None = None) -> AsyncIterator[Watcher]:
    """Log a client in and wait until it is ready; log it out in the end."""
    client = Watcher(intents or wanted())
    with pointed_at(server):
        async with client, asyncio.TaskGroup() as tasks:
            running = tasks.create_task(client.start(server.token), name="discord client")
            ready = tasks.create_task(client.wait_until_ready(), name="ready")
            await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
            yield client
            await client.close()


class pointed_at:  # noqa: N801  # reads as a sentence after `with`
    """Send discord.py's requests, gateway and downloads to the stand-in."""

    def __init__(self, server: DiscordServer) -> None:
        self._server = server

    def __enter__(self) -> None:
        self._before = (http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY)
        http.Route.BASE = self._server.api_base
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(self._server.gateway.url)

    def __exit__(self, *_: object) -> None:
        http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = self._before


def wanted() -> discord.Intents:
    """Return the intents the bot lives on."""
    intents = discord.Intents.default()
    intents.members = intents.message_content = True
    return intents
