"""Signals meet what the store holds, live, with a sentence a moderator can check."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.banks.banks import Banks
from core.errors import StoreError
from core.keeping import BankStore, Change
from core.model import Bank, EntryState, Signal, Strength, Trust
from core.store.banks import SqlBanks
from tests import make
from tests.fake_banks import MemoryBanks
from tests.stores import opened_store

HASH = "0f" * 32


def noon() -> datetime:
    """Give the time."""
    return make.NOON


def altered(bits: int) -> str:
    """Give a hash that differs from `HASH` in so many bits."""
    return f"{int(HASH, 16) ^ ((1 << bits) - 1):064x}"


def seen(kind: str, value: str, part: str = "text") -> Signal:
    """Give a signal."""
    return Signal(kind=kind, value=value, part=part)


async def banks(store: BankStore, only: Sequence[str] | None = None) -> Banks:
    """Give banks over a store, up to date."""
    known = Banks(store, clock=noon, only=only)
    await known.refresh()
    return known


@pytest.mark.parametrize(
    ("signal", "entry", "strength", "because"),
    [
        (
            seen("link", "telegram:user/bluelantern"),
            make.entry(),
            Strength.SAME,
            "links to telegram:user/bluelantern, which is on the list",
        ),
        (
            seen("account", "telegram:id/7", "author"),
            make.entry("telegram:id/7"),
            Strength.SAME,
            "sent by telegram:id/7, which is on the list",
        ),
        (
            seen("account", "telegram:id/7", "forward.origin"),
            make.entry("telegram:id/7"),
            Strength.SAME,
            "names the account telegram:id/7, which is on the list",
        ),
        (seen("sha256", HASH), make.entry(HASH, kind="sha256"), Strength.SAME, "the same file (SHA-256)"),
        (seen("sha1", "0f" * 20), make.entry("0f" * 20, kind="sha1"), Strength.SAME, "the same file (SHA-1)"),
        (seen("md5", "0f" * 16), make.entry("0f" * 16, kind="md5"), Strength.SAME, "the same file (MD5)"),
        (seen("pdq", HASH), make.entry(HASH, kind="pdq"), Strength.SAME, "same picture, all 256 bits equal"),
        (
            seen("pdq", altered(1)),
            make.entry(HASH, kind="pdq"),
            Strength.SAME,
            "same picture, 1 of 256 bits differs",
        ),
        (
            seen("pdq", altered(10)),
            make.entry(HASH, kind="pdq"),
            Strength.SAME,
            "same picture, 10 of 256 bits differ",
        ),
        (
            seen("pdq", altered(11)),
            make.entry(HASH, kind="pdq"),
            Strength.STRONG,
            "same picture, altered, 11 of 256 bits differ",
        ),
        (
            seen("pdq", altered(31)),
            make.entry(HASH, kind="pdq"),
            Strength.STRONG,
            "same picture, altered, 31 of 256 bits differ",
        ),
        (seen("sticker", "42"), make.entry("42", kind="sticker"), Strength.SAME, "the same sticker, exactly"),
    ],
)
async def test_a_match_says_how_sure_it_is_and_why(
    signal: Signal, entry: object, strength: Strength, because: str
) -> None:
    """Each kind of signal has its strength, its distance and its sentence."""
    store = MemoryBanks()
    await store.add("community", [entry])  # type: ignore[list-item]  # the table mixes types

    (match,) = await (await banks(store)).match([signal])

    assert (match.strength, match.because) == (strength, because)
    assert (match.signal, match.entry, match.bank) == (signal, entry, Bank(name="community"))
    assert (match.distance is None) is (signal.kind != "pdq")


async def test_a_picture_further_away_is_not_known() -> None:
    """32 bits are too many."""
    store = MemoryBanks()
    await store.add("community", [make.entry(HASH, kind="pdq")])

    assert await (await banks(store)).match([seen("pdq", altered(32))]) == ()


async def test_one_picture_found_in_four_ways_is_one_match() -> None:
    """Digests and hash of one reference are told once for each part: the surest way."""
    store = MemoryBanks()
    ways = {"md5": "1a" * 16, "sha1": "2b" * 20, "sha256": "3c" * 32, "pdq": HASH}
    await store.add("community", [make.entry(v, kind=k, ref="d041") for k, v in ways.items()])
    signals = [seen(k, v, part) for part in ("attachment[0]", "attachment[1]") for k, v in ways.items()]

    matches = await (await banks(store)).match(signals)

    assert [(m.signal.part, m.signal.kind) for m in matches] == [
        ("attachment[0]", "sha256"),
        ("attachment[1]", "sha256"),
    ]


async def test_of_two_copies_of_one_picture_the_nearer_is_told() -> None:
    """Two hashes under one reference give one match, with the smaller distance."""
    store = MemoryBanks()
    await store.add("community", [make.entry(altered(n), kind="pdq", ref="d041") for n in (20, 12)])

    (match,) = await (await banks(store)).match([seen("pdq", HASH)])

    assert match.distance == 12


async def test_lists_that_agree_are_told_each() -> None:
    """The same item in two banks is two matches; two links of one reference are two finds."""
    store = MemoryBanks()
    await store.add("a", [make.entry(HASH, kind="pdq", ref="1")])
    await store.add("b", [make.entry(HASH, kind="pdq", ref="1")])
    await store.add("b", [make.entry("x:user/one", ref="g"), make.entry("x:user/two", ref="g")])

    matches = await (await banks(store)).match(
        [seen("pdq", HASH), seen("link", "x:user/one"), seen("link", "x:user/two")]
    )

    assert sorted((m.bank.name, m.signal.value) for m in matches) == [
        ("a", HASH),
        ("b", HASH),
        ("b", "x:user/one"),
        ("b", "x:user/two"),
    ]


async def test_the_strongest_match_comes_first() -> None:
    """What is the same thing stands before what is surely the same thing altered."""
    store = MemoryBanks()
    await store.add("community", [make.entry(HASH, kind="pdq", ref="p"), make.entry(ref="l")])

    matches = await (await banks(store)).match(
        [seen("pdq", altered(20)), seen("link", "telegram:user/bluelantern")]
    )

    assert [m.strength for m in matches] == [Strength.SAME, Strength.STRONG]


async def test_only_the_banks_that_were_named_count() -> None:
    """A scan may be limited to some banks."""
    store = MemoryBanks()
    await store.add("a", [make.entry()])
    await store.add("b", [make.entry()])

    matches = await (await banks(store, only=["b"])).match([seen("link", "telegram:user/bluelantern")])

    assert [m.bank.name for m in matches] == ["b"]


@pytest.mark.parametrize("state", [EntryState.DISPUTED, EntryState.WITHDRAWN])
async def test_only_active_entries_match(state: EntryState) -> None:
    """What is disputed or withdrawn is not found, nor is what expired."""
    store = MemoryBanks()
    past = replace(make.entry("x:user/old"), expires_at=make.NOON - timedelta(seconds=1))
    await store.add("community", [replace(make.entry(), state=state), past])

    known = await banks(store)

    assert await known.match([seen("link", "telegram:user/bluelantern"), seen("link", "x:user/old")]) == ()


async def test_an_entry_that_went_since_the_last_look_is_no_match() -> None:
    """The store has the last word: what it no longer has is not shown."""
    store = MemoryBanks()
    await store.add("community", [make.entry()])
    known = await banks(store)
    await store.remove("community", ref="r1")

    assert await known.match([seen("link", "telegram:user/bluelantern")]) == ()


async def test_an_entry_that_is_disputed_since_the_last_look_is_no_match() -> None:
    """What a bank takes back stops matching with the write, and not with the next look."""
    store = MemoryBanks()
    await store.add("community", [make.entry()])
    known = await banks(store)
    await store.add("community", [replace(make.entry(), state=EntryState.DISPUTED)])

    assert await known.match([seen("link", "telegram:user/bluelantern")]) == ()


async def test_a_promotion_counts_at_once() -> None:
    """How far a bank is trusted is read with the match."""
    store = MemoryBanks()
    await store.add("community", [make.entry()])
    known = await banks(store)
    await store.put_bank(Bank(name="community", trust=Trust.ACT))

    (match,) = await known.match([seen("link", "telegram:user/bluelantern")])

    assert match.bank.trust is Trust.ACT


async def test_a_long_list_is_taken_in_whole() -> None:
    """More changes than are read at once are read until there are none."""
    store = MemoryBanks()
    store.log = {
        n: Change(revision=n, entry_id=n, kind="link", value=f"x:user/{n}", matchable=True)
        for n in range(1, 12_002)
    }
    known = Banks(store, clock=noon)

    assert await known.refresh() == 12_001
    assert await known.refresh() == 0


async def until_matches(known: Banks, wanted: Sequence[Signal], count: int) -> None:
    """Look again and again until there are so many matches, a second at most."""
    async with asyncio.timeout(1):
        while len(await known.match(wanted)) != count:  # noqa: ASYNC110 - what follows the store tells nobody when it is done
            await asyncio.sleep(0)


class Broken(MemoryBanks):
    """A store that cannot be read the first time."""

    async def changes(self, since: int, *, limit: int) -> tuple[Change, ...]:
        """Fail once."""
        if not hasattr(self, "failed"):
            self.failed = True
            raise StoreError("the disk reports an error")
        return await super().changes(since, limit=limit)


async def test_a_change_by_another_process_is_live_without_a_restart(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Following takes in what others write within a second, and lives through a store that fails once."""
    store = Broken()
    known = Banks(store, clock=noon)
    wanted = [seen("link", "telegram:user/bluelantern")]
    with caplog.at_level(logging.ERROR):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(known.follow(every_s=0.01), name="follow")
            await store.add("community", [make.entry()])
            await until_matches(known, wanted, 1)
            await store.remove("community", ref="r1")
            await until_matches(known, wanted, 0)
            task.cancel()

    assert [r.message for r in caplog.records] == ["banks could not be refreshed"]


async def test_what_another_process_writes_to_the_database_is_known(tmp_path: Path) -> None:
    """Two connections to one database file: one adds, promotes and removes, the other one follows."""
    async with opened_store(tmp_path) as ours, opened_store(tmp_path) as theirs, asyncio.TaskGroup() as group:
        known, store = Banks(SqlBanks(ours), clock=noon), SqlBanks(theirs)
        wanted = [seen("link", "telegram:user/bluelantern")]
        task = group.create_task(known.follow(every_s=0.01), name="follow")

        await store.add("community", [make.entry()])
        await until_matches(known, wanted, 1)
        await store.put_bank(Bank(name="community", trust=Trust.ACT))
        (match,) = await known.match(wanted)
        assert match.bank.trust is Trust.ACT
        await store.remove("community", ref="r1")
        await until_matches(known, wanted, 0)

        task.cancel()


MIRROR = (
    seen("account", "telegram:user/bluelantern_backup", "author"),
    seen("profile", "Blue Lantern (backup)", "author"),
)


async def test_a_profile_that_resembles_a_listed_account_is_a_likeness() -> None:
    """It meets the account that it imitates, beside what its other signals meet."""
    store = MemoryBanks()
    known = replace(make.entry(), name="Blue Lantern")
    await store.add("community", [known, make.entry(HASH, kind="pdq")])

    picture, likeness = await (await banks(store)).match([*MIRROR, seen("pdq", HASH, "avatar")])

    assert (picture.signal.subject, picture.strength) == ("image", Strength.SAME)
    assert (likeness.signal, likeness.entry, likeness.strength) == (MIRROR[1], known, Strength.STRONG)
    assert likeness.because.startswith("imitates telegram:user/bluelantern: handle adds backup, same display")
    assert await (await banks(store)).match(MIRROR[:1]) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"state": EntryState.WITHDRAWN},
        {"state": EntryState.DISPUTED},
        {"expires_at": make.NOON},
    ],
)
async def test_only_an_account_that_counts_is_imitated(change: dict[str, object]) -> None:
    """One that was withdrawn, is disputed or has expired has no mirrors, also in an index that knew it."""
    store = MemoryBanks()
    known = replace(make.entry(), name="Blue Lantern")
    await store.add("community", [known])
    live = await banks(store)
    assert len(await live.match(MIRROR)) == 1

    await store.add("community", [replace(known, **change)])  # type: ignore[arg-type]  # the table mixes types
    await live.refresh()

    assert await live.match(MIRROR) == ()


async def test_a_bank_that_was_not_chosen_has_no_mirrors() -> None:
    """What is looked for is looked for in the chosen banks only."""
    store = MemoryBanks()
    await store.add("community", [replace(make.entry(), name="Blue Lantern")])

    assert await (await banks(store, only=["other"])).match(MIRROR) == ()


async def test_an_account_that_is_listed_itself_is_no_mirror() -> None:
    """It has its own match, and no likeness beside it."""
    store = MemoryBanks()
    known = replace(make.entry(), name="Blue Lantern")
    itself = replace(known, value="telegram:id/7", name="")
    await store.add("community", [known, itself])
    number = seen("account", "telegram:id/7", "author")

    (match,) = await (await banks(store)).match([number, *MIRROR])

    assert (match.signal, match.strength) == (number, Strength.SAME)


async def test_a_find_counts_only_if_its_entry_has_the_value() -> None:
    """The index keeps hashes: an entry that came out although it says something else is no match."""

    class Shifted(MemoryBanks):
        """A store that names every value wrongly to whoever follows its changes, as a hash may."""

        async def changes(self, since: int, *, limit: int) -> tuple[Change, ...]:
            found = await super().changes(since, limit=limit)
            return tuple(replace(change, value="telegram:user/somebody_else") for change in found)

    store = Shifted()
    await store.add("list", [make.entry("telegram:user/bluelantern")])
    known = await banks(store)

    assert await known.match([seen("link", "telegram:user/somebody_else")]) == ()
