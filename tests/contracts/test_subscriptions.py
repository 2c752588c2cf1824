"""The contract of the port `Subscriptions`: in memory and in the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.keeping import Subscriptions
from core.model import Judgement, Manifest, Opinion, Subscription
from core.store.subscriptions import SqlSubscriptions
from tests import make
from tests.fake_subscriptions import MemorySubscriptions
from tests.stores import opened_store

LANTERNS = Subscription(bank="lanterns", kind="list", location="https://lists.example/lanterns.csv")


@pytest.fixture(params=["memory", "sql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Subscriptions]:
    """Lend each kind of store, empty."""
    if request.param == "memory":
        yield MemorySubscriptions()
        return
    async with opened_store(tmp_path) as database:
        yield SqlSubscriptions(database)


async def test_a_subscription_comes_back_whole(store: Subscriptions) -> None:
    """Every field survives, and another one stands beside it, by name."""
    full = Subscription(
        bank="kites",
        kind="bundle",
        location="https://kites.example/kites.bundle",
        keys=("0a" * 32, "0b" * 32),
        credential="KITES_TOKEN",
        interval_s=3600,
        reports=True,
        checkpoint="7",
        etag='"abc"',
        modified="Sun, 01 Mar 2026 12:00:00 GMT",
        tried_at=make.NOON,
        succeeded_at=make.NOON - timedelta(days=1),
        error="the server is out of reach",
        failures=2,
        due_at=make.NOON + timedelta(hours=1),
        held="40 times as many entries as before",
    )
    await store.put(LANTERNS)
    await store.put(full)

    assert await store.subscriptions() == (full, LANTERNS)


async def test_a_subscription_is_written_over(store: Subscriptions) -> None:
    """One bank is filled by one list."""
    await store.put(LANTERNS)
    await store.put(replace(LANTERNS, checkpoint="9", keys=("0a" * 32,)))

    assert await store.subscriptions() == (replace(LANTERNS, checkpoint="9", keys=("0a" * 32,)),)


async def test_what_came_signed_is_a_chain_that_grows(store: Subscriptions) -> None:
    """By version, each once; it goes with the subscription, and no other does."""
    second, first, other = (
        Manifest(bank=bank, version=version, key="0a" * 32, text=text, signature="0c" * 64, at=make.NOON)
        for bank, version, text in (("lanterns", 2, "two"), ("lanterns", 1, "one"), ("kites", 1, "kites"))
    )
    await store.put(LANTERNS)
    for one in (second, first, other, replace(first, text="forged later")):
        await store.add_manifest(one)

    assert await store.manifests("lanterns") == (first, second)
    assert await store.unsubscribe("lanterns") is True
    assert await store.unsubscribe("lanterns") is False
    assert await store.subscriptions() == ()
    assert await store.manifests("lanterns") == ()
    assert await store.manifests("kites") == (other,)


async def test_the_last_opinion_about_an_entry_counts(store: Subscriptions) -> None:
    """Whoever changes their mind says so again; another entry's opinion stays."""
    first = Opinion(
        bank="lanterns",
        kind="link",
        value="telegram:user/one",
        judgement=Judgement.FALSE_POSITIVE,
        reason="a newsroom",
        by="amina",
        at=make.NOON,
    )
    other = replace(first, value="telegram:user/two", at=make.NOON + timedelta(hours=1))
    changed = replace(
        first,
        judgement=Judgement.CONFIRMED,
        at=make.NOON + timedelta(hours=2),
        sent_at=make.NOON + timedelta(hours=3),
    )
    for one in (first, other, changed):
        await store.say(one)

    assert await store.opinions("lanterns") == (other, changed)
    assert await store.opinions("kites") == ()


async def test_an_opinion_is_taken_back_until_it_is_sent(store: Subscriptions) -> None:
    """What others were told stays; saying the very same again does not send it again."""
    waiting = Opinion(
        bank="kites", kind="link", value="telegram:user/a", judgement=Judgement.DISPUTED, at=make.NOON
    )
    sent = replace(waiting, value="telegram:user/b", sent_at=make.NOON)
    await store.say(waiting)
    await store.say(sent)

    await store.say(replace(sent, sent_at=None))
    for value in ("telegram:user/a", "telegram:user/b", "telegram:user/c"):
        await store.unsay("kites", kind="link", value=value)

    assert await store.opinions("kites") == (sent,)
