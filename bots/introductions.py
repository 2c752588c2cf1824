"""Accounts before the engine: whoever joins, is new here or has changed is judged by their profile.

Platforms know their events; this knows the order. What somebody wrote is judged before who they are, so that
a profile that takes long, or cannot be judged at all, never keeps a known link standing. What is seen of a
profile is asked for only when it is news.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bots.kit import Kit
from core.case import Case
from core.model import Happening, Message, Part
from core.newcomers import Newcomers, Profile

AUTHOR: Final = "author"
"""The part whose signals are the author's own identifiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What can be seen of a profile.

    Attributes:
        is_final: False where the platform was too busy to show it: the next message of the account asks anew.
    """

    parts: tuple[Part, ...] = ()
    is_final: bool = True


class Introductions:
    """Gives the engine what happened, and the profiles that are news.

    Args:
        kit: The parts the platform stands on.
    """

    def __init__(self, kit: Kit) -> None:
        self._engine = kit.engine
        self._newcomers = Newcomers(kit.notes, kit.clock)

    async def receive(self, message: Message, profile: Profile, look: Callable[[], Awaitable[Look]]) -> None:
        """Have a message judged, and its author's profile where that is news.

        Args:
            message: As the platform told it; a join without what `look` sees.
            profile: How the author shows themselves.
            look: Asks for what can be seen of it.

        Raises:
            TryLater: Something outside was busy; receive the message again.
        """
        if message.happening is Happening.PROFILE:
            await self._show(profile, look, at=message.at, url=message.url)
        elif message.happening is Happening.JOINED:
            seen = await look()
            parts = dict.fromkeys((*message.parts, *seen.parts))
            await self._engine.receive(replace(message, parts=tuple(parts)))
            if seen.is_final:
                await self._newcomers.remember(profile)
        elif not _names_author(await self._engine.receive(message)):
            await self._show(profile, look, at=message.at, url=message.url)

    async def _show(
        self, profile: Profile, look: Callable[[], Awaitable[Look]], *, at: datetime, url: str
    ) -> None:
        async def judge() -> bool:
            seen = await look()
            await self._engine.receive(profile.message(at=at, parts=seen.parts, url=url))
            return seen.is_final

        await self._newcomers.meet(profile, judge)


def _names_author(case: Case | None) -> bool:
    """Tell whether a case says already that its author is on a list: a second one would say it again."""
    return case is not None and any(match.signal.part == AUTHOR for match in case.verdict.matches)
