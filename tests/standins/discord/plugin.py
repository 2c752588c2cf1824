"""The fixture `discord_server`, and a line in the test run's header where nothing can be validated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.standins.discord.server import DiscordServer
from tests.standins.discord.spec import MISSING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def pytest_report_header() -> list[str]:
    """Say it once if exchanges go unchecked."""
    absent = ", ".join(MISSING)
    return [f"Discord stand-in: not validated, absent from ../shared/specs: {absent}"] if MISSING else []


@pytest.fixture
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A Discord of its own for each test; any breach of the API's description fails the test."""
    async with DiscordServer() as server:
        yield server

    assert not server.violations, "\n".join(server.violations)
