"""`/healthz`: whether the process does its work, for a container's health check and for monitoring.

It tells nothing about groups, cases or lists, so it needs no login; it listens on loopback unless set
otherwise.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from core.errors import BadInput, NigehbanError


@asynccontextmanager
async def health(host: str, port: int, check: Callable[[], Awaitable[int]]) -> AsyncIterator[None]:
    """Answer `/healthz` while the context lasts.

    Args:
        host: To listen on.
        port: To listen on.
        check: Returns how many events wait in the inbox, or raises one of our errors.

    Raises:
        BadInput: The address cannot be listened on.
    """

    async def healthz(_: web.Request) -> web.Response:
        try:
            waiting = await check()
        except NigehbanError as exc:
            return web.json_response({"healthy": False, "why": str(exc)}, status=503)
        return web.json_response({"healthy": True, "waiting": waiting})

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as exc:
            raise BadInput(
                f"cannot listen on {host}:{port}: {exc.strerror or exc}. "
                "Set NIGEHBAN_HTTP__HOST and NIGEHBAN_HTTP__PORT to a free address."
            ) from exc
        yield
    finally:
        await runner.cleanup()
