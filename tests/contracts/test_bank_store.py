"""The contract of the port `BankStore`: in memory and in the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.keeping import BankStore
from core.model import ActionKind, Bank, Entry, EntryState, Ladder, Override, Sharing, Standing, Trust
from core.store.banks import SqlBanks
from tests import make
from tests.fake_banks import MemoryBanks
from tests.stores import opened_store


@pytest.fixture(params=["memory", "sql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BankStore]:
    """Lend each kind of store, empty."""
    if request.param == "memory":
        yield MemoryBanks()
        return
    async with opened_store(tmp_path) as database:
        yield SqlBanks(database)


async def all_of(store: BankStore, bank: str) -> list[Entry]:
    """List a bank's entries."""
    return [entry async for entry in store.entries(bank)]


async def test_a_bank_is_made_on_trial_with_its_first_entry(store: BankStore) -> None:
    """Nothing that comes in by itself is trusted."""
    await store.add("kites", [make.entry()])

    assert await store.banks() == ((Bank(name="kites", trust=Trust.TRIAL), 1),)


async def test_promoting_a_bank_keeps_its_entries(store: BankStore) -> None:
    """Only the trust changes; a bank can also be made before it has entries."""
    await store.add("kites", [make.entry()])

    await store.put_bank(Bank(name="kites", trust=Trust.ACT))
    await store.put_bank(Bank(name="empty"))

    assert await store.banks() == ((Bank(name="empty"), 0), (Bank(name="kites", trust=Trust.ACT), 1))


async def test_a_bank_keeps_all_that_is_said_about_it(store: BankStore) -> None:
    """Whose it is, how far it may go and how far it may be handed on."""
    bank = Bank(
        name="kites",
        trust=Trust.FLAG,
        origin="Harbour Watch",
        added_by="amina",
        added_at=make.NOON,
        most=ActionKind.DELETE,
        ladder=Ladder(same=6, strong=20),
        sharing=Sharing.SEALED,
        expires_at=make.NOON + timedelta(days=90),
    )
    await store.add("kites", [make.entry()])

    await store.put_bank(bank)

    assert await store.banks() == ((bank, 1),)
    assert (await store.bank("kites"), await store.bank("lanterns")) == (bank, None)
    assert [found for found, _ in (await store.found([1])).values()] == [bank]


@pytest.mark.parametrize(
    ("standing", "trust", "state"),
    [
        (Standing.OFF, Trust.TRIAL, EntryState.DISABLED),
        (Standing.FLAG, Trust.FLAG, EntryState.ACTIVE),
        (Standing.ACT, Trust.ACT, EntryState.ACTIVE),
    ],
)
async def test_an_entry_is_treated_otherwise_here_until_it_is_restored(
    store: BankStore, standing: Standing, trust: Trust, state: EntryState
) -> None:
    """The list stays as it is, and an update of it changes nothing about the override."""
    override = Override(
        kind="link", value="telegram:user/one", standing=standing, reason="ours", by="amina", at=make.NOON
    )
    one, two = make.entry("telegram:user/one"), make.entry("telegram:user/two")
    await store.add("kites", [one, two])

    await store.override("kites", replace(override, standing=Standing.OFF, reason="a first thought"))
    await store.override("kites", override)
    await store.add("kites", [replace(one, label="later")])
    found = await store.found([1, 2])

    assert [(bank.trust, entry.state) for bank, entry in found.values()] == [
        (trust, state),
        (Trust.TRIAL, EntryState.ACTIVE),
    ]
    assert await store.overrides("kites") == (override,)
    assert await store.overrides("lanterns") == ()
    assert await store.restore("kites", kind="link", value="telegram:user/one") is True
    assert await store.restore("kites", kind="link", value="telegram:user/one") is False
    assert [bank.trust for bank, _ in (await store.found([1, 2])).values()] == [Trust.TRIAL, Trust.TRIAL]


async def test_an_entry_is_found_by_its_value(store: BankStore) -> None:
    """In its bank and of its kind only."""
    await store.add("kites", [make.entry()])

    found = [
        await store.entry(bank, kind=kind, value=make.entry().value)
        for bank, kind in (("kites", "link"), ("kites", "sha256"), ("lanterns", "link"))
    ]

    assert found == [make.entry(), None, None]


async def test_entries_come_back_whole_and_in_order(store: BankStore) -> None:
    """Every field survives, in whatever script."""
    full = Entry(
        kind="link",
        value="telegram:user/bluelantern",
        ref="12",
        label="چینل",
        entity="Blue Lantern Front",
        name="قندیل",
        avatar="0f" * 32,
        reason="listed",
        source="list.csv",
        added_by="import",
        added_at=make.NOON,
        ideology="far-right",
        first_seen=make.NOON - timedelta(days=9),
        last_seen=make.NOON - timedelta(days=1),
        expires_at=make.NOON + timedelta(days=9),
        sharing=Sharing.RED,
        state=EntryState.DISPUTED,
        extra=(("remark", "يوم"), ("no", "7")),
    )
    many = [replace(make.entry(f"telegram:user/lantern{n}"), ref=str(n)) for n in range(2500)]

    await store.add("kites", [full, *many])

    assert await all_of(store, "kites") == [full, *many]


async def test_adding_again_tells_what_is_new_and_brings_up_to_date(store: BankStore) -> None:
    """The same kind and value is the same entry; the later words win."""
    first, second = make.entry("telegram:user/one"), make.entry("telegram:user/two")
    later = replace(first, label="better label")

    assert await store.add("kites", [first, first]) == (True, False)
    assert await store.add("kites", [later, second]) == (False, True)
    assert await all_of(store, "kites") == [later, second]


async def test_the_same_entry_in_two_banks_is_two_entries(store: BankStore) -> None:
    """Each list stands for itself."""
    await store.add("kites", [make.entry()])

    assert await store.add("lanterns", [make.entry()]) == (True,)


async def test_changes_tell_everything_once_and_in_order(store: BankStore) -> None:
    """Added, changed, removed: whoever follows knows the last state of each entry."""
    await store.add("kites", [make.entry("telegram:user/a"), make.entry("telegram:user/b", ref="r2")])
    start = await store.changes(0, limit=10)

    await store.add("kites", [replace(make.entry("telegram:user/a"), state=EntryState.WITHDRAWN)])
    await store.remove("kites", ref="r2")
    later = await store.changes(start[-1].revision, limit=10)

    assert [(c.value, c.matchable) for c in start] == [("telegram:user/a", True), ("telegram:user/b", True)]
    assert [(c.value, c.matchable) for c in later] == [("telegram:user/a", False), ("telegram:user/b", False)]
    assert [c.entry_id for c in later] == [c.entry_id for c in start]
    assert await store.changes(later[-1].revision, limit=10) == ()


async def test_changes_bring_what_likeness_needs(store: BankStore) -> None:
    """The name and the picture of an account come with it, and do not stay when it goes."""
    known = replace(make.entry(), name="Blue Lantern", avatar="0f" * 32)
    await store.add("kites", [known])
    (came,) = await store.changes(0, limit=10)

    await store.add("kites", [replace(known, state=EntryState.WITHDRAWN)])
    (went,) = await store.changes(came.revision, limit=10)

    assert (came.name, came.avatar, came.matchable) == ("Blue Lantern", "0f" * 32, True)
    assert (went.name, went.avatar, went.matchable) == ("", "", False)


async def test_changes_come_in_pages_without_a_hole(store: BankStore) -> None:
    """A small limit only means more questions."""
    await store.add("kites", [make.entry(f"telegram:user/k{n}", ref=str(n)) for n in range(7)])
    await store.remove("kites", ref="3")
    seen: list[str] = []
    since = 0

    while page := await store.changes(since, limit=2):
        assert len(page) <= 2
        seen += [change.value for change in page]
        since = page[-1].revision

    assert seen == [f"telegram:user/k{n}" for n in (0, 1, 2, 4, 5, 6, 3)]


async def test_nothing_changes_where_nothing_differs(store: BankStore) -> None:
    """Taking in the same list every night does not make everybody look again."""
    entry = replace(make.entry(), added_at=make.NOON, added_by="import")
    await store.add("kites", [entry])
    before = await store.changes(0, limit=10)

    await store.add("kites", [replace(entry, added_at=make.NOON + timedelta(days=1), added_by="cron")])

    assert await store.changes(0, limit=10) == before
    assert await all_of(store, "kites") == [entry]


async def test_removing_is_by_reference_or_value_and_counts(store: BankStore) -> None:
    """A number of a removed entry is never used again, and a removed entry is not found."""
    await store.add("kites", [make.entry("telegram:user/a", ref="x"), make.entry("telegram:user/b", ref="x")])
    number = (await store.changes(0, limit=1))[0].entry_id

    assert await store.remove("kites", value="telegram:user/a") == 1
    assert await store.remove("kites", ref="x") == 1
    assert await store.remove("kites", ref="x") == 0
    assert await store.remove("kites") == 0
    await store.add("kites", [make.entry("telegram:user/a")])
    assert await store.found([number]) == {}
    assert (await store.changes(0, limit=10))[-1].entry_id > number


async def test_found_gives_entries_with_their_banks(store: BankStore) -> None:
    """By number, a thousand at once."""
    await store.add("kites", [make.entry(f"telegram:user/k{n}") for n in range(1000)])
    numbers = [change.entry_id for change in await store.changes(0, limit=2000)]

    found = await store.found(numbers)

    assert len(found) == 1000
    assert found[numbers[0]] == (Bank(name="kites"), make.entry("telegram:user/k0"))


async def test_an_erased_bank_leaves_nothing_but_numbers(store: BankStore) -> None:
    """Whoever follows learns that the entries are gone, and no value of theirs stays; other banks do."""
    override = Override(kind="link", value="telegram:user/a", standing=Standing.OFF, at=make.NOON)
    await store.add("kites", [make.entry("telegram:user/a"), make.entry("telegram:user/b")])
    await store.add("lanterns", [make.entry("telegram:user/a")])
    await store.override("kites", override)
    came = await store.changes(0, limit=10)

    assert await store.erase("kites") == 2
    assert await store.erase("kites") == 0

    gone = await store.changes(came[-1].revision, limit=10)
    assert [(c.entry_id, c.value, c.matchable) for c in gone] == [
        (came[0].entry_id, "", False),
        (came[1].entry_id, "", False),
    ]
    assert [bank.name for bank, _ in await store.banks()] == ["lanterns"]
    await store.put_bank(Bank(name="kites"))
    assert (await all_of(store, "kites"), await store.overrides("kites")) == ([], ())
