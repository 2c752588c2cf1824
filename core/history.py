"""What this community's store still knows of the messages of before: the facts that a policy judges.

Of a message that became a case there is what was recognised then, under the terms that its lists have now.
Any other message that is remembered is only its prints; they meet the banks as they are now. So a policy can
be tried on the past without a message having been kept.

What was not kept cannot come back: what a message said, where in it something stood, who wrote it (of whom
there is only what tells two people apart), and what could not be looked at where nobody was asked.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Final, TypeVar

from core.banks.lookback import EARLIER
from core.banks.terms import Terms
from core.case import CLOSED, Case, State, extended
from core.keeping import BankStore, Cases, Print, Prints, Sighting
from core.model import Account, Gap, Happening, Match, Message, Place, Signal
from core.ports import Known
from core.tally import Tally

T = TypeVar("T")

EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Since when there could be anything."""

FAR: Final = timedelta(days=366)
"""How far back a rule can count at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A message of before, as far as it is known.

    Attributes:
        message: Without its parts where it comes from the store.
        cases: What it became, oldest first.
        who: What tells its author apart, where that is not the message's own author; "" for nobody.
    """

    message: Message
    matches: tuple[Match, ...] = ()
    gaps: tuple[Gap, ...] = ()
    cases: tuple[Case, ...] = ()
    who: str | None = None

    @property
    def dismissed(self) -> bool:
        """Whether moderators, when they decided last, dismissed it."""
        decided = [case.state for case in self.cases if case.state in CLOSED]
        return decided[-1:] == [State.DISMISSED]

    @property
    def dismissed_by(self) -> Account | None:
        """Who dismissed it, or None."""
        if not self.dismissed:
            return None
        said = [case.history[-1] for case in self.cases if case.state in CLOSED and case.history]
        return said[-1].moderator if said else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the author of a message did in its place before it, as far as cases tell.

    Attributes:
        message: The message, with when its author came in, where a case knows it.
        earlier: When their earlier messages there had a find, oldest first.
        since: The time of the oldest message that was looked at, where there were more than were to be.
    """

    message: Message
    earlier: tuple[datetime, ...] = ()
    since: datetime | None = None


class History:
    """Goes through what is stored, oldest message first, with some hundreds of messages in memory.

    Args:
        cases: The messages that became cases.
        prints: All that are remembered.
        banks: What remembered messages meet.
        lists: Where banks are kept, for their terms.
        salted: How an author's identifier is kept.
        only: The banks whose matches count; all of them where it is None.
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        *,
        cases: Cases,
        prints: Prints,
        banks: Known,
        lists: BankStore,
        salted: Callable[[str], str],
        only: Collection[str] | None = None,
    ) -> None:
        self._cases = cases
        self._prints = prints
        self._banks = banks
        self._lists = lists
        self._salted = salted
        self._only = only

    async def since(self, since: datetime, *, place: str | None = None) -> AsyncIterator[Past]:
        """Iterate over the messages since a moment, each once.

        Args:
            since: The time of the first message that counts.
            place: The id of the only place that counts, or None for all.

        Raises:
            StoreError: It cannot be read.
        """
        judged, others = self.judged(since, place=place), self._remembered(since, place)
        case, other = await anext(judged, None), await anext(others, None)
        while case is not None or other is not None:
            if other is None or (case is not None and case.message.at <= other.message.at):
                if case is not None:
                    yield case
                case = await anext(judged, None)
            else:
                yield other
                other = await anext(others, None)

    async def judged(self, since: datetime, *, place: str | None = None) -> AsyncIterator[Past]:
        """Iterate over the messages that became cases; as `since` otherwise."""
        terms = Terms(self._lists)
        async for page in self._cases.of_messages(since=since, place=place):
            for cases in page:
                if cases[0].message.happening is not Happening.WITHDRAWN:
                    past = self._of(cases)
                    yield replace(past, matches=await terms.now(past.matches))

    async def case(self, case_id: str) -> Past | None:
        """Return a case by its id, by itself and as it was judged, or None."""
        found = await self._cases.get(case_id)
        return None if found is None else self._of((found,))

    async def before(self, past: Past, *, most: int | None = None) -> Before:
        """Return what the author of a message did before it, as the policy counted it.

        Args:
            past: The message, as `case` returns it.
            most: How many messages that became cases in its place are looked at, the latest ones; all that
                a rule can count, if left out.
        """
        theirs: list[Past] = []
        looked_at, since = 0, None
        terms = Terms(self._lists)
        async with aclosing(self._lately(past)) as lately:
            async for cases in lately:
                if looked_at == most:
                    break
                looked_at, since = looked_at + 1, cases[0].message.at
                if self._who(cases[0]) == past.who:
                    one = self._of(cases)
                    theirs.append(replace(one, matches=await terms.now(one.matches)))
            else:
                since = None
        tally = Tally()
        for one in reversed(theirs):
            tally.before(one.message, one.matches, who=one.who)
        message, earlier = tally.before(past.message, past.matches, who=past.who)
        return Before(message=message, earlier=earlier, since=since)

    async def _lately(self, past: Past) -> AsyncGenerator[tuple[Case, ...], None]:
        """Iterate over the cases of messages before one, latest first; none where its author is nobody."""
        if not past.who:
            return
        async for page in self._cases.before(past.message, since=past.message.at - FAR):
            for cases in page:
                if cases[0].message.happening is not Happening.WITHDRAWN:
                    yield cases

    def _of(self, cases: tuple[Case, ...]) -> Past:
        whole = reduce(lambda case, later: extended(case, later.verdict), cases)
        return Past(
            message=cases[0].message,
            matches=tuple(
                m for m in whole.verdict.matches if self._only is None or m.bank.name in self._only
            ),
            gaps=whole.verdict.gaps,
            cases=cases,
            who=self._who(cases[0]),
        )

    def _who(self, case: Case) -> str:
        who = case.message.author.identifiers
        return self._salted(who[0]) if who else ""

    async def _remembered(self, since: datetime, place: str | None) -> AsyncIterator[Past]:
        """Iterate over the messages that are remembered and became no case."""
        async for page in self._prints.remembered(since=since, place=place):
            known = await self._cases.with_cases([one.message_id for one in page])
            # An account that only showed itself has no prints: nothing is known of it.
            rest = [one for one in page if one.prints and one.message_id not in known]
            for sighting, matches in zip(rest, await self._matches(rest), strict=True):
                yield Past(
                    message=_message(sighting), matches=matches, who=sighting.author or sighting.handle
                )

    async def _matches(self, page: Sequence[Sighting]) -> list[tuple[Match, ...]]:
        """Return what each message meets.

        Nearly all meet nothing, which one question settles for all of them; each print is asked about once.
        """
        prints = list(dict.fromkeys(one for sighting in page for one in sorted(sighting.prints)))
        asked = [_signal(one, str(n)) for n, one in enumerate(prints)]
        met = {prints[int(match.signal.part)] for match in await self._banks.match(asked)} if asked else set()
        return [
            await self._banks.match([_signal(one, EARLIER) for one in sorted(sighting.prints)])
            if not met.isdisjoint(sighting.prints)
            else ()
            for sighting in page
        ]


def _signal(one: Print, part: str) -> Signal:
    return Signal(kind=one.kind, value=one.value, part=part)


def _message(sighting: Sighting) -> Message:
    return Message(
        id=sighting.message_id,
        place=Place(id=sighting.place, name=sighting.place_name),
        author=Account(),
        at=sighting.at,
        url=sighting.url,
        forwarded=sighting.forwarded,
    )
