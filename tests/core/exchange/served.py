"""Servers of lists on loopback, over real sockets, and what keeps subscriptions to them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from core.exchange.asking import Asking
from core.exchange.folder import Folder
from core.exchange.gates import GATES, Gate
from core.exchange.giving_back import GivingBack
from core.exchange.sources import Maker, Sources
from core.exchange.subscribing import Subscribing
from core.exchange.sync import Sync
from core.fetch.fetcher import Fetcher
from core.fetch.guard import Guard
from core.fetch.rate import Rate
from core.keeping import Seen
from core.model import Subscription
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_subscriptions import MemorySubscriptions

LOOPBACK = "127.0.0.1"


@dataclass
class Served:
    """A server that answers as a test wants, and writes down what it was asked.

    Attributes:
        body: Of the list.
        headers: Beside it; with an ETag, an unchanged list is answered with 304.
        failures: Statuses to answer with before the list is given, each once, with their Retry-After.
        asked: The headers of every request.
    """

    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    failures: list[tuple[int, str]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        self.asked.append(dict(request.headers))
        if self.failures:
            status, after = self.failures.pop(0)
            return web.Response(status=status, headers={"Retry-After": after} if after else {})
        if "ETag" in self.headers and request.headers.get("If-None-Match") == self.headers["ETag"]:
            return web.Response(status=304)
        return web.Response(body=self.body, headers=self.headers)

    @asynccontextmanager
    async def served(self) -> AsyncIterator["Served"]:
        """Serve at `url` while entered."""
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self.answer)
        async with TestServer(app, host=LOOPBACK) as server:
            self.url = str(server.make_url("/kites.csv"))
            yield self


@dataclass
class House:
    """Subscriptions and banks in memory, a clock that a test moves, and pauses that are only written down."""

    folder: Path
    banks: MemoryBanks = field(default_factory=MemoryBanks)
    kept: MemorySubscriptions = field(default_factory=MemorySubscriptions)
    now: datetime = make.NOON
    paused: list[float] = field(default_factory=list)
    makers: dict[str, Maker] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    gates: Sequence[Gate] = GATES
    seen: Seen | None = None
    tries: int = 3

    @property
    def clock(self) -> Callable[[], datetime]:
        """The present moment."""
        return lambda: self.now

    @property
    def copies(self) -> Folder:
        """Where copies lie."""
        return Folder(self.folder / "lists")

    @property
    def sources(self) -> Sources:
        """What opens subscriptions."""
        return Sources(net=self.lend, secret=self.secrets.__getitem__, makers=self.makers)

    @property
    def giving_back(self) -> GivingBack:
        """What sends opinions."""
        return GivingBack(
            banks=self.banks, kept=self.kept, sources=self.sources, folder=self.copies, clock=self.clock
        )

    @property
    def sync(self) -> Sync:
        """What keeps subscriptions up to date."""
        return Sync(
            banks=self.banks,
            kept=self.kept,
            sources=self.sources,
            folder=self.copies,
            clock=self.clock,
            jitter=lambda: 1.0,
            gates=self.gates,
            giving_back=self.giving_back,
        )

    @property
    def subscribing(self) -> Subscribing:
        """What adds and removes subscriptions."""
        return Subscribing(
            banks=self.banks,
            kept=self.kept,
            sources=self.sources,
            sync=self.sync,
            folder=self.copies,
            clock=self.clock,
            seen=self.seen,
        )

    def later(self, **length: float) -> None:
        """Move the clock."""
        self.now += timedelta(**length)

    @asynccontextmanager
    async def lend(self, subscription: Subscription) -> AsyncIterator[Asking]:
        """Lend what asks a server on loopback."""
        host, _, port = subscription.location.split("/")[2].partition(":")
        guard = Guard(schemes=frozenset({"http"}), besides=frozenset({(host, int(port))}))
        rate = Rate(burst=1000, every_s=0.001, patience_s=5.0)
        async with Fetcher(
            hosts={host}, guard=guard, rate=rate, most_bytes=2_000_000, patience_s=20.0
        ) as fetcher:
            yield Asking(fetcher, tries=self.tries, pause=self._pause)

    async def _pause(self, seconds: float) -> None:
        self.paused.append(seconds)

    async def the(self, bank: str = "kites") -> Subscription:
        """Return a subscription as it is kept."""
        return self.kept.kept[bank]
