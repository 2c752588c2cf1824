"""The port `Subscriptions` in memory."""

from dataclasses import dataclass, field, replace

from core.model import Manifest, Opinion, Subscription


@dataclass
class MemorySubscriptions:
    """Subscriptions that are gone with the test.

    Attributes:
        kept: Subscriptions by their bank.
        chain: Manifests by bank and version.
        said: Opinions by bank, kind and value.
    """

    kept: dict[str, Subscription] = field(default_factory=dict)
    chain: dict[tuple[str, int], Manifest] = field(default_factory=dict)
    said: dict[tuple[str, str, str], Opinion] = field(default_factory=dict)

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Return every subscription, by the name of its bank."""
        return tuple(one for _, one in sorted(self.kept.items()))

    async def put(self, subscription: Subscription) -> None:
        """Keep a subscription."""
        self.kept[subscription.bank] = subscription

    async def unsubscribe(self, bank: str) -> bool:
        """Forget a subscription and its chain of manifests."""
        for key in [key for key in self.chain if key[0] == bank]:
            del self.chain[key]
        return self.kept.pop(bank, None) is not None

    async def add_manifest(self, manifest: Manifest) -> None:
        """Keep what came with a bundle."""
        self.chain.setdefault((manifest.bank, manifest.version), manifest)

    async def manifests(self, bank: str) -> tuple[Manifest, ...]:
        """Return the chain of a bank's manifests, oldest first."""
        return tuple(one for key, one in sorted(self.chain.items()) if key[0] == bank)

    async def say(self, opinion: Opinion) -> None:
        """Keep an opinion, over an earlier one about the same entry; the very same again changes nothing."""
        key = (opinion.bank, opinion.kind, opinion.value)
        if key not in self.said or replace(self.said[key], sent_at=None) != opinion:
            self.said[key] = opinion

    async def unsay(self, bank: str, *, kind: str, value: str) -> None:
        """Forget an opinion that was not sent yet."""
        said = self.said.get((bank, kind, value))
        if said and said.sent_at is None:
            del self.said[bank, kind, value]

    async def opinions(self, bank: str) -> tuple[Opinion, ...]:
        """Return what is said about entries of a bank, oldest first."""
        return tuple(sorted((o for o in self.said.values() if o.bank == bank), key=lambda o: (o.at, o.value)))
