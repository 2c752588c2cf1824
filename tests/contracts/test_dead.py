"""What may be relied on by who looks at the items that were given up, whatever the inbox is made of."""

from datetime import timedelta

import pytest

from core.ports import Delivery, Inbox, Item
from tests import make
from tests.contracts.inboxes import ATTEMPTS, LEASE_S, Inboxes


async def put(inbox: Inbox, *names: str) -> None:
    """Put items in whose body is their name."""
    await inbox.put([Item(key=f"fake:{name}", platform="fake", body=name) for name in names])


async def claimed(inbox: Inbox) -> tuple[Delivery, ...]:
    """Claim what is there now."""
    return await inbox.claim(10, wait_s=0)


async def worn_out(inbox: Inbox, why: str = "it makes no sense") -> None:
    """Let all that is there fail until nothing is handed out any more."""
    for _ in range(ATTEMPTS):
        for delivery in await claimed(inbox):
            await inbox.failed(delivery, why, after_s=0)


async def test_an_empty_inbox_has_no_dead(inboxes: Inboxes) -> None:
    """Before anything was ever put in."""
    dead = await inboxes.dead()

    assert (await dead.given_up(limit=10), await dead.deaths(), await dead.again(None)) == ((), 0, 0)


async def test_what_was_given_up_tells_since_when_and_why(inboxes: Inboxes) -> None:
    """The last failure, in one line that is not too long; what waits, or is worked on, is none of it."""
    inbox, dead = await inboxes.worker("one"), await inboxes.dead()
    await put(inbox, "a")
    await inboxes.pass_time(60)
    await worn_out(inbox, "it makes\n no\x00 sense \ud83d " + "x" * 300)
    await put(inbox, "b", "c")
    await claimed(inbox)

    (one,) = await dead.given_up(limit=10)

    assert (one.platform, one.body, one.attempt) == ("fake", "a", ATTEMPTS)
    assert one.at == make.NOON + timedelta(seconds=60)
    assert one.why.startswith("it makes no sense ? xxx")
    assert one.why.endswith("x…")
    assert len(one.why) == 201
    assert await dead.deaths() == 1


async def test_what_killed_its_workers_says_so(inboxes: Inboxes) -> None:
    """Nobody was there to say more."""
    await put(await inboxes.worker("one"), "poison")
    for _ in range(ATTEMPTS + 1):
        await claimed(await inboxes.worker("one"))
    await inboxes.pass_time(LEASE_S + 1)

    (one,) = await (await inboxes.dead()).given_up(limit=10)

    assert (one.body, one.why, one.at) == ("poison", "its worker died", make.NOON)


async def test_the_oldest_are_told_of_many(inboxes: Inboxes) -> None:
    """As many as are asked for; the count is of all."""
    inbox, dead = await inboxes.worker("one"), await inboxes.dead()
    await put(inbox, "a", "b", "c")
    await worn_out(inbox)

    assert [one.body for one in await dead.given_up(limit=2)] == ["a", "b"]
    assert await dead.deaths() == 3


async def test_what_is_handed_out_again_has_all_its_attempts(inboxes: Inboxes) -> None:
    """Only what was named; it is among the dead no more, and is so again if it fails as often."""
    inbox, dead = await inboxes.worker("one"), await inboxes.dead()
    await put(inbox, "a", "b")
    await worn_out(inbox)
    first, _ = await dead.given_up(limit=10)

    count = await dead.again([first.id, first.id])
    twice = await dead.again([first.id])

    assert (count, twice, await inbox.depth()) == (1, 0, 1)
    assert [one.body for one in await dead.given_up(limit=10)] == ["b"]
    assert [(d.body, d.attempt) for d in await claimed(inbox)] == [("a", 1)]
    await inboxes.pass_time(LEASE_S + 1)
    await worn_out(await inboxes.worker("two"), "worse")
    assert sorted((one.body, one.why) for one in await dead.given_up(limit=10)) == [
        ("a", "worse"),
        ("b", "it makes no sense"),
    ]


async def test_what_is_handed_out_again_is_known_as_long_as_it_lives(inboxes: Inboxes) -> None:
    """Its week among the dead ends while it is worked on: then it must not be taken in a second time."""
    inbox, dead = await inboxes.worker("one"), await inboxes.dead()
    await put(inbox, "a")
    await worn_out(inbox)
    await dead.again(None)
    await inboxes.pass_time(8 * 86400)

    await put(inbox, "b")
    await put(inbox, "a")

    assert [delivery.body for delivery in await claimed(inbox)] == ["a", "b"]


async def test_all_are_handed_out_again(inboxes: Inboxes) -> None:
    """More than one step takes; and what was done since is known by its key as ever."""
    inbox, dead = await inboxes.worker("one"), await inboxes.dead()
    names = [f"{n:04}" for n in range(1_100)]
    await put(inbox, *names)
    while found := await inbox.claim(1_000, wait_s=0):
        for delivery in found:
            await inbox.failed(delivery, "no", after_s=0)

    assert await dead.deaths() == len(names)
    assert await dead.again(None) == len(names)
    found = await inbox.claim(2_000, wait_s=0)
    await inbox.done(found)
    await put(inbox, *names)

    assert sorted(one.body for one in found) == names
    assert (await inbox.depth(), await dead.deaths()) == (0, 0)


@pytest.mark.parametrize("id_", ["", "x", "-1", "7", "7-7", "1" * 40, "١", "1-1 fake:a", "*", "0-0"])
async def test_an_id_of_none_of_them_is_passed_over(inboxes: Inboxes, id_: str) -> None:
    """Whatever somebody types; what waits is not touched by its id either."""
    inbox, dead = await inboxes.worker("one"), await inboxes.dead()
    await put(inbox, "a")
    (waiting,) = await claimed(inbox)

    assert await dead.again([id_, waiting.id.split(" ")[0]]) == 0
    assert await inbox.depth() == 1
