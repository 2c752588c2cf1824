"""The seams behind which things are kept: cases, rooms, notes, banks.

Each Protocol has one contract suite in `tests/contracts/`. Errors that cross a seam are those of
`core.errors`.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.case import Case
from core.model import Bank, Entry, Manifest, Message, Opinion, Override, Subscription, Verdict


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

    async def forget(self, prefix: str, *, before: str, most: int) -> None:
        """Forget some of the notes whose key begins with a prefix.

        Args:
            prefix: How their keys begin.
            before: Those whose value sorts before it go.
            most: Of the rest, so many stay: those whose values sort last.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry that came, changed or went.

    Attributes:
        revision: Grows with every change to any bank.
        entry_id: The entry's own number in the store.
        matchable: It should be found from now on (active, bank present); False: no longer.
        name: The display name of an account, where it is matchable.
        avatar: The PDQ hash of its picture, where it is matchable.
    """

    revision: int
    entry_id: int
    kind: str
    value: str
    matchable: bool
    expires_at: datetime | None = None
    name: str = ""
    avatar: str = ""


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

    async def erase(self, bank: str) -> int:
        """Take out a bank with all that is in it and about it; returns how many entries there were.

        Nothing of their values stays: a licence may ask for that.
        """
        ...

    def entries(self, bank: str) -> AsyncIterator[Entry]:
        """Iterate over a bank's entries in the order they came."""
        ...

    async def found(self, entry_ids: Sequence[int]) -> dict[int, tuple[Bank, Entry]]:
        """Return entries by number, with their banks, as overridden here; those gone since are left out."""
        ...

    async def override(self, bank: str, override: Override) -> None:
        """Treat one entry otherwise here, from now on, until `restore`."""
        ...

    async def restore(self, bank: str, *, kind: str, value: str) -> bool:
        """Treat an entry as its list says again; tells whether it was overridden."""
        ...

    async def overrides(self, bank: str) -> tuple[Override, ...]:
        """Return what is overridden in a bank, oldest first."""
        ...

    async def changes(self, since: int, *, limit: int) -> tuple[Change, ...]:
        """Return what changed after a revision, oldest first."""
        ...


class Subscriptions(Protocol):
    """Which lists of others fill which banks, and what is said back to them."""

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Return every subscription, by the name of its bank."""
        ...

    async def put(self, subscription: Subscription) -> None:
        """Keep a subscription, over the one that fills the same bank."""
        ...

    async def unsubscribe(self, bank: str) -> bool:
        """Forget a subscription and its chain of manifests; tells whether there was one."""
        ...

    async def add_manifest(self, manifest: Manifest) -> None:
        """Keep what came with a bundle that was taken in; the same version again stays as it was."""
        ...

    async def manifests(self, bank: str) -> tuple[Manifest, ...]:
        """Return the chain of a bank's manifests, oldest first."""
        ...

    async def say(self, opinion: Opinion) -> None:
        """Keep an opinion, over an earlier one about the same entry."""
        ...

    async def opinions(self, bank: str) -> tuple[Opinion, ...]:
        """Return what is said about entries of a bank, oldest first."""
        ...


class Seen(Protocol):
    """What this community posted lately, as fingerprints; enough to say what a list would have hit."""

    async def seen(
        self, signals: Sequence[tuple[str, str]], *, since: datetime
    ) -> tuple[tuple[str, str], ...]:
        """Return the messages that would have met one of these, each as its id and its author's.

        Args:
            signals: Kinds and values of entries.
            since: Messages before that do not count.
        """
        ...
