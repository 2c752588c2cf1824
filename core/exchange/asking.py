"""Asking the server of a list: what its answers mean, and asking again when it is busy."""

import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from core.errors import CannotLook, TryLater
from core.fetch.busy import is_busy, pause_s
from core.fetch.fetcher import NONE, Answer, Fetcher

UNCHANGED: Final = 304

PAGE_BYTES: Final = 20_000_000
"""The largest answer that is read in memory: a page of some thousand records has one or two."""

_FINE: Final = frozenset({200, 201, 202, 204, UNCHANGED})
_NOT_LET_IN: Final = frozenset({401, 403, 407})
_NOT_THERE: Final = frozenset({404, 410})
_REDIRECTS: Final = range(300, 400)
_LONGEST_S: Final = 60.0


class NotLetIn(CannotLook):
    """The server asks who we are; a token that ended may be renewed."""


class Asking:
    """Asks one server.

    Args:
        fetcher: Entered already; its list of hosts says who may be asked.
        tries: How often, where it is busy or out of reach.
        pause: Waits so many seconds between two tries.
    """

    def __init__(self, fetcher: Fetcher, *, tries: int, pause: Callable[[float], Awaitable[None]]) -> None:
        self._fetcher = fetcher
        self._tries = tries
        self._pause = pause

    async def get(self, url: str, headers: Mapping[str, str] = NONE) -> dict[str, object]:
        """Ask for a JSON object.

        Raises:
            CannotLook: The server refuses, or answers something else; says what.
            TryLater: It is busy or out of reach, after all tries.
        """
        return _object(await self._asked(lambda: self._fetcher.get(url, headers, most_bytes=PAGE_BYTES)))

    async def post(self, url: str, said: object, headers: Mapping[str, str] = NONE) -> dict[str, object]:
        """Send JSON, and return the JSON object that is answered; an empty answer is an empty object.

        Raises:
            CannotLook, TryLater: As for `get`.
        """
        typed = {"Content-Type": "application/json", **headers}
        body = json.dumps(said).encode()
        answer = await self._asked(lambda: self._fetcher.post(url, body, typed))
        return _object(answer) if answer.body.strip() else {}

    async def download(self, url: str, into: Path, headers: Mapping[str, str] = NONE) -> Answer:
        """Ask for a file; the answer may be that nothing changed.

        Raises:
            CannotLook, TryLater: As for `get`.
            StoreError: The file cannot be written.
        """
        return await self._asked(lambda: self._fetcher.download(url, into, headers))

    async def _asked(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        for left in reversed(range(self._tries)):
            try:
                answer = await ask()
                _refuse_failure(answer)
            except TryLater as exc:
                if not left or exc.after > _LONGEST_S:
                    raise
                await self._pause(exc.after)
            else:
                return answer
        raise TryLater("the server was not asked", after=_LONGEST_S)


def _refuse_failure(answer: Answer) -> None:
    """Refuse an answer that is none, in a moderator's words.

    Raises:
        CannotLook: Asking again would not help.
        TryLater: It may.
    """
    status = answer.status
    if is_busy(answer):
        raise TryLater(f"the server is busy ({status})", after=pause_s(answer))
    if status in _FINE:
        return
    if status in _NOT_LET_IN:
        raise NotLetIn(f"the server does not let us in ({status}): is the token right and still valid?")
    if status in _NOT_THERE:
        raise CannotLook(f"the server has nothing at this address ({status})")
    if status in _REDIRECTS:
        raise CannotLook(f"the server sends us on without saying where ({status})")
    raise CannotLook(f"the server refuses ({status})")


def _object(answer: Answer) -> dict[str, object]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CannotLook("the server answers something else than a JSON object. Is it the right address?")
    return found
