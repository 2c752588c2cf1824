"""An update that looks broken or captured is held before any of it is stored, until a person accepts it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import BadInput
from core.exchange.gates import says_nothing
from core.exchange.staging import Staged
from core.exchange.sync import Ended
from core.model import EntryState, Subscription
from tests import make
from tests.core.exchange.served import House, Served

HALF = "0f" * 32
PDQ_OF_A_PHOTO = "6d9bd264ada64a4b90a6694b32cbd92526db9227cdb7624993276cdb132692ae"


def accounts(count: int) -> bytes:
    """Give a list of so many accounts."""
    return "".join(f"https://t.me/kites_{n}\n" for n in range(count)).encode()


@pytest.fixture
async def server() -> AsyncIterator[Served]:
    """Serve a list of some accounts."""
    async with Served(body=accounts(200), headers={"ETag": '"1"'}).served() as served:
        yield served


@pytest.fixture
async def house(tmp_path: Path, server: Served) -> House:
    """Subscribe to it."""
    made = House(tmp_path)
    one = Subscription(bank="kites", kind="list", location=server.url)
    await made.subscribing.add(one, origin="", by="amina")
    return made


async def active(house: House) -> int:
    """Count what the bank holds."""
    return len([1 async for e in house.banks.entries("kites") if e.state is EntryState.ACTIVE])


@pytest.mark.parametrize(
    ("body", "reason", "after"),
    [
        (accounts(2000), "the list would grow from 200 entries to 2,000", 2000),
        (accounts(99), "the list would take back 101 of its 200 entries", 99),
        (
            accounts(200) + b"pdq " + b"0" * 64 + b"\npdq " + b"f" * 64 + b"\n",
            "the list brings hashes that say nothing: 2 of pictures without content",
            202,
        ),
        (
            accounts(200) + b"md5 d41d8cd98f00b204e9800998ecf8427e\nsha1 " + b"0" * 40 + b"\n",
            "the list brings hashes that say nothing: 1 of empty files, 1 of no file",
            202,
        ),
    ],
)
async def test_an_update_is_held_until_it_is_accepted(
    house: House, server: Served, body: bytes, reason: str, after: int
) -> None:
    """Nothing of it is stored; what was fetched is taken in later without asking the server again."""
    good = server.body
    server.body, server.headers = body, {"ETag": '"2"'}

    held = await house.sync.sync(await house.the())
    asked = len(server.asked)

    assert (held.ended, held.reason) == (Ended.HELD, reason)
    assert await active(house) == 200
    assert ((await house.the()).held, (await house.the()).etag) == (reason, '"1"')
    assert house.copies.copy("kites").read_bytes() == good

    taken = await house.sync.accept(await house.the())

    assert taken.ended is Ended.TAKEN
    assert await active(house) == after
    assert ((await house.the()).held, (await house.the()).etag) == ("", '"2"')
    assert house.copies.copy("kites").read_bytes() == body
    assert len(server.asked) == asked
    with pytest.raises(BadInput, match="nothing of kites waits to be accepted"):
        await house.sync.accept(await house.the())


@pytest.mark.parametrize("count", [1999, 100, 250])
async def test_what_grows_and_shrinks_within_reason_is_not_held(
    house: House, server: Served, count: int
) -> None:
    """Up to ten times as long, and down to a half."""
    server.body, server.headers = accounts(count), {}

    assert (await house.sync.sync(await house.the())).ended is Ended.TAKEN
    assert await active(house) == count


async def test_what_was_held_is_let_go_when_the_list_is_mended(house: House, server: Served) -> None:
    """Its server repaired it before anybody had to decide."""
    server.body, server.headers = accounts(9000), {"ETag": '"2"'}
    await house.sync.sync(await house.the())

    server.body, server.headers = accounts(210), {"ETag": '"3"'}
    mended = await house.sync.sync(await house.the())

    assert mended.ended is Ended.TAKEN
    assert (await house.the()).held == ""
    with pytest.raises(BadInput, match="nothing of kites waits"):
        await house.sync.accept(await house.the())


async def test_a_gate_sees_what_is_new_and_only_that(house: House, server: Served) -> None:
    """Each new entry once, whatever the list repeats, and the counts of the whole update."""
    seen: list[Staged] = []
    new: list[str] = []

    async def gate(update: Staged) -> str:
        seen.append(update)
        new.extend([entry.value async for entry in update.entries()])
        return "because"

    house.gates = (gate,)
    server.body, server.headers = accounts(150) + b"https://t.me/new_one\nhttps://t.me/new_one\nask\n", {}

    attempt = await house.sync.sync(await house.the())

    assert attempt.reason == "because"
    assert new == ["telegram:user/new_one"]
    (update,) = seen
    assert (update.bank, update.known, update.new, update.withdrawn) == ("kites", 200, 1, 50)
    assert (update.accepted, update.rejected) == (152, 1)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("pdq", "0" * 64, "of pictures without content"),
        ("pdq", "f" * 64, "of pictures without content"),
        ("pdq", "0" * 32 + "f" * 8 + "0" * 24, "of pictures without content"),
        ("pdq", PDQ_OF_A_PHOTO, ""),
        ("pdq", HALF, ""),
        ("md5", "d41d8cd98f00b204e9800998ecf8427e", "of empty files"),
        ("sha1", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "of empty files"),
        ("sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "of empty files"),
        ("sha256", "0" * 64, "of no file"),
        ("sha256", "0" * 63 + "1", ""),
        ("link", "telegram:user/00000000", ""),
        ("phrase", "0" * 40, ""),
    ],
)
def test_hashes_that_say_nothing(kind: str, value: str, said: str) -> None:
    """Of one colour, of nothing, or made up; a hash of something is none of these."""
    assert says_nothing(make.entry(value, kind=kind)) == said
