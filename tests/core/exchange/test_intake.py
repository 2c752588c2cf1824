"""One loop takes any list in: every item is counted once, and what was taken in is kept."""

import gc
import json
import tracemalloc
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.banks.sketch import statement
from core.banks.upkeep import exported
from core.errors import StoreError, TryLater
from core.exchange.file import FileExchange
from core.exchange.intake import InHand, Intake, take_in
from core.model import Entry, EntryState, Sharing
from core.ports import Accepted, Rejected, Update, Withdrawn
from tests import make
from tests.core.exchange.looks import never
from tests.fake_banks import MemoryBanks

BATCH = 100
SMALL = InHand(batch=BATCH)


@dataclass
class Listed:
    """An exchange of fixed updates, which breaks after them if it is told to."""

    updates: Sequence[Update]
    breaks: bool = False
    name: str = "listed"

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over the updates after a checkpoint."""
        for update in self.updates:
            if since is None or int(update.checkpoint) > int(since):
                yield update
        if self.breaks:
            raise TryLater("the server is busy", after=1)


def accepted(n: int, *values: str) -> Accepted:
    """Give an item of links."""
    return Accepted(entries=tuple(make.entry(v) for v in values or (f"x:user/{n}",)), checkpoint=str(n))


def rejected(n: int) -> Rejected:
    """Give an item that cannot be used."""
    return Rejected(line=n, text="ask the office", reason="no usable identifier", checkpoint=str(n))


def withdrawn(n: int, value: str) -> Withdrawn:
    """Give an item that was taken back."""
    return Withdrawn(entries=(make.entry(value),), checkpoint=str(n))


async def values(store: MemoryBanks, state: EntryState = EntryState.ACTIVE) -> list[str]:
    """Return the values in a bank that are in a state."""
    return [entry.value async for entry in store.entries("b") if entry.state is state]


async def test_every_item_is_counted_once() -> None:
    """New, repeated, partly new, withdrawn and rejected items, however many entries each has."""
    store = MemoryBanks()
    await store.add("b", [make.entry("x:user/known")])
    updates: list[Update] = [
        accepted(1, "x:user/a", "x:user/b"),
        accepted(2, "x:user/a"),
        accepted(3, "x:user/b", "x:user/c"),
        accepted(4, "x:user/known"),
        withdrawn(5, "x:user/gone"),
        rejected(6),
    ]

    intake = await take_in(Listed(updates), "b", store, at=make.NOON)

    assert intake == Intake(accepted=2, duplicates=2, withdrawn=1, rejected=(rejected(6),), checkpoint="6")
    assert await values(store) == ["x:user/known", "x:user/a", "x:user/b", "x:user/c"]
    assert await values(store, EntryState.WITHDRAWN) == ["x:user/gone"]


async def test_entries_say_where_they_come_from() -> None:
    """Source, time and hand are noted on what is taken in."""
    store = MemoryBanks()

    await take_in(Listed([accepted(1)]), "b", store, at=make.NOON)

    (entry,) = [entry async for entry in store.entries("b")]
    assert (entry.source, entry.added_by, entry.added_at) == ("listed", "import", make.NOON)


async def test_of_a_repeated_item_the_first_one_counts() -> None:
    """A later line that says less does not take away what the first one said, in another batch either."""
    store = MemoryBanks()
    poor = Accepted(entries=(Entry(kind="link", value="x:user/1"),), checkpoint="9999")
    many = [accepted(n) for n in range(1, BATCH + 50)]

    intake = await take_in(Listed([*many, poor]), "b", store, at=make.NOON, in_hand=SMALL)

    assert (intake.accepted, intake.duplicates) == (BATCH + 49, 1)
    assert [e.ref async for e in store.entries("b") if e.value == "x:user/1"] == ["r1"]


async def test_an_item_that_is_taken_back_later_in_the_list_is_withdrawn() -> None:
    """Listed and withdrawn in one list ends withdrawn."""
    store = MemoryBanks()

    intake = await take_in(Listed([accepted(1), withdrawn(2, "x:user/1")]), "b", store, at=make.NOON)

    assert (intake.accepted, intake.withdrawn) == (1, 1)
    assert (await values(store), await values(store, EntryState.WITHDRAWN)) == ([], ["x:user/1"])


async def test_of_several_states_in_one_list_the_last_one_holds() -> None:
    """A list of changes may take an item back, and list it again."""
    store = MemoryBanks()
    changes: list[Update] = [
        accepted(1),
        withdrawn(2, "x:user/1"),
        accepted(3, "x:user/1"),
        accepted(4, "x:user/1"),
    ]

    intake = await take_in(Listed(changes), "b", store, at=make.NOON)

    assert (intake.accepted, intake.withdrawn, intake.duplicates) == (1, 1, 2)
    assert await values(store) == ["x:user/1"]


async def test_rejected_items_beyond_a_limit_are_counted() -> None:
    """The wrong file, with millions of lines, must not fill the memory; none of them goes unsaid."""
    wrong = Listed([rejected(n) for n in range(1, 8)])

    intake = await take_in(wrong, "b", MemoryBanks(), at=make.NOON, in_hand=InHand(batch=2, listed=3))

    assert (intake.rejected, intake.unlisted) == (tuple(map(rejected, (1, 2, 3))), 4)


async def test_heavy_items_are_stored_before_the_batch_is_full() -> None:
    """Two thousand clips of 96 kB at once would be 200 MB."""
    heavy = Accepted(entries=(replace(make.entry(), extra=(("clip", "x" * 60),)),), checkpoint="1")
    seen: list[int] = []

    await take_in(
        Listed([heavy] * 5),
        "b",
        MemoryBanks(),
        at=make.NOON,
        progress=lambda r: seen.append(r.accepted + r.duplicates),
        in_hand=InHand(heavy=100),
    )

    assert seen == [2, 4, 5]


async def test_the_same_list_again_is_all_duplicates() -> None:
    """Importing twice changes no number of entries."""
    store = MemoryBanks()
    exchange = Listed([accepted(n) for n in range(1, 4)])
    await take_in(exchange, "b", store, at=make.NOON)

    intake = await take_in(exchange, "b", store, at=make.NOON)

    assert (intake.accepted, intake.duplicates, len(store.rows)) == (0, 3, 3)


async def test_it_goes_on_from_a_checkpoint() -> None:
    """What an earlier intake ended with is where the next one starts."""
    store = MemoryBanks()
    first = await take_in(Listed([accepted(1), accepted(2)]), "b", store, at=make.NOON)

    second = await take_in(
        Listed([accepted(n) for n in range(1, 5)]), "b", store, at=make.NOON, since=first.checkpoint
    )

    assert (second.accepted, second.duplicates, second.checkpoint) == (2, 0, "4")
    nothing = await take_in(Listed([]), "b", store, at=make.NOON, since=second.checkpoint)
    assert nothing == Intake(checkpoint="4")


async def test_what_came_before_a_break_is_kept() -> None:
    """A server that fails in the middle of a batch costs nothing that it gave before."""
    store = MemoryBanks()

    with pytest.raises(TryLater):
        await take_in(
            Listed([accepted(n) for n in range(1, BATCH + 8)], breaks=True),
            "b",
            store,
            at=make.NOON,
            in_hand=SMALL,
        )

    assert len(store.rows) == BATCH + 7


class FullDisk(MemoryBanks):
    """A store that takes one batch and no more."""

    calls = 0

    async def add(self, bank: str, entries: Sequence[Entry]) -> tuple[bool, ...]:
        """Fail the second time."""
        self.calls += 1
        if self.calls > 1:
            raise StoreError("the disk is full")
        return await super().add(bank, entries)


async def test_a_store_that_fails_is_not_asked_again() -> None:
    """Whole batches before the failure are kept, and the failure is told as it is."""
    store = FullDisk()

    with pytest.raises(StoreError, match="the disk is full"):
        await take_in(
            Listed([accepted(n) for n in range(3 * BATCH)]), "b", store, at=make.NOON, in_hand=SMALL
        )

    assert (store.calls, len(store.rows)) == (2, BATCH)


async def test_progress_is_told_batch_by_batch() -> None:
    """Each word of progress is further than the one before; the last one is the end."""
    seen: list[int] = []
    updates = [accepted(n) for n in range(2 * BATCH + 1)]

    intake = await take_in(
        Listed(updates),
        "b",
        MemoryBanks(),
        at=make.NOON,
        progress=lambda r: seen.append(r.accepted),
        in_hand=SMALL,
    )

    assert seen == [BATCH, 2 * BATCH, 2 * BATCH + 1]
    assert intake.accepted == seen[-1]


async def test_an_empty_list_makes_its_bank() -> None:
    """Whoever imports a list with nothing usable still finds the bank, and the rejected lines."""
    store = MemoryBanks()

    intake = await take_in(Listed([rejected(1)]), "b", store, at=make.NOON)

    assert intake.rejected == (rejected(1),)
    assert [bank.name for bank, _ in await store.banks()] == ["b"]


async def test_an_export_imports_as_it_was(tmp_path: Path) -> None:
    """Out and in again, every entry says the same, save who brought it."""
    store = MemoryBanks()
    entries = [
        replace(make.entry(), extra=(("platform", "Telegram"),), name="Kites", reason="May"),
        replace(make.entry("0f" * 32, kind="pdq"), expires_at=make.NOON + timedelta(days=9)),
        replace(make.entry("x:user/gone"), state=EntryState.WITHDRAWN),
        replace(make.entry("x:user/maybe"), state=EntryState.DISPUTED),
        make.entry(statement("Every kite that we lose over the harbour\ncomes back."), kind="text"),
        make.entry("blue lanterns", kind="phrase"),
        replace(
            make.entry("ab" * 16, kind="md5"),
            source="Kite Watch",
            ideology="far-right",
            first_seen=make.NOON,
            last_seen=make.NOON + timedelta(days=1),
            sharing=Sharing.RED,
        ),
    ]
    await store.add("b", entries)
    lines = [json.dumps(line, ensure_ascii=False) async for line in exported("b", store)]
    (tmp_path / "b.ndjson").write_text("\n".join(lines), encoding="utf-8")

    intake = await take_in(FileExchange(tmp_path / "b.ndjson", look=never), "c", store, at=make.NOON)

    assert (intake.accepted, intake.withdrawn, intake.rejected) == (6, 1, ())
    again = [replace(e, added_by="", added_at=None) async for e in store.entries("c")]
    assert again == [replace(e, source=e.source or "b.ndjson") for e in entries]


class Sink(MemoryBanks):
    """A store that forgets at once."""

    async def add(self, bank: str, entries: Sequence[Entry]) -> tuple[bool, ...]:
        """Take everything for new."""
        return tuple(True for _ in entries)


async def test_a_long_list_needs_little_memory(tmp_path: Path) -> None:
    """1,000 rows with long remarks, 20 MB of them, are taken in within a quarter of that."""
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("no,url,remarks\n")
        file.writelines(f"{n},t.me/kites_{n},{'x' * 20_000}\n" for n in range(1_000))
    gc.collect()
    tracemalloc.start()

    intake = await take_in(FileExchange(path, look=never), "b", Sink(), at=make.NOON)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert intake.accepted == 1_000
    assert peak < path.stat().st_size / 4
