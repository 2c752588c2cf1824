"""The inbox in Redis Streams, for many machines: Redis from 7.0 on, or Valkey.

Items lie in one stream that a consumer group reads; what is claimed is in the group's list of pending
entries, and the lease is the time an entry lay there untouched. Whatever must happen together is one script,
see `core.inbox.scripts`. Nothing is ever trimmed: done items are deleted one by one.
What a worker left behind by dying is handed out one item at a time, as `core.inbox.sql` explains.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final, cast
from urllib.parse import urlsplit

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from core.errors import BadInput, StoreError, TryLater
from core.inbox import terms
from core.inbox.scripts import AGAIN, DONE, HAND_BACK, PUT, UPKEEP
from core.inbox.terms import ATTEMPTS, DEAD_S, KEPT_S, LEASE_S, LOOK_EVERY_S, SECOND, clean, micros, now_utc
from core.keeping import GivenUp
from core.ports import Delivery, Item

log = logging.getLogger(__name__)

GROUP: Final = "workers"
STREAM, SEEN, LATER, DEAD = KEYS = tuple(
    f"nigehban:{{inbox}}:{n}" for n in ("stream", "seen", "later", "dead")
)
"""The braces keep all of them on one node of a cluster, as the scripts need."""

BLOCK_S: Final = 2.0
"""How long one read waits at most: less than the socket's timeout, and then the upkeep has its turn."""

_AT_ONCE: Final = 500
"""Items that one script hands out anew; others wait for the server meanwhile."""

_ENTRY: Final = re.compile(r"[0-9]{1,19}-[0-9]{1,19}")

_TIMEOUT_S: Final = 5.0
_AGAIN_S: Final = 1.0

_Entries = Iterable[tuple[str, Mapping[str, str]]]  # as the settings of `_client` make the library answer


class RedisInbox:
    """The port `Inbox` on a Redis or Valkey server, which is first spoken to when it is used.

    Args:
        url: Of the server.
        worker: In whose name items are claimed: one name per process, the same after a restart.
        clock: The present moment, with a time zone; leases go by the server's own clock.
        lease_s: Seconds until a claimed item is handed to somebody else.
        attempts: How often an item is handed out.

    Raises:
        BadInput: The URL cannot be read.

    Every method but `close` also raises:
        TryLater: The server cannot be reached, or is not what it was.
        StoreError: The server refuses.
    """

    def __init__(
        self,
        url: str,
        *,
        worker: str,
        clock: Callable[[], datetime] = now_utc,
        lease_s: float = LEASE_S,
        attempts: int = ATTEMPTS,
    ) -> None:
        self._where = _where(url)
        self._worker = worker
        self._clock = clock
        self._lease_ms = str(int(lease_s * 1000))
        self._attempts = attempts
        self._client = _client(url, retries=1)
        # One connection for the reads that wait, and never a second try: what a broken read was given
        # is ours already, and is found again as such.
        self._reader = _client(url, retries=0, max_connections=1)
        self._put, self._upkeep, self._hand_back, self._done, self._revive = (
            self._client.register_script(text) for text in (PUT, UPKEEP, HAND_BACK, DONE, AGAIN)
        )
        self._claiming = asyncio.Lock()
        self._handed: set[str] = set()
        self._unsure = True
        self._look_at = 0

    async def put(self, items: Sequence[Item]) -> int:
        """Take items in, all or none; returns how many were new."""
        if not items:
            return 0
        given = [text for item in items for text in (clean(item.key), item.platform, clean(item.body))]
        now = micros(self._clock())
        async with self._speaking():
            new: int = await self._put(KEYS, [now, now - int(DEAD_S * SECOND), *given])
        return new

    async def claim(self, limit: int, *, wait_s: float) -> tuple[Delivery, ...]:
        """Hand out up to `limit` deliveries, oldest first; waits up to `wait_s` for the first.

        Cancelled at any moment, it loses nothing: what it had claimed is handed out by the next claim.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait_s
        async with self._claiming, self._speaking():
            while True:
                found = await self._take(limit, deadline - loop.time())
                if found or loop.time() >= deadline:
                    self._handed.update(_entry(delivery) for delivery in found)
                    return found

    async def done(self, deliveries: Sequence[Delivery]) -> None:
        """Forget deliveries that had their effect; only their keys stay, for a while."""
        until = micros(self._clock()) + int(KEPT_S * SECOND)
        given = [text for delivery in deliveries for text in delivery.id.split(" ", 1)]
        async with self._speaking():
            await self._done(KEYS, [GROUP, until, *given])
        self._handed.difference_update(_entry(delivery) for delivery in deliveries)

    async def failed(self, delivery: Delivery, reason: str, *, after_s: float) -> None:
        """Hand it out again in `after_s` seconds, or lay it among the dead after the last attempt.

        A delivery whose lease ran out and that somebody else has now is left to them.
        """
        last = delivery.attempt >= self._attempts
        now = micros(self._clock())
        due, until = "" if last else now + int(after_s * SECOND), now + int(DEAD_S * SECOND)
        async with self._speaking():
            given = (GROUP, _entry(delivery), delivery.attempt, due, now, until, terms.brief(reason))
            await self._hand_back(KEYS, given)
        self._handed.discard(_entry(delivery))
        facts = {"platform": delivery.platform, "attempt": delivery.attempt, "why": reason}
        if last:
            log.error("delivery given up", extra=facts)
        else:
            log.warning("delivery failed", extra=facts)

    async def given_up(self, *, limit: int) -> tuple[GivenUp, ...]:
        """Return items that were given up, oldest first; see the port `Dead`."""
        async with self._speaking():
            entries = cast("_Entries", await self._client.xrange(DEAD, count=limit))
        return tuple(_given_up(entry, fields) for entry, fields in entries)

    async def deaths(self) -> int:
        """Return how many there are."""
        async with self._speaking():
            return int(await self._client.xlen(DEAD))

    async def again(self, ids: Sequence[str] | None) -> int:
        """Hand some of them out anew, or all, some hundreds in one step."""
        async with self._speaking():
            if ids is not None:
                some = sorted({one for one in ids if _ENTRY.fullmatch(one)})
                parts = [some[first : first + _AT_ONCE] for first in range(0, len(some), _AT_ONCE)]
                return sum([int(await self._revive(KEYS, [_AT_ONCE, *part])) for part in parts])
            revived = 0
            while count := int(await self._revive(KEYS, [_AT_ONCE])):
                revived += count
            return revived

    async def depth(self) -> int:
        """Return how many items wait or are being worked on."""
        async with self._speaking(), self._client.pipeline() as pipeline:
            pipeline.xlen(STREAM)
            pipeline.zcard(LATER)
            counts: list[int] = await pipeline.execute()
        return sum(counts)

    async def close(self) -> None:
        """Let go of the connections; what is claimed stays claimed."""
        await self._reader.aclose()
        await self._client.aclose()

    async def _take(self, limit: int, left_s: float) -> tuple[Delivery, ...]:
        """Claim what was left behind, or else what is new, waiting for it a little if there is time."""
        now = micros(self._clock())
        own, self._unsure = self._unsure, True
        if own:
            await self._make_group()
        look = "own" if own else "expired" if now >= self._look_at else "nothing"
        until, known = now + int(DEAD_S * SECOND), self._handed if own else ()
        due, buried, *item = await self._upkeep(
            KEYS,
            [
                *(GROUP, self._worker, now, self._lease_ms, self._attempts, look),
                *(until, terms.WORKER_DIED, *known),
            ],
        )
        if buried:
            log.error("deliveries given up", extra={"count": buried, "why": terms.WORKER_DIED})
        if item:
            self._unsure, self._look_at = own, now
            entry, key, platform, body, attempt = item
            fields = {"key": key, "platform": platform, "body": body}
            return (_delivery(entry, fields, int(attempt)),)
        self._look_at = now + int(LOOK_EVERY_S * SECOND)
        wait_s = min(left_s, BLOCK_S, (float(due) - now) / SECOND if due else BLOCK_S)
        found = await self._read(limit, max(1, int(wait_s * 1000)) if wait_s > 0 else None)
        self._unsure = False
        return found

    async def _read(self, limit: int, wait_ms: int | None) -> tuple[Delivery, ...]:
        read = self._reader.xreadgroup(GROUP, self._worker, {STREAM: ">"}, count=limit, block=wait_ms)
        answer = cast("Sequence[tuple[str, _Entries]]", await read)
        return tuple(
            _delivery(entry, fields, int(fields["tries"]) + 1)
            for _, entries in answer
            for entry, fields in entries
        )

    async def _make_group(self) -> None:
        """Make the group, reading from the stream's beginning, unless it is there."""
        try:
            await self._client.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
        except exceptions.ResponseError as exc:
            if "BUSYGROUP" not in str(exc):
                raise

    @asynccontextmanager
    async def _speaking(self) -> AsyncIterator[None]:
        """Turn what the server, or the way to it, refuses into one line."""
        try:
            yield
        except exceptions.AuthenticationError as exc:
            raise StoreError(
                f"{self._where}: {exc}. Put the right name and password into REDIS_URL."
            ) from exc
        except (exceptions.ConnectionError, exceptions.TimeoutError) as exc:
            line = f"{self._where} cannot be reached ({exc}). Check that it runs and that REDIS_URL names it."
            raise TryLater(line, after=_AGAIN_S) from exc
        except exceptions.ResponseError as exc:
            if "NOGROUP" not in str(exc):
                raise StoreError(f"{self._where}: {exc}") from exc
            # Without its group the stream would never be read again: the next claim makes it anew.
            self._unsure = True
            raise TryLater(f"{self._where} has lost its data", after=0.0) from exc


def _client(url: str, *, retries: int, max_connections: int | None = None) -> Redis:
    """Make a client with nothing left to the library's defaults, which changed before."""
    try:
        return Redis.from_url(
            url,
            protocol=2,
            decode_responses=True,
            socket_timeout=_TIMEOUT_S,
            socket_connect_timeout=_TIMEOUT_S,
            retry=Retry(NoBackoff(), retries),
            max_connections=max_connections,
        )
    except ValueError as exc:
        raise BadInput("redis_url: expected redis://host:port/0, or rediss:// for an encrypted one.") from exc


def _where(url: str) -> str:
    """Name a server without its password."""
    return f"redis {urlsplit(url).netloc.rpartition('@')[2]}"


def _delivery(entry: str, fields: Mapping[str, str], attempt: int) -> Delivery:
    return Delivery(
        id=f"{entry} {fields['key']}", platform=fields["platform"], body=fields["body"], attempt=attempt
    )


def _given_up(entry: str, fields: Mapping[str, str]) -> GivenUp:
    """Read an entry of the dead; one of an older version tells when by its id, in milliseconds."""
    at = fields.get("at") or int(entry.partition("-")[0]) * 1000
    return GivenUp(
        id=entry,
        platform=fields["platform"],
        body=fields["body"],
        attempt=int(fields["tries"]),
        at=terms.moment(int(at)),
        why=fields.get("why", ""),
    )


def _entry(delivery: Delivery) -> str:
    """Return the part of a delivery's id that is the stream's."""
    return delivery.id.partition(" ")[0]
