"""The labelled set: what share of altered copies is known, and that nothing else is.

Of the copies it reads one in four: each alteration of five or six pictures, and each picture in eight or nine
alterations. It skips where the set is not beside the checkout.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from core.banks.banks import Banks
from core.banks.parts import kept
from core.model import Entry, Signal, Strength
from tests import make
from tests.core.banks.looks import seen_file
from tests.fake_banks import MemoryBanks
from tests.shared import DEV, rows

Row = Mapping[str, object]

ONE_IN = 4


@cache
def looked_at() -> tuple[tuple[Row, Signal], ...]:
    """Give the signals of every original and of one altered copy in four."""
    found = rows("images/manifest.ndjson")
    pictures, alterations = (
        {name: place for place, name in enumerate(dict.fromkeys(str(row[key]) for row in found))}
        for key in ("source_id", "transform")
    )
    chosen = [
        row
        for row in found
        if row["transform"] == "original"
        or (pictures[str(row["source_id"])] + alterations[str(row["transform"])]) % ONE_IN == 0
    ]
    return tuple((row, seen_file((DEV / str(row["file"])).read_bytes())) for row in chosen)


def is_listed(row: Row) -> bool:
    """Tell whether a file is what the list was made from."""
    return row["label"] == "banned" and row["transform"] == "original"


async def stocked(entries: Sequence[Entry]) -> Banks:
    """Give banks that know some entries."""
    store = MemoryBanks()
    await store.add("propaganda", entries)
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.refresh()
    return banks


async def flagged(entries: Sequence[Entry]) -> list[tuple[Row, set[str]]]:
    """Give each file that is not itself listed, with the references it is flagged as."""
    banks = await stocked(entries)
    found = []
    for row, signal in looked_at():
        if not is_listed(row):
            matches = await banks.match([signal])
            sure = {match.entry.ref for match in matches if match.strength is not Strength.WEAK}
            found.append((row, sure))
    return found


def measured(found: list[tuple[Row, set[str]]]) -> tuple[float, list[object]]:
    """Give the share of copies that are known; a file flagged as what it is not fails the test."""
    copies = [(row, refs) for row, refs in found if row["label"] == "banned"]
    wrong = [row["file"] for row, refs in copies if refs - {row["source_id"]}]
    false = [row["file"] for row, refs in found if row["label"] == "benign" and refs]
    missed = [row["file"] for row, refs in copies if not refs and row["difficulty"] == "must"]
    assert (wrong, false) == ([], [])
    assert len(copies) > 180
    assert len({row["transform"] for row, _ in copies}) > 30
    return sum(bool(refs) for _, refs in copies) / len(copies), missed


async def test_with_the_list_alone_nearly_every_copy_is_known() -> None:
    """Every one that plain hashing could find, 97 of 100 in all, and nothing else."""
    entries = [
        Entry(kind="pdq", value=str(row["pdq"]), ref=str(row["source_id"]))
        for row in rows("images/manifest.ndjson")
        if is_listed(row)
    ]

    recall, missed = measured(await flagged(entries))

    assert missed == []
    assert recall >= 0.97


def given(rows_: Iterable[tuple[Row, Signal]]) -> list[Entry]:
    """Give the entries of pictures that were given themselves."""
    entries = []
    for row, signal in rows_:
        ref = str(row["source_id"])
        features = (("features", kept(signal.features)),)
        entries.append(Entry(kind="pdq", value=signal.value, ref=ref))
        if kept(signal.features):
            entries.append(Entry(kind="features", value=str(row["sha256"]), ref=ref, extra=features))
    return entries


async def test_no_photograph_is_known_as_another_one() -> None:
    """Every photograph given, the harmless ones too: among them are two of a building and of a coaster."""
    originals = [(r, s) for r, s in looked_at() if r["transform"] == "original" and r["kind"] == "photo"]
    banks = await stocked(given(originals))

    for row, signal in originals:
        sure = {m.entry.ref for m in await banks.match([signal]) if m.strength is not Strength.WEAK}
        assert sure <= {row["source_id"]}
    assert len(originals) > 70


async def test_with_the_pictures_given_every_copy_is_known() -> None:
    """99 of 100, and nothing else."""
    entries = given((row, signal) for row, signal in looked_at() if is_listed(row))

    recall, missed = measured(await flagged(entries))

    assert missed == []
    assert recall >= 0.99
