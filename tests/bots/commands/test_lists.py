"""`nigehban exchange`, and `nigehban bank` for entries, terms and bundles, as a person uses them."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bots.arguments import parser
from bots.commands.exchange_words import hits, state
from bots.commands.lists import run_lists
from core.banks.banks import Banks
from core.banks.lookback import Lookback
from core.errors import BadInput
from core.exchange.canary import Canary
from core.model import Entry, Sharing, Signal, Subscription
from core.settings import Exchange, Settings
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.prints import SqlPrints
from tests import make
from tests.core.exchange.looks import never
from tests.core.exchange.served import Served
from tests.stores import opened_store

LIST = b"ref,url\n1,https://t.me/kites_a\n2,https://t.me/kites_b\n3,https://t.me/kites_c\n"


@dataclass
class Shell:
    """Runs commands in a home of its own, and gives what was printed."""

    home: Path
    database: Database
    capsys: pytest.CaptureFixture[str]
    inside: str = ""

    @property
    def banks(self) -> SqlBanks:
        """Where banks are kept."""
        return SqlBanks(self.database)

    async def run(self, *words: str) -> tuple[int, str]:
        """Run one command; returns its exit code and standard output."""
        settings = Settings(home=self.home, exchange=Exchange(inside=self.inside))
        code = await run_lists(
            parser().parse_args(words),
            settings,
            self.database,
            banks=self.banks,
            look=never,
            extensions={},
            clock=lambda: make.NOON,
            seen=Lookback(SqlPrints(self.database), salted=str),
            canary=Canary(SqlPrints(self.database), self.banks, salted=str, clock=lambda: make.NOON),
        )
        return code, self.capsys.readouterr().out

    async def lines(self, *words: str) -> list[dict[str, object]]:
        """Run one command for programs."""
        _, out = await self.run(*words, "--format", "ndjson")
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
async def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[Shell]:
    """Lend a shell in an empty home."""
    async with opened_store(tmp_path) as database:
        yield Shell(tmp_path, database, capsys)


@pytest.fixture
def listed(tmp_path: Path) -> str:
    """Give a list of three accounts in a file."""
    path = tmp_path / "kites.csv"
    path.write_bytes(LIST)
    return str(path)


async def test_a_list_is_looked_at_added_synced_promoted_and_removed(shell: Shell, listed: str) -> None:
    """Each verb says what it did, for people."""
    _, preview = await shell.run("exchange", "preview", listed)
    added, told = await shell.run("exchange", "add", "kites", listed, "--origin", "Harbour Watch")
    synced, again = await shell.run("exchange", "sync")
    _, promoted = await shell.run("exchange", "promote", "kites", "--to", "act")
    _, table = await shell.run("exchange", "list")
    _, shown = await shell.run("exchange", "show", "kites")
    removed, gone = await shell.run("exchange", "remove", "kites")
    _, nothing = await shell.run("exchange", "list")

    assert preview.startswith(f"{listed}: 3 items (link 3), 0 rejected\n")
    assert "would have hit 0 messages of 0 people in the last 30 days" in preview
    assert (added, told.splitlines()[0]) == (0, "kites: 3 accepted, 0 duplicates, 0 withdrawn, 0 rejected")
    assert "nigehban exchange promote kites" in told
    assert (synced, again) == (0, "kites: nothing new\n")
    assert promoted == "kites may act now: policies may act on what it finds\n"
    assert " ".join(table.split()).endswith("kites list act 3 2026-03-01 12:00 UTC good")
    assert f"location: {listed}" in shown
    assert (removed, gone) == (
        0,
        "kites is gone: 3 entries, its copies and its checkpoint are wiped\n",
    )
    assert nothing.startswith("There is no subscription yet.")
    assert [path.name for path in (shell.home / "lists").iterdir()] == []


async def test_a_list_that_is_imported_cannot_steer_the_terminal(shell: Shell, tmp_path: Path) -> None:
    """Rows that cannot be used are shown as they begin, and they are a stranger's."""
    path = tmp_path / "kites.csv"
    path.write_text("handle,platform\n\x1b[2J\x1b]0;kites\x07 no name,telegram\n", encoding="utf-8")

    _, told = await shell.run("bank", "import", str(path), "--bank", "kites")

    assert "line 2 rejected" in told
    assert all(c.isprintable() for c in told.replace("\n", ""))


async def test_programs_get_the_same_as_lines(shell: Shell, listed: str) -> None:
    """One object a line, each with its schema."""
    (preview,) = await shell.lines("exchange", "preview", listed)
    (added,) = await shell.lines("exchange", "add", "kites", listed)
    (one,) = await shell.lines("exchange", "list")
    (shown,) = await shell.lines("exchange", "show", "kites")

    assert preview == {
        "schema": "nigehban.preview/1",
        "location": listed,
        "items": 3,
        "entries": 3,
        "rejected": 0,
        "kinds": {"link": 3},
        "key": "",
        "days": 30,
        "messages": 0,
        "people": 0,
    }
    assert added == {
        "schema": "nigehban.sync/1",
        "name": "kites",
        "status": "taken",
        "accepted": 3,
        "duplicates": 0,
        "withdrawn": 0,
        "rejected": [],
        "unlisted": 0,
        "reason": "",
    }
    assert (one["schema"], one["trust"], one["entries"]) == ("nigehban.exchange/1", "trial", 3)
    assert (shown["kind"], shown["manifests"], shown["opinions"]) == ("list", [], 0)


async def test_an_erased_list_finds_nothing_in_an_index_that_knew_it(shell: Shell, listed: str) -> None:
    """A live process follows the store: what was wiped there matches no more."""
    await shell.run("exchange", "add", "kites", listed)
    index = Banks(shell.banks, clock=lambda: make.NOON)
    await index.refresh()
    signal = Signal(kind="link", value="telegram:user/kites_a", part="text")
    assert [match.bank.name for match in await index.match([signal])] == ["kites"]

    await shell.run("exchange", "remove", "kites")
    await index.refresh()

    assert await index.match([signal]) == ()


async def test_what_is_held_says_so_and_is_accepted_by_name(shell: Shell, listed: str) -> None:
    """Exit code 1 until a person decides."""
    _write(listed, 150)
    await shell.run("exchange", "add", "kites", listed)
    _write(listed, 1600)

    code, told = await shell.run("exchange", "sync", "kites")
    _, table = await shell.run("exchange", "list")
    accepted, then = await shell.run("exchange", "sync", "kites", "--accept")

    assert code == 1
    assert told.startswith("kites: held: the list would grow from 150 entries to 1,600. Nothing of it")
    assert "held: the list would grow" in " ".join(table.split())
    assert accepted == 0
    assert then.startswith("kites: 1,450 accepted")
    with pytest.raises(BadInput, match="name its list"):
        await shell.run("exchange", "sync", "--accept")


def _write(path: str, accounts: int) -> None:
    """Write a list of so many accounts."""
    Path(path).write_text("".join(f"https://t.me/kites_{n}\n" for n in range(accounts)), encoding="utf-8")


async def test_a_server_of_ones_own_network_must_be_named(shell: Shell) -> None:
    """Elsewhere only https and public addresses are asked; the refusal is one line."""
    async with Served(body=LIST).served() as server:
        with pytest.raises(BadInput, match=r"cannot subscribe to http://.*: an address without encryption"):
            await shell.run("exchange", "add", "kites", server.url)
        shell.inside = server.url.split("/")[2]

        code, _ = await shell.run("exchange", "add", "kites", server.url)

    assert code == 0
    assert len(server.asked) == 1


async def test_a_token_is_no_setting_of_ours(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody gets a bot's token sent to a list's server by naming it."""
    monkeypatch.setenv("NIGEHBAN_TELEGRAM__TOKEN", "secret")
    for variable, told in (
        ("NIGEHBAN_TELEGRAM__TOKEN", "is a setting of Nigehban"),
        ("KITES_TOKEN", "the token is missing: set KITES_TOKEN"),
    ):
        with pytest.raises(BadInput, match=told):
            await shell.run("exchange", "add", "kites", "https://kites.example/x", "--credential", variable)


async def test_an_entry_is_shown_with_all_that_is_known(shell: Shell, listed: str) -> None:
    """Its list, its limit, what is overridden here and what was said about it."""
    await shell.run("exchange", "add", "kites", listed, "--origin", "Harbour Watch")
    await shell.run("bank", "override", "kites", "t.me/kites_a", "--off", "--reason", "a newsroom")

    (shown,) = await shell.lines("bank", "show", "kites", "1")
    _, words = await shell.run("bank", "show", "kites", "telegram:user/kites_a")

    assert (shown["value"], shown["sharing"], shown["origin"]) == (
        "telegram:user/kites_a",
        "amber",
        "Harbour Watch",
    )
    assert shown["override"] == {
        "standing": "off",
        "reason": "a newsroom",
        "by": "command line",
        "at": "2026-03-01T12:00:00+00:00",
    }
    assert "override: standing off, reason a newsroom" in words
    with pytest.raises(BadInput, match="kites has no entry 'nobody'"):
        await shell.run("bank", "show", "kites", "nobody")


async def test_an_override_is_taken_back(shell: Shell, listed: str) -> None:
    """Each way of standing, and the list's own again."""
    await shell.run("exchange", "add", "kites", listed)
    for word in ("off", "flag", "act"):
        _, told = await shell.run("bank", "override", "kites", "1", f"--{word}")
        assert (
            told == f"1 (link): {'is off' if word == 'off' else f'may {word}'} here, whatever its list says\n"
        )
        assert [o.standing for o in await shell.banks.overrides("kites")] == [word]

    _, told = await shell.run("bank", "override", "kites", "1", "--restore")

    assert told == "1 (link): as its list says again\n"
    assert await shell.banks.overrides("kites") == ()


async def test_a_sealed_entry_is_shown_without_its_value_and_not_exported(shell: Shell) -> None:
    """Its reference and reason may be seen by those who moderate; what it is may not."""
    one = replace(make.entry("telegram:user/hidden_kite", ref="s1"), sharing=Sharing.SEALED, name="Hidden")
    await shell.banks.add("kites", [one, make.entry("telegram:user/open_kite", ref="s2")])

    (shown,) = await shell.lines("bank", "show", "kites", "s1")
    code, words = await shell.run("bank", "show", "kites", "s1")
    _, exported = await shell.run("bank", "export", "kites")

    assert (shown["value"], shown["name"]) == ("sealed", "sealed")
    assert code == 0
    assert "idden" not in words + exported
    assert "open_kite" in exported


async def test_the_terms_of_a_bank_are_set_one_by_one(shell: Shell) -> None:
    """What is not named stays; a wrong word is one line."""
    await shell.banks.add("kites", [make.entry()])

    (told,) = await shell.lines(
        "bank", "set", "kites", "--most", "delete", "--ladder", "8,20", "--sharing", "green",
        "--origin", "Harbour Watch", "--expires", "2027-01-31", "--trust", "flag",
    )  # fmt: skip
    (then,) = await shell.lines("bank", "set", "kites", "--most", "none", "--expires", "never")

    assert told == {
        "schema": "nigehban.bank/1",
        "bank": "kites",
        "trust": "flag",
        "origin": "Harbour Watch",
        "most": "delete",
        "ladder": [8, 20],
        "sharing": "green",
        "expires_at": "2027-01-31T00:00:00+00:00",
    }
    assert then == told | {"most": None, "expires_at": None}
    for ladder in ("20,8", "8", "8,32", "a,b", "-1,8"):
        with pytest.raises(BadInput, match="--ladder must be two numbers"):
            await shell.run("bank", "set", "kites", f"--ladder={ladder}")
    with pytest.raises(BadInput, match="--expires must be a date"):
        await shell.run("bank", "set", "kites", "--expires", "soon")


async def test_a_sound_bank_passes_and_each_breach_is_a_line(shell: Shell, listed: str) -> None:
    """Values in another form, numbers, overrides of nothing; exit code 1."""
    await shell.run("exchange", "add", "kites", listed)
    sound, words = await shell.run("bank", "verify")
    await shell.banks.add(
        "lanterns",
        [
            Entry(kind="md5", value="A" * 32, ref="upper"),
            Entry(kind="pdq", value="12", ref="short"),
            Entry(kind="link", value="https://t.me/x_y_z", ref="address"),
            Entry(kind="video", value="0" * 64, ref="clip", extra=(("clip", "other"),)),
            Entry(kind="odd", value="x", ref="kind"),
            Entry(kind="expression", value="(", ref="regex"),
            replace(make.entry("telegram:user/fine_one"), avatar="zz", ref="avatar"),
        ],
    )
    await shell.run("bank", "override", "kites", "1", "--off")
    await shell.banks.remove("kites", ref="1")

    broken, _ = await shell.run("bank", "verify")
    found = await shell.lines("bank", "verify")

    assert (sound, words) == (0, "1 bank with 3 entries looked at, no breach\n")
    assert broken == 1
    assert [(line["bank"], str(line["breach"]).split(":")[0]) for line in found] == [
        ("kites", "an override of 2026-03-01 is about a link that is not there"),
        *(("lanterns", f"entry {ref}") for ref in ("upper", "short", "address", "clip", "kind", "regex")),
        ("lanterns", "entry avatar"),
    ]


async def test_a_bundle_goes_out_and_comes_in(shell: Shell) -> None:
    """The key is made once, in the home; who subscribes sees it to compare."""
    await shell.banks.add("mine", [make.entry("telegram:user/kites_a", ref="1")])
    await shell.run("bank", "set", "mine", "--sharing", "green")
    path = shell.home / "mine.bundle"

    code, told = await shell.run("bank", "export", "mine", "--bundle", str(path))
    (line,) = await shell.lines("bank", "export", "mine", "--bundle", str(path), "--sharing", "clear")
    await shell.run("bank", "export", "mine", "--bundle", str(path))
    _, added = await shell.run("exchange", "add", "kites", str(path))
    code, _ = await shell.run("bank", "verify")

    fingerprint = told.rpartition("by the key ")[2][:19]
    assert told.startswith(f"{path}: 1 entry, version 20260301120000, green\n")
    assert (line["count"], line["left_out"]) == (0, {"green": 1})
    assert f"signed by the key {fingerprint}: compare it" in added
    assert (shell.home / "keys" / "bundles.pem").stat().st_mode & 0o777 == 0o600
    assert code == 0


@pytest.mark.parametrize(
    ("messages", "people", "told"),
    [
        (3, 2, "would have hit 3 messages of 2 people in the last 30 days"),
        (1, 1, "would have hit 1 message of 1 person in the last 30 days"),
        (0, 0, "would have hit 0 messages of 0 people in the last 30 days"),
        (1200, 40, "would have hit 1,200 messages of 40 people in the last 30 days"),
    ],
)
def test_what_a_list_would_have_hit_is_said_in_numbers(messages: int, people: int, told: str) -> None:
    """Whole numbers, one sentence."""
    assert hits(messages, people) == told


def test_the_state_of_a_subscription_is_one_sentence() -> None:
    """What waits for a person comes before what waits for a server."""
    good = Subscription(bank="kites", kind="list", location="x")

    assert state(good) == "good"
    assert state(replace(good, error="the server is busy (503)", failures=3)) == (
        "cannot be brought up to date, 3 times in a row: the server is busy (503)"
    )
    assert state(replace(good, error="x", held="too many")).startswith("held: too many. To take it in:")


@pytest.mark.parametrize("verb", ["add", "preview", "sync", "promote", "list", "show", "remove", "report"])
def test_every_verb_has_help_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever asks how it is used sees it used."""
    with pytest.raises(SystemExit):
        parser().parse_args(["exchange", verb, "--help"])

    assert f"Example: nigehban exchange {verb}" in capsys.readouterr().out
