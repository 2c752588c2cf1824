"""A list behind a server: what is new is taken in, what is broken takes nothing away."""

import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import BadInput
from core.exchange.sync import Ended
from core.model import Entry, EntryState, Subscription, Trust
from core.ports import Accepted, Update
from tests.core.exchange.served import House, Served


def listed(*names: str) -> bytes:
    """Give a list of accounts as its server sends it."""
    return "".join(f"https://t.me/{name}\n" for name in names).encode()


@pytest.fixture
async def server() -> AsyncIterator[Served]:
    """Serve a list of three accounts."""
    async with Served(body=listed("kites_a", "kites_b", "kites_c")).served() as served:
        yield served


@pytest.fixture
async def house(tmp_path: Path, server: Served) -> House:
    """Subscribe to it."""
    made = House(tmp_path)
    await made.subscribing.add(subscription(server), origin="", by="amina")
    return made


def subscription(server: Served, **more: str) -> Subscription:
    """Give a subscription to what a server has."""
    return replace(Subscription(bank="kites", kind="list", location=server.url), **more)  # type: ignore[arg-type]  # texts


async def values(house: House, state: EntryState = EntryState.ACTIVE) -> list[str]:
    """Give what the bank holds in a state."""
    return [e.value.rpartition("/")[2] async for e in house.banks.entries("kites") if e.state is state]


async def test_a_list_is_subscribed_to_on_trial_and_its_first_copy_taken_in(
    house: House, server: Served
) -> None:
    """It counts for nothing yet, it is known whose it is, and its entries say where they come from."""
    ((bank, count),) = await house.banks.banks()
    entries = [entry async for entry in house.banks.entries("kites")]

    assert (bank.trust, bank.origin, bank.added_by, count) == (Trust.TRIAL, "127.0.0.1", "amina", 3)
    assert {entry.source for entry in entries} == {server.url}
    assert (await house.the()).succeeded_at == house.now
    assert house.copies.copy("kites").read_bytes() == server.body


async def test_what_left_a_list_is_withdrawn_and_what_came_back_counts_again(
    house: House, server: Served
) -> None:
    """Not deleted: who asks later finds that the list took it back. Entries of one's own stay."""
    mine = Entry(kind="link", value="telegram:user/mine_here", source="by hand")
    await house.banks.add("kites", [mine])
    server.body = listed("kites_a", "kites_d")

    changed = await house.sync.sync(await house.the())
    assert changed.intake is not None
    assert (changed.intake.accepted, changed.intake.duplicates, changed.intake.withdrawn) == (1, 1, 2)
    assert await values(house) == ["kites_a", "mine_here", "kites_d"]
    assert await values(house, EntryState.WITHDRAWN) == ["kites_b", "kites_c"]

    server.body = listed("kites_a", "kites_b", "kites_d")
    await house.sync.sync(await house.the())
    assert await values(house) == ["kites_a", "kites_b", "mine_here", "kites_d"]


async def test_an_unchanged_list_is_not_sent_again(house: House, server: Served) -> None:
    """What its server said of the copy is said back; a new ETag brings a new copy."""
    server.headers = {"ETag": '"one"', "Last-Modified": "Sun, 01 Mar 2026 12:00:00 GMT"}

    first = await house.sync.sync(await house.the())
    again = await house.sync.sync(await house.the())
    server.headers["ETag"] = '"two"'
    changed = await house.sync.sync(await house.the())

    assert [first.ended, again.ended, changed.ended] == [Ended.TAKEN, Ended.UNCHANGED, Ended.TAKEN]
    assert server.asked[2]["If-None-Match"] == '"one"'
    assert server.asked[2]["If-Modified-Since"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert (await house.the()).etag == '"two"'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><html><body>Log in", "there is a web page instead of a list"),
        (b"\xef\xbb\xbf  \n<HTML><head>", "there is a web page instead of a list"),
        (b"<!-- a comment --><html>", "there is a web page instead of a list"),
        (b"", "the list is empty"),
        (b" \r\n \n", "the list is empty"),
        (b'{"error": "your trial ended"}\n', "none of the list's 1 rows can be used"),
        (b"handle,platform\nkites_a,telegram\nkites_b,telegram\nkit", "the list ends in the middle of a row"),
        (gzip.compress(b"https://t.me/kites_a\n", mtime=0)[:-4], "it is cut off or damaged"),
        (
            gzip.compress(b"https://t.me/kites_a\n" * 200_000, mtime=0),
            "the list is over 0 MB when it is unpacked",
        ),
        (b"\xff\xfe\x00\x01 no text \x00\x00\x00", ""),
    ],
)
async def test_what_is_no_list_is_refused_and_everything_stays(
    house: House, server: Served, monkeypatch: pytest.MonkeyPatch, body: bytes, reason: str
) -> None:
    """One line says what came instead; entries and the last good copy are as they were."""
    monkeypatch.setattr("core.exchange.copies.MOST_BYTES", 300_000)
    good = server.body
    server.body = body

    attempt = await house.sync.sync(await house.the())

    assert attempt.ended is Ended.FAILED
    assert reason in attempt.reason
    assert "\n" not in attempt.reason
    assert str(house.folder) not in attempt.reason
    assert await values(house) == ["kites_a", "kites_b", "kites_c"]
    assert house.copies.copy("kites").read_bytes() == good
    kept = await house.the()
    assert (kept.error, kept.failures) == (attempt.reason, 1)


async def test_a_list_may_be_packed(house: House, server: Served) -> None:
    """As a file with the ending .gz is."""
    server.body = gzip.compress(listed("kites_a", "kites_z"))

    attempt = await house.sync.sync(await house.the())

    assert attempt.ended is Ended.TAKEN
    assert await values(house) == ["kites_a", "kites_z"]


async def test_a_busy_server_is_asked_again_as_it_wishes(house: House, server: Served) -> None:
    """Twice busy, then there: the pauses are those that it named."""
    server.failures = [(503, "7"), (429, "")]

    attempt = await house.sync.sync(await house.the())

    assert attempt.ended is Ended.TAKEN
    assert house.paused == [7.0, 60.0]


@pytest.mark.parametrize(
    ("status", "after", "told", "tries", "next_s"),
    [
        (503, "7200", "the server is busy (503)", 1, 7200),
        (500, "", "the server is busy (500)", 3, 60),
        (401, "", "the server does not let us in (401)", 1, 60),
        (404, "", "the server has nothing at this address (404)", 1, 60),
        (418, "", "the server refuses (418)", 1, 60),
    ],
)
async def test_a_failure_is_told_and_tried_again_later(  # noqa: PLR0913, PLR0917 - columns
    house: House, server: Served, status: int, after: str, told: str, tries: int, next_s: int
) -> None:
    """What waiting cannot mend is not asked twice; the next try comes when the server says, or soon."""
    server.failures = [(status, after)] * 3
    asked = len(server.asked)

    attempt = await house.sync.sync(await house.the())

    assert attempt.ended is Ended.FAILED
    assert attempt.reason.startswith(told)
    assert len(server.asked) - asked == tries
    due_at = (await house.the()).due_at
    assert due_at is not None
    assert (due_at - house.now).total_seconds() == next_s
    assert await values(house) == ["kites_a", "kites_b", "kites_c"]


async def test_a_server_that_is_gone_costs_nothing(house: House, server: Served) -> None:
    """Its entries stay, and failures in a row are counted until it is there again."""
    there = await house.the()
    await house.kept.put(replace(there, location=server.url.replace(LAST, "/other.csv")))
    server.failures = [(500, "")] * 6
    for _ in range(2):
        await house.sync.sync(await house.the())
    assert (await house.the()).failures == 2

    await house.sync.sync(await house.the())

    assert ((await house.the()).failures, (await house.the()).error) == (0, "")


LAST = "/kites.csv"


async def test_a_token_goes_to_the_server_and_nowhere_else(tmp_path: Path, server: Served) -> None:
    """It is read by the name of its variable; what is kept and told holds only the name."""
    house = House(tmp_path, secrets={"KITES_TOKEN": "s3cret"})

    await house.subscribing.add(subscription(server, credential="KITES_TOKEN"), origin="", by="amina")

    assert server.asked[0]["Authorization"] == "Bearer s3cret"
    assert "s3cret" not in repr(house.kept.kept) + repr(house.banks.rows)


async def test_a_first_copy_that_cannot_be_had_leaves_nothing(tmp_path: Path, server: Served) -> None:
    """No bank, no subscription, no file: one line says why."""
    house = House(tmp_path)
    server.body = b"<html>"

    with pytest.raises(BadInput, match=r"^cannot subscribe to http://.*: there is a web page"):
        await house.subscribing.add(subscription(server), origin="", by="amina")

    assert await house.banks.banks() == ()
    assert house.kept.kept == {}
    assert list((tmp_path / "lists").iterdir()) == []


async def test_a_list_from_elsewhere_cannot_name_files_here(house: House, server: Served) -> None:
    """A row that points to a file of this machine is rejected, and the file is not read."""
    secret = house.folder / "secret.jpg"
    secret.write_bytes(b"a picture")
    rows = f"ref,file,url\n1,{secret},\n2,,https://t.me/kites_a\n3,,https://t.me/kites_b\n"
    server.body = rows.encode()

    attempt = await house.sync.sync(await house.the())

    assert attempt.intake is not None
    (row,) = attempt.intake.rejected
    assert row.line == 2
    assert "is neither beside the list" in row.reason


async def test_what_is_removed_leaves_no_trace(house: House) -> None:
    """Entries, bank, checkpoint and copies go; with them kept, only the subscription and the copies do."""
    assert await house.subscribing.remove("kites") == 3
    assert (house.banks.rows, house.kept.kept) == ({}, {})
    assert list((house.folder / "lists").iterdir()) == []
    with pytest.raises(BadInput, match=r"there is no subscription 'kites'\. There is none yet"):
        await house.subscribing.remove("kites")


async def test_what_was_taken_in_may_be_kept(house: House) -> None:
    """The bank becomes one's own."""
    assert await house.subscribing.remove("kites", keep_entries=True) == 0
    assert await values(house) == ["kites_a", "kites_b", "kites_c"]
    assert list((house.folder / "lists").iterdir()) == []


async def test_only_what_is_due_is_asked_for_and_one_that_breaks_stops_no_other(
    house: House, server: Served
) -> None:
    """A live process goes round; whatever an extension raises, the next list is brought up to date."""

    class Broken:
        name = "broken"

        async def fetch(self, since: str | None) -> AsyncIterator[Update]:
            if since is None:
                raise RuntimeError("an extension's bug")
            yield Accepted(entries=(), checkpoint="1")

    house.makers["broken"] = lambda *_: Broken()
    await house.kept.put(Subscription(bank="a first one", kind="broken", location="here"))
    server.body = listed("kites_a", "kites_b", "kites_c", "kites_d")
    house.later(hours=23)
    await house.sync.turn()
    assert len(server.asked) == 1

    house.later(hours=1)
    await house.sync.turn()

    assert await values(house) == ["kites_a", "kites_b", "kites_c", "kites_d"]
    assert "bug" in (await house.the("a first one")).error
