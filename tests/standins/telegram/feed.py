"""The queue of updates, with the real API's rules on who may read it and when an update is gone.

An update leaves only when a later getUpdates confirms it with a higher offset. There is one reader:
a second getUpdates ends the first with 409, and a webhook refuses both.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Collection

from tests.standins.telegram.spec import JsonObject
from tests.standins.telegram.wire import Refusal

KINDS_BY_DEFAULT = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "my_chat_member",
        "chat_join_request",
        "poll",
        "poll_answer",
    }
)
FIRST_UPDATE_ID = 700_000_001


class Feed:
    """Updates waiting for the bot."""

    def __init__(self) -> None:
        self.pending: deque[JsonObject] = deque()
        self.allowed: Collection[str] = KINDS_BY_DEFAULT
        self.webhook = ""
        self.confirmed = FIRST_UPDATE_ID - 1
        self._next_id = FIRST_UPDATE_ID
        self._waiting: asyncio.Future[None] | None = None

    @property
    def is_being_read(self) -> bool:
        """A getUpdates waits for something to happen."""
        return self._waiting is not None and not self._waiting.done()

    def put(self, kind: str, payload: JsonObject) -> JsonObject | None:
        """Queue an update; `None` if the bot did not ask for this kind."""
        if kind not in self.allowed:
            return None
        update: JsonObject = {"update_id": self._next_id, kind: payload}
        self._next_id += 1
        self.pending.append(update)
        self._wake()
        return update

    async def take(
        self, offset: int, limit: int, timeout_s: int, allowed: Collection[str] | None
    ) -> list[JsonObject]:
        """Answer a getUpdates: at once if there is something, else after `timeout_s`.

        Raises:
            Refusal: 409, a webhook is set, or a second reader came while this one waited.
        """
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if self._waiting is not None and self.is_being_read:
            self._waiting.set_exception(_second_reader())
        if allowed is not None:
            self.allowed = allowed or KINDS_BY_DEFAULT
        self._confirm(offset)
        if not self.pending and timeout_s > 0:
            await self._wait(timeout_s)
        return list(self.pending)[: min(max(limit, 1), 100)]

    async def _wait(self, timeout_s: int) -> None:
        self._waiting = waiting = asyncio.get_running_loop().create_future()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await waiting

    def _wake(self) -> None:
        if self._waiting is not None and self.is_being_read:
            self._waiting.set_result(None)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = (
                int(str(self.pending[max(0, len(self.pending) + offset)]["update_id"])) if self.pending else 0
            )
        while self.pending and int(str(self.pending[0]["update_id"])) < offset:
            self.confirmed = max(self.confirmed, int(str(self.pending.popleft()["update_id"])))

    def close(self) -> None:
        """Answer who still waits, so that the server can stop."""
        self._wake()


def _second_reader() -> Refusal:
    return Refusal(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
