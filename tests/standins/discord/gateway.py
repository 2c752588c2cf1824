"""The gateway: sessions that outlive their connection, intents, heartbeats, RESUME, compressed streams.

A session keeps every event it was due, so a client that reconnects and resumes misses nothing; a client that
identifies anew (a killed process) gets none of the old ones and must read the history over REST.
"""

from __future__ import annotations

import importlib
import json
import sys
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast
from uuid import uuid4

from aiohttp import WSCloseCode, WSMsgType, web

from tests.standins.discord import spec
from tests.standins.discord.render import guild_create_json, member_json, own_user_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.standins.discord.state import Guild, Json, Member, World

INTENTS = {"guilds": 1 << 0, "members": 1 << 1, "moderation": 1 << 2, "presences": 1 << 8}
INTENTS |= {"messages": 1 << 9, "reactions": 1 << 10, "private": 1 << 12, "message_content": 1 << 15}

PRIVILEGED = ("members", "presences", "message_content")
"""Intents that must be switched on for the application as well, else 4014."""

HEARTBEAT_MS = 41_250
"""What Discord usually asks for."""

AUTHENTICATION_FAILED = 4004
ALREADY_AUTHENTICATED = 4005
DISALLOWED_INTENTS = 4014
UNKNOWN_OPCODE = 4001


class _Squeezer(Protocol):
    """A compressor that is flushed after each frame."""

    def __call__(self, text: str) -> bytes:
        """Return the bytes of one frame."""


def _squeezer(kind: str | None) -> _Squeezer | None:
    """Return the stream compressor the client asked for; frames stay text without one."""
    if kind == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if kind == "zstd-stream":
        return _zstd()
    return None


def _zstd() -> _Squeezer:
    """Return a zstd compressor; only a client that has a module for it asks, in the same environment."""
    if sys.version_info >= (3, 14):
        stream = importlib.import_module("compression.zstd").ZstdCompressor()
        return lambda text: cast("bytes", stream.compress(text.encode(), mode=stream.FLUSH_BLOCK))
    zstandard = importlib.import_module("zstandard")
    chunks = zstandard.ZstdCompressor().compressobj()
    block = zstandard.COMPRESSOBJ_FLUSH_BLOCK
    return lambda text: cast("bytes", chunks.compress(text.encode()) + chunks.flush(block))


@dataclass(slots=True, eq=False)
class Line:
    """One connection."""

    socket: web.WebSocketResponse
    squeeze: _Squeezer | None
    session: Session | None = None

    async def send(self, frame: Json) -> None:
        """Send one frame, if anybody still listens."""
        if self.socket.closed:
            return
        text = json.dumps(frame, ensure_ascii=False)
        if self.squeeze is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(self.squeeze(text))


@dataclass(slots=True, eq=False)
class Session:
    """What the server remembers of a client between connections."""

    id: str
    intents: int
    line: Line | None
    sent: list[Json] = field(default_factory=list)

    async def deliver(self, event: str, payload: Json, note: Callable[[list[str]], None]) -> None:
        """Number an event, keep it for RESUME, send it if the line is up."""
        frame: Json = {"op": 0, "t": event, "s": len(self.sent) + 1, "d": payload}
        note(spec.received_faults(frame))
        self.sent.append(frame)
        if self.line is not None:
            await self.line.send(frame)


@dataclass(slots=True, kw_only=True)
class Gateway:
    """All sessions and connections of the one bot."""

    world: World
    token: str
    url: str = ""
    violations: list[str] = field(default_factory=list)
    changed: Callable[[], None]
    heartbeat_ms: int = HEARTBEAT_MS
    sessions: dict[str, Session] = field(default_factory=dict)
    lines: set[Line] = field(default_factory=set)
    identified: int = 0
    resumed: int = 0
    heartbeats: int = 0

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        line = Line(socket, _squeezer(request.query.get("compress")))
        self.lines.add(line)
        try:
            await self._send(line, {"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(line, cast("Json", json.loads(message.data)))
        finally:
            self.lines.discard(line)
            if line.session is not None and line.session.line is line:
                line.session.line = None
            self.changed()
        return socket

    async def emit(self, event: str, intents: int, make: Callable[[int], Json]) -> None:
        """Bring an event to every session that asked for it; `make` sees the session's intents."""
        for session in self.sessions.values():
            if not intents or session.intents & intents:
                await session.deliver(event, make(session.intents), self.violations.extend)

    async def drop(self) -> None:
        """Cut every line as a network does: no close frame, sessions stay resumable."""
        for line in list(self.lines):
            if line.session is not None:
                line.session.line = None
            transport = line.socket._req.transport if line.socket._req else None  # a cut has no public name
            if transport is not None:
                transport.abort()

    async def ask_reconnect(self) -> None:
        """Ask every client to reconnect and resume (op 7)."""
        for line in list(self.lines):
            await self._send(line, {"op": 7})

    async def invalidate(self, *, resumable: bool) -> None:
        """Declare every session invalid (op 9)."""
        lines = list(self.lines)
        if not resumable:
            self.sessions.clear()
        for line in lines:
            await self._send(line, {"op": 9, "d": resumable})

    async def close(self) -> None:
        """Close every connection for good."""
        for line in list(self.lines):
            await line.socket.close(code=WSCloseCode.GOING_AWAY)

    async def _send(self, line: Line, frame: Json) -> None:
        """Send a frame that is no event."""
        whole = frame | {"s": None, "t": None}
        self.violations.extend(spec.received_faults(whole))
        await line.send(whole)

    async def _receive(self, line: Line, frame: Json) -> None:
        """Answer one frame of the client."""
        self.violations.extend(spec.sent_faults(frame))
        payload = cast("Json", frame.get("d"))
        match frame["op"]:
            case 1:
                self.heartbeats += 1
                await self._send(line, {"op": 11})
            case 2:
                await self._identify(line, payload)
            case 6:
                await self._resume(line, payload)
            case 8:
                await self._members(line, payload)
            case 3 | 4:
                pass
            case _:
                await line.socket.close(code=UNKNOWN_OPCODE)
        self.changed()

    async def _identify(self, line: Line, payload: Json) -> None:
        """Open a session: check token and intents, then READY and the servers."""
        intents = cast("int", payload["intents"])
        refused = [p for p in PRIVILEGED if intents & INTENTS[p] and p not in self.world.privileged]
        if payload["token"] != self.token:
            await line.socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
        elif line.session is not None:
            await line.socket.close(code=ALREADY_AUTHENTICATED, message=b"Already authenticated.")
        elif refused:
            await line.socket.close(code=DISALLOWED_INTENTS, message=b"Disallowed intent(s).")
        else:
            # A new IDENTIFY replaces the old session of the same shard.
            self.sessions.clear()
            session = Session(uuid4().hex, intents, line)
            self.sessions[session.id] = line.session = session
            self.identified += 1
            await session.deliver("READY", self._ready(session), self.violations.extend)
            for guild in self.world.guilds.values():
                await self.guild_create(guild)

    def _ready(self, session: Session) -> Json:
        flags = application_flags(self.world)
        flags = application_flags(self.world)
        return {
            "v": 10,
            "user": own_user_json(self.world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in self.world.guilds.values()],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(self.world.application_id), "flags": flags, "flags_new": str(flags)},
        }

    async def guild_create(self, guild: Guild) -> None:
        """Bring a server, with all its members only to who asked for members."""

        def make(intents: int) -> Json:
            everyone = list(guild.members.values())
            known = everyone if intents & INTENTS["members"] else [guild.members[self.world.bot.id]]
            return guild_create_json(guild, self.world.bot, known)

        await self.emit("GUILD_CREATE", INTENTS["guilds"], make)

    async def _resume(self, line: Line, payload: Json) -> None:
        """Take up a session where its client left it, or refuse (op 9)."""
        session = self.sessions.get(str(payload["session_id"]))
        if payload["token"] != self.token:
            await line.socket.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
        elif session is None:
            await self._send(line, {"op": 9, "d": False})
        else:
            # Events that arrive meanwhile wait in the session: it has no line until the old ones are out.
            for frame in session.sent[cast("int", payload["seq"]) :]:
                await line.send(frame)
            session.line, line.session = line, session
            self.resumed += 1
            await session.deliver("RESUMED", {"_trace": ["stand-in"]}, self.violations.extend)

    async def _members(self, line: Line, payload: Json) -> None:
        """Answer a request for members with one chunk; all of them only with the members intent."""
        guild = self.world.guilds.get(int(str(payload["guild_id"])))
        session = line.session
        if guild is None or session is None:
            return
        wanted = cast("list[object] | None", payload.get("user_ids"))
        found: list[Member] = list(guild.members.values())
        if wanted is not None:
            found = [m for m in found if str(m.user.id) in {str(user_id) for user_id in wanted}]
        elif not session.intents & INTENTS["members"]:
            found = []
        chunk: Json = {"guild_id": str(guild.id), "members": [member_json(m) for m in found]}
        chunk |= {"chunk_index": 0, "chunk_count": 1}
        if "nonce" in payload:
            chunk["nonce"] = payload["nonce"]
        await session.deliver("GUILD_MEMBERS_CHUNK", chunk, self.violations.extend)


def application_flags(world: World) -> int:
    """Return the application's flag bits: which privileged intents are switched on, in a small bot's form."""
    bits = {"presences": 1 << 13, "members": 1 << 15, "message_content": 1 << 19}
    return sum(bits[name] for name in world.privileged)
