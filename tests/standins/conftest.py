"""Clients that talk to the stand-ins, and material to send."""

import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image
from telegram import Bot

from tests.standins.telegram.stage import TelegramStandIn


@pytest.fixture
async def bot(telegram: TelegramStandIn) -> AsyncIterator[Bot]:
    """The client library's own bot, pointed at the stand-in."""
    async with Bot(
        telegram.token, base_url=telegram.base_url, base_file_url=telegram.base_file_url
    ) as client:
        yield client


@pytest.fixture
def picture() -> bytes:
    """A picture of 400 by 300 pixels, as a PNG."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((400, 300)).save(written, "PNG")
    return written.getvalue()
