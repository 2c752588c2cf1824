"""Lists are closed at rest under the present key; what was changed, or has no key, is refused in one line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput, StoreError
from core.model import EntryState, Override, Standing
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.keeping import SqlStore
from core.store.vault import MARK, Vault, keys_of
from tests import make
from tests.stores import statement

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
VALUE = "telegram:user/bluelantern"


@given(st.text(st.characters(exclude_characters=MARK, codec="utf-8")))
def test_what_is_closed_opens_to_the_same(text: str) -> None:
    """Under its key, also when it is not the first any more; and never stands there as it is."""
    kept = Vault([OLD]).closed(text)

    assert Vault([OLD]).opened(kept) == Vault([NEW, OLD]).opened(kept) == text
    assert Vault([OLD]).closed(text) == kept
    assert not text or text not in kept or len(text) < 12
    assert Vault().closed(text) == text


def test_a_text_that_begins_like_a_closed_one_cannot_pass_for_it() -> None:
    """A list that is written by a stranger must not make its own entry unreadable."""
    assert Vault().opened(Vault().closed(f"{MARK}0123abcdXYZ")) == "0123abcdXYZ"
    assert Vault([OLD]).opened(Vault([OLD]).closed(f"{MARK}x")) == "x"


@pytest.mark.parametrize(
    ("keys", "change", "message"),
    [
        ([NEW], lambda kept: kept, "not in NIGEHBAN_KEYS"),
        ([], lambda kept: kept, "not in NIGEHBAN_KEYS"),
        ([OLD], lambda kept: f"{kept[:-6]}AAAAA=", "changed by somebody else"),
        ([OLD], lambda kept: f"{kept[:9]}!!", "changed by somebody else"),
    ],
)
def test_what_cannot_be_opened_is_told(keys: list[bytes], change: Callable[[str], str], message: str) -> None:
    """Another key, none, or letters that were changed."""
    with pytest.raises(StoreError, match=message):
        Vault(keys).opened(change(Vault([OLD]).closed(VALUE)))


@given(st.binary(max_size=300))
def test_files_are_closed_as_texts_are(content: bytes) -> None:
    """Whole, and refused when one bit differs."""
    vault = Vault([OLD])
    kept = vault.closed_bytes(content)

    assert vault.opened_bytes(kept) == content
    with pytest.raises(StoreError):
        vault.opened_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(StoreError):
        Vault([NEW]).opened_bytes(kept)


@pytest.mark.parametrize(
    ("written", "count"), [("", 0), (OLD.hex(), 1), (f" {NEW.hex().upper()} , {OLD.hex()},", 2)]
)
def test_keys_are_read_as_they_are_written(written: str, count: int) -> None:
    """In hex, the present one first."""
    assert keys_of(written) == (NEW, OLD)[2 - count :]


@pytest.mark.parametrize("written", ["secret", f"{OLD.hex()},{OLD.hex()[:-1]}", "zz" * 32])
def test_a_wrong_key_is_refused_without_being_repeated(written: str) -> None:
    """Logs are read by many."""
    with pytest.raises(BadInput, match=r"^NIGEHBAN_KEYS: key \d is not 64 hex digits") as refused:
        keys_of(written)

    assert written.rpartition(",")[2] not in str(refused.value)


async def fill(folder: Path, vault: Vault) -> None:
    """Put a list, an override and a case with its ground into a database."""
    database = await Database.open(f"sqlite:///{folder}/nigehban.db", vault)
    try:
        banks = SqlBanks(database)
        await banks.add("kites", [make.entry(VALUE), make.entry("telegram:user/two", ref="r2")])
        await banks.remove("kites", ref="r2")
        await banks.override(
            "kites", Override(kind="link", value=VALUE, standing=Standing.FLAG, at=make.NOON)
        )
        await SqlStore(database, worker="w").open(make.message(), make.verdict(), at=make.NOON)
    finally:
        await database.close()


async def found(folder: Path, vault: Vault) -> list[object]:
    """Ask a database for all of it again."""
    database = await Database.open(f"sqlite:///{folder}/nigehban.db", vault)
    try:
        banks, store = SqlBanks(database), SqlStore(database, worker="w")
        (known,) = (await banks.found([1])).values()
        return [
            known[1].value,
            known[0].trust,
            [change.value for change in await banks.changes(0, limit=9)],
            await banks.add("kites", [make.entry(VALUE)]),
            (await banks.entry("kites", kind="link", value=VALUE) or known[1]).state,
            [case.message.id for case in await store.resting_on("link", VALUE)],
            await banks.remove("kites", value="telegram:user/none"),
        ]
    finally:
        await database.close()


def on_the_disk(folder: Path) -> bytes:
    """Return all that a thief of the disk would have."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("nigehban.db*")))


async def test_a_key_closes_what_is_there_and_all_works_as_before(tmp_path: Path) -> None:
    """From none to one, to the next one, and with the old one gone: nothing of the list stands there."""
    await fill(tmp_path, Vault())
    plain, before = on_the_disk(tmp_path), await found(tmp_path, Vault())

    states = [await found(tmp_path, vault) for vault in (Vault([OLD]), Vault([NEW, OLD]), Vault([NEW]))]

    assert b"bluelantern" in plain
    assert states == [before] * 3
    assert before[0] == VALUE
    assert before[3] == (False,)
    assert before[4] is EntryState.ACTIVE
    assert b"bluelantern" not in on_the_disk(tmp_path)
    assert b"lantern channel" not in on_the_disk(tmp_path)


@pytest.mark.parametrize("keys", [[], [NEW]])
async def test_a_database_whose_key_is_missing_is_not_opened(tmp_path: Path, keys: list[bytes]) -> None:
    """One line says what to do; nothing is closed twice or lost."""
    await fill(tmp_path, Vault([OLD]))

    with pytest.raises(BadInput, match="Put it into NIGEHBAN_KEYS"):
        await Database.open(f"sqlite:///{tmp_path}/nigehban.db", Vault(keys))

    assert (await found(tmp_path, Vault([OLD])))[0] == VALUE


async def test_closing_anew_goes_on_where_it_broke(tmp_path: Path) -> None:
    """Half of it under the new key, half under the old one: all of it is read, and the rest is closed."""
    await fill(tmp_path, Vault([OLD]))
    database = await Database.open(f"sqlite:///{tmp_path}/nigehban.db", Vault([OLD]))
    await SqlBanks(database).add("kites", [make.entry(f"telegram:user/k{n}") for n in range(5)])
    await database.write(statement("UPDATE notes SET value = '' WHERE key = 'vault'"))
    await database.close()

    assert (await found(tmp_path, Vault([NEW, OLD])))[0] == VALUE
    assert (await found(tmp_path, Vault([NEW])))[0] == VALUE


async def test_a_long_list_is_closed_to_its_end(tmp_path: Path) -> None:
    """Page after page: nothing of the last entries stands there, and all of them are read."""
    entries = [make.entry(f"telegram:user/heron{n}") for n in range(2_500)]
    database = await Database.open(f"sqlite:///{tmp_path}/nigehban.db")
    await SqlBanks(database).add("kites", entries)
    await database.close()

    database = await Database.open(f"sqlite:///{tmp_path}/nigehban.db", Vault([OLD]))
    try:
        kept = {entry.value async for entry in SqlBanks(database).entries("kites")}
    finally:
        await database.close()

    assert kept == {entry.value for entry in entries}
    assert b"heron" not in on_the_disk(tmp_path)


async def test_erased_means_overwritten(tmp_path: Path) -> None:
    """A licence that ends leaves nothing in the file, not even in its free pages."""
    await fill(tmp_path, Vault())
    database = await Database.open(f"sqlite:///{tmp_path}/nigehban.db")
    try:
        await SqlBanks(database).add("licensed", [make.entry(f"telegram:user/wolf{n}") for n in range(500)])
        await SqlBanks(database).erase("licensed")
    finally:
        await database.close()

    assert b"wolf" not in on_the_disk(tmp_path)
