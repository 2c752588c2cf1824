"""What an admin does to subscriptions: look before, add, take away, say something back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from core.errors import BadInput
from core.exchange.folder import Folder
from core.exchange.intake import Progress
from core.exchange.sources import BUNDLE, Sources
from core.exchange.staging import Staged, stage
from core.exchange.sync import Attempt, Ended, Sync
from core.keeping import BankStore, Seen, Subscriptions
from core.model import Bank, Subscription, Trust

LOOKED_BACK: Final = timedelta(days=30)
_ASKED: Final = 20_000
"""Entries that are compared with what was posted at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a list holds and would have hit.

    Attributes:
        staged: The list, counted.
        kinds: Its entries, by kind.
        key: Who signed it; "" for an unsigned one.
        messages, people: What it would have hit lately; None where nothing of that is kept.
    """

    staged: Staged
    kinds: dict[str, int]
    key: str = ""
    messages: int | None = None
    people: int | None = None


class Subscribing:
    """Adds, shows and removes subscriptions.

    Args:
        banks: Where entries go.
        kept: Where subscriptions are kept.
        sources: Opens them.
        sync: Takes them in.
        folder: Where copies lie.
        clock: The present moment.
        seen: What was posted lately, where that is kept.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        *,
        banks: BankStore,
        kept: Subscriptions,
        sources: Sources,
        sync: Sync,
        folder: Folder,
        clock: Callable[[], datetime],
        seen: Seen | None = None,
    ) -> None:
        self._banks = banks
        self._kept = kept
        self._sources = sources
        self._sync = sync
        self._folder = folder
        self._clock = clock
        self._seen = seen

    async def named(self, bank: str) -> Subscription:
        """Return a subscription.

        Raises:
            BadInput: There is none of this name; the message names those that there are.
        """
        every = await self._kept.subscriptions()
        for one in every:
            if one.bank == bank:
                return one
        known = f"There are: {', '.join(o.bank for o in every)}." if every else "There is none yet."
        raise BadInput(f"there is no subscription {bank!r}. {known}")

    async def add(
        self,
        subscription: Subscription,
        *,
        origin: str,
        by: str,
        key: str = "",
        progress: Progress | None = None,
    ) -> Attempt:
        """Subscribe on trial and take the first copy in; where that fails, nothing is kept.

        Args:
            subscription: What to subscribe to.
            origin: Whose list it is; "" is whose server it comes from.
            by: Who subscribes.
            key: The publisher's key, or its fingerprint; "" pins the key that signed what is there now.
            progress: Called while it is taken in.

        Raises:
            BadInput: It cannot be subscribed to; says why.
            StoreError: The database or the disk refuses.
        """
        self._sources.refuse_unknown(subscription.kind)
        if key and subscription.kind != BUNDLE:
            raise BadInput("a key belongs to a bundle: give --kind bundle, or leave --key out")
        if any(bank.name == subscription.bank for bank, _ in await self._banks.banks()):
            raise BadInput(f"there is a bank {subscription.bank!r} already. Choose another name")
        now = self._clock()
        whose = origin or urlsplit(subscription.location).hostname or "a file"
        bank = Bank(name=subscription.bank, trust=Trust.TRIAL, origin=whose, added_by=by, added_at=now)
        await self._banks.put_bank(bank)
        await self._kept.put(subscription)
        attempt = await self._sync.sync(subscription, key=key, progress=progress)
        if attempt.ended is Ended.FAILED:
            await self.remove(subscription.bank)
            raise BadInput(f"cannot subscribe to {subscription.location}: {attempt.reason}")
        return attempt

    async def remove(self, bank: str, *, keep_entries: bool = False) -> int:
        """Unsubscribe and wipe every copy; returns how many entries went.

        Args:
            bank: The subscription's name.
            keep_entries: Keep what was taken in as a bank of one's own; else the whole bank goes.

        Raises:
            BadInput: There is no subscription of this name.
        """
        await self.named(bank)
        await self._kept.unsubscribe(bank)
        self._folder.wipe(bank)
        return 0 if keep_entries else await self._banks.erase(bank)

    async def preview(self, subscription: Subscription) -> Preview:
        """Say what a list holds and would have hit lately; nothing is kept of it.

        Raises:
            BadInput, CannotLook, PlatformError: It cannot be read.
            StoreError: The disk refuses.
        """
        now = self._clock()
        with self._folder.workplace(f"preview of {subscription.location}") as work:
            async with self._sources.opened(subscription, work, now=now) as opened:
                if opened.exchange is None:
                    raise BadInput("there is nothing to look at")
                staged = await stage(
                    opened.exchange, "", self._banks, into=work / "spool", note={}, whole=True
                )
            if staged.broken is not None:
                raise staged.broken
            key = opened.manifest.key if opened.manifest else ""
            return await self._compared(staged, key, since=now - LOOKED_BACK)

    async def _compared(self, staged: Staged, key: str, *, since: datetime) -> Preview:
        kinds: dict[str, int] = {}
        hit: set[tuple[str, str]] = set()
        batch: list[tuple[str, str]] = []
        async for entry in staged.entries():
            kinds[entry.kind] = kinds.get(entry.kind, 0) + 1
            batch.append((entry.kind, entry.value))
            if len(batch) == _ASKED and self._seen:
                hit.update(await self._seen.seen(batch, since=since))
                batch = []
        if self._seen is None:
            return Preview(staged=staged, kinds=kinds, key=key)
        hit.update(await self._seen.seen(batch, since=since))
        people = {author for _, author in hit}
        messages = {message for message, _ in hit}
        return Preview(staged=staged, kinds=kinds, key=key, messages=len(messages), people=len(people))
