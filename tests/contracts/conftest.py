"""What several contracts are held to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contracts.inboxes import Inboxes, redis_inboxes, sql_inboxes


@pytest.fixture(params=["sql", "redis"])
async def inboxes(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Inboxes]:
    """Give every engine."""
    if request.param == "sql":
        async with sql_inboxes(tmp_path) as engine:
            yield engine
    else:
        async with redis_inboxes(request.getfixturevalue("redis_url")) as engine:
            yield engine
