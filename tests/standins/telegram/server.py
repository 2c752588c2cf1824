"""The stand-in's HTTP side: one aiohttp server on loopback that answers as the Bot API does.

Every call is checked against the description of the API, recorded, held against the faults a test
switched on, and carried out. What breaks the description is collected in `violations`; the fixture
fails the test that caused any. Only a token of the right form that is wrong gets 401; any other
path is 404, as with the real server.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from tests.standins.telegram import chat_methods, message_methods
from tests.standins.telegram.spec import JsonObject, Spec
from tests.standins.telegram.wire import Params, Refusal, too_many
from tests.standins.telegram.world import Chat, World

METHODS: Mapping[str, Callable[[World, Params], object]] = {**chat_methods.METHODS, **message_methods.METHODS}

# "All methods in the Bot API are case-insensitive" (core.telegram.org/bots/api).
_NAMES = {name.lower(): name for name in (*METHODS, "getUpdates")}
_TOKEN = re.compile(r"\d+:[\w-]{10,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call the bot made; `at` in seconds of the loop's clock, `code` of the answer (0: none)."""

    method: str
    params: Mapping[str, str]
    at: float
    code: int


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong with the next `times` calls of a method, in one chat or anywhere.

    Without `refusal` the connection drops; with `is_done_first` that happens after the call was
    carried out, so that the client cannot know.
    """

    method: str
    refusal: Refusal | None
    times: int
    chat_id: str
    is_done_first: bool

    def hits(self, method: str, params: Params) -> bool:
        """Whether this call is one it was meant for."""
        chat_fits = not self.chat_id or params.text("chat_id") == self.chat_id
        return self.times > 0 and self.method == method and chat_fits


class ApiServer:
    """Serves one bot's API until closed."""

    def __init__(self, world: World, token: str, spec: Spec | None) -> None:
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.held: list[str] = []
        self._faults: list[Fault] = []
        self._holds: dict[str, asyncio.Event] = {}
        self.newer_fields: set[str] = set()
        self.lost_files: set[str] = set()
        self.url = ""
        self._world = world
        self._token = token
        self._spec = spec
        self._changed = asyncio.Event()
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, shutdown_timeout=1)

    async def start(self) -> None:
        """Listen on a free loopback port."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = "http://{}:{}".format(*self._runner.addresses[0][:2])

    async def stop(self) -> None:
        """Let waiting polls go, then close."""
        self._world.feed.close()
        for hold in self._holds.values():
            hold.set()
        await self._runner.cleanup()

    def called(self, method: str) -> Sequence[Call]:
        """The calls of one method so far, in order of their answers."""
        return tuple(call for call in self.calls if call.method == method)

    def fail_next(  # noqa: PLR0913  # one keyword per thing that can go wrong
        self,
        method: str,
        *,
        code: int = 0,
        description: str = "",
        retry_after: int = 1,
        times: int = 1,
        chat: Chat | None = None,
        is_done_first: bool = False,
    ) -> None:
        """Make the next `times` calls of a method fail: with `code`, or (0) by dropping the connection.

        Args:
            method: Which method.
            code: 429 carries `retry_after`; the others carry `description`.
            description: The words of the refusal.
            retry_after: Seconds, for 429.
            times: How many calls.
            chat: Only calls for this chat.
            is_done_first: Carry the call out, then fail: the client cannot know.
        """
        refusal = Refusal(code, description or f"Error {code}") if code else None
        self._faults.append(
            Fault(
                method=method,
                refusal=too_many(retry_after) if code == 429 else refusal,
                times=times,
                chat_id=str(chat.id) if chat else "",
                is_done_first=is_done_first,
            )
        )

    def hold(self, method: str) -> None:
        """Let calls of a method wait, carried out only after `release`; `held` names those that wait."""
        self._holds[method] = asyncio.Event()

    def release(self, method: str) -> None:
        """Let the calls go on; one whose client has died meanwhile is dropped."""
        self._holds.pop(method).set()

    async def wait_until(self, holds: Callable[[], bool], timeout_s: float = 30.0) -> None:
        """Wait until a condition holds, looking after every call.

        Raises:
            TimeoutError: It did not come true in time.
        """
        async with asyncio.timeout(timeout_s):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    def poke(self) -> None:
        """Let those who wait look again."""
        self._changed.set()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = _NAMES.get(request.match_info["method"].lower(), request.match_info["method"])
        params = await _read(request)
        try:
            self._check_token(request.match_info["token"])
            if self._spec is not None:
                self.violations.extend(self._spec.request(method, params.form, params.files))
            body, code = await self._answer(method, params, request), 200
        except Refusal as refusal:
            body, code = refusal.body(), refusal.code
        except ConnectionAbortedError:
            body, code = {}, 0
        now = asyncio.get_running_loop().time()
        self.calls.append(Call(method=method, params=params.form, at=now, code=code))
        self.poke()
        return web.json_response(body, status=code or 500)

    async def _answer(self, method: str, params: Params, request: web.Request) -> JsonObject:
        if hold := self._holds.get(method):
            self.held.append(method)
            self.poke()
            await hold.wait()
            self.held.remove(method)
            if request.transport is None or request.transport.is_closing():
                raise ConnectionAbortedError
        fault = next((f for f in self._faults if f.hits(method, params)), None)
        if fault is not None:
            fault.times -= 1
        if fault is None:
            return {"ok": True, "result": await self._result(method, params)}
        if fault.is_done_first:
            await self._result(method, params)
        if fault.refusal is not None:
            raise fault.refusal
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionAbortedError

    async def _result(self, method: str, params: Params) -> object:
        if method == "getUpdates":
            result: object = await self._updates(params)
        elif method in METHODS:
            result = METHODS[method](self._world, params)
        else:
            self.violations.append(f"{method}: the stand-in does not know this method")
            raise Refusal(404, "Not Found: method not found")
        if self._spec is not None and method != "getUpdates":
            self.violations.extend(self._spec.result(method, result))
        return result

    async def _updates(self, params: Params) -> object:
        asyncio.get_running_loop().call_soon(self.poke)
        allowed = [str(kind) for kind in params.array("allowed_updates")]
        updates = await self._world.feed.take(
            offset=params.integer("offset"),
            limit=params.integer("limit", 100),
            timeout_s=params.integer("timeout"),
            allowed=allowed if "allowed_updates" in params.form else None,
        )
        if self._spec is not None:
            for update in updates:
                self.violations.extend(self._spec.update(update, frozenset(self.newer_fields)))
        return updates

    def _check_token(self, token: str) -> None:
        if token == self._token:
            return
        raise Refusal(401, "Unauthorized") if _TOKEN.fullmatch(token) else Refusal(404, "Not Found")

    async def _file(self, request: web.Request) -> web.Response:
        stored = [f for f in self._world.files.values() if f.path == request.match_info["path"]]
        is_lost = request.match_info["path"] in self.lost_files
        if request.match_info["token"] != self._token or not stored or is_lost:
            return web.json_response(Refusal(404, "Not Found").body(), status=404)
        return web.Response(body=stored[0].content, content_type="application/octet-stream")


async def _read(request: web.Request) -> Params:
    """Take the form apart: fields are strings, uploads are bytes; the query string counts too."""
    form = dict(request.query.items())
    files: dict[str, bytes] = {}
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[key] = value.file.read()
        else:
            form[key] = str(value)
    return Params(form=form, files=files)
