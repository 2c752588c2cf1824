"""Entries against what is remembered of recent messages: what a list would have hit, had it been here.

Identifiers, files and whole texts are found by equality, pictures by distance; a copy inside a longer text,
a part of a picture, a clip or a phrase cannot be found in what is kept, and is found when it is posted again.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.banks.pictures import Pictures, hash_bytes
from core.banks.sketch import known
from core.keeping import Change, Print, Prints
from core.model import Signal

EARLIER: Final = "earlier"
"""The part of what was seen before: where it stood in its message is not kept."""

_AUTHOR: Final = f"{EARLIER}.author"

SEARCHED: Final = frozenset({"link", "sha256", "sha1", "md5", "pdq", "text"})
"""Kinds of entry that can be looked for."""

_FEW: Final = 5_000
"""Values that are asked for by name; of more, every print is looked at instead."""


@dataclass(frozen=True, slots=True)
class Late:
    """An entry that a remembered message meets.

    Attributes:
        number: Of the message, in its store.
        entry_id: Of the entry, as the change numbers it.
        signal: What the message had.
    """

    number: int
    entry_id: int
    signal: Signal


async def lookback(
    changes: Sequence[Change], prints: Prints, *, salted: Callable[[str], str], since: datetime
) -> tuple[Late, ...]:
    """Return what recent messages meet of some entries, oldest message first.

    Args:
        changes: The entries; their numbers are whatever the caller likes.
        prints: What is remembered.
        salted: How an author's identifier is kept.
        since: From when on.
    """
    wanted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        if change.matchable and change.kind in SEARCHED:
            value = known(change.value).digest if change.kind == "text" else change.value
            wanted[change.kind][value].append(change.entry_id)
    pictures = wanted.pop("pdq", {})
    found = [late for kind, values in wanted.items() for late in await _equal(kind, values, prints, since)]
    if links := wanted.get("link"):
        names = {salted(value): value for value in links}
        for number, who in await prints.wrote(tuple(names), since=since):
            signal = Signal(kind="account", value=names[who], part=_AUTHOR)
            found += [Late(number, entry_id, signal) for entry_id in links[names[who]]]
    found += [late async for late in _alike(pictures, prints, since)]
    return tuple(sorted(dict.fromkeys(found), key=lambda late: (late.number, late.entry_id)))


class Lookback:
    """The port `Seen`: whom a list would have hit, had it been here.

    Args:
        prints: What is remembered.
        salted: How an author's identifier is kept.
    """

    def __init__(self, prints: Prints, *, salted: Callable[[str], str]) -> None:
        self._prints = prints
        self._salted = salted

    async def seen(
        self, signals: Sequence[tuple[str, str]], *, since: datetime
    ) -> tuple[tuple[str, str], ...]:
        """Return the messages that would have met one of these, each as its id and its author's, salted."""
        changes = [
            Change(revision=n, entry_id=n, kind=kind, value=value, matchable=True)
            for n, (kind, value) in enumerate(signals, 1)
        ]
        found = await lookback(changes, self._prints, salted=self._salted, since=since)
        messages = await self._prints.sightings({late.number for late in found})
        return tuple((one.message_id, one.author or one.handle) for one in messages.values())


async def _equal(
    kind: str, values: Mapping[str, Sequence[int]], prints: Prints, since: datetime
) -> list[Late]:
    found: list[tuple[int, str]] = []
    if len(values) <= _FEW:
        asked = [Print(kind, value) for value in values]
        found = [(number, one.value) for number, one in await prints.met(asked, since=since)]
    else:
        async for page in prints.of_kind(kind, since=since):
            found += [(number, value) for number, value in page if value in values]
    return [
        Late(number, entry_id, Signal(kind=kind, value=value, part=EARLIER))
        for number, value in found
        for entry_id in values[value]
    ]


async def _alike(values: Mapping[str, Sequence[int]], prints: Prints, since: datetime) -> AsyncIterator[Late]:
    if not values:
        return
    pictures = Pictures()
    hashes = [(n, found) for value, ids in values.items() if (found := hash_bytes(value)) for n in ids]
    await asyncio.to_thread(pictures.add, hashes)
    async for page in prints.of_kind("pdq", since=since):
        for late in await asyncio.to_thread(_near, pictures, page):
            yield late


def _near(pictures: Pictures, page: Sequence[tuple[int, str]]) -> list[Late]:
    """Compare one page of pictures; run beside the event loop, for it may take a second."""
    return [
        Late(number, entry_id, Signal(kind="pdq", value=value, part=EARLIER))
        for number, value in page
        if (wanted := hash_bytes(value))
        for entry_id, _ in pictures.within(wanted)
    ]
