"""A list that would hit what people post here, or what was dismissed here, waits for a person."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.banks.own import DISMISSED, SEEN
from core.exchange.canary import Canary
from core.exchange.gates import GATES
from core.exchange.sync import Ended
from core.keeping import Print, Sighting
from core.model import Entry, Subscription
from tests import make
from tests.core.exchange.served import House, Served
from tests.fake_banks import MemoryBanks
from tests.fake_prints import MemoryPrints

USUAL, OTHER = "telegram:user/kites_daily", "telegram:user/kites_7"


@pytest.fixture
async def server() -> AsyncIterator[Served]:
    """Serve a list of two accounts."""
    async with Served(body=b"https://t.me/kites_daily\nhttps://t.me/kites_7\n").served() as served:
        yield served


def posted(number: int, *, author: str, days_ago: float, value: str = USUAL) -> Sighting:
    """Give a message with a link."""
    return Sighting(
        message_id=f"fake:room:{number}",
        place="fake:room",
        author=author,
        at=make.NOON - timedelta(days=days_ago),
        prints=frozenset({Print("link", value)}),
    )


async def synced(tmp_path: Path, server: Served, prints: MemoryPrints, *own: Entry) -> tuple[Ended, str]:
    """Subscribe; returns what became of the first copy."""
    banks = MemoryBanks()
    if own:
        await banks.add(DISMISSED, own)
    canary = Canary(prints, banks, salted=str, clock=lambda: make.NOON)
    house = House(tmp_path, banks=banks, gates=(*GATES, canary))
    one = Subscription(bank="kites", kind="list", location=server.url)
    attempt = await house.subscribing.add(one, origin="", by="amina")
    return attempt.ended, attempt.reason


BY_MANY = [posted(n, author=f"a{n}", days_ago=1) for n in range(5)]
BY_FOUR = [posted(n, author=f"a{n}", days_ago=1) for n in range(4)]
EVERY_DAY = [posted(n, author="a", days_ago=n) for n in range(5)]
LONG_AGO = [posted(n, author=f"a{n}", days_ago=31 + n) for n in range(9)]
ON_ONE_DAY = [posted(n, author="a", days_ago=0.001 * n) for n in range(9)]


@pytest.mark.parametrize(
    ("messages", "held"),
    [
        (BY_MANY, True),
        (EVERY_DAY, True),
        (BY_FOUR, False),
        (LONG_AGO, False),
        (ON_ONE_DAY, False),
        ([posted(n, author=f"a{n}", days_ago=n, value="telegram:user/kites") for n in range(9)], False),
    ],
)
async def test_what_people_post_here_holds_a_list(
    messages: list[Sighting],
    held: bool,  # noqa: FBT001 - a column of the table
    tmp_path: Path,
    server: Served,
) -> None:
    """By many people, or day after day, within a month; the reason tells how many entries."""
    prints = MemoryPrints()
    await prints.record(messages)

    status, reason = await synced(tmp_path, server, prints)

    assert status is (Ended.HELD if held else Ended.TAKEN)
    assert reason == (
        "1 new entry would hit what many people post here (on 5 days or by 5 people within a month)"
        if held
        else ""
    )
    assert "kites" not in reason


@pytest.mark.parametrize("kind", ["link", "account"])
async def test_what_was_dismissed_here_holds_a_list(kind: str, tmp_path: Path, server: Served) -> None:
    """Moderators know why; whoever publishes the list does not."""
    said = Entry(kind=SEEN, value=f"{kind} {OTHER}")

    status, reason = await synced(tmp_path, server, MemoryPrints(), said)

    assert (status, reason) == (Ended.HELD, "1 new entry would name what was dismissed here")


async def test_who_is_listed_may_have_written_much(tmp_path: Path, server: Served) -> None:
    """That an account is active here is no reason to doubt a list that names it."""
    prints = MemoryPrints()
    await prints.record(
        [
            Sighting(
                message_id=f"fake:room:{n}",
                place="fake:room",
                author=USUAL,
                at=make.NOON - timedelta(days=n),
                prints=frozenset({Print("link", "web:kites.example/")}),
            )
            for n in range(9)
        ]
    )

    assert await synced(tmp_path, server, prints) == (Ended.TAKEN, "")
