"""The seams of the core: what it asks of the world, and nothing more than it asks.

Each Protocol has one contract suite in `tests/contracts/`; whatever satisfies it there may be plugged in
by `bots.__main__`. Errors that cross a seam are those of `core.errors`.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.case import Case
from core.model import Action, Attachment, Bank, Entry, Gap, Message, Signal, Verdict


class Files(Protocol):
    """Where a message's attachments are fetched from."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the whole content.

        Raises:
            CannotLook: Too large, gone, or refused; the reason is for a moderator.
            TryLater: The platform is busy.
        """
        ...


class SignalSource(Protocol):
    """Takes signals of some kinds from a message. Extensions: entry point `nigehban.signals`."""

    @property
    def name(self) -> str:
        """A short name, for gaps and logs."""
        ...

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Return what it found, and a gap for each part that it should have looked at and could not."""
        ...


class Platform(Files, Protocol):
    """A chat platform, as the engine sees it. Extensions: entry point `nigehban.platforms`."""

    @property
    def name(self) -> str:
        """The word before the colon in its places' and messages' ids."""
        ...

    async def perform(self, action: Action, message: Message) -> str:
        """Carry out an action on a message or its author; doing it twice has the effect once.

        Returns:
            A line worth keeping on the card, or "".

        Raises:
            NotPermitted: The bot lacks a right; the message names it.
            Gone: There is nothing left to act on.
            TryLater: Ask again.
            PlatformError: Refused for good.
        """
        ...

    async def show(self, case: Case, room: str) -> str:
        """Show the case's card in a moderators' room, or bring the card it has (`case.card`) up to date.

        Returns:
            What finds the card again.
        """
        ...

    async def moderates(self, account: str, place: str) -> bool:
        """Tell whether an account (a canonical identifier) may moderate a place now, asking the platform."""
        ...

    async def take(self, body: str) -> None:
        """Take one event that this platform's own listener put into the inbox; twice has the effect once.

        Raises:
            TryLater: Deliver it again later.
        """
        ...


class Listener(Platform, Protocol):
    """A platform that is served live: it also listens, and puts what it hears into the inbox."""

    async def listen(self, ready: Callable[[str], None]) -> None:
        """Connect, call `ready` with a line on what is served, and listen until cancelled.

        What is heard is in the inbox before the platform is told so. A connection that breaks is made
        anew, for ever; being cancelled closes it in order.

        Raises:
            BadInput: The token or an address is wrong: says which setting, and the remedy.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An event on its way into the inbox.

    Attributes:
        key: Unique per platform and event; the same key is taken in once.
        platform: Whose `take` gets it.
        body: JSON text, in whatever form that platform likes.
    """

    key: str
    platform: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An item handed to a worker.

    Attributes:
        id: The inbox's own, for `done` and `failed`.
        attempt: 1 the first time.
    """

    id: str
    platform: str
    body: str
    attempt: int


class Inbox(Protocol):
    """A durable queue between the platforms and the workers: at least once, never zero times.

    An item that was put survives the process. A worker that dies without a word has its deliveries handed
    out again: at once to a worker of the same name that starts anew, to others after the lease.
    """

    async def put(self, items: Sequence[Item]) -> int:
        """Take items in, all or none; returns how many were new."""
        ...

    async def claim(self, limit: int, *, wait_s: float) -> tuple[Delivery, ...]:
        """Hand out up to `limit` deliveries, oldest first; waits up to `wait_s` for the first."""
        ...

    async def done(self, deliveries: Sequence[Delivery]) -> None:
        """Forget deliveries that had their effect."""
        ...

    async def failed(self, delivery: Delivery, reason: str, *, after_s: float) -> None:
        """Hand it out again in `after_s` seconds, or lay it among the dead after the last attempt."""
        ...

    async def dead(self) -> tuple[Delivery, ...]:
        """Return the deliveries that were given up, oldest first."""
        ...

    async def depth(self) -> int:
        """Return how many items wait or are being worked on."""
        ...

    async def close(self) -> None:
        """Let go of connections; what is claimed stays claimed."""
        ...


class Cases(Protocol):
    """Where cases are kept."""

    async def open(self, message: Message, verdict: Verdict, *, at: datetime) -> Case:
        """Return the message's case, made or extended as the verdict asks.

        A message has one open case at most: a verdict that brings nothing new returns it unchanged, new
        matches extend it while it is not closed, and open a new one after that.
        """
        ...

    async def get(self, case_id: str) -> Case | None:
        """Return a case as last saved."""
        ...

    async def save(self, case: Case) -> Case:
        """Save a changed case; returns it with its next version.

        Raises:
            Stale: It was saved by somebody else since it was loaded.
        """
        ...

    async def lease(self, case_id: str, *, now: datetime, until: datetime) -> bool:
        """Take the right to carry out a case's actions; False while another worker holds it.

        A worker of the same name may always take it again; `until` in the past gives it back.
        """
        ...

    async def waiting(self, *, now: datetime) -> tuple[str, ...]:
        """Return ids of cases with actions still to carry out whose lease is free or one's own.

        A case that only waits to be shown, in a place that has no room yet, is left out: there may be
        many, and nothing can be done about them until a room is bound.
        """
        ...


class Rooms(Protocol):
    """Which moderators' room a place's cards go to."""

    async def room(self, place: str) -> str | None:
        """Return the room bound to a place, or None."""
        ...

    async def places(self, room: str) -> tuple[str, ...]:
        """Return the places bound to a room."""
        ...

    async def bind(self, place: str, room: str) -> None:
        """Send a place's cards to a room from now on."""
        ...

    async def move(self, old: str, new: str) -> None:
        """Follow a place or room whose id the platform changed."""
        ...

    async def offer(self, side: str, *, code: str, until: datetime) -> None:
        """Keep a binding code that was given out in a place or room (`side`)."""
        ...

    async def redeem(self, code: str, *, now: datetime) -> str | None:
        """Return the side a code was given out in, once; None if it is unknown, used or too old."""
        ...


class Notes(Protocol):
    """Small facts a listener must remember across restarts: an offset, a last seen message."""

    async def note(self, key: str) -> str | None:
        """Return a note, or None."""
        ...

    async def keep(self, key: str, value: str) -> None:
        """Write a note, over the old one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that came, changed or went.

    Attributes:
        revision: Grows with every change to any bank.
        entry_id: The entry's own number in the store.
        matchable: It should be found from now on (active, bank present); False: no longer.
    """

    revision: int
    entry_id: int
    kind: str
    value: str
    matchable: bool
    expires_at: datetime | None = None


class BankStore(Protocol):
    """Where banks are kept."""

    async def banks(self) -> tuple[tuple[Bank, int], ...]:
        """Return every bank with the number of its entries that are not withdrawn, by name."""
        ...

    async def put_bank(self, bank: Bank) -> None:
        """Make a bank, or change its trust."""
        ...

    async def add(self, bank: str, entries: Sequence[Entry]) -> tuple[bool, ...]:
        """Add entries, all or none; tells for each whether it was new.

        An entry that is there already (same kind and value) is brought up to date, save who added it and
        when; a bank that is not there is made, on trial.
        """
        ...

    async def remove(self, bank: str, *, ref: str = "", value: str = "") -> int:
        """Take out the entries with this reference or value; returns how many there were."""
        ...

    def entries(self, bank: str) -> AsyncIterator[Entry]:
        """Iterate over a bank's entries in the order they came."""
        ...

    async def found(self, entry_ids: Sequence[int]) -> dict[int, tuple[Bank, Entry]]:
        """Return entries by number, with their banks; those gone since are left out."""
        ...

    async def changes(self, since: int, *, limit: int) -> tuple[Change, ...]:
        """Return what changed after a revision, oldest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One item of a list that can be used: the ways in which it is recognised, each an entry.

    Attributes:
        checkpoint: What to pass as `since` to go on after this item.
    """

    entries: tuple[Entry, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """One item that the list took back; its entries no longer match."""

    entries: tuple[Entry, ...]
    checkpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One item that cannot be used.

    Attributes:
        line: Where it stands in the list, from 1; 0 where the list has no lines.
        text: How it begins, as it stands there.
        reason: What is wrong, in the words of whoever keeps the list.
    """

    line: int
    text: str
    reason: str
    checkpoint: str


Update = Accepted | Withdrawn | Rejected


class Exchange(Protocol):
    """Where entries come from: a file, a server. Extensions: entry point `nigehban.exchanges`."""

    @property
    def name(self) -> str:
        """What entries name as their source."""
        ...

    def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over what came, changed or went after a checkpoint, oldest first; None is the beginning.

        Every item is one update: what cannot be used is rejected, and nothing is left out.

        Raises:
            BadInput: The list as a whole cannot be read; the message names the remedy.
            TryLater: Its server is busy; what was yielded so far counts.
        """
        ...
