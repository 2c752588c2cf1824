"""The fixture `telegram`, and a line in the test run's header where nothing can be validated."""

from collections.abc import AsyncIterator

import pytest

from tests.standins.telegram.spec import ABSENT, Spec
from tests.standins.telegram.stage import TelegramStandIn

SPEC = Spec.load()


def pytest_report_header() -> list[str]:
    """Say it once if exchanges go unchecked."""
    return [] if SPEC else [ABSENT]


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TelegramStandIn]:
    """A Telegram of its own for each test; any breach of the API's description fails the test."""
    # Without it the client library warns of its own future each time it sees a 429.
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with TelegramStandIn(spec=SPEC) as server:
        yield server

    assert not server.api.violations, "\n".join(server.api.violations)
