"""Subscriptions kept up to date: fetched, counted, looked at by the gates, and only then stored.

What fails leaves everything as it was: the entries stay, the failure stands on the subscription, and the
next try comes later and later. What a gate holds lies in the home until a person accepts it.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from core.errors import BadInput, CannotLook, NigehbanError, PlatformError, TryLater
from core.exchange.copies import refuse_what_was_cut
from core.exchange.folder import Folder
from core.exchange.gates import GATES, Gate
from core.exchange.giving_back import GivingBack
from core.exchange.intake import SUBSCRIPTION, Intake, Progress, take_in
from core.exchange.signing import fingerprint, is_key
from core.exchange.sources import Opened, Sources, named
from core.exchange.spool import Spool
from core.exchange.staging import Staged, stage
from core.exchange.waiting import Waiting
from core.fetch.busy import backoff_s
from core.keeping import BankStore, Subscriptions
from core.model import Sharing, Subscription

log = logging.getLogger(__name__)

_EVERY_S: Final = 60.0
_CLAIMED: Final = timedelta(minutes=10)


class Ended(StrEnum):
    """How a try ended."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What became of a try.

    Attributes:
        intake: What was taken in, where something was.
        reason: Why it was held or failed, or what stopped it half-way; "" if nothing did.
    """

    bank: str
    ended: Ended
    intake: Intake | None = None
    reason: str = ""


class Sync:
    """Keeps subscriptions up to date.

    Args:
        banks: Where entries go.
        kept: Where subscriptions are kept.
        sources: Opens them.
        folder: Where copies lie.
        clock: The present moment.
        jitter: Gives a factor near 1, so that not everybody asks a server at the same minute.
        gates: Who may hold an update.
        giving_back: Sends opinions for the subscriptions that say so.
    """

    def __init__(  # noqa: PLR0913 - each is a part of its own
        self,
        *,
        banks: BankStore,
        kept: Subscriptions,
        sources: Sources,
        folder: Folder,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        gates: Sequence[Gate] = GATES,
        giving_back: GivingBack | None = None,
    ) -> None:
        self._banks = banks
        self._kept = kept
        self._sources = sources
        self._folder = folder
        self._clock = clock
        self._jitter = jitter
        self._gates = gates
        self._giving_back = giving_back

    async def sync(
        self, subscription: Subscription, *, key: str = "", progress: Progress | None = None
    ) -> Attempt:
        """Fetch what is new and take it in.

        Args:
            subscription: What to fetch.
            key: What must have signed it, as a person says it; "" asks only for the pinned keys.
            progress: Called while it is taken in.

        Raises:
            StoreError: The database or the disk refuses; nothing of the subscription changed.
        """
        with self._folder.workplace(subscription.bank) as work:
            try:
                return await self._fetched(subscription, work, key, progress)
            except (BadInput, CannotLook, PlatformError) as exc:
                return await self._failed(subscription, exc, work)

    async def accept(self, subscription: Subscription, *, progress: Progress | None = None) -> Attempt:
        """Take in what a gate held.

        Raises:
            BadInput: Nothing waits, or it cannot be read.
            StoreError: As for `sync`.
        """
        path = self._folder.held(subscription.bank)
        if not subscription.held or not path.exists():
            raise BadInput(f"nothing of {subscription.bank} waits to be accepted")
        with self._folder.workplace(subscription.bank) as work:
            spool = Spool(self._folder.unpack(subscription.bank, work), name=named(subscription))
            waiting = Waiting.read(spool.note(), subscription)
            attempt = await self._take(spool, waiting, subscription, whole=waiting.whole, progress=progress)
        self._folder.release(subscription.bank)
        return attempt

    async def due(self) -> tuple[Subscription, ...]:
        """Return the subscriptions whose time has come."""
        now = self._clock()
        return tuple(
            one for one in await self._kept.subscriptions() if one.due_at is None or one.due_at <= now
        )

    async def follow(self, *, every_s: float = _EVERY_S) -> None:
        """Keep everything up to date for ever; nothing that fails stops it."""
        while True:
            await self.turn()
            # Nothing wakes a process when a time has come: this is a period.
            await asyncio.sleep(every_s)

    async def turn(self) -> None:
        """Sync what is due, one after the other; what fails is logged and does not stop the others."""
        try:
            due = await self.due()
        except NigehbanError:
            log.exception("subscriptions cannot be read")
            return
        for one in due:
            try:
                # Another process of the same database should not ask at the same time.
                await self._kept.put(replace(one, due_at=self._clock() + _CLAIMED))
                await self._one(one)
            except NigehbanError:
                log.exception("list could not be brought up to date", extra={"bank": one.bank})
            except Exception as exc:
                # An extension's exchange may raise anything; the platforms must not fall with it.
                log.exception("exchange broke", extra={"bank": one.bank})
                await self._kept.put(self._ill(one, NigehbanError(), f"its exchange broke: {exc}"))

    async def _one(self, one: Subscription) -> None:
        attempt = await self.sync(one)
        if attempt.reason:
            what = {"bank": one.bank, "status": str(attempt.ended), "reason": attempt.reason}
            log.warning("list could not be brought up to date", extra=what)
        if one.reports and self._giving_back:
            await self._giving_back.report(one)

    async def _fetched(
        self, subscription: Subscription, work: Path, key: str, progress: Progress | None
    ) -> Attempt:
        now = self._clock()
        async with self._sources.opened(subscription, work, now=now) as opened:
            _refuse_stranger(opened, key)
            if opened.exchange is None:
                await self._kept.put(self._well(opened.subscription))
                return Attempt(bank=subscription.bank, ended=Ended.UNCHANGED)
            waiting = Waiting.of(opened)
            staged = await stage(
                opened.exchange,
                subscription.bank,
                self._banks,
                into=work / "spool",
                note=waiting.note(),
                since=opened.since,
                whole=opened.whole,
            )
        _refuse_useless(staged, opened)
        if reason := await self._held(staged):
            return await self._hold(subscription, reason, work)
        attempt = await self._take(
            staged.spool, waiting, subscription, whole=staged.whole, progress=progress, broken=staged.broken
        )
        self._folder.keep_copy(subscription.bank, work)
        return attempt

    async def _held(self, staged: Staged) -> str:
        for gate in self._gates:
            if reason := await gate(staged):
                return reason
        return ""

    async def _hold(self, subscription: Subscription, reason: str, work: Path) -> Attempt:
        self._folder.hold(subscription.bank, work)
        tried = self._well(subscription)
        await self._kept.put(replace(tried, succeeded_at=subscription.succeeded_at, held=reason))
        return Attempt(bank=subscription.bank, ended=Ended.HELD, reason=reason)

    async def _take(  # noqa: PLR0913 - each is one word where it is called
        self,
        spool: Spool,
        waiting: Waiting,
        subscription: Subscription,
        *,
        whole: bool,
        progress: Progress | None,
        broken: NigehbanError | None = None,
    ) -> Attempt:
        now = self._clock()
        intake = await take_in(
            spool,
            subscription.bank,
            self._banks,
            at=now,
            whole=whole,
            by=SUBSCRIPTION,
            progress=progress,
        )
        await self._limit(subscription.bank, waiting.sharing)
        if waiting.manifest:
            await self._kept.add_manifest(waiting.manifest)
        learned = waiting.learned(intake.checkpoint)
        if broken is None:
            await self._kept.put(self._well(learned))
            return Attempt(bank=subscription.bank, ended=Ended.TAKEN, intake=intake)
        await self._kept.put(self._ill(learned, broken, str(broken)))
        return Attempt(bank=subscription.bank, ended=Ended.TAKEN, intake=intake, reason=str(broken))

    async def _limit(self, name: str, sharing: Sharing | None) -> None:
        """Take over the limit that a list sets for handing it on, where it is stricter than ours."""
        for bank, _ in await self._banks.banks():
            if bank.name == name and sharing and sharing.rank > bank.sharing.rank:
                await self._banks.put_bank(replace(bank, sharing=sharing))

    async def _failed(self, subscription: Subscription, exc: NigehbanError, work: Path) -> Attempt:
        # A list's error names the copy that was read; people know it by its address.
        reason = str(exc).replace(str(work / "copy"), subscription.location).removesuffix(".")
        await self._kept.put(self._ill(subscription, exc, reason))
        return Attempt(bank=subscription.bank, ended=Ended.FAILED, reason=reason)

    def _well(self, subscription: Subscription) -> Subscription:
        now = self._clock()
        due_at = now + subscription.interval * self._jitter()
        good = replace(subscription, tried_at=now, succeeded_at=now, due_at=due_at)
        return replace(good, error="", failures=0, held="")

    def _ill(self, subscription: Subscription, exc: NigehbanError, reason: str) -> Subscription:
        now, failures = self._clock(), subscription.failures + 1
        wait_s = max(exc.after if isinstance(exc, TryLater) else 0.0, backoff_s(failures)) * self._jitter()
        due_at = now + min(timedelta(seconds=wait_s), max(subscription.interval, timedelta(hours=1)))
        return replace(subscription, tried_at=now, error=reason, failures=failures, due_at=due_at)


def _refuse_useless(staged: Staged, opened: Opened) -> None:
    """Refuse what stopped before it gave anything, and a copy that is no list.

    Raises:
        BadInput, CannotLook, PlatformError: What stopped it.
    """
    if staged.broken is not None and (opened.copy is not None or staged.checkpoint is None):
        raise staged.broken
    if opened.copy is not None:
        refuse_what_was_cut(staged, opened.copy)
    elif staged.whole and staged.known and staged.checkpoint is None:
        raise CannotLook("the server lists nothing at all any more. What was taken in stays")


def _refuse_stranger(opened: Opened, key: str) -> None:
    """Raise BadInput where something else was signed with than a person said."""
    if key and opened.manifest and not is_key(key, opened.manifest.key):
        raise BadInput(f"the bundle is signed by the key {fingerprint(opened.manifest.key)}, not by {key}")
