"""Lists come in, come again and lose entries; nothing is lost without a word."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.entities.directory import Directory
from core.entities.reading import ListFile
from core.entities.renewal import Renewal, renew
from core.errors import BadInput
from tests import make
from tests.core.entities import lists
from tests.core.entities.lists import written
from tests.fake_entities import MemoryEntities

LATER = datetime(2026, 5, 1, 12, tzinfo=UTC)


async def taken(  # noqa: PLR0913 - what is not named has a default
    store: MemoryEntities,
    folder: Path,
    content: str | bytes,
    *,
    at: datetime = make.NOON,
    told: str = "",
    whole: bool = False,
) -> Renewal:
    """Import a list."""
    return await renew(ListFile(written(folder, "a-file", content)), store, at=at, told=told, whole=whole)


def table(*names: str, first: int = 1) -> str:
    """Give a list of organisations by name."""
    rows = "".join(f"{n},{name},14-08-2001\n" for n, name in enumerate(names, first))
    return f"S.No,Name of Organization,Date of Notification\n{rows}"


async def test_every_entry_of_a_list_is_counted_once(tmp_path: Path) -> None:
    """What is an organisation is accepted, who is none is passed over."""
    store = MemoryEntities()

    report = await taken(store, tmp_path, lists.UN)

    assert report == Renewal(list_name="un_sc", accepted=2, passed_over={"individual": 2})
    assert [one.reference for one in await store.listings()] == ["QDe.901", "QDe.902"]


async def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    """Every night the same: all duplicates, and whoever follows has nothing to read."""
    store = MemoryEntities()
    await taken(store, tmp_path, lists.UN)
    revision = await store.revision()

    report = await taken(store, tmp_path, lists.UN, at=LATER)

    assert (report.accepted, report.duplicates, report.withdrawn) == (0, 2, 0)
    assert await store.revision() == revision


async def test_a_changed_entry_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """An alias that the list struck out is gone; the organisation stays."""
    store = MemoryEntities()
    await taken(store, tmp_path, lists.UN)

    report = await taken(store, tmp_path, lists.UN.replace('"The Lamp"', "The Light"))

    assert (report.accepted, report.duplicates) == (1, 1)
    directory = Directory(await store.listings())
    assert directory.resolve("The Lamp") is None
    assert directory.resolve("The Light") is not None


async def test_what_vanished_from_its_list_is_withdrawn_and_may_come_back(tmp_path: Path) -> None:
    """It designates no more, is kept with the day, and a list that has it again designates it again."""
    store = MemoryEntities()
    await taken(store, tmp_path, table("Blue Lantern Front", "Kite League"))

    gone = await taken(store, tmp_path, table("Blue Lantern Front"), at=LATER)
    (kite,) = Directory(await store.listings()).found("Kite League")
    again = await taken(store, tmp_path, table("Blue Lantern Front", "Kite League"))
    (back,) = Directory(await store.listings()).found("Kite League")

    assert (gone.withdrawn, gone.duplicates) == (1, 1)
    assert kite.designations == ()
    assert [d.listing.withdrawn_on for d in kite.former] == ["2026-05-01"]
    assert again.accepted == 1
    assert len(back.designations) == 1


async def test_another_list_is_left_alone(tmp_path: Path) -> None:
    """What a list lacks says nothing of any other list."""
    store = MemoryEntities()
    await taken(store, tmp_path, lists.UN)

    await taken(store, tmp_path, lists.PK)
    await taken(store, tmp_path, lists.EU)

    assert not any(one.withdrawn_on for one in await store.listings())


@pytest.mark.parametrize("cut", [lists.UN[:-40], lists.UN[: lists.UN.index("KITE UNION")]])
async def test_a_file_that_breaks_off_changes_nothing(tmp_path: Path, cut: str) -> None:
    """Half a download must not withdraw the other half, nor bring in a half."""
    store = MemoryEntities()

    with pytest.raises(BadInput, match="the file breaks off"):
        await taken(store, tmp_path, cut)

    assert await store.listings() == ()


async def test_nothing_is_withdrawn_on_the_word_of_a_file_with_broken_rows(tmp_path: Path) -> None:
    """The missing one may stand in the broken row; who knows better says so."""
    store = MemoryEntities()
    await taken(store, tmp_path, table("Blue Lantern Front", "Kite League"))
    broken = table("Blue Lantern Front") + "2,Kite League,14-08-2001,,x\n"

    careful = await taken(store, tmp_path, broken)
    sure = await taken(store, tmp_path, broken, whole=True)

    assert (careful.withdrawn, careful.kept, len(careful.rejected)) == (0, 1, 1)
    assert (sure.withdrawn, sure.kept) == (1, 0)


async def test_a_file_that_lacks_most_of_its_list_is_refused_unless_it_is_called_whole(
    tmp_path: Path,
) -> None:
    """A part of a list looks like a list that designates hardly anybody any more."""
    store = MemoryEntities()
    names = [f"Lantern Front of Harbour {n}" for n in range(12)]
    await taken(store, tmp_path, table(*names))

    with pytest.raises(BadInput, match=r"11 of 12 organisations of this list are missing .* say --whole"):
        await taken(store, tmp_path, table(*names[:1]))
    kept = [one for one in await store.listings() if not one.withdrawn_on]
    half = await taken(store, tmp_path, table(*names[:6]))
    rest = await taken(store, tmp_path, table(*names[:1]), whole=True)

    assert len(kept) == 12
    assert (half.withdrawn, rest.withdrawn) == (6, 5)


async def test_an_entry_that_stands_twice_is_a_duplicate_or_told(tmp_path: Path) -> None:
    """The same again counts as a duplicate; another entry under its reference is rejected with both lines."""
    store = MemoryEntities()
    row = "1,Blue Lantern Front,14-08-2001\n"

    report = await taken(store, tmp_path, table("Blue Lantern Front") + row + "1,Kite League,14-08-2001\n")

    assert (report.accepted, report.duplicates) == (1, 1)
    assert [(r.line, r.reason) for r in report.rejected] == [
        (4, "line 2 has another entry with the reference 1")
    ]


async def test_a_simple_table_is_whose_its_importer_says(tmp_path: Path) -> None:
    """Where its columns do not tell."""
    store = MemoryEntities()

    report = await taken(store, tmp_path, "No,Name,Date\n1,Kite League,01/02/2003\n", told="pk_nacta")

    assert (report.list_name, report.accepted) == ("pk_nacta", 1)
    assert (await store.listings())[0].listed_on == "2003-02-01"


async def test_a_list_without_any_entry_is_refused(tmp_path: Path) -> None:
    """A header alone, or rows of which none can be read, is more likely a mistake than an empty world."""
    store = MemoryEntities()

    with pytest.raises(BadInput, match=r"no entry\. Download the list again"):
        await taken(store, tmp_path, table())
    with pytest.raises(BadInput, match=r"line 2: no name\. Download"):
        await taken(store, tmp_path, table(""))


async def test_a_name_that_others_have_is_told_at_the_import(tmp_path: Path) -> None:
    """Whoever imports a list learns what could not be decided."""
    store = MemoryEntities()
    await taken(store, tmp_path, lists.UK_PROSCRIBED)

    report = await taken(store, tmp_path, table("Kind Lamp (KL)"))

    assert report.ambiguous == (
        "Kind Lamp (KL): “KL” is also a name of Kite League (KL) (uk_proscribed): not joined by it",
    )


async def test_who_waits_is_told_how_far_it_is(tmp_path: Path) -> None:
    """A long list reports as it is read."""
    steps: list[int] = []
    file = ListFile(written(tmp_path, "long", table(*[f"Lantern Front {n}" for n in range(1000)])))

    await renew(file, MemoryEntities(), at=make.NOON, progress=steps.append)

    assert len(steps) == 5
    assert steps == sorted(steps)
    assert file.read_bytes == file.size_bytes


async def test_kinds_that_a_hostile_list_invents_are_counted_together(tmp_path: Path) -> None:
    """A million words for an entry take no memory."""
    rows = "".join(f'{{"id":"{n}","schema":"K{n}","properties":{{}}}}\n' for n in range(200))

    report = await taken(MemoryEntities(), tmp_path, lists.FTM + "\n" + rows)

    assert len(report.passed_over) <= 51
    assert sum(report.passed_over.values()) == 203
