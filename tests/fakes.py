"""Small working stand-ins for what is slow or far away, proved by the contract suites of the real thing."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.case import CLOSED, Case, State, adds, extended, opened
from core.errors import Stale
from core.model import ActionKind, Message, Verdict


@dataclass(kw_only=True)
class MemoryRooms:
    """The port `Rooms`, in memory."""

    rooms: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    async def room(self, place: str) -> str | None:
        """Return the room bound to a place, or None."""
        return self.rooms.get(place)

    async def places(self, room: str) -> tuple[str, ...]:
        """Return the places bound to a room, in order of their ids."""
        return tuple(sorted(place for place, its_room in self.rooms.items() if its_room == room))

    async def watched(self, platform: str) -> tuple[str, ...]:
        """Return the places of a platform that are bound to a room, in order of their ids."""
        return tuple(sorted(place for place in self.rooms if place.partition(":")[0] == platform))

    async def bind(self, place: str, room: str) -> None:
        """Send a place's cards to a room from now on."""
        self.rooms[place] = room

    async def move(self, old: str, new: str) -> None:
        """Follow a place or room whose id changed; what the new id has already is kept."""
        if old in self.rooms:
            self.rooms.setdefault(new, self.rooms.pop(old))
        self.rooms.update({place: new for place, room in self.rooms.items() if room == old})
        self.codes.update({code: (new, until) for code, (side, until) in self.codes.items() if side == old})

    async def offer(self, side: str, *, code: str, until: datetime) -> None:
        """Keep a binding code."""
        self.codes[code] = (side, until)

    async def redeem(self, code: str, *, now: datetime) -> str | None:
        """Return the side a code was given out in, once."""
        side, until = self.codes.pop(code, (None, now))
        return side if until > now else None


@dataclass(kw_only=True)
class MemoryStore(MemoryRooms):
    """The ports `Cases` and `Rooms`, in memory; which cases wait depends on which rooms are bound.

    Attributes:
        worker: In whose name leases are taken.
        cases: By id, as last saved.
        leases: By the case's id, who holds it until when.
    """

    worker: str = "worker"
    cases: dict[str, Case] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def beside(self, worker: str) -> "MemoryStore":
        """Give another worker's view of the same cases and rooms."""
        return replace(self, worker=worker)

    async def open(
        self, message: Message, verdict: Verdict, *, at: datetime, about: tuple[str, ...] = ()
    ) -> Case:
        """Return the message's case, made or extended as the verdict asks."""
        known = [c for c in self.cases.values() if c.message.id == message.id]
        if known and not any(all(m in adds(c, verdict) for c in known) for m in verdict.matches):
            return known[-1]
        if known and known[-1].state not in CLOSED:
            return await self.save(extended(known[-1], verdict))
        fresh = opened(f"{len(self.cases) + 1:03}", message, verdict, at=at, about=about)
        self.cases[fresh.id] = fresh
        return fresh

    async def get(self, case_id: str) -> Case | None:
        """Return a case as last saved."""
        return self.cases.get(case_id)

    async def about(self, message_id: str) -> tuple[Case, ...]:
        """Return the cases of a message, oldest first."""
        return tuple(case for case in self.cases.values() if case.message.id == message_id)

    async def of_messages(
        self, *, since: datetime, place: str | None = None
    ) -> AsyncIterator[tuple[tuple[Case, ...], ...]]:
        """Give each message's cases as a page, oldest message first."""
        firsts: dict[str, Case] = {}
        for case in self.cases.values():
            firsts.setdefault(case.message.id, case)
        for first in sorted(firsts.values(), key=lambda case: case.message.at):
            if first.message.at >= since and place in {None, first.message.place.id}:
                yield (await self.about(first.message.id),)

    async def before(
        self, message: Message, *, since: datetime
    ) -> AsyncIterator[tuple[tuple[Case, ...], ...]]:
        """Give each message's cases as a page, latest message first."""
        pages = [page async for page in self.of_messages(since=since, place=message.place.id)]
        ids = [cases[0].message.id for (cases,) in pages]
        end = ids.index(message.id) if message.id in ids else 0
        earlier = [page for n, page in enumerate(pages) if n < end or page[0][0].message.at < message.at]
        for page in reversed(earlier):
            yield page

    async def with_cases(self, message_ids: Collection[str]) -> frozenset[str]:
        """Return those of some messages that became cases."""
        return frozenset(message_ids) & {case.message.id for case in self.cases.values()}

    async def resting_on(self, kind: str, value: str) -> tuple[Case, ...]:
        """Return the cases with a match of an entry of this kind and value."""
        return tuple(
            case
            for case in self.cases.values()
            if any((m.entry.kind, m.entry.value) == (kind, value) for m in case.verdict.matches)
        )

    async def warnings(self, place: str, account: str) -> int:
        """Count the cases of an account in a place in which a warning stands."""
        mine = (c for c in self.cases.values() if c.message.author.identifiers[:1] == (account,))
        return sum(case.warned for case in mine if case.message.place.id == place)

    async def save(self, case: Case) -> Case:
        """Save a changed case, if nobody else did since it was loaded."""
        if self.cases[case.id].version != case.version:
            raise Stale(f"case {case.id} was changed by somebody else")
        self.cases[case.id] = replace(case, version=case.version + 1)
        return self.cases[case.id]

    async def lease(self, case_id: str, *, now: datetime, until: datetime) -> bool:
        """Take the right to carry out a case's actions."""
        if case_id not in self.cases or not self._free(case_id, now):
            return False
        self.leases[case_id] = (self.worker, until)
        return True

    async def waiting(self, *, now: datetime) -> tuple[str, ...]:
        """Return ids of cases with something to carry out that can be, and that this worker may take."""
        return tuple(c.id for c in self.cases.values() if self._ready(c) and self._free(c.id, now))

    def _ready(self, case: Case) -> bool:
        return any(
            a.kind is not ActionKind.REPORT or case.message.place.id in self.rooms for _, a in case.waiting
        )

    def _free(self, case_id: str, now: datetime) -> bool:
        holder, until = self.leases.get(case_id, (self.worker, now))
        return holder == self.worker or until <= now


@dataclass
class MemoryNotes:
    """The port `Notes`, in memory."""

    notes: dict[str, str] = field(default_factory=dict)

    async def note(self, key: str) -> str | None:
        """Return a note, or None."""
        return self.notes.get(key)

    async def keep(self, key: str, value: str) -> None:
        """Write a note, over the old one."""
        self.notes[key] = value

    async def first(self, key: str, value: str) -> bool:
        """Write a note where there is none; tells whether there was none."""
        if key in self.notes:
            return False
        self.notes[key] = value
        return True

    async def forget(self, prefix: str, *, before: str, most: int) -> None:
        """Forget notes under a prefix: values that sort before `before`, then the first beyond `most`."""
        mine = sorted((value, key) for key, value in self.notes.items() if key.startswith(prefix))
        stay = [key for value, key in mine if value >= before]
        for key in {key for _, key in mine} - set(stay[max(0, len(stay) - most) :]):
            del self.notes[key]


@dataclass
class Learned:
    """What learns from decisions: it writes down each case's state as it was told.

    Attributes:
        told: Ids and states, in order.
    """

    told: list[tuple[str, State]] = field(default_factory=list)

    async def learn(self, case: Case) -> None:
        """Write it down."""
        self.told.append((case.id, case.state))


async def nothing() -> None:
    """Do nothing: where something is to be called that this test is not about."""
