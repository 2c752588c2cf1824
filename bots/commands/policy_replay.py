"""`nigehban policy explain|diff|backtest`: a policy, or two, on exports, or on what this community stores.

Items of exports are read, looked at and matched as in a scan, and nothing is looked at twice; what differs is
only what is told of a verdict. Either way they come in order of time, because counts and ladders climb.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from heapq import heappop, heappush
from itertools import count
from typing import Final, Protocol

from bots.commands.looking import scan_sources
from bots.commands.policy_backtest import NOTHING, Counting, counted, remembered, tell
from bots.commands.policy_diff import Comparing
from bots.commands.policy_explain import Explaining
from bots.commands.said import going_through, say
from bots.replay.inputs import sources
from bots.replay.reading import Reading, Source
from core.backtest import Counts, backtest
from core.errors import BadInput
from core.history import EVER, History, Past
from core.judge import Judge
from core.model import Account, Gap, Message, Place, Signal, Text, Verdict
from core.policy.policy import Policy
from core.ports import Files

HELD: Final = 20_000
"""Items of an export that wait for an older one: some 20 MB. Exports come in order, or newest first."""

_STEP: Final = 500
_STORE: Final = "store"


class Replay(Protocol):
    """What takes messages of before, oldest first, and says at the end whether there was something to see."""

    def past(self, source: str, item: str, past: Past) -> None:
        """Take one item in."""
        ...

    def end(self) -> None:
        """Print what is only known at the end."""
        ...

    @property
    def code(self) -> int:
        """The exit code: 1 if something is flagged, or differs."""
        ...


@dataclass(slots=True, kw_only=True)
class InOrder:
    """A printer of `looking.scan` that hands items on by their time.

    Attributes:
        place: The id of the only place that counts, or None for all.
        most: How many items wait for an older one.
    """

    replay: Replay
    place: str | None = None
    most: int = HELD
    streams: bool = False
    _held: list[tuple[datetime, int, str, str, Past]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=count)

    def signals(self, source: str, item: str, signals: Sequence[Signal], gaps: Sequence[Gap]) -> None:
        """Never asked for."""

    def verdict(self, source: str, item: str, message: Message, verdict: Verdict) -> None:
        """Hold an item, and hand on the oldest where there are too many."""
        if self.place in {None, message.place.id}:
            past = Past(message=message, matches=verdict.matches, gaps=verdict.gaps)
            heappush(self._held, (message.at, next(self._number), source, item, past))
        if len(self._held) > self.most:
            self._hand_on()

    def end(self) -> None:
        """Hand on all that is held."""
        while self._held:
            self._hand_on()
        self.replay.end()

    def _hand_on(self) -> None:
        _, _, source, item, past = heappop(self._held)
        self.replay.past(source, item, past)


async def replayed(  # noqa: PLR0913 - each is one word where it is called
    given: argparse.Namespace,
    judge: Judge,
    files: Files,
    chosen: Policy,
    load: Callable[[str], Policy],
    *,
    history: History,
    at: datetime,
    zone: tzinfo,
) -> int:
    """Run what the words of the command line ask for; returns the exit code.

    Args:
        given: The words.
        judge: Looks at items, with the chosen policy.
        files: Where their files are.
        chosen: The policy that the judge has.
        load: Loads the other one of two.
        history: What is stored, for where no path is given.
        at: The present moment.
        zone: Of the hours of what is stored.

    Raises:
        BadInput: A path or a policy cannot be read, or there is nothing to look at.
    """
    if given.verb == "explain":
        return await _explained(given, judge, files, chosen, history, at)
    if given.verb == "diff" and given.paths and given.days is not None:
        raise BadInput("--days of a diff looks at what is stored. Leave out --on, or --days.")
    programs = given.format == "ndjson"
    since = EVER if given.days is None else at - timedelta(days=given.days)
    if given.verb == "diff":
        exports = sources(given.paths)
        comparing = Comparing(old=chosen, new=load(given.other), programs=programs, several=len(exports) > 1)
        if not given.paths:
            return await _from_store(comparing, history, since=since, until=at, place=given.place)
        return await _looked_at(exports, judge, files, comparing, place=given.place)
    if given.paths:
        counting = Counting(policy=chosen, days=given.days, programs=programs)
        return await _looked_at(sources(given.paths), judge, files, counting, place=given.place)
    with going_through("what is stored", until=at) as progress:
        counts = await backtest(chosen, history, since=since, place=given.place, zone=zone, progress=progress)
    return _told(counts, programs=programs)


async def _explained(  # noqa: PLR0913, PLR0917 - what `replayed` was given
    given: argparse.Namespace, judge: Judge, files: Files, chosen: Policy, history: History, at: datetime
) -> int:
    """Explain items, words, or a stored case."""
    alone = given.text is not None or given.case is not None
    explaining = Explaining(policy=chosen, programs=given.format == "ndjson", every=given.all or alone)
    if given.case is None:
        return await _looked_at(_inputs(given, at), judge, files, explaining)
    if given.paths or given.text is not None:
        raise BadInput("--case explains what is stored. Leave out the paths and --text.")
    return await _stored(explaining, history, given.case)


def _told(counts: Counts, *, programs: bool) -> int:
    """Print what a policy would have done to what is stored."""
    if programs:
        counted(counts)
    else:
        tell(counts)
        say(remembered(counts))
    return 1 if counts.hits else 0


async def _looked_at(
    inputs: Sequence[Source], judge: Judge, files: Files, replay: Replay, *, place: str | None = None
) -> int:
    """Look at the items of exports, and hand them on in order of time."""
    await scan_sources(inputs, judge=judge, files=files, printer=InOrder(replay=replay, place=place))
    return replay.code


async def _from_store(
    replay: Comparing, history: History, *, since: datetime, until: datetime, place: str | None
) -> int:
    """Hand on what is stored; a message is called by its case, where it has one."""
    seen = 0
    with going_through("what is stored", until=until, streams=True) as progress:
        async for past in history.since(since, place=place):
            replay.past(_STORE, past.cases[-1].id if past.cases else past.message.id, past)
            seen += 1
            if seen % _STEP == 0:
                progress(past.message.at)
    if not seen and not replay.programs:
        say(NOTHING)
    else:
        replay.end()
    return replay.code


def _inputs(given: argparse.Namespace, at: datetime) -> Sequence[Source]:
    """Return what is to be explained: exports, and a message that was only written."""
    inputs = [*sources(given.paths), *([] if given.text is None else [_only_written(given.text, at)])]
    if not inputs:
        raise BadInput(
            'nothing to explain. Name a file or an export, write --text "…", or name a case: --case 7K3'
        )
    return inputs


async def _stored(explaining: Explaining, history: History, case_id: str) -> int:
    """Explain a stored case, after what was found in its place before."""
    past = await history.case(case_id)
    if past is None:
        raise BadInput(f"there is no case {case_id!r}. Its id stands on its card.")
    explaining.stored(_STORE, past.cases[0].id, past, await history.before(past))
    explaining.end()
    return explaining.code


def _only_written(text: str, at: datetime) -> Source:
    message = Message(
        id="replay:text/1",
        place=Place(id="replay:text"),
        author=Account(),
        at=at,
        parts=(Text(text=text, path="text"),),
    )
    reading = Reading(item="text", message=message)
    return Source(name="text", shown="the text", size_bytes=0, read=lambda: iter((reading,)))
