"""How each kind of subscription is opened: what lies ready to be counted, and what is remembered of it."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from core.errors import BadInput
from core.exchange.asking import Asking
from core.exchange.bundle import BundleExchange, admit, read_bundle
from core.exchange.copies import fetched
from core.exchange.file import FileExchange
from core.model import Gap, Manifest, Sharing, Signal, Subscription
from core.ports import Exchange

LIST: Final = "list"
BUNDLE: Final = "bundle"

Net = Callable[[Subscription], AbstractAsyncContextManager[Asking]]
"""Lends what asks the server of a subscription, and nobody else."""

Secret = Callable[[str], str]
"""Reads a token by the name of its variable; raises BadInput where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a subscription gives now.

    Attributes:
        exchange: Gives the entries; None where nothing changed.
        subscription: With what was learned of its server.
        since: Where the exchange goes on.
        whole: It gives all that there is.
        copy: The copy of the list, where there is one.
        manifest: What came signed with it.
        sharing: How far the list's entries may be handed on, where it says so.
    """

    exchange: Exchange | None
    subscription: Subscription
    since: str | None = None
    whole: bool = False
    copy: Path | None = None
    manifest: Manifest | None = None
    sharing: Sharing | None = None


@runtime_checkable
class Forgetful(Protocol):
    """An exchange that forgets what was deleted, so that a checkpoint is of no use after some time."""

    @property
    def forgets_after_s(self) -> float:
        """How old a checkpoint may be."""
        ...


Maker = Callable[[Subscription, Asking | None, str], Exchange]
"""Makes an exchange of a kind: the subscription, what asks its server, and the token, or ""."""


async def no_file(_path: Path) -> tuple[tuple[Signal, ...], tuple[Gap, ...]]:
    """Look at no file: a list from elsewhere does not say what is read here."""
    raise BadInput("a list from elsewhere cannot name files here")


class Sources:
    """Opens subscriptions of every kind.

    Args:
        net: Lends what asks a server.
        secret: Reads tokens.
        makers: Exchanges beside lists and bundles, by kind.
    """

    def __init__(self, *, net: Net, secret: Secret, makers: Mapping[str, Maker]) -> None:
        self._net = net
        self._secret = secret
        self._makers = makers

    def refuse_unknown(self, kind: str) -> None:
        """Raise BadInput for a kind that nothing opens."""
        if kind not in (LIST, BUNDLE, *self._makers):
            known = ", ".join(sorted({LIST, BUNDLE, *self._makers}))
            raise BadInput(f"there is no kind of exchange {kind!r}. There is: {known}")

    @asynccontextmanager
    async def opened(
        self, subscription: Subscription, folder: Path, *, now: datetime
    ) -> AsyncIterator[Opened]:
        """Lend what a subscription gives, as long as its server may be asked.

        Raises:
            BadInput, CannotLook: There is nothing that may be taken in.
            TryLater: The server is busy or out of reach.
        """
        self.refuse_unknown(subscription.kind)
        token = self._secret(subscription.credential) if subscription.credential else ""
        if "://" not in subscription.location:
            yield await self._open(subscription, None, token, folder, now)
            return
        async with self._net(subscription) as asking:
            yield await self._open(subscription, asking, token, folder, now)

    async def _open(
        self, subscription: Subscription, asking: Asking | None, token: str, folder: Path, now: datetime
    ) -> Opened:
        if subscription.kind not in (LIST, BUNDLE):
            return self._of_server(subscription, asking, token, now)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        copy = await fetched(subscription, asking, folder / "copy", headers)
        if copy is None:
            return Opened(exchange=None, subscription=subscription)
        if subscription.kind == BUNDLE:
            return await _of_bundle(copy.subscription, copy.path, now)
        exchange = FileExchange(copy.path, look=no_file, folders=(), name=named(subscription))
        return Opened(exchange=exchange, subscription=copy.subscription, whole=True, copy=copy.path)

    def _of_server(
        self, subscription: Subscription, asking: Asking | None, token: str, now: datetime
    ) -> Opened:
        exchange = self._makers[subscription.kind](subscription, asking, token)
        since = subscription.checkpoint
        if isinstance(exchange, Forgetful) and subscription.succeeded_at is not None:
            age_s = (now - subscription.succeeded_at).total_seconds()
            since = None if age_s > exchange.forgets_after_s else since
        return Opened(exchange=exchange, subscription=subscription, since=since, whole=since is None)


async def _of_bundle(subscription: Subscription, path: Path, now: datetime) -> Opened:
    bundle = await asyncio.to_thread(read_bundle, path)
    contents, taken = bundle.contents, subscription.checkpoint or "0"
    after = int(taken.partition(" ")[0])
    admit(bundle, keys=subscription.keys, after=after, now=now)
    checkpoint = f"{contents.version} {hashlib.sha256(bundle.text.encode()).hexdigest()}"
    if checkpoint == taken:
        return Opened(exchange=None, subscription=subscription)
    if contents.version == after:
        raise BadInput(
            f"the bundle is another one than the version {after} that was taken in. Ask its publisher"
        )
    manifest = Manifest(
        bank=subscription.bank,
        version=contents.version,
        key=contents.key,
        text=bundle.text,
        signature=bundle.signature,
        at=now,
    )
    return Opened(
        exchange=BundleExchange(bundle, name=named(subscription), look=no_file),
        subscription=replace(subscription, keys=bundle.keys, checkpoint=checkpoint),
        whole=True,
        copy=path,
        manifest=manifest,
        sharing=contents.sharing,
    )


def named(subscription: Subscription) -> str:
    """Return what entries name as their source: the address, without what may be a token in it."""
    return subscription.location.partition("?")[0]
