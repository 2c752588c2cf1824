"""What listeners and workers may rely on, whatever the inbox is made of."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest

from core.keeping import GivenUp
from core.ports import Delivery, Inbox, Item
from tests.contracts.inboxes import ATTEMPTS, LEASE_S, Inboxes, given_up

DAY_S = 24 * 3600.0


def items(*names: str) -> list[Item]:
    """Give items whose body tells which they are."""
    return [Item(key=f"fake:{name}", platform="fake", body=f'{{"name": "{name}"}}') for name in names]


def names(deliveries: Sequence[Delivery | GivenUp]) -> list[str]:
    """Tell which items these are."""
    return [delivery.body.split('"')[3] for delivery in deliveries]


async def claimed(inbox: Inbox, limit: int = 10) -> tuple[Delivery, ...]:
    """Claim what is there now."""
    return await inbox.claim(limit, wait_s=0)


async def drained(inbox: Inbox) -> list[Delivery]:
    """Claim again and again until there is nothing more."""
    found: list[Delivery] = []
    while batch := await claimed(inbox):
        found += batch
    return found


async def test_what_was_put_is_handed_out_in_order(inboxes: Inboxes) -> None:
    """Oldest first, with platform and body as they came, as a first attempt."""
    inbox = await inboxes.worker("one")

    assert await inbox.put(items("a", "b")) == 2
    assert await inbox.put(items("c")) == 1
    found = await claimed(inbox)

    assert names(found) == ["a", "b", "c"]
    assert {(d.platform, d.attempt) for d in found} == {("fake", 1)}
    assert found[0].body == '{"name": "a"}'


async def test_any_text_comes_through(inboxes: Inboxes) -> None:
    """Every script and sign is kept; half a character, which no text can hold, becomes a question mark."""
    inbox = await inboxes.worker("one")
    text = "نگہبان 🪁 \x00 \n \u2028 a\ud83d"

    await inbox.put([Item(key="fake:\ud83d", platform="fake", body=text)])

    assert [d.body for d in await claimed(inbox)] == [text[:-1] + "?"]


async def test_nothing_comes_from_an_empty_inbox(inboxes: Inboxes) -> None:
    """Putting nothing and claiming nothing are no errors."""
    inbox = await inboxes.worker("one")

    assert await inbox.put([]) == 0
    assert await claimed(inbox) == ()
    assert await inbox.depth() == 0
    assert await given_up(inboxes) == ()
    await inbox.done([])


async def test_a_claim_takes_no_more_than_its_limit(inboxes: Inboxes) -> None:
    """The rest stays for the next claim."""
    inbox = await inboxes.worker("one")
    await inbox.put(items("a", "b", "c"))

    assert names(await claimed(inbox, 2)) == ["a", "b"]
    assert names(await claimed(inbox, 2)) == ["c"]


async def test_the_same_key_is_taken_in_once(inboxes: Inboxes) -> None:
    """Platforms deliver twice: in one batch, in two, while it waits and while it is worked on."""
    inbox = await inboxes.worker("one")

    assert await inbox.put(items("a", "a", "b")) == 2
    assert await inbox.put(items("a")) == 0
    found = await claimed(inbox)
    assert await inbox.put(items("a", "c")) == 1

    assert names(found) == ["a", "b"]
    assert names(await claimed(inbox)) == ["c"]


async def test_a_key_is_known_for_a_day_after_it_was_done(inboxes: Inboxes) -> None:
    """A late second delivery has no effect; in the end the key is forgotten."""
    inbox = await inboxes.worker("one")
    await inbox.put(items("a"))
    await inbox.done(await claimed(inbox))

    await inboxes.pass_time(DAY_S - 60)
    assert await inbox.put(items("a")) == 0

    await inboxes.pass_time(120)
    assert await inbox.put(items("b")) == 1
    assert await inbox.put(items("a")) == 1


async def test_done_is_done(inboxes: Inboxes) -> None:
    """What had its effect is not handed out again: not after a restart, not after the lease."""
    inbox = await inboxes.worker("one")
    await inbox.put(items("a", "b"))
    found = await claimed(inbox)

    await inbox.done(found)
    await inbox.done(found)
    await inboxes.pass_time(2 * LEASE_S)

    assert await inbox.depth() == 0
    assert await drained(await inboxes.worker("one")) == []
    assert await drained(await inboxes.worker("two")) == []


async def test_only_what_is_done_is_forgotten(inboxes: Inboxes) -> None:
    """What lies between two that are done is handed out again after the lease."""
    inbox = await inboxes.worker("one")
    await inbox.put(items("a", "b", "c", "d", "e"))
    found = await claimed(inbox)

    await inbox.done([found[4], found[0], found[1], found[3]])
    await inboxes.pass_time(2 * LEASE_S)

    assert await inbox.depth() == 1
    assert [one.body for one in await drained(await inboxes.worker("two"))] == [found[2].body]


async def test_depth_counts_what_waits_and_what_is_worked_on(inboxes: Inboxes) -> None:
    """Done and dead are neither."""
    inbox = await inboxes.worker("one")
    await inbox.put(items("a", "b", "c"))

    (first,) = await claimed(inbox, 1)
    assert await inbox.depth() == 3

    await inbox.failed(first, "busy", after_s=60)
    assert await inbox.depth() == 3

    await inbox.done(await claimed(inbox, 1))
    assert await inbox.depth() == 2


async def test_what_is_claimed_is_its_workers_alone(inboxes: Inboxes) -> None:
    """Neither another worker nor another claim of the same gets it while the lease lasts."""
    one, two = await inboxes.worker("one"), await inboxes.worker("two")
    await one.put(items("a"))
    await claimed(one)

    await inboxes.pass_time(LEASE_S - 1)

    assert await claimed(two) == ()
    assert await claimed(one) == ()


async def test_others_get_a_dead_workers_items_after_the_lease(inboxes: Inboxes) -> None:
    """A worker that dies without a word holds nothing up for longer than that."""
    one, two = await inboxes.worker("one"), await inboxes.worker("two")
    await one.put(items("a", "b"))
    await claimed(one)

    await inboxes.pass_time(LEASE_S + 1)
    found = await drained(two)

    assert names(found) == ["a", "b"]
    assert {d.attempt for d in found} == {2}


async def test_a_worker_that_restarts_gets_its_items_at_once(inboxes: Inboxes) -> None:
    """Under the same name it goes on where it was, before anything newer."""
    one = await inboxes.worker("one")
    await one.put(items("a", "b"))
    await claimed(one)
    await one.put(items("c"))

    again = await inboxes.worker("one")

    assert [(n, d.attempt) for d in await drained(again) for n in names([d])] == [
        ("a", 2),
        ("b", 2),
        ("c", 1),
    ]


async def test_a_restarted_worker_gets_back_however_much_it_held(inboxes: Inboxes) -> None:
    """Also when that is more than one look at the list shows."""
    one = await inboxes.worker("one")
    everything = [f"item {n}" for n in range(150)]
    await one.put(items(*everything))
    await claimed(one, 150)

    assert names(await drained(await inboxes.worker("one"))) == everything


async def test_what_expired_is_found_behind_what_did_not(inboxes: Inboxes) -> None:
    """However much older work a living worker still holds."""
    one, two = await inboxes.worker("one"), await inboxes.worker("two")
    await one.put(items(*(f"item {n}" for n in range(40)), "last"))
    await claimed(one, 40)
    await claimed(two)
    await inboxes.pass_time(LEASE_S / 2)
    assert len(await drained(await inboxes.worker("one"))) == 40

    await inboxes.pass_time(LEASE_S / 2 + 1)

    assert names(await drained(await inboxes.worker("three"))) == ["last"]


async def test_an_item_that_failed_comes_back_later(inboxes: Inboxes) -> None:
    """Not before its time, then to anybody, as the next attempt."""
    one, two = await inboxes.worker("one"), await inboxes.worker("two")
    await one.put(items("a"))
    (delivery,) = await claimed(one)

    await one.failed(delivery, "busy", after_s=30)
    await inboxes.pass_time(29)
    assert await claimed(two) == ()
    await inboxes.pass_time(2)

    assert [(names([d]), d.attempt) for d in await claimed(two)] == [(["a"], 2)]


async def test_an_item_that_failed_survives_its_worker(inboxes: Inboxes) -> None:
    """The wait is kept by the inbox, not by the worker."""
    one = await inboxes.worker("one")
    await one.put(items("a"))
    (delivery,) = await claimed(one)
    await one.failed(delivery, "busy", after_s=30)

    again = await inboxes.worker("one")
    assert await claimed(again) == ()
    await inboxes.pass_time(31)

    assert names(await claimed(again)) == ["a"]


async def test_what_was_given_up_is_kept_for_a_week(inboxes: Inboxes) -> None:
    """Its body is what a member wrote: whether it failed or killed its workers, it is not kept for ever."""
    inbox = await inboxes.worker("one")
    await inbox.put(items("a"))
    for _ in range(ATTEMPTS):
        (failing,) = await claimed(inbox)
        await inbox.failed(failing, "it makes no sense", after_s=0)
    await inbox.put(items("b"))
    for _ in range(ATTEMPTS):
        assert names(await claimed(inbox)) == ["b"]
        inbox = await inboxes.worker("one")
    assert await claimed(inbox) == ()

    await inboxes.pass_time(7 * DAY_S - 60)
    assert await inbox.put(items("a", "b", "c")) == 1
    assert names(await given_up(inboxes)) == ["a", "b"]

    await inboxes.pass_time(120)
    assert await inbox.put(items("d")) == 1
    assert await given_up(inboxes) == ()
    assert await inbox.put(items("a", "b")) == 2


async def test_the_last_failure_lays_an_item_among_the_dead(inboxes: Inboxes) -> None:
    """After its attempts it is handed out no more, and kept with its body for whoever looks why."""
    inbox = await inboxes.worker("one")
    await inbox.put(items("a", "b"))

    for attempt in range(1, ATTEMPTS + 1):
        found = await claimed(inbox)
        assert (names(found[:1]), found[0].attempt) == (["a"], attempt)
        await inbox.failed(found[0], "it makes no sense", after_s=0)

    assert [(names([d]), d.attempt) for d in await given_up(inboxes)] == [(["a"], ATTEMPTS)]
    await inboxes.pass_time(2 * LEASE_S)
    assert await inbox.depth() == 1
    assert names(await drained(await inboxes.worker("two"))) == ["b"]
    assert await inbox.put(items("a")) == 0


async def test_an_item_that_kills_its_worker_dies_alone(inboxes: Inboxes) -> None:
    """Its neighbours in the batch, and those behind it, all have their effect."""
    worker = await inboxes.worker("one")
    await worker.put(items("a", "poison", "b", "c"))
    worked: list[str] = []
    starts = 0

    while await worker.depth():
        starts += 1
        assert starts < 20
        worker = await inboxes.worker("one")
        worked += await _until_killed(worker)

    assert sorted(worked) == ["a", "b", "c"]
    assert names(await given_up(inboxes)) == ["poison"]


async def test_a_restart_is_no_attempt_of_what_was_not_handed_out(inboxes: Inboxes) -> None:
    """However often a worker dies, what it had not begun does not use up its attempts."""
    worker = await inboxes.worker("one")
    await worker.put(items("a", "b"))
    await claimed(worker)

    for _ in range(ATTEMPTS - 1):
        worker = await inboxes.worker("one")
        assert names(await claimed(worker)) == ["a"]
    worker = await inboxes.worker("one")

    assert [(names([d]), d.attempt) for d in await drained(worker)] == [(["b"], 2)]
    assert names(await given_up(inboxes)) == ["a"]


async def test_a_worker_that_lost_its_lease_disturbs_nobody(inboxes: Inboxes) -> None:
    """Its late failure does not take the item out of the hands that have it now."""
    one, two = await inboxes.worker("one"), await inboxes.worker("two")
    await one.put(items("a"))
    (late,) = await claimed(one)
    await inboxes.pass_time(LEASE_S + 1)
    (current,) = await claimed(two)

    await one.failed(late, "busy", after_s=0)

    assert await claimed(one) == ()
    await two.done([current])
    assert await two.depth() == 0


async def test_a_late_done_counts(inboxes: Inboxes) -> None:
    """The item had its effect, whoever has it now."""
    one, two = await inboxes.worker("one"), await inboxes.worker("two")
    await one.put(items("a"))
    late = await claimed(one)
    await inboxes.pass_time(LEASE_S + 1)
    (current,) = await claimed(two)

    await one.done(late)
    await two.failed(current, "busy", after_s=0)

    assert await two.depth() == 0
    assert await drained(two) == []


async def test_workers_at_once_get_everything_once(inboxes: Inboxes) -> None:
    """Nothing twice, nothing lost, while more is being put in."""
    workers = [await inboxes.worker(f"worker {n}") for n in range(4)]
    everything = [f"item {n}" for n in range(300)]
    worked: Counter[str] = Counter()

    async def put() -> None:
        for start in range(0, 300, 25):
            await workers[0].put(items(*everything[start : start + 30]))

    async def work(inbox: Inbox) -> None:
        while worked.total() < 300:
            found = await inbox.claim(7, wait_s=0.05)
            worked.update(names(found))
            await inbox.done(found)

    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        group.create_task(put())
        for worker in workers:
            group.create_task(work(worker))

    assert worked == Counter(everything)
    assert await workers[0].depth() == 0


async def test_one_workers_claims_at_once_get_everything_once(inboxes: Inboxes) -> None:
    """Two claims of the same worker do not take each other's for left behind."""
    inbox = await inboxes.worker("one")
    await inbox.put(items(*(f"item {n}" for n in range(40))))

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(claimed(inbox, 10)) for _ in range(6)]

    assert Counter(n for task in tasks for n in names(task.result())).most_common(1)[0][1] == 1
    assert sum(len(task.result()) for task in tasks) == 40


@pytest.mark.parametrize("same", [True, False])
async def test_a_waiting_claim_is_woken_by_what_comes(inboxes: Inboxes, *, same: bool) -> None:
    """From the same process and from another, long before its patience ends."""
    one = await inboxes.worker("one")
    other = one if same else await inboxes.worker("other")

    async with asyncio.timeout(15), asyncio.TaskGroup() as group:
        claim = group.create_task(one.claim(10, wait_s=60))
        while not claim.done():
            await asyncio.sleep(0.05)
            await other.put(items("a"))

    assert names(claim.result()) == ["a"]


async def test_a_claim_has_patience_and_then_none(inboxes: Inboxes) -> None:
    """An empty inbox gives nothing after the wait, and burns no processor time meanwhile."""
    inbox = await inboxes.worker("one")
    loop = asyncio.get_running_loop()
    await claimed(inbox)
    begun = loop.time()

    assert await inbox.claim(10, wait_s=0.3) == ()

    assert 0.25 < loop.time() - begun < 10


async def test_a_cancelled_claim_loses_nothing(inboxes: Inboxes) -> None:
    """At whatever moment a claim is cancelled, the next has its items; one at the same time has its own."""
    inbox = await inboxes.worker("one")
    loop = asyncio.get_running_loop()
    cancelled = 0
    for moment in range(0, 4000, 50):
        put = [f"{moment} a", f"{moment} b"]
        stays, goes = (asyncio.create_task(inbox.claim(1, wait_s=5)) for _ in range(2))
        await asyncio.sleep(0)
        await inbox.put(items(*put))
        loop.call_later(moment / 1e6, goes.cancel)
        found = list(await stays)
        try:
            found += await goes
        except asyncio.CancelledError:
            cancelled += 1
        found += await drained(inbox)

        assert sorted(names(found)) == put
        await inbox.done(found)
    assert cancelled


async def test_close_keeps_what_is_claimed(inboxes: Inboxes) -> None:
    """A stop in good order gives nothing to others; a restart goes on with it."""
    one = await inboxes.worker("one")
    await one.put(items("a"))
    await claimed(one)

    await one.close()

    assert await claimed(await inboxes.worker("two")) == ()
    assert names(await claimed(await inboxes.worker("one"))) == ["a"]


async def _until_killed(worker: Inbox) -> list[str]:
    """Work one delivery after the other, until the poison kills the worker."""
    worked: list[str] = []
    while found := await claimed(worker):
        for delivery in found:
            if names([delivery]) == ["poison"]:
                return worked
            worked += names([delivery])
            await worker.done([delivery])
    return worked
