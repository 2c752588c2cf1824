"""Where subscriptions, and what is said about entries, are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.model import Manifest, Opinion, Subscription


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
        """Keep an opinion, over an earlier one about the same entry; the very same again changes nothing."""
        ...

    async def unsay(self, bank: str, *, kind: str, value: str) -> None:
        """Forget an opinion that was not sent yet; one that was sent stays, as what others were told."""
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
