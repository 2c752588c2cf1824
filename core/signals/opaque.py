"""Links whose target only a server knows: what a source found, and what that leads to.

What is looked up, and by whom, is the operator's choice. A short link that was not followed is a gap, as
nothing in it can be compared; an invite or a name was compared as it stands, and is no gap unless it was to
be looked up and could not be.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from core.errors import CannotLook, NigehbanError, TryLater
from core.model import Gap, Message, Signal
from core.ports import Files, Resolver, SignalSource, at_once_of
from core.resolve.lookup import Lookup, bare, lookup_of

log = logging.getLogger(__name__)

MOST: Final = 5
"""Lookups for one message; the rest is a gap."""

PATIENCE_S: Final = 15.0
"""Seconds for one lookup; a link may lead to an invite, and both together must not outlast the judge."""

SOON_S: Final = 3.0
"""A pause that is waited for within that patience: at the start, platforms are not connected at once."""

_NOUNS: Final[Mapping[Lookup, str]] = {
    Lookup.SHORT_LINKS: "short link",
    Lookup.DISCORD_INVITES: "Discord invite",
    Lookup.TELEGRAM_NAMES: "Telegram name",
}
_LEAST_PAUSE_S: Final = 0.05
_SHOWN: Final = 30
"""Characters of a link in a reason: a card has room for the rest of the sentence."""


class Opaque:
    """A source that adds to another one's links what they lead to.

    Args:
        inner: Finds the links; everything it finds is passed on.
        resolvers: Who is asked, by what is to be looked up; what is not there is not looked up. May still be
            filled after this is built.
        patience_s: Seconds for one of them.
    """

    def __init__(
        self,
        inner: SignalSource,
        resolvers: Mapping[Lookup, Resolver],
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._inner = inner
        self._at_once = at_once_of(inner)
        self._resolvers = resolvers
        self._patience_s = patience_s

    @property
    def name(self) -> str:
        """The name of the source inside."""
        return self._inner.name

    def at_once(self, message: Message) -> Iterable[Signal | Gap] | None:
        """Return what the source inside finds at once, where nothing of it has to be looked up."""
        found = self._at_once(message)
        if found is None or self._opaque((one for one in found if isinstance(one, Signal)), set()):
            return None
        return found

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Return what the source inside found, then the targets (part `….target`) and the gaps."""
        found: list[Signal | Gap] = [*await self._inner.signals(message, files)]
        links, asked, done = [s for s in found if isinstance(s, Signal)], 0, set[str]()
        while todo := self._opaque(links, done):
            now = dict(islice(todo.items(), MOST - asked))
            asked += len(now)
            done.update(todo)
            found += _left(link for value in list(todo)[len(now) :] for link in todo[value])
            said = await self._ask(now)
            links = [one for one in said if isinstance(one, Signal)]
            found += said
        return found

    def _opaque(self, links: Iterable[Signal], done: set[str]) -> dict[str, list[Signal]]:
        """Give the links that have to be looked up, by their identifier, most opaque first."""
        found: defaultdict[str, list[Signal]] = defaultdict(list)
        for link in links:
            lookup = lookup_of(link.value) if link.kind == "link" else None
            if lookup and (lookup.is_needed or lookup in self._resolvers) and link.value not in done:
                found[link.value].append(link)
        if not found:
            return {}
        order = list(Lookup)
        return dict(sorted(found.items(), key=lambda pair: order.index(_lookup(pair[0]))))

    async def _ask(self, todo: Mapping[str, Sequence[Signal]]) -> list[Signal | Gap]:
        """Look identifiers up, all at once; what cannot be looked up is a gap of its part."""
        said: dict[str, tuple[str, ...] | str] = {}

        async def ask(value: str) -> None:
            said[value] = await self._said(value)

        async with asyncio.TaskGroup() as group:
            for value in todo:
                group.create_task(ask(value), name="look up")
        return [one for value, links in todo.items() for link in links for one in _outcome(link, said[value])]

    async def _said(self, value: str) -> tuple[str, ...] | str:
        """Return what an identifier leads to, or the reason why that is not known."""
        resolver = self._resolvers.get(_lookup(value))
        if resolver is None:
            return "not followed (NIGEHBAN_RESOLVE)"
        try:
            async with asyncio.timeout(self._patience_s):
                return await _patiently(resolver, value)
        except TimeoutError:
            return "no answer in time"
        except (CannotLook, TryLater) as exc:
            return str(exc)
        except NigehbanError as exc:
            return f"not looked up: {exc}"
        except Exception:
            # A mistake in a lookup must not take along what the source inside has found.
            log.exception("lookup failed")
            return "could not be looked up"


async def _patiently(resolver: Resolver, value: str) -> tuple[str, ...]:
    """Ask again after a short pause, if that is what the other side wants."""
    while True:
        try:
            return await resolver.resolve(value)
        except TryLater as exc:
            if exc.after > SOON_S:
                raise
            await asyncio.sleep(max(exc.after, _LEAST_PAUSE_S))


def _lookup(value: str) -> Lookup:
    """Say what has to be looked up for an identifier of which that much is known."""
    return lookup_of(value) or Lookup.SHORT_LINKS


def _outcome(link: Signal, said: tuple[str, ...] | str) -> Iterable[Signal | Gap]:
    shown = _shown(link.value)
    if isinstance(said, str):
        yield Gap(part=link.part, reason=f"{_NOUNS[_lookup(link.value)]} {shown}: {said}")
        return
    part = link.part if link.part.endswith(".target") else f"{link.part}.target"
    for value in said:
        yield replace(link, value=value, part=part, hidden=True, seen=shown)


def _left(links: Iterable[Signal]) -> Iterable[Gap]:
    """Count, for each part, what was too much for one message."""
    parts: defaultdict[str, int] = defaultdict(int)
    for link in links:
        parts[link.part] += 1
    for part, count in parts.items():
        noun = "link" if count == 1 else "links"
        yield Gap(part=part, reason=f"{count} more {noun}, not followed (too many in one message)")


def _shown(value: str) -> str:
    text = bare(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
