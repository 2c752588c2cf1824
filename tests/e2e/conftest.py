"""The scene that tests of the real process before a Telegram begin with."""

from pathlib import Path

import pytest

from tests.e2e.scene import Scene, scene_of
from tests.standins.telegram.stage import TelegramStandIn


@pytest.fixture
async def scene(telegram: TelegramStandIn, tmp_path: Path) -> Scene:
    """Give a home in which a list is known and the room is bound, and the bot in group and room."""
    return await scene_of(telegram, tmp_path)
