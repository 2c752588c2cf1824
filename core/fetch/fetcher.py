"""The one way to ask a server that somebody else named: within a list of hosts, a size and a time.

An address from a message, or from a server's answer, is written by someone who may want us to ask our own
network. So an address is read only where there is one way to read it; the host must be on the list, letter by
letter; the socket is guarded; and a redirect is a new address that passes all of it again. No proxy, no
cookie, no netrc, no connection that is used twice.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self
from urllib.parse import quote, urljoin

import aiohttp
from aiohttp.abc import AbstractResolver

from core.errors import CannotLook, TryLater
from core.fetch.files import writing
from core.fetch.guard import Forbidden, Guard
from core.fetch.rate import Rate

MOST_HOPS: Final = 5
"""Redirects that are followed; browsers follow 20, people use two."""

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

_URL: Final = re.compile(
    r"""(?P<scheme>https?)://
    (?P<host>[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])
    (?::[0-9]{1,5})?
    (?:[/?](?P<rest>[!-~]{0,4096}))?""",
    re.VERBOSE | re.IGNORECASE,
)
"""An address that every reader understands alike: nobody's name before the host, no blanks, only ASCII."""

_KEPT: Final = "%/:?#[]@!$&'()*+,;=~"
"""What stays as it is when the rest of an address is percent-encoded."""

NONE: Final[Mapping[str, str]] = MappingProxyType({})

_CONNECTIONS: Final = 16
_CONNECTIONS_PER_HOST: Final = 4
_LINE_BYTES: Final = 8_190
_HEADERS: Final = 64
_CHUNK: Final = 1 << 14
_SOON_S: Final = 10.0
_LATE_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said.

    Attributes:
        url: Of the server that answered, after redirects.
        headers: By name, in lower case; of one that came twice, the first.
        body: Decompressed; empty where only the head was asked for, or where it went to a file.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def onward(self) -> str | None:
        """The address that it sends us to, None if it does not."""
        location = self.headers.get("location")
        return joined(self.url, location) if self.status in REDIRECTS and location else None


class Fetcher:
    """Asks servers, while entered.

    Args:
        hosts: Whom it may ask, in lower case.
        guard: Where it may connect to.
        rate: How often it may ask one host.
        most_bytes: The largest body that is taken, decompressed.
        patience_s: Seconds for everything: waiting for a turn, redirects, the body.
        resolver: Finds the addresses of names; the system's, unless given.
    """

    def __init__(  # noqa: PLR0913 - each is a limit of its own
        self,
        *,
        hosts: Collection[str],
        guard: Guard | None = None,
        rate: Rate | None = None,
        most_bytes: int = 1_000_000,
        patience_s: float = 10.0,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._hosts = frozenset(hosts)
        self._guard = guard or Guard()
        self._rate = rate or Rate(burst=10, every_s=1.0, patience_s=5.0)
        self._most_bytes = most_bytes
        self._patience_s = patience_s
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Get ready; nothing is connected to yet."""
        connector = aiohttp.TCPConnector(
            socket_factory=self._guard.open_socket,
            resolver=self._resolver,
            use_dns_cache=False,
            force_close=True,
            limit=_CONNECTIONS,
            limit_per_host=_CONNECTIONS_PER_HOST,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "nigehban", "Accept-Encoding": "gzip"},
            timeout=aiohttp.ClientTimeout(total=None),
            trust_env=False,
            max_line_size=_LINE_BYTES,
            max_field_size=_LINE_BYTES,
            max_headers=_HEADERS,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let go of everything."""
        if self._session is not None:
            await self._session.close()

    async def peek(self, url: str) -> Answer:
        """Ask for the head of an answer only, and follow nothing.

        Raises:
            CannotLook: The address may not be asked, or the answer cannot be read; says why.
            TryLater: The server is busy or out of reach.
        """
        async with self._within_time(), self._asked(url) as answer:
            return _head(answer, url)

    async def get(
        self, url: str, headers: Mapping[str, str] = NONE, *, most_bytes: int | None = None
    ) -> Answer:
        """Ask for an answer with its body, following redirects among the hosts.

        Args:
            url: Whom, and for what.
            headers: What to say besides; every server on the way hears it.
            most_bytes: A smaller limit for this answer, which is kept in memory.

        Raises:
            CannotLook: An address on the way may not be asked, the answer cannot be read, or is too large.
            TryLater: A server is busy or out of reach.
        """
        body = bytearray()
        head = await self._read(url, headers, body.extend, most_bytes)
        return replace(head, body=bytes(body))

    async def download(self, url: str, into: Path, headers: Mapping[str, str] = NONE) -> Answer:
        """Ask for an answer and write its body to a file, however large it is within the limit.

        Raises:
            CannotLook, TryLater: As for `get`; what was written till then stays in the file.
            StoreError: The file cannot be written.
        """
        with writing(into) as write:
            return await self._read(url, headers, write)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str] = NONE) -> Answer:
        """Send something; a redirect is told and not followed.

        Raises:
            CannotLook, TryLater: As for `get`.
        """
        taken = bytearray()
        async with self._within_time(), self._asked(url, headers, body) as answer:
            await self._body(answer, taken.extend, 1_000_000)
            return replace(_head(answer, url), body=bytes(taken))

    async def _read(
        self,
        url: str,
        headers: Mapping[str, str],
        take: Callable[[bytes], object],
        most_bytes: int | None = None,
    ) -> Answer:
        asked: set[str] = set()
        async with self._within_time():
            while True:
                refuse_circle(url, asked)
                async with self._asked(url, headers) as answer:
                    head = _head(answer, url)
                    if head.onward is None:
                        await self._body(answer, take, most_bytes)
                        return head
                    refuse_downgrade(url, head.onward)
                    url = head.onward

    @asynccontextmanager
    async def _within_time(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._patience_s):
                yield
        except TimeoutError:
            raise TryLater(f"no answer within {self._patience_s:g} s", after=_LATE_S) from None

    @asynccontextmanager
    async def _asked(
        self, url: str, headers: Mapping[str, str] = NONE, body: bytes | None = None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Ask once, for one address that passes every rule, in our errors."""
        host = self._admitted(url)
        if self._session is None:
            raise TryLater("not ready to ask servers yet", after=_SOON_S)
        await asyncio.sleep(self._rate.wait_s(host, now=asyncio.get_running_loop().time()))
        try:
            method = "GET" if body is None else "POST"
            async with self._session.request(
                method, url, headers=headers, data=body, allow_redirects=False
            ) as answer:
                yield answer
        except aiohttp.ClientConnectorCertificateError as exc:
            raise CannotLook("the server cannot prove its name") from exc
        except aiohttp.ClientConnectorError as exc:
            if isinstance(exc.os_error, Forbidden):
                raise CannotLook(str(exc.os_error)) from exc
            raise TryLater("the server is out of reach", after=_SOON_S) from exc
        except (aiohttp.ClientResponseError, aiohttp.ClientPayloadError, aiohttp.InvalidURL) as exc:
            raise CannotLook("the server answers in a form that cannot be read") from exc
        except TimeoutError:
            raise  # an OSError, too; whoever set the deadline says so
        except (aiohttp.ClientError, OSError) as exc:
            raise TryLater("the server is out of reach", after=_SOON_S) from exc

    def _admitted(self, url: str) -> str:
        """Return the host of an address that may be asked."""
        found = _URL.fullmatch(url)
        if found is None or "\\" in url:
            raise CannotLook("an address that can be read in two ways")
        if found["scheme"].lower() not in self._guard.schemes:
            raise CannotLook("an address without encryption")
        host = found["host"].lower()
        if host not in self._hosts:
            raise CannotLook("a server that is not on the list of those to ask")
        return host

    async def _body(
        self, answer: aiohttp.ClientResponse, take: Callable[[bytes], object], most_bytes: int | None = None
    ) -> None:
        """Read up to the limit, whatever length was announced; what is counted is what comes out."""
        read, most = 0, min(most_bytes or self._most_bytes, self._most_bytes)
        async for chunk in answer.content.iter_chunked(_CHUNK):
            read += len(chunk)
            if read > most:
                raise CannotLook(f"the server's answer is over {most / 1_000_000:g} MB")
            take(chunk)


def joined(url: str, location: str) -> str:
    """Return the address that a redirect means, without its fragment, every odd character encoded."""
    plain = quote(location.partition("#")[0], safe=_KEPT, errors="replace")
    try:
        return urljoin(url, plain)
    except ValueError:
        return plain


def refuse_circle(url: str, asked: set[str]) -> None:
    """Note an address that is asked next.

    Raises:
        CannotLook: It was asked before, or there were too many.
    """
    if url in asked:
        raise CannotLook("an address that leads back to itself")
    asked.add(url)
    if len(asked) > MOST_HOPS + 1:
        raise CannotLook(f"an address that is sent on more than {MOST_HOPS} times")


def refuse_downgrade(url: str, onward: str) -> None:
    """Raise CannotLook for a redirect out of encryption, also where plain addresses may be asked."""
    if url.lower().startswith("https:") and not onward.lower().startswith("https:"):
        raise CannotLook("an address without encryption")


def _head(answer: aiohttp.ClientResponse, url: str) -> Answer:
    headers: dict[str, str] = {}
    for name, value in answer.headers.items():
        headers.setdefault(name.lower(), value)
    return Answer(url=url, status=answer.status, headers=headers)
