"""What takes long is looked up beside the event loop, and nothing is taken in while a thread reads."""

import asyncio
import threading
from datetime import datetime

import pytest

from core.banks.banks import Banks
from core.banks.index import Hit, Index
from core.model import Match, Signal
from tests import make
from tests.fake_banks import MemoryBanks

HASH = "0f" * 32
PICTURE = Signal(kind="pdq", value=HASH, part="attachment[0]", quality=100)
LINK = Signal(kind="link", value="telegram:user/bluelantern", part="text")


class Slow(Index):
    """An index that looks a picture up once a test lets it.

    Attributes:
        begun: A look-up has begun.
        go: It may end.
        ended: How many have.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()
        self.ended = 0

    def hits(self, signal: Signal, *, now: datetime) -> tuple[Hit, ...]:
        """Wait, where it is a picture; for ever it would be on the event loop, which lets it go."""
        if signal.kind == "pdq":
            self.begun.set()
            assert self.go.wait(20)
            self.ended += 1
        return super().hits(signal, now=now)


async def slow() -> tuple[Banks, Slow, MemoryBanks]:
    """Give banks with a listed picture and a listed link, and what holds their look-ups up."""
    store, index = MemoryBanks(), Slow()
    await store.add("community", [make.entry(HASH, kind="pdq"), make.entry(ref="r2")])
    banks = Banks(store, clock=lambda: make.NOON)
    banks._index = index
    await banks.refresh()
    return banks, index, store


async def begun(banks: Banks, index: Slow, *signals: Signal) -> "asyncio.Task[tuple[Match, ...]]":
    """Begin to match, and return once a thread is at it."""
    matching = asyncio.create_task(banks.match(signals), name="match")
    await asyncio.to_thread(index.begun.wait, 20)
    return matching


async def test_a_picture_is_looked_up_while_the_event_loop_goes_on() -> None:
    """And a link is matched meanwhile."""
    banks, index, _ = await slow()
    matching = await begun(banks, index, PICTURE, LINK)

    (link,) = await banks.match([LINK])
    index.go.set()
    matches = await matching

    assert link.signal.kind == "link"
    assert {match.signal.kind for match in matches} == {"pdq", "link"}


async def test_nothing_is_taken_in_while_a_thread_reads() -> None:
    """What is known grows in place: a reader would see half of it. It is known right afterwards."""
    banks, index, store = await slow()
    matching = await begun(banks, index, PICTURE)
    await store.add("community", [make.entry("telegram:user/another", ref="r3")])
    before = index.revision

    refreshing = asyncio.create_task(banks.refresh(), name="refresh")
    for _ in range(5):
        await asyncio.sleep(0)
    assert (index.revision, refreshing.done()) == (before, False)
    index.go.set()

    assert await refreshing == 1
    assert index.ended == 1
    assert len(await matching) == 1


async def test_who_is_cancelled_waits_for_the_thread() -> None:
    """A thread cannot be ended: what it reads must stay as it is until it has."""
    banks, index, store = await slow()
    matching = await begun(banks, index, PICTURE)
    await store.add("community", [make.entry("telegram:user/another", ref="r3")])
    refreshing = asyncio.create_task(banks.refresh(), name="refresh")

    for _ in range(3):
        matching.cancel()
        await asyncio.sleep(0)
    assert (matching.done(), refreshing.done()) == (False, False)
    index.go.set()

    with pytest.raises(asyncio.CancelledError):
        await matching
    assert await refreshing == 1
    assert index.ended == 1


async def test_a_long_list_lets_others_have_their_turn() -> None:
    """Two thousand entries that come at once are taken in bite by bite, and all of them are known."""
    store = MemoryBanks()
    await store.add("community", [make.entry(f"telegram:user/kite{n}", ref=str(n)) for n in range(2000)])
    banks = Banks(store, clock=lambda: make.NOON)
    seen: list[int] = []

    refreshing = asyncio.create_task(banks.refresh(), name="refresh")
    while not refreshing.done():
        seen.append(banks._index.revision)
        await asyncio.sleep(0)

    assert await refreshing == 2000
    assert len(set(seen)) >= 8
    assert len(await banks.match([Signal(kind="link", value="telegram:user/kite1999", part="text")])) == 1


async def test_without_listed_pictures_no_thread_is_asked() -> None:
    """Most groups have a list of links alone."""
    index = Index()

    assert not index.takes_long(PICTURE)
    assert not index.takes_long(Signal(kind="video", value=HASH, part="a", clip="x"))
    assert not index.takes_long(LINK)
