"""`nigehban entity`: its lines are a contract, people are told everything, refusals are one line."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bots.arguments import parser
from bots.commands.entity import EntityCommands
from core.errors import BadInput
from tests import make
from tests.core.entities import lists
from tests.core.entities.lists import written
from tests.fake_entities import MemoryEntities

ROOT = Path(__file__).parents[3]


@dataclass
class Shell:
    """The commands over listings in memory."""

    capsys: pytest.CaptureFixture[str]
    store: MemoryEntities = field(default_factory=MemoryEntities)

    async def say(self, *words: str | Path) -> str:
        """Run one command; returns what it printed."""
        given = parser().parse_args(["entity", *map(str, words)])
        assert await EntityCommands(self.store, at=make.NOON).run(given) == 0
        return self.capsys.readouterr().out

    async def lines(self, *words: str | Path) -> list[dict[str, object]]:
        """Run one command for a program."""
        return [json.loads(line) for line in (await self.say(*words, "--format", "ndjson")).splitlines()]


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Give a shell where nothing was imported."""
    return Shell(capsys)


async def test_an_import_counts_every_entry(shell: Shell, tmp_path: Path) -> None:
    """One line for each file, with every key, also where there is nothing to count."""
    un, uk = written(tmp_path, "un.xml", lists.UN), written(tmp_path, "uk.csv", lists.UK)

    first, second = await shell.lines("import", un, uk)

    assert first == {
        "schema": "nigehban.entity-import/1",
        "file": str(un),
        "list": "un_sc",
        "accepted": 2,
        "duplicates": 0,
        "withdrawn": 0,
        "not_withdrawn": 0,
        "individuals": 2,
        "passed_over": {},
        "rejected": [],
        "ambiguous": [],
        "notes": [],
    }
    assert (second["list"], second["individuals"], second["passed_over"]) == ("uk_sanctions", 1, {"ship": 1})


async def test_a_list_line_has_names_and_designations(shell: Shell, tmp_path: Path) -> None:
    """Every name, the weak ones named once more, and every list with reference, date and the reason."""
    await shell.say("import", written(tmp_path, "un", lists.UN), written(tmp_path, "uk", lists.UK))

    lantern, kite = await shell.lines("list")

    assert (lantern["schema"], lantern["name"]) == ("nigehban.entity/1", "BLUE LANTERN FRONT (BLF)")
    assert lantern["aliases"] == ["BLF", "نیلی لالٹین", '"The Lamp"', "BLUE LANTERN FRONT", "Lampers"]
    assert lantern["weak_aliases"] == ["Lampers"]
    designations = lantern["designations"]
    assert isinstance(designations, list)
    assert designations[1] == {
        "list": "uk_sanctions",
        "reference": "UK1",
        "listed_on": "2001-10-06",
        "name": "BLUE LANTERN FRONT",
        "un_reference": "QDe.901",
        "programs": ["Lanterns"],
        "joined": "same UN reference QDe.901",
    }
    assert (kite["former_designations"], kite["not_joined"]) == ([], [])


async def test_showing_an_organisation_tells_who_names_it(shell: Shell, tmp_path: Path) -> None:
    """Names, lists, why they were joined, and how many entries of which banks name it."""
    await shell.say("import", written(tmp_path, "un", lists.UN), written(tmp_path, "pk", lists.PK))
    await shell.store.banks.add("kites", [make.entry()])

    text = " ".join((await shell.say("show", "blf")).split())
    (line,) = await shell.lines("show", "QDe.901")

    assert text.startswith("BLUE LANTERN FRONT (BLF) also: BLF; نیلی لالٹین;")
    assert "weak names: Lampers" in text
    assert "designated: UN, list un_sc, reference QDe.901" in text
    assert "joined: abbreviation “BLF” on both, un_sc and pk_nacta, and names that differ in vowels" in text
    assert text.endswith("entries that name it: 1 in kites")
    assert line["entries"] == {"kites": 1}


async def test_old_files_of_ofac_may_be_named_together(shell: Shell, tmp_path: Path) -> None:
    """Who names the whole folder is told that its other files were read with the list."""
    sdn, alt = written(tmp_path, "sdn.csv", lists.SDN_CSV), written(tmp_path, "alt.csv", lists.ALT_CSV)

    together = await shell.lines("import", alt, sdn)

    assert [(row["accepted"], row["notes"]) for row in together] == [
        (1, []),
        (0, [f"{alt}: read with sdn.csv"]),
    ]
    with pytest.raises(BadInput, match=r"belongs to sdn\.csv and is read with it\. Import sdn\.csv\."):
        await shell.say("import", alt)


async def test_people_are_told_what_was_not_taken(shell: Shell, tmp_path: Path) -> None:
    """Who is no organisation, what could not be read, what is missing beside the list."""
    table = "S.No,Name of Organization,Date of Notification\n1,Kite League,14-08-2001\n2,,14-08-2001\n"
    path, sdn = written(tmp_path, "table.csv", table), written(tmp_path, "sdn.csv", lists.SDN_CSV)

    told = (await shell.say("import", path, sdn)).splitlines()

    counted = "1 accepted, 0 duplicates, 0 withdrawn"
    assert told == [
        f"{path} (pk_nacta): {counted}",
        "  line 3 rejected: no name: 2",
        f"{sdn} (ofac_sdn): {counted}, individual passed over: 1, vessel passed over: 1",
        "  alt.csv is not beside it: only the first name of each is known",
    ]


async def test_long_reports_are_cut_for_people_only(shell: Shell, tmp_path: Path) -> None:
    """Twenty rejected rows are read, more are counted; programs get all of them."""
    rows = "".join(f"{n},,14-08-2001\n" for n in range(30))
    path = written(
        tmp_path, "table.csv", f"S.No,Name of Organization,Date of Notification\n{rows}31,Kite,2001-01-01\n"
    )

    text = (await shell.say("import", path)).splitlines()
    (line,) = await shell.lines("import", path)

    assert len(text) == 22
    assert text[-1] == "  and 10 more rejected: --format ndjson names all of them"
    rejected = line["rejected"]
    assert isinstance(rejected, list)
    assert len(rejected) == 30


async def test_what_left_its_list_is_shown_as_former(shell: Shell, tmp_path: Path) -> None:
    """It stays to be found, with the day; the list says that nobody designates it any more."""
    await shell.say("import", written(tmp_path, "uk", lists.UK_PROSCRIBED))
    await shell.say(
        "import", written(tmp_path, "uk", lists.UK_PROSCRIBED.replace("Kite League (KL),July 2006", ""))
    )

    shown, listed = await shell.say("show", "KL"), await shell.say("list")

    assert "no longer designated: UK, list uk_proscribed" in shown
    assert "gone from the list on 2026-03-01" in " ".join(shown.split())
    assert "nobody any more" in listed


async def test_a_vague_name_is_answered_with_the_choice(shell: Shell, tmp_path: Path) -> None:
    """Two organisations that a part of a name may mean are both named; of nobody, the way to the list."""
    await shell.say("import", written(tmp_path, "uk.csv", lists.UK_PROSCRIBED))

    with pytest.raises(
        BadInput, match=r"'e' may be 2 organisations: Blue Lantern Front \(BLF\); Kite League"
    ):
        await shell.say("show", "e")
    with pytest.raises(
        BadInput, match=r"no designated organisation is called 'Nobody'\. See: nigehban entity"
    ):
        await shell.say("show", "Nobody")


async def test_without_lists_the_way_to_one_is_told(shell: Shell) -> None:
    """Nothing is bundled; for programs an empty start is no line."""
    assert await shell.say("list") == (
        "No official list was taken in yet. Take one in: nigehban entity import FILE\n"
    )
    assert await shell.lines("list") == []


@pytest.mark.parametrize("verb", ["import", "list", "show"])
def test_every_verb_has_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` ends with a line to copy."""
    with pytest.raises(SystemExit):
        parser().parse_args(["entity", verb, "--help"])

    assert f"Example: nigehban entity {verb}" in capsys.readouterr().out


def nigehban(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in the checkout with a home of its own."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("NIGEHBAN_")}
    return subprocess.run(
        [sys.executable, "-m", "bots", "--home", str(home), *map(str, words)],
        cwd=ROOT,
        env=bare,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_scan_says_which_organisation_an_entry_means(tmp_path: Path) -> None:
    """The real process: for programs an object beside the match, for people words in the table."""
    home, kites = tmp_path / "home", "url,group\nt.me/example_lamp,BLF\nt.me/example_kite,The Kite Club\n"
    said = written(tmp_path, "said.txt", "t.me/example_lamp and t.me/example_kite")
    nigehban(home, "bank", "import", written(tmp_path, "bank.csv", kites), "--bank", "kites")
    taken = nigehban(home, "entity", "import", written(tmp_path, "un.xml", lists.UN))

    scanned = nigehban(home, "scan", said, "--format", "ndjson")
    text = nigehban(home, "scan", said)

    assert taken.returncode == 0, taken.stderr
    found = [match["entity"] for match in json.loads(scanned.stdout)["matches"]]
    assert {"named": "The Kite Club"} in found
    assert {
        "named": "BLF",
        "name": "BLUE LANTERN FRONT (BLF)",
        "designations": [{"list": "un_sc", "reference": "QDe.901"}],
    } in found
    assert "UN (QDe.901)" in " ".join(text.stdout.split())


def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path) -> None:
    """The real process: where, what, exit code 2."""
    done = nigehban(tmp_path / "home", "entity", "import", "none.xml")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "nigehban: cannot read none.xml: no such file or directory.\n"
