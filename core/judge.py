"""From a message to a verdict: every source is asked at once, what they found meets the banks and the policy.

The same judge serves the live engine and `nigehban scan`. A source that fails, or takes too long, leaves a
gap; it never leaves silence, and it never stops its siblings.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol

from core.media.fetch import OncePerMessage
from core.model import Gap, Match, Message, Signal, Verdict
from core.ports import Files, Known, SignalSource, at_once_of

log = logging.getLogger(__name__)

PATIENCE_S: Final = 60.0
"""How long one source may take for one message; media within its limits takes a few seconds."""


class Policy(Protocol):
    """What a community wants done, as the judge sees it (`core.policy.policy.Policy`)."""

    def judge(self, message: Message, matches: Sequence[Match], gaps: Sequence[Gap]) -> Verdict:
        """Return the verdict; pure."""
        ...


class Remembers(Protocol):
    """What remembers messages for a while (`core.recall.Recall`)."""

    def note(self, message: Message, signals: Iterable[Signal]) -> None:
        """Remember what a message was recognised by."""
        ...


class Judge:
    """Looks at messages and says what a policy makes of them.

    Args:
        sources: What takes signals; their order is the order of the signals.
        banks: What is known.
        policy: What follows.
        recall: What remembers the messages; None where nothing is to be remembered.
        patience_s: Seconds that one source may take for one message.
        once: Puts a message's files within limits, and sees that none is fetched twice.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        *,
        sources: Sequence[SignalSource],
        banks: Known,
        policy: Policy,
        recall: Remembers | None = None,
        patience_s: float = PATIENCE_S,
        once: Callable[[Files], Files] = OncePerMessage,
    ) -> None:
        self._sources = tuple((source, at_once_of(source)) for source in sources)
        self._banks = banks
        self._policy = policy
        self._recall = recall
        self._patience_s = patience_s
        self._once = once

    async def __call__(self, message: Message, files: Files) -> Verdict:
        """Return the verdict on a message whose attachments are fetched from `files`."""
        signals, gaps = await self.look(message, files)
        if self._recall:
            self._recall.note(message, signals)
        matches = await self._banks.match(signals) if signals else ()
        return self._policy.judge(message, matches, gaps)

    async def later(self, message: Message, signals: Sequence[Signal]) -> Verdict:
        """Return the verdict on a message of before, of which these signals are remembered: only a report.

        What is done about a message at once would surprise people weeks later, so people decide.
        """
        matches = await self._banks.match(signals)
        return self._policy.judge(message, matches, ()).reported_only()

    async def look(self, message: Message, files: Files) -> tuple[tuple[Signal, ...], tuple[Gap, ...]]:
        """Return all signals of a message, and what could not be looked at."""
        found: dict[str, Iterable[Signal | Gap]] = {}
        waiting: list[SignalSource] = []
        for source, at_once in self._sources:
            try:
                said = at_once(message)
                if said is None:
                    waiting.append(source)
                else:
                    found[source.name] = tuple(said)
            except Exception:
                log.exception("signal source failed", extra={"source": source.name})
                found[source.name] = _failed(source)
        if waiting:
            await self._ask(waiting, message, files, found)
        seen = [one for source, _ in self._sources for one in found[source.name]]
        signals = tuple(dict.fromkeys(s for s in seen if isinstance(s, Signal)))
        return signals, tuple(dict.fromkeys(g for g in seen if isinstance(g, Gap)))

    async def _ask(
        self,
        sources: Iterable[SignalSource],
        message: Message,
        files: Files,
        found: dict[str, Iterable[Signal | Gap]],
    ) -> None:
        """Ask sources that have to wait for something, all at once."""
        kept = self._once(files)

        async def ask(source: SignalSource) -> None:
            try:
                async with asyncio.timeout(self._patience_s):
                    found[source.name] = tuple(await source.signals(message, kept))
            except TimeoutError:
                found[source.name] = (Gap(part=source.name, reason="took too long"),)
            except Exception:
                # One broken source must not cancel its siblings. CancelledError is no Exception, so a
                # shutdown still passes through here.
                log.exception("signal source failed", extra={"source": source.name})
                found[source.name] = _failed(source)

        async with asyncio.TaskGroup() as group:
            for source in sources:
                group.create_task(ask(source), name=f"source {source.name}")


def _failed(source: SignalSource) -> tuple[Gap]:
    """Return the gap of a source that is broken: it must not pass for "nothing found"."""
    return (Gap(part=source.name, reason="could not be looked at"),)
