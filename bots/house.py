"""What every command stands on: the store, the sources of signals, the banks, and what serves with them.

Objects are built here and in `bots.__main__`, and nowhere else.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from bots.extensions import Extensions
from bots.policies.serving import chosen_policy
from bots.replay.files import LocalFiles, local
from core.banks.banks import Banks
from core.banks.kept import NAME as INDEX
from core.banks.kept import Kept
from core.banks.lookback import Lookback
from core.banks.own import Own
from core.banks.snapshot import Seal
from core.engine import Engine, unbraked
from core.errors import BadInput, StoreError
from core.exchange.canary import Canary
from core.history import History
from core.inbox.sql import SqlInbox
from core.judge import Judge
from core.keeping import Dead
from core.media.fetch import OncePerMessage
from core.media.remembered import Remembered
from core.media.sandbox import Patiently, Sandbox
from core.model import Account, Attachment, Gap, Message, Place, Signal, Verdict
from core.ports import Inbox, Platform, Resolver, SignalSource
from core.recall import salt_of, salted
from core.resolve.lookup import Lookup
from core.settings import Settings
from core.signals.accounts import Accounts
from core.signals.contents import Contents
from core.signals.files import Digests
from core.signals.links import Links
from core.signals.opaque import Opaque
from core.signals.pictures import Pictures
from core.signals.profiles import Profiles
from core.signals.remembered import Remembering
from core.signals.texts import Texts
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.dead import SqlDead
from core.store.entities import SqlEntities
from core.store.keeping import SqlStore
from core.store.notes import SqlNotes
from core.store.prints import SqlPrints
from core.store.subscriptions import SqlSubscriptions
from core.store.vault import Vault, keys_of

DECODERS: Final = 2
"""Processes that decode media: a fingerprint costs more than all the rest, and machines have two cores."""

MAX_LOCAL_BYTES: Final = 200_000_000
"""The largest file that is read from the disk, where no platform sets a limit."""

FOR_BANKS_S: Final = 600.0
"""How long a file may take that goes into a bank: all frames of a video, when the machine is busy."""

FILES: Final = LocalFiles(MAX_LOCAL_BYTES)
FROM_DISK: Final = partial(OncePerMessage, max_bytes=MAX_LOCAL_BYTES)


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every command that keeps or knows something stands on."""

    database: Database
    store: SqlStore
    notes: SqlNotes
    prints: SqlPrints
    bank_store: SqlBanks
    kept: Kept
    entities: SqlEntities
    sources: tuple[SignalSource, ...]
    for_banks: tuple[SignalSource, ...]
    resolvers: dict[Lookup, Resolver]

    async def banks(self, *, only: Collection[str] | None = None) -> Banks:
        """Return the banks with all that is stored already in their index."""
        banks = Banks(self.bank_store, clock=now, only=only, kept=self.kept)
        await banks.start()
        return banks

    async def look(self, path: Path) -> tuple[Sequence[Signal], Sequence[Gap]]:
        """Take the signals of one media file, as the live bot would, but of every frame of a video."""
        file = Attachment(ref=local(path.parent, path.name), path="file", name=path.name)
        nowhere = Place(id="file:")
        message = Message(id="file:", place=nowhere, author=Account(), at=now(), parts=(file,))
        unknown = Banks(self.bank_store, clock=now)
        # A list means the file itself: what is inside may be in a thousand others.
        judge = Judge(
            sources=self.for_banks,
            banks=unknown,
            policy=chosen_policy("observe"),
            patience_s=FOR_BANKS_S,
            once=FROM_DISK,
        )
        return await judge.look(message, FILES)

    async def canary(self) -> Canary:
        """Return what holds updates that would hit what people post here."""
        salt = partial(salted, await salt_of(self.notes))
        return Canary(self.prints, self.bank_store, salted=salt, clock=now)

    async def lookback(self) -> Lookback:
        """Return what says what a list would have hit lately."""
        return Lookback(self.prints, salted=partial(salted, await salt_of(self.notes)))

    async def history(self, banks: Banks, *, only: Collection[str] | None) -> History:
        """Return what is stored of messages of before."""
        salt = partial(salted, await salt_of(self.notes))
        return History(
            cases=self.store,
            prints=self.prints,
            banks=banks,
            lists=self.bank_store,
            salted=salt,
            only=only,
        )

    def engine(
        self,
        judge: Judge,
        platforms: Mapping[str, Platform],
        brake: Callable[[Message, Verdict], Awaitable[Verdict]] = unbraked,
    ) -> Engine:
        """Return an engine for platforms that may still be added to the mapping."""
        return Engine(
            judge=judge,
            store=self.store,
            own=Own(self.bank_store, SqlSubscriptions(self.database), now),
            platforms=platforms,
            clock=now,
            brake=brake,
        )


@asynccontextmanager
async def opened_house(settings: Settings, extensions: Extensions) -> AsyncIterator[House]:
    """Lend what every command stands on; it is closed in order."""
    url = settings.database_url.get_secret_value()
    resolvers: dict[Lookup, Resolver] = {}  # filled where platforms are served: all else works offline
    vault = Vault(keys_of(settings.keys.get_secret_value()))
    database = await Database.open(url or f"sqlite:///{settings.home.resolve() / 'nigehban.db'}", vault)
    try:
        async with Sandbox(workers=DECODERS) as sandbox:
            yield House(
                database=database,
                store=SqlStore(database, worker=settings.worker),
                notes=SqlNotes(database),
                prints=SqlPrints(database),
                bank_store=SqlBanks(database),
                kept=Kept(
                    settings.home / INDEX, SqlNotes(database), seal=_seal(vault, settings.home / INDEX)
                ),
                entities=SqlEntities(database),
                sources=(
                    Opaque(Links(), resolvers),
                    Accounts(),
                    Texts(),
                    Remembering(Digests()),
                    Opaque(Remembering(Pictures(Remembered(sandbox))), resolvers),
                    Profiles(),
                    Opaque(Contents(sandbox), resolvers),
                    *extensions.signals,
                ),
                for_banks=(Digests(), Pictures(Patiently(sandbox)), *extensions.signals),
                resolvers=resolvers,
            )
    finally:
        await database.close()


def _seal(vault: Vault, path: Path) -> Seal | None:
    """Return what closes the kept index where there is a key; one that was kept before there was goes."""
    if not vault.key_id:
        return None
    if path.exists() and not vault.is_closed(path):
        path.unlink()

    def opened(kept: bytes) -> bytes:
        try:
            return vault.opened_bytes(kept)
        except StoreError as exc:
            raise BadInput(str(exc)) from exc

    return Seal(sealed=vault.closed_bytes, opened=opened)


def inbox_of(settings: Settings, house: House) -> Inbox:
    """Open the inbox that the settings name."""
    return inbox_and_dead(settings, house)[0]


def inbox_and_dead(settings: Settings, house: House) -> tuple[Inbox, Dead]:
    """Open the inbox that the settings name, and what knows the items that it gave up."""
    if url := settings.redis_url.get_secret_value():
        from core.inbox.redis import RedisInbox  # noqa: PLC0415  # only who has a server waits for its client

        inbox = RedisInbox(url, worker=settings.worker)
        return inbox, inbox
    return SqlInbox(house.database, worker=settings.worker), SqlDead(house.database, now)
