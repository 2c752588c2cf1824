"""The index from one process to the next: it meets what a rebuilt one meets, or it is not used."""

import asyncio
import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.banks import kept as kept_module
from core.banks.banks import Banks
from core.banks.index import Index
from core.banks.kept import NAME, NOTES, Kept
from core.banks.likeness import Profile
from core.banks.parts import kept as kept_parts
from core.banks.snapshot import Head, Seal, read, write
from core.errors import BadInput
from core.keeping import Change
from core.model import Entry, Signal
from core.store.banks import SqlBanks
from core.store.notes import SqlNotes
from samples.drawing import drawn
from tests import make
from tests.core.banks.looks import seen
from tests.core.banks.test_clips import clip, shots
from tests.core.media.scenes import LANTERNS
from tests.fake_banks import MemoryBanks
from tests.fakes import MemoryNotes
from tests.stores import opened_store
from tests.tree import ROOT

PICTURE = seen(drawn(LANTERNS), quality=80)
SPEECH = "The lanterns of the harbour shall burn for nine nights, and whoever sees them shall row at dawn."
HASHES = tuple(f"{number:02x}" * 32 for number in (0x0F, 0x3C, 0x55))
HANDLES = ("bluelantern", "zarbulan_press", "quintorvoice")
CLIPS = tuple(clip(shots(seed, 12)) for seed in (1, 2))

VALUES: Sequence[tuple[str, str, str]] = (
    *(("link", f"telegram:user/{handle}", "") for handle in HANDLES),
    *(("sha256", one, "") for one in HASHES),
    *(("pdq", one, "") for one in HASHES),
    *(("text", f"{SPEECH} {word}", "") for word in ("Bring oars.", "Bring bread and a second lantern.")),
    *(("phrase", word, "") for word in ("blue lantern", "نیلی لالٹین")),
    ("expression", "row (now|at dawn)", ""),
    ("features", "ab" * 32, kept_parts(PICTURE.features)),
    *(("video", f"{at:064x}", one) for at, one in enumerate(CLIPS)),
)
"""Kind, value, and what the entry's `extra` holds."""

ASKED = (
    PICTURE,
    *(Signal(kind=kind, value=value, part="text") for kind, value, _ in VALUES[:9]),
    *(Signal(kind="account", value=f"telegram:user/{handle}", part="author") for handle in HANDLES),
    Signal(kind="pdq", value="0e" + HASHES[0][2:], part="attachment[0]"),
    Signal(kind="link", value="telegram:user/nobody", part="text"),
    Signal(kind="text", value="x", part="text", text=f"They say: {SPEECH} Do they? We row at dawn."),
    Signal(kind="text", value="x", part="text", text="a BLUE lantern and نیلی لالٹین"),
    Signal(kind="origin", value="Zarbulan Press Official Channel", part="forward"),
    *(Signal(kind="video", value="x", part="attachment[0]", clip=one) for one in CLIPS),
)
PROFILES = (
    Profile(identifiers=("x:user/bluelantern2",), name="Zarbulan Press"),
    Profile(identifiers=(), name="", avatars=(HASHES[0],)),
)

CHANGES = st.lists(
    st.tuples(
        st.integers(1, 8), st.integers(0, len(VALUES) - 1), st.sampled_from(["in", "in", "out", "erased"])
    ),
    max_size=30,
)


def changes(drawn: Sequence[tuple[int, int, str]]) -> tuple[Change, ...]:
    """Give changes as a store would: an entry keeps its kind and value."""
    return tuple(
        Change(
            revision=revision,
            entry_id=copy * len(VALUES) + which,
            kind=VALUES[which][0],
            value="" if what == "erased" else VALUES[which][1],
            matchable=what == "in",
            expires_at=make.NOON + timedelta(days=copy - 2) if what == "in" and copy < 4 else None,
            name="Zarbulan Press" if what == "in" and copy % 2 else "",
            avatar=HASHES[0] if what == "in" and copy % 3 else "",
        )
        for revision, (copy, which, what) in enumerate(drawn, start=1)
    )


def apply(index: Index, some: Sequence[Change]) -> None:
    """Take changes in, one by one, as they came."""
    for one in some:
        index.apply([one], {one.entry_id: VALUES[one.entry_id % len(VALUES)][2]})


def answers(index: Index, gone: frozenset[int] = frozenset()) -> list[object]:
    """Give all that an index says to every question, without entries that the store does not have."""
    hits = [{hit for hit in index.hits(one, now=make.NOON) if hit.entry_id not in gone} for one in ASKED]
    around = [set(index.around(one, now=make.NOON)) - gone for one in PROFILES]
    return [*hits, *around, index.revision]


def put_away(folder: Path, index: Index) -> Index:
    """Keep an index in a file, and give what is read from it."""
    write(folder / NAME, Head("1", index.revision, "this"), index.columns())
    return Index.of(read(folder / NAME)[1])


@settings(max_examples=60, deadline=None)
@given(CHANGES, st.integers(0, 30))
def test_an_index_that_was_kept_meets_what_a_rebuilt_one_meets(
    tmp_path_factory: pytest.TempPathFactory, drawn: Sequence[tuple[int, int, str]], at: int
) -> None:
    """Of every kind, wherever in its life it was kept, and through whatever changes afterwards."""
    came = changes(drawn)
    rebuilt, before = Index(), Index()
    apply(rebuilt, came)
    apply(before, came[:at])

    index = put_away(tmp_path_factory.mktemp("home"), before)
    apply(index, came[at:])

    erased = {one.entry_id: not one.value for one in came}
    gone = frozenset(number for number, is_gone in erased.items() if is_gone)
    assert answers(index, gone) == answers(rebuilt, gone)


def test_what_is_taken_out_and_put_in_after_a_start_counts(tmp_path: Path) -> None:
    """Entries of every kind that were kept go, others come, and each is what it was."""
    one_of_each = [(5, which, "in") for which in range(len(VALUES))]
    came = changes([*one_of_each[::2], *one_of_each[1::2]])
    before, rebuilt = Index(), Index()
    apply(before, came[:9])

    index = put_away(tmp_path, before)
    apply(index, came[9:])
    apply(rebuilt, came)
    assert answers(index) == answers(rebuilt)

    index = put_away(tmp_path, index)
    apply(index, changes([(5, which, "out") for which in range(len(VALUES))]))
    assert not any(answers(index)[:-1])
    assert len(index) == 0


def test_every_kind_is_met_at_all() -> None:
    """The comparison above is one of answers, and not of silence."""
    index = Index()
    apply(index, changes([(5, which, "in") for which in range(len(VALUES))]))

    found = answers(index)

    assert [at for at, one in enumerate(found) if not one] == [
        at for at, one in enumerate(ASKED) if one.value == "telegram:user/nobody"
    ]
    assert {number % len(VALUES) for hits in found[: len(ASKED)] for number, *_ in hits} == set(  # type: ignore[attr-defined]  # sets of hits
        range(len(VALUES))
    )


def test_many_hashes_are_kept_with_their_shelves(tmp_path: Path) -> None:
    """A list so long that it is searched by bands, some of it gone: nothing is missed, and it can grow."""
    chance = np.random.default_rng(5)
    hashes = [chance.bytes(32).hex() for _ in range(9_000)]
    listed = [
        Change(revision=at, entry_id=at, kind="pdq", value=one, matchable=True)
        for at, one in enumerate(hashes, start=1)
    ]
    before = Index()
    before.apply(listed)
    before.apply([Change(revision=9_001, entry_id=9, kind="pdq", value="", matchable=False)])

    index = put_away(tmp_path, before)
    index.apply([Change(revision=9_002, entry_id=9_001, kind="pdq", value=HASHES[0], matchable=True)])

    found = [
        [hit.entry_id for hit in index.hits(Signal(kind="pdq", value=one, part="p"), now=make.NOON)]
        for one in (*hashes[:20], HASHES[0])
    ]
    assert found == [*([at] for at in range(1, 9)), [], *([at] for at in range(10, 21)), [9_001]]
    assert bytes.fromhex(hashes[8])[:4] not in (tmp_path / NAME).read_bytes()


@pytest.mark.parametrize("kind", ["link", "sha256"])
def test_of_what_was_erased_nothing_is_kept(tmp_path: Path, kind: str) -> None:
    """The key of an erased entry, of which only the number is told, is not in the file."""
    index = Index()
    index.apply([Change(revision=1, entry_id=1, kind=kind, value="telegram:user/gone", matchable=True)])
    index.apply([Change(revision=2, entry_id=1, kind=kind, value="", matchable=False)])

    assert len(index) == 1
    assert len(put_away(tmp_path, index)) == 0


async def started(
    store: MemoryBanks | SqlBanks,
    notes: MemoryNotes | SqlNotes,
    folder: Path,
    *,
    seal: Seal | None = None,
    much: int = 2,
) -> Banks:
    """Give banks that have started, and to which three entries are worth keeping."""
    kept = Kept(folder / NAME, notes, seal=seal)
    banks = Banks(store, clock=lambda: make.NOON, kept=kept, much=much, some=1)
    await banks.start()
    return banks


LISTED = [Entry(kind="link", value=f"telegram:user/{handle}") for handle in HANDLES]


async def met(banks: Banks) -> list[str]:
    """Give which of the handles are matched."""
    found = await banks.match([Signal(kind="link", value=one.value, part="text") for one in LISTED])
    return sorted(match.entry.value.removeprefix("telegram:user/") for match in found)


class Counting(MemoryBanks):
    """A store that notes from where changes are asked for, and when nothing is new."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.nothing_new = asyncio.Event()

    async def changes(self, since: int, *, limit: int) -> tuple[Change, ...]:
        """Return what changed after a revision."""
        self.asked.append(since)
        found = await super().changes(since, limit=limit)
        if not found:
            self.nothing_new.set()
        return found


async def kept_store(folder: Path) -> tuple[Counting, MemoryNotes]:
    """Give a store whose index is kept in a folder."""
    store, notes = Counting(), MemoryNotes()
    await store.add("community", LISTED)
    await started(store, notes, folder)
    store.asked.clear()
    return store, notes


async def test_a_start_asks_only_for_what_changed_since(tmp_path: Path) -> None:
    """The second start reads the file, and from the store what came and went after it."""
    store, notes = await kept_store(tmp_path)
    await store.remove("community", value=LISTED[0].value)

    banks = await started(store, notes, tmp_path)

    assert store.asked[0] == 3
    assert await met(banks) == sorted(HANDLES[1:])
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == [NAME]


def names(folder: Path) -> list[str]:
    """Give what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def cut(content: bytes) -> bytes:
    """Give a file that ends in the middle."""
    return content[: len(content) // 2]


def flipped(content: bytes) -> bytes:
    """Give a file one bit of which is another."""
    at = len(content) * 2 // 3
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut off": cut,
    "one bit": flipped,
    "empty": lambda _: b"",
    "all zeros": lambda content: bytes(len(content)),
    "a newer version": lambda content: content.replace(b"nigehban index 1", b"nigehban index 2", 1),
    "longer": lambda content: content + b"\0",
    "something else": lambda _: b"{}" * 100,
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED.keys())
async def test_a_damaged_snapshot_is_not_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[bytes], bytes]
) -> None:
    """It is said in the log, all is read from the store, and the next start has a good one."""
    store, notes = await kept_store(tmp_path)
    path = tmp_path / NAME
    path.write_bytes(damage(path.read_bytes()))

    with caplog.at_level(logging.WARNING):
        banks = await started(store, notes, tmp_path)

    assert (store.asked[0], await met(banks)) == (0, sorted(HANDLES))
    assert [record.message for record in caplog.records] == ["snapshot of the banks not used"]
    await started(store, notes, tmp_path)
    assert store.asked[-1] == 3


async def test_the_snapshot_of_another_database_is_not_used(tmp_path: Path) -> None:
    """A database that is put into the same home starts from its own entries."""
    await kept_store(tmp_path)
    other = Counting()
    await other.add("others", [Entry(kind="link", value="telegram:user/other")])

    banks = await started(other, MemoryNotes(), tmp_path)

    assert (other.asked[0], await met(banks)) == (0, [])


async def test_a_backup_that_is_put_back_does_not_meet_later_snapshots(tmp_path: Path) -> None:
    """What was kept after the backup holds entries that the old database has not, under its own numbers."""
    store, notes = await kept_store(tmp_path)
    backup = dict(notes.notes)
    await store.add("community", [Entry(kind="link", value=f"telegram:user/later{n}") for n in range(9)])
    await started(store, notes, tmp_path)
    old = Counting()
    await old.add("community", LISTED[:2])

    banks = await started(old, MemoryNotes(backup), tmp_path)

    assert (old.asked[0], await met(banks)) == (0, sorted(HANDLES[:2]))


async def test_the_snapshot_of_other_code_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were names folded otherwise from now on, what was kept would meet nothing."""
    store, notes = await kept_store(tmp_path)
    monkeypatch.setattr(kept_module, "made_by", lambda: "other")

    await started(store, notes, tmp_path)

    assert store.asked[0] == 0


def test_lists_of_words_make_an_index_as_code_does(tmp_path: Path) -> None:
    """Names are folded by them, too: after a change of one, kept spellings would meet nothing."""
    told = []
    for version, content in enumerate(("added new", "added new", "added new second")):
        folder = tmp_path / str(version) / "text"
        folder.mkdir(parents=True)
        (folder / "words.txt").write_text(content, encoding="utf-8")
        told.append(kept_module.made_by(folder.parent))

    assert told[0] == told[1] != told[2]


async def test_erasing_a_bank_renews_the_snapshot(tmp_path: Path) -> None:
    """The file that still held the keys of erased entries is replaced as soon as anybody looks."""
    store, notes = await kept_store(tmp_path)
    before = (tmp_path / NAME).read_bytes()
    await store.add("others", [Entry(kind="md5", value="ab" * 16)])
    await started(store, notes, tmp_path)
    assert (tmp_path / NAME).read_bytes() == before

    await store.erase("community")
    await started(store, notes, tmp_path)

    assert len(Index.of(read(tmp_path / NAME)[1])) == 1


async def test_an_orderly_stop_keeps_what_came_meanwhile(tmp_path: Path) -> None:
    """The next start need not read it again."""
    store, notes = await kept_store(tmp_path)
    banks = await started(store, notes, tmp_path, much=1_000)
    await store.add("others", [Entry(kind="md5", value="ab" * 16)])
    store.nothing_new.clear()
    followed = asyncio.create_task(banks.follow(every_s=3600), name="follow")
    async with asyncio.timeout(20):
        await store.nothing_new.wait()

    followed.cancel()
    await asyncio.wait([followed])
    store.asked.clear()
    await started(store, notes, tmp_path)

    assert store.asked == [4]


async def test_a_change_by_one_process_is_live_in_one_that_started_from_the_snapshot(tmp_path: Path) -> None:
    """What was mapped takes in what another process writes, and forgets what it takes out."""
    async with opened_store(tmp_path) as one, opened_store(tmp_path) as other:
        await SqlBanks(one).add("community", LISTED)
        await started(SqlBanks(one), SqlNotes(one), tmp_path)
        second = await started(SqlBanks(other), SqlNotes(other), tmp_path)
        picture = Signal(kind="pdq", value=HASHES[0], part="attachment[0]")

        await SqlBanks(one).add("community", [Entry(kind="pdq", value=HASHES[0])])
        await SqlBanks(one).remove("community", value=LISTED[0].value)
        assert await second.refresh() == 2

        assert len(await second.match([picture])) == 1
        assert await met(second) == sorted(HANDLES[1:])


async def test_two_processes_keep_and_use_one_snapshot(tmp_path: Path) -> None:
    """Both have notes of theirs in one database: whichever file is there counts for both."""
    async with opened_store(tmp_path) as one, opened_store(tmp_path) as other:
        await SqlBanks(one).add("community", LISTED[:2])
        first = await started(SqlBanks(one), SqlNotes(one), tmp_path)
        await SqlBanks(other).add("community", LISTED)
        second = await started(SqlBanks(other), SqlNotes(other), tmp_path)
        await first.refresh()

        assert await met(first) == await met(second) == sorted(HANDLES)
        assert (await SqlNotes(one).note(NOTES + read(tmp_path / NAME)[0].identity)) is not None


def test_who_has_mapped_a_snapshot_is_not_disturbed_by_the_next(tmp_path: Path) -> None:
    """What one process reads stays as it was, whatever another one puts in its place."""
    index = Index()
    apply(index, changes([(5, which, "in") for which in range(len(VALUES))]))
    mapped = put_away(tmp_path, index)
    before = answers(mapped)

    put_away(tmp_path, Index())

    assert answers(mapped) == before
    assert answers(mapped) == answers(index)


HOLDS = """
import fcntl, sys
part = open(sys.argv[1], "w")
fcntl.flock(part, fcntl.LOCK_EX)
part.write("half")
part.flush()
print("held", flush=True)
sys.stdin.read()
"""


def test_while_one_process_writes_no_other_does(tmp_path: Path) -> None:
    """The second one leaves it to the first; what is left of a dead one stops nobody."""
    write(tmp_path / NAME, Head("1", 0, ""), Index().columns())
    part = tmp_path / f"{NAME}.part"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(part)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"

    assert write(tmp_path / NAME, Head("2", 0, ""), Index().columns()) is False
    holder.kill()
    holder.communicate()
    assert read(tmp_path / NAME)[0].identity == "1"
    assert write(tmp_path / NAME, Head("3", 0, ""), Index().columns()) is True

    assert read(tmp_path / NAME)[0].identity == "3"
    assert not part.exists()


DIES = """
import os, signal, sys
from pathlib import Path
import core.banks.snapshot as snapshot
from core.banks.index import Index

whole, written = snapshot._write_all, []
def some(file, content):
    whole(file, bytes(content)[:100])
    os.kill(os.getpid(), signal.SIGKILL)
snapshot._write_all = some
snapshot.write(Path(sys.argv[1]), snapshot.Head("2", 0, ""), Index().columns())
"""


def test_a_process_that_dies_while_writing_leaves_the_one_before(tmp_path: Path) -> None:
    """The half that it wrote is in nobody's way, and the next one is written over it."""
    path = tmp_path / NAME
    write(path, Head("1", 0, ""), Index().columns())

    died = subprocess.run([sys.executable, "-c", DIES, str(path)], cwd=ROOT, check=False)

    assert died.returncode == -signal.SIGKILL
    assert (read(path)[0].identity, (tmp_path / f"{NAME}.part").stat().st_size) == ("1", 100)
    write(path, Head("3", 0, ""), Index().columns())
    assert read(path)[0].identity == "3"
    assert names(tmp_path) == [NAME]


async def test_a_disk_that_refuses_costs_the_snapshot_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A home that cannot be written to is a line of the log; everything is known all the same."""
    store = MemoryBanks()
    await store.add("community", LISTED)

    with caplog.at_level(logging.WARNING):
        banks = await started(store, MemoryNotes(), tmp_path / "missing")

    assert await met(banks) == sorted(HANDLES)
    assert [record.message for record in caplog.records] == ["banks not kept"]


def opened(content: bytes) -> bytes:
    """Take off the seal, or refuse."""
    if not content.startswith(b"sealed"):
        raise BadInput("it is not sealed with this key")
    return bytes(one ^ 0x5A for one in content.removeprefix(b"sealed"))


SEAL = Seal(lambda content: b"sealed" + bytes(one ^ 0x5A for one in content), opened)


async def test_a_sealed_snapshot_holds_nothing_in_the_open(tmp_path: Path) -> None:
    """All of its bytes go through the seal; without it, or with one that refuses, it is not used."""
    store, notes = Counting(), MemoryNotes()
    await store.add("community", [*LISTED, Entry(kind="phrase", value="blue lantern")])
    await started(store, notes, tmp_path, seal=SEAL)
    assert b"blue lantern" not in (tmp_path / NAME).read_bytes()
    store.asked.clear()

    sealed = await started(store, notes, tmp_path, seal=SEAL)
    assert (store.asked[0], await met(sealed)) == (4, sorted(HANDLES))
    plain = await started(store, notes, tmp_path)
    assert (store.asked[-2:], await met(plain)) == ([0, 4], sorted(HANDLES))


async def test_notes_of_old_snapshots_go(tmp_path: Path) -> None:
    """However often it is kept, the database has a few notes of it."""
    store, notes = await kept_store(tmp_path)

    for number in range(12):
        await store.add("others", [Entry(kind="md5", value=f"{number}{n}") for n in range(3)])
        await started(store, notes, tmp_path)

    assert len([key for key in notes.notes if key.startswith(NOTES)]) == 8
