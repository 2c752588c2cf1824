"""What keeps the lists of others: their servers, their copies, and what is taken from them."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from core.errors import CannotLook
from core.exchange.asking import Asking
from core.exchange.copies import MOST_BYTES
from core.exchange.folder import Folder
from core.exchange.gates import GATES, Gate
from core.exchange.giving_back import GivingBack
from core.exchange.servers import SERVERS
from core.exchange.sources import Maker, Net, Sources
from core.exchange.subscribing import Subscribing
from core.exchange.sync import Sync
from core.fetch.fetcher import Fetcher
from core.fetch.guard import Guard
from core.fetch.rate import Rate
from core.keeping import BankStore, Seen, Subscriptions
from core.ports import Exchange
from core.settings import Settings, secret_of
from core.store.connect import Database
from core.store.subscriptions import SqlSubscriptions
from core.store.vault import Vault, keys_of

PATIENCE_S: Final = 900.0
"""How long one answer may take: half a gigabyte over a slow line."""

_JITTER: Final = 0.1
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The parts that commands and the live process work with."""

    kept: Subscriptions
    subscribing: Subscribing
    sync: Sync
    giving_back: GivingBack


def lists(  # noqa: PLR0913 - each is a part of its own
    settings: Settings,
    database: Database,
    *,
    banks: BankStore,
    extensions: Mapping[str, Callable[[str], Exchange]],
    clock: Callable[[], datetime],
    tries: int,
    seen: Seen | None = None,
    canary: Gate | None = None,
) -> Lists:
    """Put the parts together.

    Args:
        settings: Where the home is, and which servers inside may be asked.
        database: Where subscriptions are kept.
        banks: Where entries go.
        extensions: Exchanges of other packages, by name.
        clock: The present moment.
        tries: How often a busy server is asked: a person waits, a live process comes back later.
        seen: What was posted lately, where that is kept.
        canary: Holds what would hit it.
    """
    kept = SqlSubscriptions(database)
    folder = _folder(settings)
    sources = Sources(
        net=_net(settings.exchange.endpoints, tries), secret=secret_of, makers=_makers(extensions)
    )
    giving_back = GivingBack(banks=banks, kept=kept, sources=sources, folder=folder, clock=clock)
    sync = Sync(
        banks=banks,
        kept=kept,
        sources=sources,
        folder=folder,
        clock=clock,
        jitter=lambda: random.uniform(1 - _JITTER, 1 + _JITTER),  # noqa: S311 - it only spreads the load
        gates=(*GATES, canary) if canary else GATES,
        giving_back=giving_back,
    )
    subscribing = Subscribing(
        banks=banks, kept=kept, sources=sources, sync=sync, folder=folder, clock=clock, seen=seen
    )
    return Lists(kept=kept, subscribing=subscribing, sync=sync, giving_back=giving_back)


def _folder(settings: Settings) -> Folder:
    """Return the folder of copies; they are closed where the operator gave keys."""
    vault = Vault(keys_of(settings.keys.get_secret_value()))
    closing = {"closed": vault.closed_bytes, "opened": vault.opened_bytes} if vault.key_id else {}
    return Folder(settings.home / "lists", **closing)


def _makers(extensions: Mapping[str, Callable[[str], Exchange]]) -> Mapping[str, Maker]:
    """Return what makes an exchange of each kind beside lists and bundles."""

    def made_by(make: Callable[[str], Exchange]) -> Maker:
        return lambda subscription, _asking, _token: make(subscription.location)

    return {**{name: made_by(make) for name, make in extensions.items()}, **SERVERS}


def _net(inside: frozenset[tuple[str, int]], tries: int) -> Net:
    return lambda subscription: _asking(subscription.location, inside, tries)


@asynccontextmanager
async def _asking(location: str, inside: frozenset[tuple[str, int]], tries: int) -> AsyncIterator[Asking]:
    """Lend what asks the server of an address, and no other; plainly only where the operator said so."""
    try:
        parts = urlsplit(location)
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as exc:
        raise CannotLook("an address that cannot be read") from exc
    schemes = {"https", "http"} if (host, port) in inside else {"https"}
    fetcher = Fetcher(
        hosts={f"[{host}]" if ":" in host else host},
        guard=Guard(schemes=frozenset(schemes), besides=inside),
        rate=Rate(burst=20, every_s=0.5, patience_s=120.0),
        most_bytes=MOST_BYTES,
        patience_s=PATIENCE_S,
    )
    async with fetcher:
        yield Asking(fetcher, tries=tries, pause=asyncio.sleep)
