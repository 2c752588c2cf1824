"""Items that a person names one by one: media files to fingerprint, addresses, identifiers, hashes."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from core.banks.values import address
from core.errors import BadInput
from core.exchange.entries import Look, entries_of
from core.exchange.lines import Line
from core.exchange.row import Row
from core.exchange.rows import plain
from core.ports import Accepted, Rejected, Update

_HERE: Final = Path()


class Given:
    """The port `Exchange` over the words of one command; its checkpoints are their places.

    Args:
        items: What was named.
        look: Fingerprints media files.
        noted: What to note on each entry: ref, label, reason. A file's reference is its name, unless told.
    """

    name = "by hand"

    def __init__(self, items: Sequence[str], *, look: Look, noted: Mapping[str, str]) -> None:
        self._items = items
        self._look = look
        self._noted = {name: value for name, value in noted.items() if value}

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over the items after a place."""
        for place, item in enumerate(self._items, start=1):
            if place > int(since or 0):
                yield await self._update(place, item)

    async def _update(self, place: int, item: str) -> Update:
        try:
            row = Row(line=place, text=item, fields=_fields(item) | self._noted)
            entries = await entries_of(row, folders=(_HERE,), look=self._look)
        except BadInput as error:
            return Rejected(line=place, text=item, reason=str(error), checkpoint=str(place))
        return Accepted(entries=entries, checkpoint=str(place))


def _fields(item: str) -> dict[str, str]:
    path = Path(item)
    if path.is_file():
        return {"file": str(path), "ref": path.name}
    row = next(plain([Line(1, item)]), None)
    fields = dict(row.fields) if row else {}
    # "poster.jpg" is a host to a browser; here it is a file that is not there.
    if "/" not in item and (address(item) or "").startswith("web:"):
        raise BadInput("there is no file of this name, and it is no address")
    return fields
