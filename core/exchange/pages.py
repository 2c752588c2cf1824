"""What exchanges with an API share: records become updates, and pages come to an end.

A server that sends the same page for ever, or goes backwards, is broken: nobody may be kept by it. One record
that cannot be used is rejected, and the rest counts.
"""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from core.errors import BadInput, CannotLook
from core.exchange.entries import entries_of
from core.exchange.formats.known import row_of
from core.exchange.formats.record import Read
from core.exchange.row import Row
from core.exchange.sources import no_file
from core.model import EntryState
from core.ports import Accepted, Rejected, Update, Withdrawn

MOST_PAGES: Final = 100_000
_SHOWN: Final = 200


class Pages:
    """Counts the pages of one fetch and turns their records into updates.

    Args:
        read: Makes an item of a record of this exchange.
        since: The checkpoint that the fetch began with; "" is the beginning.
    """

    def __init__(self, read: Read, *, since: str) -> None:
        self._read = read
        self._checkpoint = since
        self._asked: set[str] = set()
        self._records = 0

    def refuse_circle(self, page: str) -> None:
        """Note a page that is asked for next, by whatever names it.

        Raises:
            CannotLook: It was asked for before, or there were too many.
        """
        if page in self._asked or len(self._asked) >= MOST_PAGES:
            raise CannotLook("the server sends the same pages again and again")
        self._asked.add(page)

    async def updates(self, records: Sequence[object], *, checkpoint: str) -> AsyncIterator[Update]:
        """Give the updates of a page; only its last one may be gone on from at its end.

        Args:
            records: Of the page.
            checkpoint: Where to go on after the page.
        """
        for place, record in enumerate(records, start=1):
            self._records += 1
            if place == len(records):
                self._checkpoint = checkpoint
            yield await self._update(record)

    async def _update(self, record: object) -> Update:
        text = json.dumps(record, ensure_ascii=False)[:_SHOWN]
        try:
            entries = await entries_of(self._row(record, text), folders=(), look=no_file)
        except BadInput as exc:
            return Rejected(line=self._records, text=text, reason=str(exc), checkpoint=self._checkpoint)
        kind = Withdrawn if entries[0].state is EntryState.WITHDRAWN else Accepted
        return kind(entries=entries, checkpoint=self._checkpoint)

    def _row(self, record: object, text: str) -> Row:
        row = row_of(record, self._read, line=self._records, text=text) if isinstance(record, dict) else None
        return row or Row(line=self._records, text=text, wrong="a record that names no item")


def listed(answer: dict[str, object], name: str) -> Sequence[object]:
    """Return the records of a page.

    Raises:
        CannotLook: It has none under this name.
    """
    found = answer.get(name)
    if not isinstance(found, list):
        raise CannotLook(f'the server answers without "{name}": is it the right address?')
    return found


def asked_for(location: str, **parameters: str) -> str:
    """Return an address with these parameters, in the place of its own of the same names."""
    parts = urlsplit(location)
    own = dict(parse_qsl(parts.query, keep_blank_values=True))
    return urlunsplit(parts._replace(query=urlencode(own | parameters, safe=","), fragment=""))
