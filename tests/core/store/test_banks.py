"""What banks in the database promise beyond the port: one truth for many processes, and nothing by halves."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import StoreError
from core.keeping import BankStore, Change
from core.model import Bank, Entry, EntryState, Trust
from core.store.banks import SqlBanks
from core.store.connect import Database
from tests import make
from tests.fake_banks import MemoryBanks
from tests.stores import opened_store, statement

ENTRIES = st.builds(
    Entry,
    kind=st.sampled_from(("link", "sha256")),
    value=st.sampled_from(("a", "b", "c", "d")),
    ref=st.sampled_from(("", "r1", "r2")),
    label=st.sampled_from(("", "لیبل")),
    state=st.sampled_from(EntryState),
)
BANKS = st.sampled_from(("kites", "lanterns"))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), BANKS, st.lists(ENTRIES, max_size=4)),
        st.tuples(st.just("remove"), BANKS, st.sampled_from(("", "r1", "r2", "a", "b"))),
        st.tuples(st.just("trust"), BANKS, st.sampled_from(Trust)),
    ),
    max_size=15,
)
Step = tuple[str, str, list[Entry] | str | Trust]


async def done(store: BankStore, what: str, bank: str, given_: list[Entry] | str | Trust) -> object:
    """Do a step; return what the store says to it."""
    if isinstance(given_, list):
        return await store.add(bank, given_)
    if isinstance(given_, Trust):
        await store.put_bank(Bank(name=bank, trust=given_))
        return None
    ref = given_ if what == "remove" and given_.startswith("r") else ""
    return await store.remove(bank, ref=ref, value="" if ref else given_)


async def followed(store: BankStore) -> list[tuple[str, str, bool]]:
    """Follow the changes from the beginning in small steps; return what can be matched in the end."""
    last: dict[int, Change] = {}
    since = 0
    while page := await store.changes(since, limit=3):
        assert [c.revision for c in page] == sorted({c.revision for c in page})
        last |= {change.entry_id: change for change in page}
        since = page[-1].revision
    return sorted((c.kind, c.value, c.matchable) for c in last.values() if c.matchable)


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
async def test_whatever_is_done_the_database_does_as_the_memory(steps: list[Step]) -> None:
    """Same answers, same banks, same entries in the same order, same things to match for who follows."""
    memory = MemoryBanks()
    with tempfile.TemporaryDirectory() as folder:
        async with opened_store(Path(folder)) as database:
            sql = SqlBanks(database)
            for what, bank, given_ in steps:
                assert await done(sql, what, bank, given_) == await done(memory, what, bank, given_)

            assert await sql.banks() == await memory.banks()
            assert await followed(sql) == await followed(memory)
            for bank in ("kites", "lanterns"):
                assert [e async for e in sql.entries(bank)] == [e async for e in memory.entries(bank)]


async def test_another_process_sees_every_change_in_order(tmp_path: Path) -> None:
    """While several add at once, who follows misses nothing and sees nothing twice."""
    async with opened_store(tmp_path) as one, opened_store(tmp_path) as two, opened_store(tmp_path) as three:
        seen: list[Change] = []

        async def add(database: Database, bank: str) -> None:
            for start in range(0, 60, 10):
                values = [f"telegram:user/{bank}{n}" for n in range(start, start + 10)]
                await SqlBanks(database).add(bank, [make.entry(value) for value in values])

        async def follow() -> None:
            while len(seen) < 120:
                since = seen[-1].revision if seen else 0
                seen.extend(await SqlBanks(three).changes(since, limit=7))

        async with asyncio.timeout(30), asyncio.TaskGroup() as group:
            group.create_task(follow())
            group.create_task(add(one, "kites"))
            group.create_task(add(two, "lanterns"))

        assert [c.revision for c in seen] == list(range(1, 121))
        assert len({c.entry_id for c in seen}) == 120


async def test_a_list_that_does_not_fit_is_not_taken_in_by_halves(tmp_path: Path) -> None:
    """A full disk in the middle of an import leaves the bank as it was, and its followers in peace."""
    async with opened_store(tmp_path) as database:
        banks = SqlBanks(database)
        await banks.add("kites", [make.entry("telegram:user/first")])
        before = await banks.changes(0, limit=10)
        pages = int(str(await database.read(statement("PRAGMA page_count"))))
        await database.write(statement(f"PRAGMA max_page_count = {pages + 20}"))

        with pytest.raises(StoreError, match="the disk is full"):
            await banks.add("kites", [make.entry(f"telegram:user/k{n}") for n in range(5000)])

        assert await banks.changes(0, limit=10) == before
        assert await banks.banks() == ((Bank(name="kites"), 1),)
