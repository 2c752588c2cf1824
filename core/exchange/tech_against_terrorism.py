"""Tech Against Terrorism's hash list, version 2: pages in strict order, each after the last record before it.

Deleted hashes stay in the list and say so, so a checkpoint never ages. An empty page means that there is
nothing new, and the checkpoint stays where it was.

Source: terrorismanalytics.org/docs/hash-list-v2.
"""

import re
from collections.abc import AsyncIterator, Sequence
from typing import Final
from urllib.parse import urljoin

from core.errors import CannotLook
from core.exchange.asking import Asking, NotLetIn
from core.exchange.formats.tech_against_terrorism import read
from core.exchange.pages import Pages, asked_for, listed
from core.ports import Update

_CHECKPOINT: Final = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?,[0-9]{1,18}")
_LOG_IN: Final = "/token-auth/tcap/"


class TechAgainstTerrorism:
    """The port `Exchange` over the hash list; its checkpoints are the time and number of a record.

    Args:
        location: Of the list, as https://…/hash-list/v2/all; `ideology=` may be in it.
        asking: Asks the server.
        token: `user:password`, for which a token is asked; or a token itself.
    """

    def __init__(self, location: str, asking: Asking, token: str) -> None:
        self.name = location.partition("?")[0]
        self._location = location
        self._asking = asking
        self._user, _, self._password = token.partition(":")
        self._token = "" if self._password else token

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over the records after a checkpoint.

        Raises:
            CannotLook: The server refuses, answers in another form, or goes backwards.
            TryLater: It is busy; what was yielded so far counts.
        """
        after = since or ""
        pages = Pages(read, since=after)
        while True:
            pages.refuse_circle(after)
            wanted = {"after": after} if after else {}
            answer = await self._page(asked_for(self._location, limit="1000", order="asc", **wanted))
            records = listed(answer, "results")
            if not records:
                return
            following = _checkpoint(answer, records)
            if after and _order(following) <= _order(after):
                raise CannotLook("the server's pages do not come in the order of their records")
            async for update in pages.updates(records, checkpoint=following):
                yield update
            after = following
            if not answer.get("next"):
                return

    async def _page(self, url: str) -> dict[str, object]:
        """Ask for a page; a token that ended on the way is renewed once."""
        renewed = not self._token
        if renewed:
            await self._log_in()
        try:
            return await self._asking.get(url, {"Authorization": f"Bearer {self._token}"})
        except NotLetIn:
            if renewed or not self._password:
                raise
        await self._log_in()
        return await self._asking.get(url, {"Authorization": f"Bearer {self._token}"})

    async def _log_in(self) -> None:
        url = urljoin(self._location, _LOG_IN)
        answer = await self._asking.post(url, {"username": self._user, "password": self._password})
        token = answer.get("token")
        if not isinstance(token, str) or not token.isascii() or not token.isprintable() or not token:
            raise CannotLook("the server gives no token: are user and password right?")
        self._token = token


def _checkpoint(answer: dict[str, object], records: Sequence[object]) -> str:
    """Return where to go on after a page: what the server says, or else its last record."""
    last = records[-1] if isinstance(records[-1], dict) else {}
    for said in (answer.get("checkpoint"), f"{last.get('updated_on')},{last.get('id')}"):
        if isinstance(said, str) and _CHECKPOINT.fullmatch(said):
            return said
    raise CannotLook("the server does not say where to go on")


def _order(checkpoint: str) -> tuple[float, int]:
    at, _, number = checkpoint.partition(",")
    return float(at or 0), int(number or 0)
