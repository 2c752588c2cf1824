"""Servers of the exchanges with an API, on loopback: small, and as careless as a test wants them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from core.exchange.servers import SERVERS
from core.model import Subscription
from core.ports import Exchange
from tests.core.exchange.served import House

START = 1_767_225_600


def digest(number: int) -> str:
    """Give an invented hash."""
    return f"{number:032x}"


@dataclass
class Api:
    """A server with numbered records, in the order in which they changed.

    Attributes:
        kind: Of exchange.
        path: Of its location.
        token: What is accepted.
        records: Number and whether it was taken back; None is one that is malformed.
        page: Records in one answer.
        fails: Statuses to answer with, each once.
        circles: It always names the same next page.
        logins: Tokens that it gave.
        posted: What was sent to it.
    """

    kind: str
    path: str
    token: str
    records: list[tuple[int, bool] | None] = field(default_factory=list)
    page: int = 2
    fails: list[int] = field(default_factory=list)
    circles: bool = False
    logins: int = 0
    posted: list[Any] = field(default_factory=list)
    url: str = ""
    answers: int = 0

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a question of this exchange."""
        raise NotImplementedError

    async def checked(self, request: web.Request) -> web.StreamResponse:
        """Fail if that is wanted, and answer else."""
        self.answers += 1
        assert self.answers < 1000, "it asks for ever"
        if self.fails and (status := self.fails.pop(0)) != 200:
            return web.Response(status=status)
        return await self.answer(request)

    @asynccontextmanager
    async def served(self) -> AsyncIterator["Api"]:
        """Serve while entered."""
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self.checked)
        async with TestServer(app, host="127.0.0.1") as server:
            self.url = str(server.make_url(self.path))
            yield self

    @property
    def subscription(self) -> Subscription:
        """A subscription to it."""
        return Subscription(bank="kites", kind=self.kind, location=self.url, credential="TOKEN")

    @asynccontextmanager
    async def exchange(self, house: House) -> AsyncIterator[Exchange]:
        """Lend the real exchange over a real socket."""
        async with house.lend(self.subscription) as asking:
            yield SERVERS[self.kind](self.subscription, asking, self.token)

    def after(self, start: int) -> tuple[list[tuple[int, tuple[int, bool] | None]], bool]:
        """Give a page of records, each with its place, and whether there are more."""
        rest = list(enumerate(self.records))[start:]
        return rest[: self.page], len(rest) > self.page


class Meta(Api):
    """`/threat_updates`: a cursor in the address of the next page."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Give a page of indicators."""
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        if request.method == "POST":
            self.posted.append(await request.json())
            return web.json_response({"success": True})
        start = int(request.query.get("cursor", "0"))
        since = int(request.query.get("start_time", "0"))
        if not start and since:
            start = max(since - START, 0)
        page, more = self.after(start)
        data = [
            {
                "id": str(place),
                "indicator": digest(record[0]) if record else "not a hash",
                "type": "HASH_MD5",
                "last_updated": START + place,
                "should_delete": bool(record and record[1]),
                "status": "MALICIOUS",
            }
            for place, record in page
        ]
        following = 0 if self.circles else start + len(page)
        paging = (
            {"next": str(request.url.update_query(cursor=str(following)))} if more or self.circles else {}
        )
        return web.json_response({"data": data, "paging": paging})


class Tat(Api):
    """Tech Against Terrorism: strict order, and a log-in."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Give a page of hashes, or a token."""
        if request.path == "/token-auth/tcap/":
            said = await request.json()
            if f"{said['username']}:{said['password']}" != self.token:
                return web.json_response({"detail": "no"}, status=400)
            self.logins += 1
            return web.json_response({"token": f"jwt{self.logins}"})
        if request.headers.get("Authorization") != f"Bearer jwt{self.logins}":
            return web.Response(status=401)
        after = request.query.get("after", "")
        start = 0 if self.circles or not after else int(after.partition(",")[2]) + 1
        page, more = self.after(start)
        results = [
            {
                "id": place,
                "hash_digest": digest(record[0]) if record else "not a hash",
                "algorithm": "MD5",
                "ideology": "far-right",
                "deleted": bool(record and record[1]),
                "updated_on": START + place + 0.25,
            }
            for place, record in page
        ]
        last = f"{START + page[-1][0]}.25,{page[-1][0]}" if page else ""
        following = str(request.url) if more or self.circles else None
        return web.json_response({"count": 9, "next": following, "checkpoint": last, "results": results})


class Ncii(Api):
    """StopNCII: a token for the next page, a time for the next visit."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Give a page of hashes."""
        keys = self.token.split(":")
        wanted = keys[2] if request.method == "POST" else keys[1]
        if (
            request.headers.get("Ocp-Apim-Subscription-Key") != keys[0]
            or request.headers.get("x-functions-key") != wanted
        ):
            return web.Response(status=401)
        if request.method == "POST":
            self.posted.append(await request.json())
            return web.json_response({})
        token = request.query.get("nextPageToken", "")
        since = int(request.query["startTimestamp"])
        start = int(token) if token else max(since - START, 0)
        page, more = self.after(start)
        hashes: list[dict[str, object]] = [
            {
                "lastModtimestamp": START + place,
                "signalType": "VideoMD5",
                "hashValue": digest(record[0]) if record else "not a hash",
                "hashStatus": "Withdrawn" if record and record[1] else "Active",
                "caseNumbers": {},
            }
            for place, record in page
        ]
        following = "0" if self.circles else str(start + len(page))
        return web.json_response(
            {
                "count": len(hashes),
                "hasMoreRecords": more or self.circles,
                "nextPageToken": following,
                "nextSetTimestamp": START + (page[-1][0] if page else 0),
                "hashRecords": hashes,
            }
        )


MAKERS: dict[str, Callable[[], Api]] = {
    "threat_updates": lambda: Meta(kind="threat_updates", path="/v22.0/77/threat_updates", token="secret"),
    "tat": lambda: Tat(kind="tat", path="/hash-list/v2/all?ideology=all", token="amina:word"),
    "stopncii": lambda: Ncii(kind="stopncii", path="/v1", token="subscription:fetch:feedback"),
}
