"""The seams of the core: what it asks of the world, and nothing more than it asks.

Each Protocol has one contract suite in `tests/contracts/`; whatever satisfies it there may be plugged in
by `bots.__main__`. Errors that cross a seam are those of `core.errors`.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from core.case import Case
from core.model import Action, Attachment, Entry, Gap, Match, Message, Opinion, Signal


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


@runtime_checkable
class Prompt(SignalSource, Protocol):
    """A source that mostly answers without waiting; what it then says costs no task and no clock."""

    def at_once(self, message: Message) -> Iterable[Signal | Gap] | None:
        """Return all that `signals` would, or None where something has to be waited for."""
        ...


def at_once_of(source: SignalSource) -> Callable[[Message], Iterable[Signal | Gap] | None]:
    """Return what asks a source at once; one that never answers so says that it has to wait."""
    return source.at_once if isinstance(source, Prompt) else lambda _: None


class Known(Protocol):
    """What is known: the banks (`core.banks.banks.Banks`)."""

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Return every match of the signals, strongest first."""
        ...


@runtime_checkable
class Resolver(Protocol):
    """Says what an opaque identifier leads to: a short link, an invite, a name (`core.resolve.lookup`)."""

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Return the canonical identifiers behind one; nothing where nobody is behind it.

        Raises:
            CannotLook: It cannot be known; the reason is for a moderator, and waiting will not mend it.
            TryLater: Who knows it is busy or out of reach.
        """
        ...


@runtime_checkable
class Searcher(Protocol):
    """A platform that can search what was written in a place."""

    async def search(self, place: str, words: str, *, since: datetime) -> tuple[Message, ...]:
        """Return messages with these words, the newest ones, as they stand there now.

        Raises:
            NotPermitted, Gone: The place cannot be searched.
            TryLater: The platform is busy.
        """
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

    async def tell(self, room: str, lines: Sequence[str]) -> None:
        """Say something about the bot itself in a moderators' room, line by line, in plain text.

        Raises:
            PlatformError: It could not be said (now).
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
        """Hand it out again in `after_s` seconds; after the last attempt lay it among the dead for a week."""
        ...

    async def depth(self) -> int:
        """Return how many items wait or are being worked on."""
        ...

    async def close(self) -> None:
        """Let go of connections; what is claimed stays claimed."""
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


@runtime_checkable
class TakesOpinions(Protocol):
    """An exchange that wants to know what became of its entries."""

    async def report(self, entry: Entry, opinion: Opinion) -> None:
        """Say what this community found about an entry.

        Raises:
            CannotLook: The exchange refuses it, for a reason that waiting will not mend.
            TryLater: Its server is busy or out of reach.
        """
        ...
