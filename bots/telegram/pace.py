"""How fast we may call Telegram: two lanes, a limit for all and one for each chat, and pauses it asks for.

Actions (deleting, banning, answering a tap) go before cards and notices, and only cards count against a
chat's own limit. A chat that Telegram wants left alone for a while is left alone; the others go on. Whoever
would have to wait longer than `PATIENCE_S` is told so at once, so that no worker is tied up by one chat.

Source of the numbers: core.telegram.org/bots/faq, "My bot is hitting limits": about 30 messages per second
in all, one per second in a chat, 20 per minute in a group.
"""

import asyncio
import heapq
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count
from typing import Final

PATIENCE_S: Final = 5.0
"""How long a call may wait for its turn; after that it is better tried again later."""

_MANY: Final = 1000
"""Chats remembered before those that are idle are forgotten."""


class Lane(IntEnum):
    """Which calls go first."""

    ACTION = 0
    CARD = 1


class Paused(Exception):
    """A turn that would come too late.

    Attributes:
        after_s: Seconds until it would come.
    """

    def __init__(self, after_s: float) -> None:
        super().__init__(f"no turn for {after_s:.1f} s")
        self.after_s = after_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `calls` in any `per_s` seconds."""

    calls: int
    per_s: float


OVERALL: Final = (Limit(calls=25, per_s=1.0),)
PER_CHAT: Final = (Limit(calls=1, per_s=1.0), Limit(calls=19, per_s=60.0))


class _Gate:
    """Several limits together, with the pause that was asked for."""

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        self._limits = limits
        self._taken: deque[float] = deque(maxlen=max((limit.calls for limit in limits), default=1))
        self.paused_until = 0.0

    def opens_at(self) -> float:
        """When the next call may pass, in the clock's seconds; in the past if now."""
        opens = self.paused_until
        for limit in self._limits:
            if len(self._taken) >= limit.calls:
                opens = max(opens, self._taken[-limit.calls] + limit.per_s)
        return opens

    def take(self, now: float) -> None:
        """Let one call pass."""
        self._taken.append(now)


@dataclass(order=True, slots=True)
class _Ticket:
    """A call that waits for its turn."""

    lane: Lane
    number: int
    chat: str = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)


class Pace:
    """Gives calls their turns, in one event loop.

    Args:
        overall: Limits of all calls together.
        per_chat: Limits of the cards in one chat.
        patience_s: How long a call may wait.
    """

    def __init__(
        self,
        *,
        overall: tuple[Limit, ...] = OVERALL,
        per_chat: tuple[Limit, ...] = PER_CHAT,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._all = _Gate(overall)
        self._per_chat = per_chat
        self._patience_s = patience_s
        self._chats: dict[str, _Gate] = {}
        self._waiting: list[_Ticket] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, lane: Lane, chat: str) -> None:
        """Wait for a turn.

        Args:
            lane: Which goes first.
            chat: Whose limit and pause count; "" for none.

        Raises:
            Paused: It would take longer than patience allows.
        """
        loop = asyncio.get_running_loop()
        wait_s = self._opens_at(lane, chat) - loop.time()
        if wait_s > self._patience_s:
            raise Paused(wait_s)
        ticket = _Ticket(lane=lane, number=next(self._numbers), chat=chat, turn=loop.create_future())
        heapq.heappush(self._waiting, ticket)
        self._serve()
        try:
            async with asyncio.timeout(self._patience_s):
                await ticket.turn
        except TimeoutError:
            raise Paused(self._patience_s) from None

    def pause(self, chat: str, for_s: float) -> None:
        """Leave a chat alone for a while ("": everything), as Telegram asked."""
        gate = self._chat(chat) if chat else self._all
        gate.paused_until = max(gate.paused_until, asyncio.get_running_loop().time() + for_s)

    def stop(self) -> None:
        """Give no more turns."""
        if self._timer is not None:
            self._timer.cancel()

    def _serve(self) -> None:
        """Give every turn that is due, actions first, and come back when the next one is."""
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._waiting = [t for t in self._waiting if not t.turn.done()]
        heapq.heapify(self._waiting)
        later: list[_Ticket] = []
        while self._waiting:
            ticket, now = heapq.heappop(self._waiting), loop.time()
            if self._opens_at(ticket.lane, ticket.chat) > now:
                later.append(ticket)
                continue
            self._all.take(now)
            if ticket.lane is Lane.CARD and ticket.chat:
                self._chat(ticket.chat).take(now)
            ticket.turn.set_result(None)
        self._waiting = sorted(later)
        if later:
            due = min(self._opens_at(t.lane, t.chat) for t in later)
            self._timer = loop.call_at(due, self._serve)

    def _opens_at(self, lane: Lane, chat: str) -> float:
        opens = self._all.opens_at()
        if not chat:
            return opens
        gate = self._chat(chat)
        return max(opens, gate.paused_until if lane is Lane.ACTION else gate.opens_at())

    def _chat(self, chat: str) -> _Gate:
        gate = self._chats.get(chat)
        if gate is None:
            if len(self._chats) >= _MANY:
                self._forget_idle()
            gate = self._chats[chat] = _Gate(self._per_chat)
        return gate

    def _forget_idle(self) -> None:
        now = asyncio.get_running_loop().time()
        longest = max((limit.per_s for limit in self._per_chat), default=0.0)
        self._chats = {name: gate for name, gate in self._chats.items() if gate.opens_at() + longest > now}
