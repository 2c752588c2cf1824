"""The engine: a message in, a case saved, its actions carried out; a decision in, the same again.

Everything here may run twice and has its effect once. A case is saved before anything is performed, and
what is still to be performed is read back from the saved case, never from memory: so a process that dies
anywhere goes on where it was (`resume`). One window stays open, because no chat platform lets a client
name the message it is about to send: dying between sending a card and saving where it went shows it twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, Protocol
from weakref import WeakValueDictionary

from core.case import Case, Decision, State, decided, settled
from core.errors import BadInput, Gone, PlatformError, Stale, TryLater, WrongChoice
from core.judge import Judge
from core.keeping import Cases, Rooms
from core.model import Action, ActionKind, Message, Outcome, Status, Verdict
from core.notices import told
from core.ports import Platform

log = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=60)
"""How long a worker may take for the actions of one case before another takes over."""


class Keeping(Cases, Rooms, Protocol):
    """What the engine keeps between two events."""


class Learner(Protocol):
    """What learns from decisions (`core.banks.own.Own`)."""

    async def learn(self, case: Case) -> None:
        """Take in what a case's state says; the same twice has its effect once."""
        ...


async def unbraked(message: Message, verdict: Verdict) -> Verdict:  # noqa: ARG001  # holds nothing back
    """Return the verdict as it is."""
    return verdict


class Engine:
    """Receives messages and decisions.

    Args:
        judge: What makes verdicts.
        store: Where cases and rooms are kept.
        platforms: By name, what acts and shows.
        own: Learns from decisions.
        clock: The present moment, with a time zone.
        brake: Gets every verdict on a message that came in, and may hold it back (`core.brakes.quotas`).
    """

    def __init__(  # noqa: PLR0913 - each is one word where it is built
        self,
        *,
        judge: Judge,
        store: Keeping,
        own: Learner,
        platforms: Mapping[str, Platform],
        clock: Callable[[], datetime],
        brake: Callable[[Message, Verdict], Awaitable[Verdict]] = unbraked,
    ) -> None:
        self._judge = judge
        self._store = store
        self._own = own
        self._platforms = platforms
        self._clock = clock
        self._brake = brake
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def receive(self, message: Message) -> Case | None:
        """Judge a message; where something was found or proposed, keep a case and carry it out.

        Raises:
            TryLater: Something outside was busy; receive the message again.
        """
        platform = self._platforms[message.place.platform]
        verdict = await self._judge(message, platform)
        log.info(
            "judged",
            extra={
                "message_id": message.id,
                "happening": message.happening,
                "outcome": verdict.outcome,
                "matches": len(verdict.matches),
                "gaps": len(verdict.gaps),
            },
        )
        if verdict.outcome is Outcome.ENFORCE and await self._by_moderator(message, platform):
            verdict = verdict.reported_only()
        verdict = await self._brake(message, verdict)
        if not (verdict.matches or verdict.actions):
            return None
        case = await self._store.open(message, verdict, at=self._clock())
        return await self._carry_out(case.id)

    async def late(self, message: Message, verdict: Verdict) -> Case | None:
        """Keep a case of a message of before that a list knows since.

        Returns:
            The case; None where nothing follows, or where people were asked about the same thing in the
            message already, whichever list knew it then.

        Raises:
            TryLater: It is saved; something outside was busy, and `resume` will go on with it.
        """
        cases = await self._store.about(message.id)
        told = {match.signal.value for case in cases for match in case.verdict.matches}
        new = tuple(match for match in verdict.matches if match.signal.value not in told)
        if not (new and verdict.actions):
            return None
        verdict = replace(verdict, matches=new)
        case = await self._store.open(message, verdict, at=self._clock())
        return await self._carry_out(case.id)

    async def gather(self, message: Message, verdict: Verdict, about: Sequence[str]) -> Case:
        """Put what some cases rest on no longer before the moderators, as one case.

        Raises:
            TryLater: It is saved; something outside was busy, and `resume` will go on with it.
        """
        case = await self._store.open(message, verdict, at=self._clock(), about=tuple(about))
        return await self._carry_out(case.id)

    async def decide(self, case_id: str, decision: Decision) -> Case:
        """Take a moderator's decision, whose right to it the caller has checked.

        Raises:
            BadInput: There is no such case.
            WrongChoice: The case's state does not allow it (any more).
            TryLater: It is saved; something outside was busy, and `resume` will go on with it.
        """
        while True:
            case = decided(await self._case(case_id), decision)
            try:
                await self._store.save(case)
            except Stale:
                # Somebody else changed the case in between: decide on what it is now.
                continue
            log.info("decided", extra={"case": case_id, "choice": decision.choice, "state": case.state})
            return await self._carry_out(case_id)

    async def resume(self) -> int:
        """Carry out what is waiting: after a restart, after a busy spell, after a room was bound.

        Returns:
            How many cases still wait.
        """
        left = 0
        for case_id in await self._store.waiting(now=self._clock()):
            try:
                left += bool((await self._carry_out(case_id)).waiting)
            except TryLater as exc:
                left += 1
                log.info("still waiting", extra={"case": case_id, "why": str(exc)})
        return left

    async def _by_moderator(self, message: Message, platform: Platform) -> bool:
        for identifier in message.author.identifiers[:1]:
            return await platform.moderates(identifier, message.place.id)
        return False

    async def _case(self, case_id: str) -> Case:
        case = await self._store.get(case_id)
        if case is None:
            raise BadInput(f"there is no case {case_id}")
        return case

    async def _carry_out(self, case_id: str) -> Case:
        """Perform every waiting action of a case, the card last; whoever else is at it is left to it.

        In this process decisions on one case wait for each other, so that none of their actions is left
        behind; between processes the lease decides, and `resume` picks up what came in between.
        """
        lock = self._locks.setdefault(case_id, asyncio.Lock())
        async with lock:
            if not await self._lease(case_id, LEASE):
                return await self._case(case_id)
            try:
                # From the saved case, and again after a crash: a decision always leaves its card to be shown.
                if (case := await self._case(case_id)).about:
                    await self._release(case)
                elif case.history:
                    await self._own.learn(case)
                busy = await self._perform_waiting(case_id)
            finally:
                await self._lease(case_id, timedelta(0))
        if busy:
            raise busy
        return await self._case(case_id)

    async def _release(self, bundle: Case) -> None:
        """Undo what still stands in the cases that a confirmed bundle is about, and tell the members.

        It is done in its moderator's name.
        """
        if bundle.state is not State.CONFIRMED:
            return
        said = bundle.history[-1]
        for case_id in bundle.about:
            choice = (await self._case(case_id)).release
            if choice is None:
                continue
            why = f"taken back by its list, see case {bundle.id}"
            notify = (ActionKind.NOTIFY,)
            decision = Decision(
                moderator=said.moderator, choice=choice, at=said.at, actions=notify, reason=why
            )
            try:
                await self.decide(case_id, decision)
            except (WrongChoice, TryLater) as exc:
                # Somebody was faster; or it is saved, and `resume` goes on with it.
                log.info("released later", extra={"case": case_id, "why": str(exc)})

    async def _perform_waiting(self, case_id: str) -> TryLater | None:
        """Try each waiting action once, those that are added meanwhile too; returns why one must wait."""
        busy: TryLater | None = None
        tried: set[int] = set()
        while True:
            case = await self._case(case_id)
            todo = [(place, action) for place, action in case.waiting if place not in tried]
            if not todo:
                return busy
            place, action = todo[0]
            tried.add(place)
            if busy and action.notice:
                # What is taken back is told once it is: the notice waits with what is busy.
                continue
            try:
                await self._perform(case, place, action)
            except TryLater as exc:
                busy = exc

    async def _lease(self, case_id: str, length: timedelta) -> bool:
        now = self._clock()
        return await self._store.lease(case_id, now=now, until=now + length)

    async def _perform(self, case: Case, place: int, action: Action) -> None:
        platform = self._platforms[case.message.place.platform]
        if action.kind is ActionKind.REPORT:
            await self._show(case, place, action, platform)
            return
        who = case.message.author.identifiers[:1] if action.kind is ActionKind.WARN else ()
        before = await self._store.warnings(case.message.place.id, who[0]) if who else 0
        try:
            note = await platform.perform(told(case, action, warnings=before), case.message)
            status = Status.DONE
        except TryLater:
            raise
        except Gone as exc:
            note, status = str(exc), Status.DONE
        except PlatformError as exc:
            note, status = str(exc), Status.FAILED
        await self._settle(case.id, place, status=status, note=note)
        log.info("performed", extra={"case": case.id, "action": action.kind, "status": status})

    async def _show(self, case: Case, place: int, action: Action, platform: Platform) -> None:
        """Show the card; where other actions are still waiting, it is shown again once they went through."""
        room = await self._store.room(case.message.place.id)
        if room is None:
            return
        try:
            card = await platform.show(case, room)
        except TryLater:
            raise
        except PlatformError as exc:
            log.warning("card not shown", extra={"case": case.id, "why": str(exc)})
            await self._settle(case.id, place, status=Status.FAILED, note=str(exc))
            return
        others = any(a.kind is not ActionKind.REPORT for _, a in case.waiting)
        await self._settle(case.id, place, status=action.status if others else Status.DONE, card=card)

    async def _settle(
        self, case_id: str, place: int, *, status: Status, note: str = "", card: str | None = None
    ) -> None:
        """Save how an action went, on whatever the case has become in the meantime."""
        while True:
            case = settled(await self._case(case_id), place, status=status, note=note)
            try:
                await self._store.save(case if card is None else replace(case, card=card))
            except Stale:
                continue
            return
