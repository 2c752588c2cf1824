"""Whether banks hold what they should: every entry in the one form it is matched by, nothing left hanging."""

import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Final

from core.banks.index import IN_EXTRA
from core.banks.phrases import expression, phrase
from core.banks.values import DIGESTS, identifier
from core.errors import BadInput
from core.keeping import BankStore
from core.model import Bank, Entry, EntryState

_PAGE: Final = 1_000

_WORDS: Final[Mapping[str, Callable[[str], str]]] = {"phrase": phrase, "expression": expression}


async def breaches(bank: Bank, count: int, store: BankStore) -> AsyncIterator[str]:
    """Find what does not hold in a bank, each as a sentence; an entry is named by its reference or place.

    Args:
        bank: The bank.
        count: How many entries that are not withdrawn the store says it has.
        store: Where it is kept.
    """
    seen: Counter[tuple[str, str]] = Counter()
    place = counted = 0
    try:
        async for entry in store.entries(bank.name):
            place += 1
            counted += entry.state is not EntryState.WITHDRAWN
            seen[entry.kind, entry.value] += 1
            for wrong in _wrong_in(entry):
                yield f"entry {entry.ref or place}: {wrong}"
    except (ValueError, TypeError, KeyError) as exc:
        yield f"the entry after number {place} cannot be read: {exc}"
        return
    for (kind, _), times in seen.items():
        if times > 1:
            yield f"a {kind} is there {times} times"
    if counted != count:
        yield f"the store counts {count:,} entries, there are {counted:,}"
    for override in await store.overrides(bank.name):
        if (override.kind, override.value) not in seen:
            yield f"an override of {override.at:%Y-%m-%d} is about a {override.kind} that is not there"


async def wrong_numbers(store: BankStore) -> AsyncIterator[str]:
    """Find numbers of entries or changes that are there twice, or out of order."""
    since, numbers = 0, set[int]()
    while page := await store.changes(since, limit=_PAGE):
        for change in page:
            if change.entry_id in numbers:
                yield f"the number {change.entry_id} stands for two entries"
            if change.revision <= since:
                yield f"the change {change.revision} comes after {since}"
                return
            numbers.add(change.entry_id)
            since = change.revision


def _wrong_in(entry: Entry) -> Iterator[str]:
    """Find what does not hold in an entry."""
    check = _CHECKS.get(entry.kind, _hash if entry.kind in DIGESTS else _unknown)
    yield from check(entry)
    if entry.avatar and not DIGESTS["pdq"].fullmatch(entry.avatar):
        yield "its picture's hash is none"
    if entry.first_seen:
        if entry.last_seen and entry.last_seen < entry.first_seen:
            yield "it was last seen before it was first seen"
        if entry.expires_at and entry.expires_at < entry.first_seen:
            yield "it expired before it was first seen"


def _hash(entry: Entry) -> Iterator[str]:
    if not DIGESTS[entry.kind].fullmatch(entry.value) or entry.value != entry.value.lower():
        yield f"its {entry.kind} is not in the form that is matched"


def _link(entry: Entry) -> Iterator[str]:
    if identifier(entry.value) != entry.value:
        yield "its identifier is not in the form that is matched"


def _text(entry: Entry) -> Iterator[str]:
    if not entry.value.strip():
        yield "its text is empty"


def _in_extra(entry: Entry) -> Iterator[str]:
    held = dict(entry.extra).get(IN_EXTRA[entry.kind], "")
    if hashlib.sha256(held.encode()).hexdigest() != entry.value:
        yield f"its {entry.kind} is not the one that its value names"


def _unknown(entry: Entry) -> Iterator[str]:
    yield f"its kind {entry.kind[:20]!r} is not known"


def _wrong_words(entry: Entry) -> Iterator[str]:
    try:
        if _WORDS[entry.kind](entry.value) != entry.value:
            yield f"its {entry.kind} is not in the form that is matched"
    except BadInput as exc:
        yield f"its {entry.kind} cannot be used: {exc}"


_CHECKS: Final[Mapping[str, Callable[[Entry], Iterator[str]]]] = {
    "link": _link,
    "text": _text,
    **dict.fromkeys(_WORDS, _wrong_words),
    **dict.fromkeys(IN_EXTRA, _in_extra),
}
