"""The pace, where the client library asks for it: every call it makes passes through here.

Reading (getUpdates, getChat, …) is not limited by Telegram in a way that matters here and passes at once.
The library's own limiter holds deletions to 20 a minute and stops every chat when one is flooded.
"""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Final

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bots.telegram.pace import Lane, Pace, Paused

LANES: Final = {
    "deleteMessage": Lane.ACTION,
    "banChatMember": Lane.ACTION,
    "unbanChatMember": Lane.ACTION,
    "banChatSenderChat": Lane.ACTION,
    "unbanChatSenderChat": Lane.ACTION,
    "restrictChatMember": Lane.ACTION,
    "answerCallbackQuery": Lane.ACTION,
    "sendMessage": Lane.CARD,
    "editMessageText": Lane.CARD,
}


class TwoLanes(BaseRateLimiter[None]):
    """Actions before cards, per chat and overall; a 429 pauses its chat and is passed on.

    Args:
        pace: Gives the turns.
    """

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Give no more turns."""
        self._pace.stop()

    async def process_request(  # noqa: PLR0913, PLR0917  # the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,  # noqa: ANN401  # the library's signature
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002  # the library's signature
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Make the call when its turn comes.

        Raises:
            RetryAfter: The turn would come too late, or Telegram says so.
        """
        chat = str(data.get("chat_id", ""))
        lane = LANES.get(endpoint)
        if lane is not None:
            try:
                await self._pace.turn(lane, chat)
            except Paused as exc:
                raise RetryAfter(timedelta(seconds=exc.after_s)) from exc
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as exc:
            wait = exc.retry_after
            self._pace.pause(chat, wait.total_seconds() if isinstance(wait, timedelta) else wait)
            raise
