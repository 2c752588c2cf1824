"""The sample exports: made the same every time, and what is planted in them is found, nothing else."""

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bots.commands.lines import Lines
from bots.commands.looking import scan
from bots.replay.files import LocalFiles
from core.banks.banks import Banks
from core.judge import Judge
from core.media.decode import luma
from core.media.pdq import pdq
from core.media.sandbox import Sandbox
from core.model import Entry
from core.policy.loader import bundled, load_policy
from core.signals.accounts import Accounts
from core.signals.files import Digests
from core.signals.links import Links
from core.signals.pictures import Pictures
from samples.make import make, pictures
from tests import make as build
from tests.fake_banks import MemoryBanks

SAMPLES = Path(__file__).parents[2] / "samples"
KINDS = {"canonical": "link", "sha256": "sha256", "pdq": "pdq"}
MADE = ("list.csv", "expected.csv", "telegram", "discord")


def table(name: str) -> list[dict[str, str]]:
    """Read one of the tables that ship."""
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, Path]:
    """Every file that the script makes, by its path below a folder."""
    tops = [folder / name for name in MADE]
    found = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    return {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}


@pytest.fixture
async def judge() -> AsyncIterator[Judge]:
    """The real judge over the samples' list, with the policy that ships."""
    store = MemoryBanks()
    entries = [
        Entry(kind=kind, value=row[column], ref=row["ref"], label=row["label"], entity=row["group"])
        for row in table("list.csv")
        for column, kind in KINDS.items()
        if row[column]
    ]
    await store.add("samples", entries)
    banks = Banks(store, clock=lambda: build.NOON)
    await banks.refresh()
    async with Sandbox(workers=2) as sandbox:
        sources = (Links(), Accounts(), Digests(), Pictures(sandbox))
        yield Judge(sources=sources, banks=banks, policy=load_policy(bundled("default")))


def test_the_script_makes_what_ships(tmp_path: Path) -> None:
    """Whoever changes the script makes the samples anew; pictures are compared by their pixels."""
    make(tmp_path)

    shipped, made = files(SAMPLES), files(tmp_path)
    assert shipped.keys() == made.keys()
    assert len(shipped) > 8
    for name, path in made.items():
        if path.suffix == ".jpg":
            one, other = (np.asarray(Image.open(file), dtype=np.int16) for file in (path, shipped[name]))
            assert np.array_equal(one, other), name
        elif path.suffix == ".json":
            assert json.loads(path.read_bytes()) == json.loads(shipped[name].read_bytes()), name
        else:
            assert path.read_bytes() == shipped[name].read_bytes(), name


@pytest.mark.parametrize("export", ["telegram", "discord"])
async def test_what_is_planted_is_found_and_nothing_else(judge: Judge, export: str) -> None:
    """Each banned thing by its own entry; the look-alikes and the chatter not at all."""
    out = io.StringIO()

    code = await scan(
        [SAMPLES / export], judge=judge, files=LocalFiles(1_000_000), printer=Lines(file=out, every=True)
    )

    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    found = {
        line["item"]: " ".join(sorted({m["ref"] for m in line["matches"]}))
        for line in lines
        if line["matches"]
    }
    expected = {row["message"]: row["found"] for row in table("expected.csv") if row["export"] == export}
    assert code == 1
    assert found == {message: refs for message, refs in expected.items() if refs}
    assert {message for message, refs in expected.items() if not refs} <= {line["item"] for line in lines}
    assert [line["item"] for line in lines if line["gaps"]] == []


def test_every_entry_of_the_list_is_planted_somewhere() -> None:
    """An entry that nothing shows would teach nobody anything."""
    planted = {ref for row in table("expected.csv") for ref in row["found"].split()}

    assert planted == {row["ref"] for row in table("list.csv")}


def test_the_pictures_that_look_alike_are_far_from_the_banned_one() -> None:
    """All of them have enough in them to be hashed; only the altered copies are near."""
    (known,) = [int(row["pdq"], 16) for row in table("list.csv") if row["pdq"]]
    hashes = {name: pdq(luma(content)) for name, content in pictures().items()}
    distances = {name: (int(value, 16) ^ known).bit_count() for name, (value, _) in hashes.items()}

    assert all(quality >= 50 for _, quality in hashes.values())
    assert {name for name, distance in distances.items() if distance <= 31} == {
        "poster again",
        "poster once more",
    }
    assert min(d for name, d in distances.items() if not name.startswith("poster")) > 60
