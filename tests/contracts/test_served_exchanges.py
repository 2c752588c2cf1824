"""What every exchange with an API promises, against servers on loopback that are not always well."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

from core.errors import BadInput, CannotLook, TryLater
from core.exchange.servers import SERVERS
from core.exchange.sync import Ended
from core.model import EntryState, Judgement, Opinion, Subscription
from core.ports import Accepted, Rejected, Update, Withdrawn
from tests.contracts.exchange_servers import MAKERS, Api, digest
from tests.core.exchange.served import House

FIVE: list[tuple[int, bool] | None] = [(1, False), (2, False), None, (3, True), (4, False)]


@pytest.fixture(params=list(MAKERS))
async def api(request: pytest.FixtureRequest) -> AsyncIterator[Api]:
    """Serve each kind of exchange with five records, one malformed and one taken back."""
    made = MAKERS[request.param]()
    made.records = list(FIVE)
    async with made.served():
        yield made


@pytest.fixture
def house(tmp_path: Path, api: Api) -> House:
    """Give what keeps subscriptions, with the server's token."""
    return House(tmp_path, secrets={"TOKEN": api.token}, makers=dict(SERVERS))


async def updates(api: Api, house: House, since: str | None = None) -> list[Update]:
    """Fetch everything."""
    async with api.exchange(house) as exchange:
        return [update async for update in exchange.fetch(since)]


async def values(house: House, state: EntryState = EntryState.ACTIVE) -> list[int]:
    """Give the numbers of the hashes that the bank holds."""
    return [int(e.value, 16) async for e in house.banks.entries("kites") if e.state is state]


async def test_every_record_is_one_update_over_all_pages(api: Api, house: House) -> None:
    """In the server's order; one that is malformed is rejected and the rest counts."""
    found = await updates(api, house)

    assert [type(u) for u in found] == [Accepted, Accepted, Rejected, Withdrawn, Accepted]
    assert [u.entries[0].value for u in found if not isinstance(u, Rejected)] == [
        digest(n) for n in (1, 2, 3, 4)
    ]
    assert all(
        u.reason == "md5 must be 32 hex digits" and u.line == 3 for u in found if isinstance(u, Rejected)
    )


async def test_wherever_it_was_left_nothing_is_missed(api: Api, house: House) -> None:
    """A checkpoint may bring records of its page once more, and never leaves one out."""
    everything = await updates(api, house)
    rows = [u.entries for u in everything if not isinstance(u, Rejected)]

    for place, update in enumerate(everything):
        again = [
            u.entries for u in await updates(api, house, update.checkpoint) if not isinstance(u, Rejected)
        ]
        assert all(u.entries in again for u in everything[place + 1 :] if not isinstance(u, Rejected)), (
            update.checkpoint
        )
        assert all(entries in rows for entries in again)


async def test_news_are_fetched_from_the_checkpoint_on(api: Api, house: House) -> None:
    """What was deleted since is withdrawn, what is new comes, and an empty visit keeps the checkpoint."""
    await house.subscribing.add(api.subscription, origin="", by="amina")
    assert (await values(house), await values(house, EntryState.WITHDRAWN)) == ([1, 2, 4], [3])
    first = (await house.the()).checkpoint

    quiet = await house.sync.sync(await house.the())
    assert quiet.ended in (Ended.TAKEN, Ended.UNCHANGED)
    assert (await house.the()).checkpoint == first

    api.records += [(5, False), (1, True)]
    await house.sync.sync(await house.the())
    assert (await values(house), await values(house, EntryState.WITHDRAWN)) == ([2, 4, 5], [1, 3])
    assert (await house.the()).checkpoint != first


async def test_a_server_that_fails_half_way_goes_on_where_it_stopped(api: Api, house: House) -> None:
    """What came before counts; the next visit brings the rest."""
    house.tries = 1
    log_in = [200] if api.kind == "tat" else []
    api.fails = [*log_in, 200, 503]

    with pytest.raises(TryLater, match="the server is busy"):
        await updates(api, house)
    api.fails = [*log_in, 200, 503]
    await house.banks.add("kites", [])
    await house.kept.put(api.subscription)
    broken = await house.sync.sync(api.subscription)
    assert (broken.ended, broken.reason) == (Ended.TAKEN, "the server is busy (503)")
    assert await values(house) == [1, 2]
    assert (await house.the()).error == "the server is busy (503)"

    mended = await house.sync.sync(await house.the())
    assert (mended.ended, mended.reason) == (Ended.TAKEN, "")
    assert await values(house) == [1, 2, 4]


@pytest.mark.parametrize("status", [429, 500])
async def test_a_busy_server_is_asked_again(api: Api, house: House, status: int) -> None:
    """Without a word to anybody, if it is well then."""
    api.fails = [status, status]

    assert len(await updates(api, house)) == 5
    assert len(house.paused) == 2


async def test_pages_that_go_round_in_a_circle_are_left(api: Api, house: House) -> None:
    """The server that always names the same next page is not asked for ever."""
    api.circles = True
    api.page = 5

    with pytest.raises(CannotLook, match=r"again and again|do not come in the order"):
        await updates(api, house)

    assert api.answers < 10


async def test_an_empty_list_is_no_error(api: Api, house: House) -> None:
    """There is nothing yet."""
    api.records = []

    assert await updates(api, house) == []


async def test_a_token_that_ended_is_told(api: Api, house: House) -> None:
    """The entries stay; the line asks about the token and does not show it."""
    await house.subscribing.add(api.subscription, origin="", by="amina")
    house.secrets["TOKEN"] = "wr0ng:wr0ng:wr0ng"

    attempt = await house.sync.sync(await house.the())

    assert attempt.ended is Ended.FAILED
    assert attempt.reason.startswith(("the server does not let us in (401)", "the server refuses (400)"))
    assert "wr0ng" not in repr(house.kept.kept)
    assert await values(house) == [1, 2, 4]


async def test_an_answer_of_another_form_is_refused(api: Api, house: House) -> None:
    """Another server at the same address, or an error written as a page."""
    async with house.lend(api.subscription) as asking:
        exchange = SERVERS[api.kind](
            replace(api.subscription, location=api.url.replace("/v", "/other/v")), asking, api.token
        )
        api.answer = _something_else  # type: ignore[method-assign,assignment]  # this server is another one now
        with pytest.raises(CannotLook):
            _ = [update async for update in exchange.fetch(None)]


async def _something_else(_request: web.Request) -> web.StreamResponse:
    return web.json_response({"token": "t", "error": "moved"})


async def test_a_kind_with_a_server_needs_its_address_and_a_token(api: Api, house: House) -> None:
    """One line says what is missing."""
    with pytest.raises(BadInput, match="needs the address of its server"):
        await house.subscribing.preview(replace(api.subscription, location="list.json"))
    with pytest.raises(BadInput, match="needs a token"):
        await house.subscribing.preview(replace(api.subscription, credential=""))


async def test_opinions_go_back_where_they_are_wanted(api: Api, house: House) -> None:
    """Only when asked to, once each; what fails waits for the next time."""
    await house.subscribing.add(api.subscription, origin="", by="amina")
    opinion = Opinion(
        bank="kites",
        kind="md5",
        value=digest(2),
        judgement=Judgement.FALSE_POSITIVE,
        reason="a newsroom",
        by="amina",
        at=house.now,
    )
    await house.giving_back.say(opinion)
    with pytest.raises(BadInput, match="kites has no md5"):
        await house.giving_back.say(replace(opinion, value=digest(99)))
    await house.sync.sync(await house.the())
    assert api.posted == []
    if api.kind == "tat":
        with pytest.raises(BadInput, match="takes no opinions"):
            await house.giving_back.report(await house.the())
        return

    api.fails = [500] * 3
    failed = await house.giving_back.report(await house.the())
    assert (failed.sent, failed.waiting, failed.reason) == (0, 1, "the server is busy (500)")

    sent = await house.giving_back.report(await house.the())
    assert (sent.sent, sent.waiting) == (1, 0)
    assert digest(2) in repr(api.posted)
    assert "amina" not in repr(api.posted)
    assert (await house.giving_back.report(await house.the())).sent == 0
    assert len(api.posted) == 1


async def test_a_subscription_may_send_opinions_by_itself(api: Api, house: House) -> None:
    """Where it says so; nothing else ever does."""
    if api.kind == "tat":
        pytest.skip("this exchange takes no opinions")
    quiet = api.subscription
    await house.subscribing.add(quiet, origin="", by="amina")
    opinion = Opinion(bank="kites", kind="md5", value=digest(2), judgement=Judgement.CONFIRMED, at=house.now)
    await house.giving_back.say(opinion)
    house.later(days=2)
    await house.sync.turn()
    assert api.posted == []

    await house.kept.put(replace(await house.the(), reports=True))
    house.later(days=2)
    await house.sync.turn()
    assert len(api.posted) == 1


async def test_a_stale_checkpoint_fetches_everything_and_forgets_what_is_gone(tmp_path: Path) -> None:
    """Deletions are told for ninety days: after eighty-five the list is compared as a whole."""
    meta = MAKERS["threat_updates"]()
    meta.records = [(n, False) for n in range(1, 6)]
    async with meta.served():
        house = House(tmp_path, secrets={"TOKEN": meta.token}, makers=dict(SERVERS))
        await house.subscribing.add(meta.subscription, origin="", by="amina")
        meta.records = [(4, False), (5, False), (6, False)]

        house.later(days=84)
        await house.sync.sync(await house.the())
        assert await values(house) == [1, 2, 3, 4, 5]

        house.later(days=86)
        house.tries = 1
        meta.fails = [200, 503]
        await house.sync.sync(await house.the())
        assert await values(house) == [1, 2, 3, 4, 5]
        await house.sync.sync(await house.the())
        assert await values(house) == [4, 5, 6]


async def test_a_token_that_ends_between_two_pages_is_renewed(tmp_path: Path) -> None:
    """Once for each page: the visit goes on as if nothing had been."""
    tat = MAKERS["tat"]()
    tat.records = [(n, False) for n in range(1, 6)]
    tat.fails = [200, 200, 401]
    async with tat.served():
        house = House(tmp_path, secrets={"TOKEN": tat.token}, makers=dict(SERVERS))

        assert len(await updates(tat, house)) == 5

    assert tat.logins == 2


async def test_no_other_server_than_the_named_one_is_asked(tmp_path: Path) -> None:
    """The token goes to one server, whatever address comes up."""
    meta, other = MAKERS["threat_updates"](), MAKERS["threat_updates"]()
    meta.records = [(n, False) for n in range(1, 6)]
    async with meta.served(), other.served():
        house = House(tmp_path)
        async with house.lend(meta.subscription) as asking:
            exchange = SERVERS["threat_updates"](
                Subscription(bank="kites", kind="threat_updates", location=other.url), asking, meta.token
            )
            with pytest.raises((CannotLook, TryLater)):
                _ = [update async for update in exchange.fetch(None)]
    assert other.answers == 0
