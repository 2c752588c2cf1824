"""What this community found about entries goes back to whoever keeps the list, where they want to know it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import BadInput, CannotLook, PlatformError
from core.exchange.folder import Folder
from core.exchange.sources import BUNDLE, LIST, Sources
from core.keeping import BankStore, Subscriptions
from core.model import Entry, Opinion, Subscription
from core.ports import TakesOpinions


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of the opinions that had not been sent.

    Attributes:
        sent: How many the exchange took.
        waiting: How many wait for the next time.
        reason: Why the first of these does; "" if none does.
    """

    sent: int
    waiting: int
    reason: str = ""


class GivingBack:
    """Sends opinions. Nothing is sent by itself unless a subscription says so.

    Args:
        banks: Where the entries are.
        kept: Where opinions are kept.
        sources: Opens subscriptions.
        folder: Lends a place to work in.
        clock: The present moment.
    """

    def __init__(
        self,
        *,
        banks: BankStore,
        kept: Subscriptions,
        sources: Sources,
        folder: Folder,
        clock: Callable[[], datetime],
    ) -> None:
        self._banks = banks
        self._kept = kept
        self._sources = sources
        self._folder = folder
        self._clock = clock

    async def say(self, opinion: Opinion) -> None:
        """Keep an opinion, to be sent when that is asked for.

        Raises:
            BadInput: Its bank has no such entry.
        """
        if not await self._entries(opinion.bank, [opinion]):
            raise BadInput(f"{opinion.bank} has no {opinion.kind} {opinion.value}")
        await self._kept.say(opinion)

    async def report(self, subscription: Subscription) -> Sent:
        """Send what was not sent yet; what fails is kept for the next time.

        Raises:
            BadInput: The list takes no opinions.
        """
        if subscription.kind in (LIST, BUNDLE):
            raise BadInput(f"{subscription.bank} takes no opinions: tell whoever keeps the list")
        waiting = [one for one in await self._kept.opinions(subscription.bank) if one.sent_at is None]
        entries = await self._entries(subscription.bank, waiting)
        with self._folder.workplace(subscription.bank) as work:
            async with self._sources.opened(subscription, work, now=self._clock()) as opened:
                if not isinstance(opened.exchange, TakesOpinions):
                    raise BadInput(f"{subscription.bank} takes no opinions: tell whoever keeps the list")
                return await self._send(opened.exchange, waiting, entries)

    async def _send(
        self, exchange: TakesOpinions, waiting: Sequence[Opinion], entries: dict[tuple[str, str], Entry]
    ) -> Sent:
        sent, reason = 0, ""
        for one in waiting:
            entry = entries.get((one.kind, one.value))
            try:
                if entry is None:
                    reason = reason or "its entry is gone"
                    continue
                await exchange.report(entry, one)
            except (CannotLook, PlatformError) as exc:
                reason = reason or str(exc)
            else:
                await self._kept.say(replace(one, sent_at=self._clock()))
                sent += 1
        return Sent(sent=sent, waiting=len(waiting) - sent, reason=reason)

    async def _entries(self, bank: str, opinions: Sequence[Opinion]) -> dict[tuple[str, str], Entry]:
        wanted = {(one.kind, one.value) for one in opinions}
        return {
            (entry.kind, entry.value): entry
            async for entry in self._banks.entries(bank)
            if (entry.kind, entry.value) in wanted
        }
