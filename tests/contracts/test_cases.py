"""What the engine may rely on, whatever keeps the cases."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from core.case import Case, Choice, Decision, State, decided, settled
from core.engine import Keeping
from core.errors import Stale
from core.history import EVER
from core.keeping import Cases
from core.model import ActionKind, Gap, Status
from core.store.keeping import SqlStore
from tests import make
from tests.fakes import MemoryStore
from tests.stores import opened_store

Beside = Callable[[str], Keeping]
"""Gives the view of a worker of that name; all of them share the same cases."""

LATER = make.NOON + timedelta(minutes=1)


@pytest.fixture(params=["memory", "sql", "sql, two processes"])
async def beside(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Beside]:
    """Give every engine that keeps cases, the SQL one also with each worker on a connection of its own."""
    if request.param == "memory":
        yield MemoryStore().beside
        return
    async with opened_store(tmp_path) as one, opened_store(tmp_path) as other:
        databases = cycle([one, other] if "two" in request.param else [one])
        yield lambda worker: SqlStore(next(databases), worker=worker)


async def test_a_verdict_becomes_a_case_that_can_be_read_again(beside: Beside) -> None:
    """What was opened is there, with the policy's actions proposed and none of the message's content."""
    cases = beside("one")

    case = await cases.open(make.message("see it"), make.verdict(), at=make.NOON)

    assert case.message == make.message("see it").bare()
    assert [(a.kind, a.by) for a in case.actions] == [(ActionKind.REPORT, "policy default")]
    assert case.opened_at == make.NOON
    assert await cases.get(case.id) == case


async def test_ids_can_be_said_aloud(beside: Beside) -> None:
    """An id has at least three characters, none of them easily mistaken for another."""
    cases = beside("one")

    ids = [
        (await cases.open(make.message(message_id=f"fake:room:{n}"), make.verdict(), at=make.NOON)).id
        for n in range(20)
    ]

    assert len(set(ids)) == 20
    assert all(len(i) >= 3 and set(i) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for i in ids)


async def test_the_cases_of_a_message_are_found(beside: Beside) -> None:
    """Oldest first: what was decided, and what came after that."""
    cases = beside("one")
    first = await cases.open(make.message(), make.verdict(), at=make.NOON)
    dismiss = Decision(moderator=make.account(), choice=Choice.DISMISS, at=make.NOON)
    await cases.save(decided(first, dismiss))
    second = await cases.open(make.message(), make.verdict(make.match("fake:user/other")), at=make.NOON)

    assert [case.id for case in await cases.about(make.message().id)] == [first.id, second.id]
    assert await cases.about("fake:room:2") == ()


async def test_messages_that_became_cases_come_in_order_of_time(beside: Beside) -> None:
    """By when they were posted, not by when people were asked; the cases of one message together."""
    cases = beside("one")
    shuffled = [(7 * n) % 450 for n in range(450)]
    for n in shuffled:
        at = make.NOON + timedelta(minutes=n // 2)
        message = make.message(message_id=f"fake:room:{n}", at=at)
        await cases.open(message, make.verdict(), at=LATER)
    (first,) = await cases.about("fake:room:7")
    await _dismissed(cases, first)
    message = make.message(message_id="fake:room:7", at=make.NOON + timedelta(hours=1))
    await cases.open(message, make.verdict(make.match("fake:user/other")), at=LATER)

    since = make.NOON + timedelta(minutes=3)
    found = [one async for page in cases.of_messages(since=since) for one in page]
    here = [one async for page in cases.of_messages(since=since, place=make.place().id) for one in page]

    times = [one[0].message.at for one in found]
    assert len({one[0].message.id for one in found}) == len(found) == 444
    assert times == sorted(times)
    (twice,) = [one for one in found if len(one) > 1]
    assert twice[0].message.id == "fake:room:7"
    assert [case.state for case in twice] == [State.DISMISSED, State.OPEN]
    assert here == found
    assert [page async for page in cases.of_messages(since=since, place="fake:elsewhere")] == []


async def test_what_came_before_a_message_comes_latest_first(beside: Beside) -> None:
    """In its place, as far back as is asked for; of one time, those whose case is older."""
    cases = beside("one")
    shuffled = [(7 * n) % 450 for n in range(450)]
    for n in shuffled:
        at = make.NOON + timedelta(minutes=n // 2)
        await cases.open(make.message(message_id=f"fake:room:{n}", at=at), make.verdict(), at=LATER)
    elsewhere = replace(make.message(message_id="fake:other:1"), place=make.place(place_id="fake:other"))
    await cases.open(elsewhere, make.verdict(), at=LATER)
    (first,) = await cases.about("fake:room:7")
    await _dismissed(cases, first)
    again = make.message(message_id="fake:room:7", at=make.NOON + timedelta(hours=1))
    await cases.open(again, make.verdict(make.match("fake:user/other")), at=LATER)

    (last,) = await cases.about("fake:room:449")
    since = make.NOON + timedelta(minutes=2)
    found = [one async for page in cases.before(last.message, since=since) for one in page]
    none = make.message(message_id="fake:room:new", at=make.NOON + timedelta(minutes=1))
    unknown = [one[0].message.id async for page in cases.before(none, since=EVER) for one in page]

    times = [one[0].message.at for one in found]
    before = [n for n in range(4, 449) if n // 2 < 224 or shuffled.index(n) < shuffled.index(449)]
    assert sorted(one[0].message.id for one in found) == sorted(f"fake:room:{n}" for n in before)
    assert times == sorted(times, reverse=True)
    assert [len(one) for one in found if one[0].message.id == "fake:room:7"] == [2]
    assert sorted(unknown) == ["fake:room:0", "fake:room:1"]


async def test_it_is_told_which_messages_became_cases(beside: Beside) -> None:
    """Also of more messages than one question takes."""
    cases = beside("one")
    for n in (1, 900):
        await cases.open(make.message(message_id=f"fake:room:{n}"), make.verdict(), at=make.NOON)

    known = await cases.with_cases([f"fake:room:{n}" for n in range(1000)])

    assert known == {"fake:room:1", "fake:room:900"}
    assert await cases.with_cases([]) == frozenset()


async def test_cases_are_found_by_what_they_rest_on(beside: Beside) -> None:
    """By every entry of every match, also one that an edit brought; in whatever list it stood."""
    cases = beside("one")
    first = await cases.open(make.message(), make.verdict(), at=make.NOON)
    await cases.open(make.message(), make.verdict(make.match("fake:user/other")), at=make.NOON)
    other = await cases.open(
        make.message(message_id="fake:room:2"),
        make.verdict(make.match("fake:user/other", bank="mine")),
        at=make.NOON,
        about=(first.id,),
    )

    async def resting_on(kind: str, value: str) -> list[str]:
        return [case.id for case in await cases.resting_on(kind, value)]

    assert await resting_on("link", "telegram:user/bluelantern") == [first.id]
    assert await resting_on("link", "fake:user/other") == [first.id, other.id]
    assert await resting_on("pdq", "fake:user/other") == []
    assert [case.about for case in await cases.resting_on("link", "fake:user/other")] == [(), (first.id,)]


async def test_warnings_are_counted_while_they_stand(beside: Beside) -> None:
    """By account and place, one for each case, once they were told; taken back they are not counted."""
    cases = beside("one")
    amina, place = make.account().id, make.place().id
    warn = make.verdict(actions=(ActionKind.WARN, ActionKind.REPORT))

    async def warned(number: int, status: Status) -> Case:
        message = make.message(message_id=f"fake:room:{number}")
        return await cases.save(settled(await cases.open(message, warn, at=make.NOON), 0, status=status))

    first = await warned(1, Status.DONE)
    await warned(2, Status.DONE)
    await warned(3, Status.FAILED)
    await cases.open(make.message(message_id="fake:room:4"), warn, at=make.NOON)
    both = await cases.warnings(place, amina)
    dismiss = Decision(moderator=make.account(), choice=Choice.DISMISS, at=make.NOON)
    await cases.save(decided(first, dismiss))

    assert both == 2
    assert await cases.warnings(place, amina) == 1
    assert await cases.warnings("fake:elsewhere", amina) == 0
    assert await cases.warnings(place, "fake:id/7") == 0


async def test_an_unknown_id_is_no_case(beside: Beside) -> None:
    """Asking for what never was is answered, not refused."""
    assert await beside("one").get("ZZZ") is None
    assert await beside("one").get("not an id") is None


async def test_the_same_message_twice_is_one_case(beside: Beside) -> None:
    """A verdict that brings nothing new returns the case unchanged."""
    cases = beside("one")
    first = await cases.open(make.message(), make.verdict(), at=make.NOON)

    second = await cases.open(make.message(), make.verdict(), at=LATER)

    assert second == first


async def test_two_workers_at_once_open_one_case(beside: Beside) -> None:
    """However many workers see a message in the same moment, it has one case."""
    workers = [beside(f"worker {n}") for n in range(8)]

    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(cases.open(make.message(), make.verdict(), at=make.NOON)) for cases in workers
        ]

    assert len({task.result().id for task in tasks}) == 1


async def test_a_new_match_extends_a_case_that_is_not_closed(beside: Beside) -> None:
    """An edit that adds a link adds its match and asks for the card again."""
    cases = beside("one")
    first = await cases.open(make.message(), make.verdict(make.match("telegram:user/a")), at=make.NOON)

    second = await cases.open(
        make.message(),
        make.verdict(make.match("telegram:user/a"), make.match("telegram:user/b")),
        at=LATER,
    )

    assert second.id == first.id
    assert [m.entry.value for m in second.verdict.matches] == ["telegram:user/a", "telegram:user/b"]
    assert second.version > first.version
    assert await cases.get(first.id) == second


async def test_a_new_match_after_the_decision_is_a_new_case(beside: Beside) -> None:
    """What was decided stays decided; what is new is judged anew."""
    cases = beside("one")
    first = await _dismissed(cases, await cases.open(make.message(), make.verdict(), at=make.NOON))

    second = await cases.open(make.message(), make.verdict(make.match("telegram:user/b")), at=LATER)

    assert second.id != first.id
    assert second.state is State.OPEN
    assert await cases.get(first.id) == first


async def test_what_an_earlier_case_knows_is_not_new(beside: Beside) -> None:
    """A late second delivery of the first version of an edited message opens and changes nothing."""
    cases = beside("one")
    old = make.verdict(make.match("telegram:user/a"))
    await _dismissed(cases, await cases.open(make.message(), old, at=make.NOON))
    second = await cases.open(make.message(), make.verdict(make.match("telegram:user/b")), at=LATER)

    again = await cases.open(make.message(), old, at=LATER)

    assert again == second


async def test_a_verdict_of_gaps_alone_makes_one_case(beside: Beside) -> None:
    """What could not be looked at is a case too, and also only once."""
    cases = beside("one")
    verdict = replace(make.verdict(), matches=(), gaps=(Gap(part="attachment[0]", reason="too large"),))

    first = await cases.open(make.message(), verdict, at=make.NOON)
    second = await cases.open(make.message(), verdict, at=LATER)

    assert second == first
    assert first.verdict.gaps == verdict.gaps


async def test_each_save_is_one_version_further(beside: Beside) -> None:
    """A saved case is read as saved, and its version counts."""
    cases = beside("one")
    case = await cases.open(make.message(), make.verdict(), at=make.NOON)

    saved = await cases.save(replace(case, card="fake:card:1"))

    assert saved == replace(case, card="fake:card:1", version=case.version + 1)
    assert await cases.get(case.id) == saved


async def test_a_save_that_missed_another_is_refused(beside: Beside) -> None:
    """Of two moderators who decide on what they saw, the second must look again."""
    case = await beside("one").open(make.message(), make.verdict(), at=make.NOON)
    await beside("one").save(replace(case, card="fake:card:1"))

    with pytest.raises(Stale, match=case.id):
        await beside("two").save(replace(case, card="fake:card:2"))

    kept = await beside("two").get(case.id)
    assert kept is not None
    assert kept.card == "fake:card:1"


async def test_of_saves_at_once_one_wins(beside: Beside) -> None:
    """Saves of the same version are compared and set: exactly one is kept."""
    case = await beside("one").open(make.message(), make.verdict(), at=make.NOON)

    async def attempt(name: str) -> str:
        try:
            return (await beside(name).save(replace(case, card=name))).card
        except Stale:
            return ""

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(attempt(f"worker {n}")) for n in range(6)]

    winners = [task.result() for task in tasks if task.result()]
    kept = await beside("one").get(case.id)
    assert kept is not None
    assert [kept.card] == winners


async def test_a_lease_keeps_other_workers_away(beside: Beside) -> None:
    """While one worker carries a case's actions out, another may not and does not see it waiting."""
    one, two = beside("one"), beside("two")
    await one.bind(make.place().id, "fake:desk")
    case = await one.open(make.message(), make.verdict(), at=make.NOON)

    assert await one.lease(case.id, now=make.NOON, until=LATER)

    assert not await two.lease(case.id, now=make.NOON, until=LATER)
    assert await two.waiting(now=make.NOON) == ()
    assert await one.waiting(now=make.NOON) == (case.id,)


async def test_a_worker_may_always_take_its_own_lease_again(beside: Beside) -> None:
    """A worker that restarts under its name goes on at once."""
    case = await beside("one").open(make.message(), make.verdict(), at=make.NOON)
    await beside("one").lease(case.id, now=make.NOON, until=LATER)

    assert await beside("one").lease(case.id, now=make.NOON, until=LATER)


@pytest.mark.parametrize("passed", [timedelta(minutes=1), timedelta(hours=1)])
async def test_a_lease_ends_by_itself(beside: Beside, passed: timedelta) -> None:
    """A worker that died holds nothing up for longer than its lease."""
    one, two = beside("one"), beside("two")
    await one.bind(make.place().id, "fake:desk")
    case = await one.open(make.message(), make.verdict(), at=make.NOON)
    await one.lease(case.id, now=make.NOON, until=LATER)

    assert await two.waiting(now=make.NOON + passed) == (case.id,)
    assert await two.lease(case.id, now=make.NOON + passed, until=LATER + passed)
    assert not await one.lease(case.id, now=make.NOON + passed, until=LATER + passed)


async def test_a_lease_can_be_given_back(beside: Beside) -> None:
    """A lease until the past frees the case at once."""
    one, two = beside("one"), beside("two")
    case = await one.open(make.message(), make.verdict(), at=make.NOON)
    await one.lease(case.id, now=make.NOON, until=LATER)

    await one.lease(case.id, now=make.NOON, until=make.NOON)

    assert await two.lease(case.id, now=make.NOON, until=LATER)


async def test_nobody_leases_what_is_not_there(beside: Beside) -> None:
    """There is no right to carry out an unknown case."""
    assert not await beside("one").lease("ZZZ", now=make.NOON, until=LATER)


async def test_a_case_waits_until_its_actions_are_settled(beside: Beside) -> None:
    """A case is asked about as long as something is still to carry out, and not after."""
    cases = beside("one")
    await cases.bind(make.place().id, "fake:desk")
    first = await cases.open(make.message(message_id="fake:room:1"), make.verdict(), at=make.NOON)
    second = await cases.open(make.message(message_id="fake:room:2"), make.verdict(), at=make.NOON)

    await cases.save(settled(first, 0, status=Status.DONE))

    assert await cases.waiting(now=make.NOON) == (second.id,)


async def test_a_card_without_a_room_does_not_wait(beside: Beside) -> None:
    """What can only be shown is left out until there is a room to show it in."""
    cases = beside("one")
    case = await cases.open(make.message(), make.verdict(), at=make.NOON)
    assert await cases.waiting(now=make.NOON) == ()

    await cases.bind(make.place().id, "fake:desk")

    assert await cases.waiting(now=make.NOON) == (case.id,)


async def test_an_action_waits_without_a_room_too(beside: Beside) -> None:
    """A message can be deleted where nobody is shown why."""
    cases = beside("one")
    verdict = make.verdict(actions=(ActionKind.REPORT, ActionKind.DELETE))

    case = await cases.open(make.message(), verdict, at=make.NOON)

    assert await cases.waiting(now=make.NOON) == (case.id,)


async def test_leasing_does_not_disturb_a_save(beside: Beside) -> None:
    """A lease is no change of the case: what was loaded before can be saved after."""
    cases = beside("one")
    case = await cases.open(make.message(), make.verdict(), at=make.NOON)
    await cases.lease(case.id, now=make.NOON, until=LATER)

    saved = await cases.save(replace(case, card="fake:card:1"))

    assert not await beside("two").lease(case.id, now=make.NOON, until=LATER)
    assert await cases.get(case.id) == saved


async def _dismissed(cases: Cases, case: Case) -> Case:
    decision = Decision(moderator=make.account("Omar"), choice=Choice.DISMISS, at=make.NOON)
    return await cases.save(decided(case, decision))
