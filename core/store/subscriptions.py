"""Subscriptions, the chains of their manifests, and opinions in the database: the port `Subscriptions`."""

from dataclasses import fields, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.model import Judgement, Manifest, Opinion, Subscription
from core.store.connect import Database, reading, writing
from core.store.entries import columns_of
from core.store.schema import manifests, opinions, subscriptions
from core.store.upsert import new_only

_MANIFEST: Final = tuple(field.name for field in fields(Manifest))
_OPINION: Final = tuple(field.name for field in fields(Opinion))
_SUBSCRIPTION: Final = tuple(field.name for field in fields(Subscription))


class SqlSubscriptions:
    """Subscriptions in a database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @reading
    async def subscriptions(self, connection: AsyncConnection) -> tuple[Subscription, ...]:
        """Return every subscription, by the name of its bank."""
        rows = await connection.execute(select(subscriptions).order_by(subscriptions.c.bank))
        return tuple([_subscription_of(columns_of(row)) for row in rows])

    @writing
    async def put(self, connection: AsyncConnection, subscription: Subscription) -> None:
        """Keep a subscription, over the one that fills the same bank."""
        row = {name: getattr(subscription, name) for name in _SUBSCRIPTION}
        await connection.execute(subscriptions.delete().where(subscriptions.c.bank == subscription.bank))
        await connection.execute(subscriptions.insert(), row | {"keys": " ".join(subscription.keys)})

    @writing
    async def unsubscribe(self, connection: AsyncConnection, bank: str) -> bool:
        """Forget a subscription and its chain of manifests; tells whether there was one."""
        await connection.execute(manifests.delete().where(manifests.c.bank == bank))
        gone = await connection.execute(subscriptions.delete().where(subscriptions.c.bank == bank))
        return gone.rowcount > 0

    @writing
    async def add_manifest(self, connection: AsyncConnection, manifest: Manifest) -> None:
        """Keep what came with a bundle that was taken in; the same version again stays as it was."""
        row = {name: getattr(manifest, name) for name in _MANIFEST}
        await connection.execute(new_only(manifests, connection.dialect), row)

    @reading
    async def manifests(self, connection: AsyncConnection, bank: str) -> tuple[Manifest, ...]:
        """Return the chain of a bank's manifests, oldest first."""
        chain = select(manifests).where(manifests.c.bank == bank).order_by(manifests.c.version)
        return tuple([Manifest(**columns_of(row)) for row in await connection.execute(chain)])  # type: ignore[arg-type]  # each column has its field's type

    @writing
    async def say(self, connection: AsyncConnection, opinion: Opinion) -> None:
        """Keep an opinion, over an earlier one about the same entry; the very same again changes nothing."""
        same = [getattr(opinions.c, name) == getattr(opinion, name) for name in ("bank", "kind", "value")]
        before = (await connection.execute(select(opinions).where(*same))).first()
        if before and replace(_opinion_of(columns_of(before)), sent_at=None) == opinion:
            return
        await connection.execute(opinions.delete().where(*same))
        row = {name: getattr(opinion, name) for name in _OPINION}
        await connection.execute(opinions.insert(), row | {"judgement": opinion.judgement.value})

    @writing
    async def unsay(self, connection: AsyncConnection, bank: str, *, kind: str, value: str) -> None:
        """Forget an opinion that was not sent yet; one that was sent stays, as what others were told."""
        this = (opinions.c.bank == bank) & (opinions.c.kind == kind) & (opinions.c.value == value)
        await connection.execute(opinions.delete().where(this, opinions.c.sent_at.is_(None)))

    @reading
    async def opinions(self, connection: AsyncConnection, bank: str) -> tuple[Opinion, ...]:
        """Return what is said about entries of a bank, oldest first."""
        said = select(opinions).where(opinions.c.bank == bank).order_by(opinions.c.at, opinions.c.value)
        return tuple([_opinion_of(columns_of(row)) for row in await connection.execute(said)])


def _subscription_of(columns: dict[str, object]) -> Subscription:
    keys = tuple(str(columns.pop("keys")).split())
    return Subscription(keys=keys, **columns)  # type: ignore[arg-type]  # each column has its field's type


def _opinion_of(columns: dict[str, object]) -> Opinion:
    judgement = Judgement(str(columns.pop("judgement")))
    return Opinion(judgement=judgement, **columns)  # type: ignore[arg-type]  # each column has its field's type
