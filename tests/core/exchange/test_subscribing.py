"""A list is looked at before anybody subscribes to it: what it would have hit, and nothing is kept."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.errors import BadInput, CannotLook
from core.model import Subscription
from tests.core.exchange.served import House, Served


@dataclass
class Remembered:
    """What was posted lately: messages and their authors, by value.

    Attributes:
        asked: How many entries were compared at once, and since when.
    """

    posted: Mapping[str, tuple[tuple[str, str], ...]]
    asked: list[tuple[int, datetime]] = field(default_factory=list)

    async def seen(
        self, signals: Sequence[tuple[str, str]], *, since: datetime
    ) -> tuple[tuple[str, str], ...]:
        """Return the messages that would have met one of these."""
        self.asked.append((len(signals), since))
        return tuple(hit for _, value in signals for hit in self.posted.get(value, ()))


@pytest.fixture
async def server() -> AsyncIterator[Served]:
    """Serve a list of some thousand accounts."""
    body = "".join(f"https://t.me/kites_{n}\n" for n in range(21_200)).encode()
    async with Served(body=body).served() as served:
        yield served


async def test_a_preview_counts_messages_and_people_once(tmp_path: Path, server: Served) -> None:
    """However many entries a message meets; some thousand entries are compared at a time."""
    posted = {
        "telegram:user/kites_1": (("m1", "amina"), ("m2", "omar")),
        "telegram:user/kites_900": (("m1", "amina"), ("m3", "omar")),
    }
    remembered = Remembered(posted)
    house = House(tmp_path, seen=remembered)

    preview = await house.subscribing.preview(Subscription(bank="", kind="list", location=server.url))

    assert (preview.messages, preview.people, preview.kinds) == (3, 2, {"link": 21_200})
    assert [count for count, _ in remembered.asked] == [20_000, 1_200]
    assert {since for _, since in remembered.asked} == {house.now - timedelta(days=30)}


async def test_a_preview_keeps_nothing(tmp_path: Path, server: Served) -> None:
    """No bank, no subscription, no file."""
    house = House(tmp_path)

    preview = await house.subscribing.preview(Subscription(bank="", kind="list", location=server.url))

    assert (preview.messages, preview.people) == (None, None)
    assert (house.banks.known, house.kept.kept) == ({}, {})
    assert list((tmp_path / "lists").iterdir()) == []


async def test_what_cannot_be_previewed_says_why(tmp_path: Path, server: Served) -> None:
    """As when it is added."""
    house = House(tmp_path)
    server.body = b"<html>"

    with pytest.raises(CannotLook, match="a web page instead of a list"):
        await house.subscribing.preview(Subscription(bank="", kind="list", location=server.url))
    with pytest.raises(BadInput, match="there is no kind of exchange 'lst'"):
        await house.subscribing.preview(Subscription(bank="", kind="lst", location=server.url))


async def test_a_name_that_is_taken_is_refused(tmp_path: Path, server: Served) -> None:
    """A bank of one's own is not overgrown by somebody's list."""
    house = House(tmp_path)
    await house.banks.add("kites", [])

    with pytest.raises(BadInput, match="there is a bank 'kites' already"):
        await house.subscribing.add(
            Subscription(bank="kites", kind="list", location=server.url), origin="", by="amina"
        )
    assert server.asked == []
