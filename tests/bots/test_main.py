"""The command line as a person meets it: the real process, its output, its refusals and exit codes."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bots.commands.policy_backtest import NOTHING
from core.case import Choice, Decision, decided
from core.keeping import Print, Sighting
from core.store.keeping import SqlStore
from core.store.prints import SqlPrints
from tests import make
from tests.core.media.packed import pdf, word, zipped
from tests.stores import opened_store

ROOT = Path(__file__).parents[2]
LIST = "samples/list.csv"


def nigehban(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout with a home of its own."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("NIGEHBAN_")}
    return subprocess.run(
        [sys.executable, "-m", "bots", "--home", str(home), *words],
        cwd=ROOT,
        env={**bare, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    """Read NDJSON from standard output."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_list_comes_in_is_scanned_with_and_goes_out_again(tmp_path: Path) -> None:
    """The README's commands, in its order, on the samples."""
    taken = nigehban(tmp_path, "bank", "import", LIST, "--bank", "samples", "--format", "ndjson")
    scanned = nigehban(tmp_path, "scan", "samples", "--format", "ndjson")
    clean = nigehban(tmp_path, "scan", "README.md", "--format", "ndjson")
    out = nigehban(tmp_path, "bank", "export", "samples", "--format", "ndjson")

    assert taken.returncode == 0
    assert lines(taken) == [
        {
            "schema": "nigehban.import/1",
            "bank": "samples",
            "accepted": 8,
            "duplicates": 0,
            "withdrawn": 0,
            "rejected": [],
        }
    ]
    assert scanned.returncode == 1
    assert {row["schema"] for row in lines(scanned)} == {"nigehban.scan/1"}
    assert all(row["outcome"] == "review" for row in lines(scanned))
    assert (clean.returncode, clean.stdout) == (0, "")
    assert {row["kind"] for row in lines(out)} == {"link", "pdq", "sha256"}


def test_an_export_of_a_bank_imports_as_the_same_bank(tmp_path: Path) -> None:
    """What goes out comes in again, entry by entry."""
    nigehban(tmp_path, "bank", "import", LIST, "--bank", "samples")
    first = nigehban(tmp_path, "bank", "export", "samples").stdout
    (tmp_path / "out.ndjson").write_text(first, encoding="utf-8")

    nigehban(tmp_path, "bank", "import", str(tmp_path / "out.ndjson"), "--bank", "copy")
    second = nigehban(tmp_path, "bank", "export", "copy").stdout

    keys = ("kind", "value", "ref", "label", "entity", "state")
    one, two = (
        [[json.loads(row)[key] for key in keys] for row in text.splitlines()] for text in (first, second)
    )
    assert sorted(one) == sorted(two)


def test_banks_are_added_to_promoted_counted_and_taken_from(tmp_path: Path) -> None:
    """Each verb says what it did, for people and for programs."""
    word = ("--bank", "mine")
    added = nigehban(tmp_path, "bank", "add", "t.me/bluelantern_example", *word, "--ref", "r9")
    promoted = nigehban(tmp_path, "bank", "promote", *word)
    listed = nigehban(tmp_path, "bank", "list", "--format", "ndjson")
    stats = nigehban(tmp_path, "bank", "stats")
    removed = nigehban(tmp_path, "bank", "remove", "r9", *word)
    again = nigehban(tmp_path, "bank", "remove", "r9", *word)

    assert added.stdout == "1 accepted, 0 duplicates, 0 withdrawn in mine\n"
    assert promoted.stdout == "mine may act now: policies may act on what it finds\n"
    assert lines(listed) == [{"schema": "nigehban.bank/1", "bank": "mine", "trust": "act", "entries": 1}]
    assert "link 1" in stats.stdout
    assert (removed.returncode, removed.stdout) == (0, "r9: 1 entry taken out of mine\n")
    assert again.returncode == 1


def test_a_strict_policy_enforces_what_a_promoted_bank_knows(tmp_path: Path) -> None:
    """On trial the same find is only for review."""
    nigehban(tmp_path, "bank", "import", LIST, "--bank", "samples")
    words = ("scan", "samples/telegram", "--policy", "strict", "--format", "ndjson")
    trial = nigehban(tmp_path, *words)

    nigehban(tmp_path, "bank", "promote", "--bank", "samples")
    promoted = nigehban(tmp_path, *words)

    assert {row["outcome"] for row in lines(trial)} == {"review"}
    assert {row["outcome"] for row in lines(promoted)} == {"enforce"}


def test_signals_need_no_bank(tmp_path: Path) -> None:
    """What is taken from each item, with its hashes and identifiers."""
    done = nigehban(tmp_path, "signals", "samples/telegram", "--format", "ndjson")

    kinds = {signal["kind"] for row in lines(done) for signal in row["signals"]}  # type: ignore[attr-defined]  # JSON
    assert done.returncode == 0
    assert {"link", "account", "sha256", "pdq"} <= kinds


def test_files_are_opened_and_what_cannot_be_is_a_gap(tmp_path: Path) -> None:
    """A known link is found in a PDF inside a zip; an archive of another form says so; a text is read."""
    folder = tmp_path / "files"
    folder.mkdir()
    inside = pdf("see https://t.me/lantern_media today")
    (folder / "a.zip").write_bytes(zipped({"kite.txt": b"nothing", "b.pdf": inside}))
    (folder / "b.rar").write_bytes(b"Rar!\x1a\x07\x01\0" + bytes(50))
    (folder / "c.txt").write_text("a kite", encoding="utf-8")
    home = tmp_path / "home"
    nigehban(home, "bank", "add", "https://t.me/lantern_media", "--bank", "known")

    scanned = nigehban(home, "scan", str(folder), "--format", "ndjson")
    taken = nigehban(home, "signals", str(folder / "c.txt"), "--format", "ndjson")

    assert scanned.returncode == 1
    archive, closed = lines(scanned)
    assert _told(archive, "matches", "value", "part") == {
        ("telegram:user/lantern_media", "attachment[0].member[1].page[1]")
    }
    assert archive["gaps"] == []
    assert closed["gaps"] == [
        {"part": "attachment[0]", "reason": "archive in a form that cannot be opened (rar)"}
    ]
    (text,) = lines(taken)
    assert ("text", "attachment[0].text") in _told(text, "signals", "kind", "part")


def _told(line: dict[str, object], key: str, *fields: str) -> set[tuple[str, ...]]:
    """Give some fields of what a line lists."""
    found = line[key]
    assert isinstance(found, list)
    return {tuple(one[field] for field in fields) for one in found}


def test_a_list_is_of_files_and_not_of_what_they_hold(tmp_path: Path) -> None:
    """A document may quote a thousand harmless links: its entry is the document."""
    document = tmp_path / "kite.docx"
    document.write_bytes(word("kite", url="https://example.org/harmless"))

    nigehban(tmp_path / "home", "bank", "add", str(document), "--bank", "known")
    out = nigehban(tmp_path / "home", "bank", "export", "known", "--format", "ndjson")

    assert {row["kind"] for row in lines(out)} == {"sha256", "sha1", "md5"}


def test_files_are_looked_at_offline_whatever_may_be_looked_up(tmp_path: Path) -> None:
    """A short link in an export is told as a gap, also where the live bot would follow it."""
    (tmp_path / "talk.ndjson").write_text('{"id": "1", "platform": "telegram", "text": "see t.co/exAmpl3"}\n')

    done = nigehban(
        tmp_path / "home",
        "scan",
        str(tmp_path / "talk.ndjson"),
        "--format",
        "ndjson",
        NIGEHBAN_RESOLVE="short-links,telegram-names",
    )

    (row,) = lines(done)
    assert (done.returncode, row["outcome"], row["matches"]) == (0, "review", [])
    assert row["gaps"] == [
        {"part": "text", "reason": "short link t.co/exAmpl3: not followed (NIGEHBAN_RESOLVE)"}
    ]


def test_without_a_token_run_plays_the_samples_and_ends(tmp_path: Path) -> None:
    """Two lines say so, each case is a card, nothing waits for a key, and playing again shows the same."""
    first = nigehban(tmp_path, "run")
    second = nigehban(tmp_path, "run")

    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[0].startswith("No token is set (NIGEHBAN_TELEGRAM__TOKEN")
    assert first.stdout.count("· case ") == 13
    assert "Known picture" in first.stdout
    assert first.stdout == second.stdout


def test_policy_files_are_checked(tmp_path: Path) -> None:
    """What ships can be used; a typo is told at its place, with exit code 1."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("version: 1\nrules:\n  - name: a\n    wen: {match: {}}\n    do: [report]\n")

    shipped = nigehban(tmp_path, "policy", "check", "policies/default.yaml", "policies/strict.yaml")
    refused = nigehban(tmp_path, "policy", "check", str(bad))
    schema = nigehban(tmp_path, "policy", "schema")

    assert shipped.returncode == 0
    assert shipped.stdout.count("✔") == 2
    assert refused.returncode == 1
    assert refused.stderr.startswith(f'{bad}:4:5: unknown key "wen"')
    assert schema.stdout == (ROOT / "policies" / "policy.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("scan", "no-such-file"), "nigehban: cannot read no-such-file"),
        (("scan", "README.md", "--policy", "no-such.yaml"), "nigehban: cannot read no-such.yaml"),
        (("scan", "README.md", "--bank", "nobody"), "nigehban: there is no bank 'nobody'"),
        (("bank", "export", "nobody"), "nigehban: there is no bank 'nobody'"),
        (("bank", "import", "no-such.csv", "--bank", "x"), "nigehban: cannot read no-such.csv"),
        (("bank", "import", "x", "--exchange", "y", "--bank", "x"), "nigehban: there is no exchange 'y'"),
        (("frobnicate",), "nigehban: argument COMMAND: invalid choice: 'frobnicate'"),
        (
            ("policy", "hits", "--home", "x"),
            "nigehban: unrecognized arguments: --home x. --home stands before the command: nigehban --home",
        ),
        (("policy", "hits", "--hom3=x"), "nigehban: unrecognized arguments: --hom3=x. See: "),
        (("scan",), "nigehban: the following arguments are required: PATH"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    """Never a usage page, never a stack trace."""
    done = nigehban(tmp_path, *words)

    assert done.returncode == 2
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_refusal_shows_nothing_that_steers_a_terminal(tmp_path: Path) -> None:
    """A stranger's file is quoted in it: no escape, no turned line, and no line but our own."""
    sent = tmp_path / "sent.yaml"
    sent.write_text("version: 1\nrules: []  # \u202eeil\u2028 ✔ all fine\nwen: 7\n", encoding="utf-8")
    unread = f"no\x1b[2Jsuch\u2028{tmp_path.name}"

    quoting = nigehban(tmp_path, "scan", "README.md", "--policy", str(sent))
    named = nigehban(tmp_path, "scan", unread)

    assert (quoting.returncode, named.returncode) == (2, 2)
    assert quoting.stderr.count("\n") > 1
    assert f"nigehban: cannot read no[2Jsuch{tmp_path.name}" in named.stderr
    assert all(c.isprintable() for c in (quoting.stderr + named.stderr).replace("\n", ""))


def test_an_unknown_setting_stops_everything_in_one_line(tmp_path: Path) -> None:
    """The line names the setting that was meant."""
    done = nigehban(tmp_path, "bank", "list", NIGEHBAN_TELEGRAM__TOKN="x")

    assert done.returncode == 2
    assert done.stderr == (
        "nigehban: environment: NIGEHBAN_TELEGRAM__TOKN is not a setting. "
        "Did you mean NIGEHBAN_TELEGRAM__TOKEN?\n"
    )


def test_an_unknown_extension_is_refused(tmp_path: Path) -> None:
    """A name that no package brings is one line."""
    done = nigehban(tmp_path, "bank", "list", NIGEHBAN_EXTENSIONS="nothing-of-this-name")

    assert done.returncode == 2
    assert "there is no extension 'nothing-of-this-name'" in done.stderr


async def kept(home: Path) -> str:
    """Keep a case that was dismissed, and what is remembered of a message; returns the case's id."""
    async with opened_store(home) as database:
        store = SqlStore(database, worker="w")
        case = await store.open(make.message(), make.verdict(), at=make.NOON)
        dismiss = Decision(moderator=make.account("Omar"), choice=Choice.DISMISS, at=make.NOON)
        await store.save(decided(case, dismiss))
        link = Print("link", "telegram:user/bluelantern_front")
        seen = Sighting(message_id="fake:room:2", place="fake:room", at=make.NOON, prints=frozenset({link}))
        await SqlPrints(database).record([seen])
    return case.id


def test_a_policy_is_tried_on_what_is_stored(tmp_path: Path) -> None:
    """Without an export: the case, and the remembered message that a list knows since."""
    case_id = asyncio.run(kept(tmp_path))
    before = nigehban(tmp_path, "policy", "backtest", "--policy", "default", "--format", "ndjson")
    nigehban(tmp_path, "bank", "import", LIST, "--bank", "samples")
    after = nigehban(tmp_path, "policy", "backtest", "--policy", "default")
    old = nigehban(tmp_path, "policy", "backtest", "--days", "1", "--policy", "default")
    changed = nigehban(tmp_path, "policy", "diff", "default", "observe", "--format", "ndjson")
    why = nigehban(tmp_path, "policy", "explain", "--case", case_id.lower(), "--policy", "default")

    (row,) = lines(before)
    assert (before.returncode, row["items"], row["hits"], row["dismissed"]) == (1, 2, 1, 1)
    assert after.stdout.splitlines()[-1] == (
        "2 messages are stored: would have hit 2 messages, 1 of them dismissed"
    )
    assert (old.returncode, old.stdout) == (0, f"{NOTHING}\n")
    assert [one["item"] for one in lines(changed)] == [case_id, "fake:room:2"]
    assert why.stdout.splitlines()[0] == f"{case_id}: report"
    assert {one.stderr for one in (before, after, old, changed, why)} == {""}


def test_a_locale_that_knows_no_arrow_ends_no_command(tmp_path: Path) -> None:
    """What is piped is UTF-8 everywhere, and a file name that is no Unicode is told all the same."""
    odd = tmp_path / os.fsdecode(b"caf\xe9.jpg")
    odd.write_bytes(b"")
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}

    said = nigehban(tmp_path / "home", "policy", "test", "default", **narrow)
    scanned = nigehban(tmp_path / "home", "scan", str(odd), "--all", "--format", "ndjson", **narrow)

    assert (said.returncode, said.stderr) == (0, "")
    assert "✔ default" in said.stdout
    assert [line["item"] for line in lines(scanned)] == ["caf\ufffd.jpg"]
