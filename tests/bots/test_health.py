"""`/healthz` tells whether the process does its work, and nothing else."""

import socket

import aiohttp
import pytest

from bots.health import health
from core.errors import BadInput, StoreError


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answer(port: int) -> tuple[int, object]:
    """Ask for the state."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as got:
        return got.status, await got.json()


async def test_a_working_process_is_healthy() -> None:
    """The answer counts what waits in the inbox."""

    async def check() -> int:
        return 3

    port = free_port()
    async with health("127.0.0.1", port, check):
        assert await answer(port) == (200, {"healthy": True, "waiting": 3})


async def test_a_lost_database_is_not_healthy_and_says_why() -> None:
    """A container's health check sees it, with the reason."""

    async def check() -> int:
        raise StoreError("the disk is full")

    port = free_port()
    async with health("127.0.0.1", port, check):
        assert await answer(port) == (503, {"healthy": False, "why": "the disk is full"})


async def test_a_port_in_use_is_refused_in_one_line() -> None:
    """The line names the address and the settings to change."""

    async def check() -> int:
        return 0

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(BadInput, match=f"cannot listen on 127.0.0.1:{port}: .* NIGEHBAN_HTTP__PORT"):
            async with health("127.0.0.1", port, check):
                pass
