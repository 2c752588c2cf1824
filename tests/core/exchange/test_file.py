"""A list in a file, from its first byte to its intake."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.exchange.entries import Look
from core.exchange.file import FileExchange
from core.exchange.intake import Intake, take_in
from core.model import EntryState
from core.ports import Accepted, Rejected, Withdrawn
from tests import make
from tests.core.exchange.looks import look, never
from tests.fake_banks import MemoryBanks
from tests.shared import dev, rows


async def taken(path: Path, fingerprints: Look = never) -> tuple[Intake, MemoryBanks]:
    """Take a list in."""
    store = MemoryBanks()
    return await take_in(FileExchange(path, look=fingerprints), "b", store, at=make.NOON), store


@pytest.mark.parametrize(
    ("name", "expected", "duplicates", "rejected"),
    [
        ("banned.csv", "banned.expected.txt", 0, 0),
        ("banned_messy.csv", "banned.expected.txt", 59, 10),
        ("banned_messy_utf16.csv", "banned.expected.txt", 59, 10),
        ("banned_messy_cp1256.tsv", "banned_messy_cp1256.expected.txt", 0, 0),
    ],
)
async def test_a_list_of_accounts_is_read_exactly(
    name: str, expected: str, duplicates: int, rejected: int
) -> None:
    """481 accounts as lists and as people write them: none is missing, none is made up."""
    wanted = dev(f"accounts/{expected}").read_text(encoding="utf-8").split()

    intake, store = await taken(dev(f"accounts/{name}"), look)

    assert sorted(entry.value for _, entry in store.rows.values()) == sorted(wanted)
    assert (intake.accepted, intake.duplicates) == (len(wanted), duplicates)
    assert len(intake.rejected) == rejected


async def test_what_is_rejected_is_told_by_line_text_and_reason() -> None:
    """The rejected rows of the messy list are those that a person marked, word for word."""
    intake, _ = await taken(dev("accounts/banned_messy.csv"))

    told = [{"line": r.line, "text": r.text, "reason": r.reason} for r in intake.rejected]
    assert told == rows("accounts/banned_messy.rejects.ndjson")


async def test_a_list_of_hashes_is_read_exactly() -> None:
    """22 pictures, each by four hashes under one reference, without opening one of them."""
    intake, store = await taken(dev("images/banned_hashes.csv"))

    assert (intake.accepted, intake.duplicates, intake.rejected) == (22, 0, ())
    assert len({entry.ref for _, entry in store.rows.values()}) == 22
    assert len(store.rows) == 88


async def test_plain_identifiers_are_read_exactly() -> None:
    """One identifier a line, web addresses among them, comes out as it went in."""
    path = dev("exports/banned_identifiers.txt")

    intake, store = await taken(path)

    assert intake.rejected == ()
    assert [e.value for _, e in store.rows.values()] == path.read_text(encoding="utf-8").split()


@pytest.mark.parametrize(
    ("name", "accepted", "withdrawn", "kinds"),
    [
        ("threatexchange_signals.txt", 19, 0, {"pdq": 11, "md5": 3, "link": 5}),
        ("threatexchange.csv", 10, 1, {"pdq": 10}),
        ("threatexchange_threat_updates.json", 10, 1, {"pdq": 10}),
        ("tat_hash_list.json", 20, 2, {"pdq": 10, "md5": 10}),
        ("stopncii_like.json", 2, 1, {"pdq": 2}),
        ("stix21_bundle.json", 16, 1, {"sha256": 11, "md5": 11, "pdq": 11, "link": 5}),
        ("misp_event.json", 11, 0, {"md5": 6, "sha1": 6, "sha256": 6, "pdq": 6, "link": 5}),
        ("cas_export.csv", 400, 0, {"link": 400}),
    ],
)
async def test_lists_of_exchanges_are_read_exactly(
    name: str, accepted: int, withdrawn: int, kinds: dict[str, int]
) -> None:
    """Each by detection, as it was published: nothing is missing, made up, or skipped."""
    intake, store = await taken(dev(f"exchange/{name}"))

    assert (intake.accepted, intake.withdrawn, intake.duplicates) == (accepted, withdrawn, 0)
    assert intake.rejected == ()
    active = Counter(e.kind for _, e in store.rows.values() if e.state is EntryState.ACTIVE)
    assert active == kinds


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ({"deleted": False}, {"deleted": True}, EntryState.WITHDRAWN),
        ({"deleted": True}, {"deleted": False}, EntryState.ACTIVE),
    ],
)
async def test_a_later_version_of_a_list_changes_states(
    first: dict[str, bool], second: dict[str, bool], state: EntryState, tmp_path: Path
) -> None:
    """What a list takes back is withdrawn, and what it lists again is active again."""
    store = MemoryBanks()
    path = tmp_path / "list.json"

    for said in (first, second):
        record = {"hash_digest": "ab" * 16, "algorithm": "MD5", **said}
        path.write_text(json.dumps({"results": [record]}), encoding="utf-8")
        await take_in(FileExchange(path, look=never), "b", store, at=make.NOON)

    assert [e.state for _, e in store.rows.values()] == [state]


async def test_a_disputed_item_is_kept_and_does_not_match(tmp_path: Path) -> None:
    """Whoever looks at the bank sees it; the index does not."""
    path = tmp_path / "list.json"
    descriptors = [{"status": "MALICIOUS"}, {"status": "NON_MALICIOUS"}]
    record = {"indicator": "ab" * 16, "type": "HASH_MD5", "descriptors": descriptors}
    path.write_text(json.dumps({"data": [record]}), encoding="utf-8")

    intake, store = await taken(path)

    assert intake.accepted == 1
    assert [(e.value, e.state) for _, e in store.rows.values()] == [("ab" * 16, EntryState.DISPUTED)]
    assert [change.matchable for change in await store.changes(0, limit=9)] == [False]


async def test_a_number_alone_is_nobody(tmp_path: Path) -> None:
    """A browser would read it as the address of a machine; a list that means Telegram's ids says so."""
    path = tmp_path / "list.txt"
    path.write_text("3232235777\n0x7f000001\ntelegram:id/5692472147\n203.0.113.5\n", encoding="utf-8")

    intake, store = await taken(path)

    assert [e.value for _, e in store.rows.values()] == ["telegram:id/5692472147", "web:203.0.113.5/"]
    assert [r.line for r in intake.rejected] == [1, 2]
    assert "a number alone names nobody" in intake.rejected[0].reason


async def test_paths_start_beside_the_list_or_in_the_folder_above(tmp_path: Path) -> None:
    """A list in a folder of its own may name media beside it, in sub-folders, or beside its folder."""
    for name in ("lists/a.jpg", "media/b.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    path = tmp_path / "lists" / "list.csv"
    path.write_text("id,file\n1,a.jpg\n2,media/b.jpg\n3,c.jpg\n", encoding="utf-8")

    updates = [update async for update in FileExchange(path, look=look).fetch(None)]

    assert [type(u) for u in updates] == [Accepted, Accepted, Rejected]


async def test_a_row_in_state_withdrawn_is_taken_back(tmp_path: Path) -> None:
    """A list may say itself that an item no longer counts."""
    path = tmp_path / "list.csv"
    path.write_text("url,state\nt.me/kites_a,active\nt.me/kites_b,withdrawn\n", encoding="utf-8")

    assert [type(u) async for u in FileExchange(path, look=never).fetch(None)] == [Accepted, Withdrawn]


async def test_the_text_of_a_rejected_row_is_cut(tmp_path: Path) -> None:
    """What is told of a row is how it begins, not all of it."""
    path = tmp_path / "list.txt"
    path.write_text("x " * 500, encoding="utf-8")

    (update,) = [update async for update in FileExchange(path, look=never).fetch(None)]

    assert isinstance(update, Rejected)
    assert update.text == "x " * 100 + "…"


async def test_how_far_it_is_can_be_told(tmp_path: Path) -> None:
    """Before, nothing is read; at the end, all of it. A file that is not there has no size."""
    path = tmp_path / "list.txt"
    path.write_text("t.me/kites_a\n" * 10, encoding="utf-8")
    exchange = FileExchange(path, look=never)
    assert (exchange.read_bytes, exchange.size_bytes) == (0, 130)

    assert len([update async for update in exchange.fetch(None)]) == 10

    assert (exchange.read_bytes, exchange.name) == (130, "list.txt")
    assert FileExchange(tmp_path / "none", look=never).size_bytes == 0


REMEDY = "Get the list again, or export it as NDJSON, CSV or plain text."


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            b'{\n"a": 1}',
            "this JSON holds no list that is known. " + REMEDY,
        ),
        (b"\0\1\2\3" * 100, "it is not text. Export the list as CSV, text or NDJSON."),
        (None, "no such file or directory."),
    ],
)
async def test_a_list_in_no_known_form_is_refused(tmp_path: Path, raw: bytes | None, message: str) -> None:
    """One line: which file, what is wrong, what to do."""
    path = tmp_path / "list.bin"
    if raw is not None:
        path.write_bytes(raw)

    with pytest.raises(BadInput) as refused:
        await taken(path)

    assert str(refused.value) == f"cannot read {path}: {message}"


STARTS = (
    "no;url\n",
    "id,file\n",
    "t.me/kites",
    "https://",
    "@name",
    '{"url": "t.me/a"}',
    "# ",
    "a" * 40,
    "0f" * 32,
)
MARKS = (*"\"';,\t|\n\r{}[]# \ufeff\x00", "\r\n", "کبوتر", "\ud800", "²", "9" * 5000, "1e999")
WORDS = ("state", "expires_at", "kind", "value", "pdq", "md5", "pdq_quality", "withdrawn")
PIECES = st.sampled_from(STARTS + MARKS + WORDS)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=80)
    | st.lists(PIECES, max_size=16).map(lambda some: "".join(some).encode("utf-8", "surrogatepass"))
    | st.lists(PIECES, max_size=16).map(lambda some: "".join(some).encode("utf-16", "surrogatepass"))
)
async def test_no_bytes_bring_another_error(tmp_path: Path, raw: bytes) -> None:
    """Whatever a file holds, each row is taken or told, or the file is refused; nothing else is raised."""
    path = tmp_path / "list"
    path.write_bytes(raw)

    try:
        intake, store = await taken(path)
    except BadInput as refused:
        assert str(refused).startswith(f"cannot read {path}: ")  # noqa: PT017 - either outcome is right
    else:
        assert all(r.reason and r.line > 0 for r in intake.rejected)
        assert bool(store.rows) == (intake.accepted + intake.withdrawn > 0)
