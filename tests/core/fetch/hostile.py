"""Servers on loopback that answer whatever a test wants, byte by byte, and names that lead to them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult

from core.fetch.fetcher import Fetcher
from core.fetch.guard import Guard
from core.fetch.rate import Rate

LOOPBACK = "127.0.0.1"
WELL_KNOWN = {80, 443}

Reply: TypeAlias = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]
"""A whole answer, or what writes one."""

CHUNK = b"x" * 65_536


def page(body: bytes = b"a page", *headers: str, status: str = "200 OK") -> bytes:
    """Give an answer with a body."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body


def redirect(location: str, *headers: str, status: str = "302 Found") -> bytes:
    """Give an answer that sends on."""
    return page(b"", f"Location: {location}", *headers, status=status)


class Server:
    """A server that writes down what it was asked.

    Attributes:
        replies: By host and path (`t.co/abc`); what is not there is 404.
        asked: Host and path of every request, in order.
        heads: The whole head of every request.
        connections: How many came, whether they asked anything or not.
        sent: Bytes of answers that are written by a program.
    """

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.heads: list[str] = []
        self.connections = 0
        self.sent = 0
        self.port = 0
        self._talking: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def served(self) -> AsyncIterator["Server"]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._accept, LOOPBACK, 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for one in self._talking:
                one.cancel()
            if self._talking:
                await asyncio.wait(self._talking)

    async def drip(self, writer: asyncio.StreamWriter, head: bytes, piece: bytes, pause_s: float = 0) -> None:
        """Write a head, and then a piece again and again until nobody listens."""
        writer.write(head)
        while True:
            writer.write(piece)
            self.sent += len(piece)
            await writer.drain()
            await asyncio.sleep(pause_s)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._talking.add(task)
        try:
            await self._answer(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()
            self._talking.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            host = next(line[6:] for line in head.split("\r\n") if line.lower().startswith("host: "))
            self.heads.append(head)
            self.asked.append(host.partition(":")[0] + head.split(" ")[1])
            reply = self.replies.get(self.asked[-1], page(b"", status="404 Not Found"))
            if isinstance(reply, bytes):
                writer.write(reply)
                await writer.drain()
            else:
                await reply(writer)


class Names(AbstractResolver):
    """Finds addresses of names as a test wants; each name's last address stays.

    Args:
        table: By name, the addresses it gives, one at a time; a port beside one replaces 80 and 443.
    """

    def __init__(self, table: Mapping[str, list[tuple[str, int]]]) -> None:
        self.table = {name: list(addresses) for name, addresses in table.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Answer."""
        addresses = self.table.get(host)
        if not addresses:
            raise OSError(None, f"no such name: {host}")
        address, instead = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        real = instead if port in WELL_KNOWN and instead else port
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [ResolveResult(hostname=host, host=address, port=real, family=kind, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing to let go of."""


def fetcher(server: Server, names: Names, *, patience_s: float = 20.0, most_bytes: int = 100_000) -> Fetcher:
    """Give a fetcher for all of the names, that may call one server on loopback beside the public ones."""
    return Fetcher(
        hosts=frozenset(names.table) | {LOOPBACK, "[::1]", "[::ffff:127.0.0.1]"},
        guard=Guard(schemes=frozenset({"http", "https"}), besides=frozenset({(LOOPBACK, server.port)})),
        rate=Rate(burst=1000, every_s=0.001, patience_s=1.0),
        patience_s=patience_s,
        most_bytes=most_bytes,
        resolver=names,
    )
