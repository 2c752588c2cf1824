"""The door: reads requests, checks the token, injects failures, keeps rate limits, writes answers.

Two of Discord's habits matter to discord.py: JSON is announced as exactly `application/json` (with a charset
the client hands out strings), and a 429 carries a `Via` header and a JSON body (else it is taken for a ban).
"""

from __future__ import annotations

import asyncio
import fnmatch
import json
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from aiohttp import web

from tests.standins.discord import spec

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from tests.standins.discord.state import Json

    Handler = Callable[["Call"], Awaitable[object]]

PREFIX = "/api/v10"

UNKNOWN = {
    "account": 10013,
    "member": 10007,
    "message": 10008,
    "channel": 10003,
    "guild": 10004,
    "ban": 10026,
}
UNKNOWN |= {"webhook": 10015, "invite": 10006, "interaction": 10062}
"""The codes of 404 answers."""


class ApiError(Exception):
    """An answer other than success."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message = status, code, message


def unknown(what: str) -> ApiError:
    """Return the 404 answer for something that is not there."""
    return ApiError(404, UNKNOWN[what], f"Unknown {what.title()}")


def no_permission() -> ApiError:
    """Return the answer for a missing permission, and the same for a role too low."""
    return ApiError(403, 50013, "Missing Permissions")


def no_access() -> ApiError:
    """Return the answer for a channel the bot cannot see."""
    return ApiError(403, 50001, "Missing Access")


@dataclass(slots=True, kw_only=True)
class Call:
    """One request, read; also the record of it that tests look at."""

    method: str
    template: str
    path: str
    ids: Mapping[str, int]
    words: Mapping[str, str]
    query: Mapping[str, str]
    body: Json | list[Json] | None
    files: dict[int, tuple[str, bytes]]
    reason: str | None
    status: int = 0  # 0 is the usual one; a handler may set another

    @property
    def json(self) -> Json:
        """The body as an object; empty where there was none."""
        return self.body if isinstance(self.body, dict) else {}


@dataclass(slots=True)
class Failure:
    """What shall happen to the next fitting requests instead of an answer.

    Attributes:
        path: Below the API base; may hold `*`.
        is_cut: The line is dropped and nothing answered.
    """

    method: str
    path: str
    status: int = 500
    code: int = 0
    message: str = "stand-in failure"
    retry_after: float | None = None
    is_global: bool = False
    is_cut: bool = False
    times: int = 1

    def fits(self, call: Call) -> bool:
        """Tell whether a request is meant."""
        return self.times > 0 and call.method == self.method and fnmatch.fnmatchcase(call.path, self.path)


@dataclass(slots=True)
class Gate:
    """Holds requests up, so that a test can act while they are under way.

    Attributes:
        waiting: How many requests stand before it.
    """

    waiting: int = 0
    _open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._open.set()

    def shut(self) -> None:
        """Hold up what comes from now on."""
        self._open.clear()

    def open(self) -> None:
        """Let everything pass."""
        self._open.set()

    async def passed(self, changed: Callable[[], None]) -> None:
        """Wait until it is open."""
        self.waiting += 1
        changed()
        await self._open.wait()
        self.waiting -= 1


@dataclass(slots=True)
class Limit:
    """At most `requests` of one route within `per_s` seconds."""

    requests: int
    per_s: float
    seen: deque[float] = field(default_factory=deque)

    def wait_s(self, now: float) -> float:
        """Count a request; return how long it is too early, 0 when it is in time."""
        while self.seen and self.seen[0] <= now - self.per_s:
            self.seen.popleft()
        if len(self.seen) >= self.requests:
            return self.seen[0] + self.per_s - now
        self.seen.append(now)
        return 0.0


@dataclass(slots=True, kw_only=True)
class Front:
    """The HTTP side of the stand-in."""

    token: str
    routes: Mapping[tuple[str, str], Handler]
    violations: list[str]
    changed: Callable[[], None]
    calls: list[Call] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    limits: dict[tuple[str, str], Limit] = field(default_factory=dict)
    gates: dict[tuple[str, str], Gate] = field(default_factory=dict)

    def add_to(self, app: web.Application) -> None:
        """Register every route."""
        for method, template in self.routes:
            app.router.add_route(method, PREFIX + template, self.answer)
        app.router.add_route("*", PREFIX + "/{tail:.*}", self.answer)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        call = await _read(request)
        self.calls.append(call)
        failure = next((f for f in self.failures if f.fits(call)), None)
        if failure is not None:
            failure.times -= 1
        if failure is not None and failure.is_cut and request.transport is not None:
            request.transport.abort()
            return web.Response()
        handler = self.routes.get((call.method, call.template))
        if handler is None:
            self.violations.append(f"{call.method} {call.path}: the stand-in has no such route")
            return self._write(call, 404, {"message": "404: Not Found", "code": 0})
        self.violations.extend(spec.request_faults(call.method, call.template, call.body, call.query))
        if (refused := self._refused(call, request)) is not None:
            return (
                self._write(call, 429, refused)
                if "retry_after" in refused
                else self._write(call, 401, refused)
            )
        if failure is not None:
            return self._fail(call, failure)
        if gate := self.gates.get((call.method, call.template)):
            await gate.passed(self.changed)
        try:
            # Whoever asked may have died before the gate: then Discord never saw the request to its end.
            is_heard = request.transport is not None and not request.transport.is_closing()
            body = await handler(call) if is_heard else None
        except ApiError as exc:
            return self._write(call, exc.status, {"message": exc.message, "code": exc.code})
        return self._write(call, call.status or (204 if body is None else 200), body)

    def _refused(self, call: Call, request: web.Request) -> Json | None:
        """Return the body of a 401 or 429, or nothing when the request may pass."""
        # Interaction and webhook addresses carry their own token.
        needs_token = not call.template.startswith(("/interactions/", "/webhooks/"))
        if needs_token and request.headers.get("Authorization") != f"Bot {self.token}":
            return {"message": "401: Unauthorized", "code": 0}
        limit = self.limits.get((call.method, call.template))
        wait_s = limit.wait_s(time.monotonic()) if limit else 0.0
        if wait_s:
            return {
                "message": "You are being rate limited.",
                "code": 0,
                "retry_after": wait_s,
                "global": False,
            }
        return None

    def _fail(self, call: Call, failure: Failure) -> web.Response:
        body: Json = {"message": failure.message, "code": failure.code}
        if failure.retry_after is not None:
            body |= {"retry_after": failure.retry_after, "global": failure.is_global}
        return self._write(call, failure.status, body)

    def _write(self, call: Call, status: int, body: object) -> web.Response:
        """Write an answer, with the rate-limit headers the client keeps its books by."""
        self.violations.extend(spec.answer_faults(call.method, call.template, status, body))
        call.status = status
        limit = self.limits.get((call.method, call.template))
        remaining = max(0, limit.requests - len(limit.seen)) if limit else 49
        reset_s = limit.per_s if limit else 1.0
        headers = {
            "Via": "1.1 stand-in",
            "X-RateLimit-Limit": str(limit.requests if limit else 50),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": f"{time.time() + reset_s:.3f}",
            "X-RateLimit-Reset-After": f"{reset_s:.3f}",
            "X-RateLimit-Bucket": f"{call.method}{call.template}",
        }
        self.changed()
        if body is None:
            return web.Response(status=status, headers=headers)
        headers["Content-Type"] = "application/json"
        return web.Response(
            status=status, body=json.dumps(body, ensure_ascii=False).encode(), headers=headers
        )


async def _read(request: web.Request) -> Call:
    """Read a request: JSON, or a form with `payload_json` and `files[n]`."""
    resource = request.match_info.route.resource
    template = (resource.canonical if resource else request.path).removeprefix(PREFIX)
    words = dict(request.match_info)
    body: Json | list[Json] | None = None
    files: dict[int, tuple[str, bytes]] = {}
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[int(name.removeprefix("files[").removesuffix("]"))] = (
                    value.filename,
                    value.file.read(),
                )
            elif name == "payload_json":
                body = cast("Json", json.loads(str(value)))
    elif raw := await request.read():
        body = cast("Json | list[Json]", json.loads(raw))
    reason = request.headers.get("X-Audit-Log-Reason")
    return Call(
        method=request.method,
        template=template,
        path=request.path.removeprefix(PREFIX),
        ids={key: int(word) for key, word in words.items() if word.isdecimal()},
        words=words,
        query=dict(request.query),
        body=body,
        files=files,
        reason=unquote(reason) if reason else None,
    )
