"""What programs read is documented: every schema, and every key of the lines that are written."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bots.__main__ import SAMPLES, run_command

ROOT = Path(__file__).parents[3]
DOCUMENT = (ROOT / "docs" / "ndjson.md").read_text(encoding="utf-8")
CHAT = str(SAMPLES / "telegram")

COMMANDS = (
    f"signals {CHAT}",
    f"bank import {SAMPLES / 'list.csv'} --bank s",
    f"scan {CHAT}",
    "bank list",
    "bank stats",
    "bank export s",
    "bank set s --most delete",
    "policy check default {broken}",
    "policy test default strict",
    f"policy explain {CHAT} --policy strict",
    f"policy diff observe default --on {CHAT}",
    f"policy backtest {CHAT}",
    "inbox",
)
"""Commands that follow one another in one home; each writes lines."""


def documented() -> Mapping[str, tuple[set[str], set[str]]]:
    """Give for each schema the keys that are always there, and those that may be missing."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for section in DOCUMENT.split("\n## ")[1:]:
        name = section.split("`")[1]
        rows = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]
        keys = [(set(re.findall(r"`([a-z_]+)`", row)), row.rstrip().endswith("?")) for row in rows]
        always = set[str]().union(*(some for some, maybe in keys if not maybe))
        found[name] = always, set[str]().union(*(some for some, maybe in keys if maybe))
    return found


def test_every_schema_is_documented() -> None:
    """A program that meets a line can look it up; nothing is documented that is not written."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("bots", "core")
        for path in (ROOT / folder).rglob("*.py")
    )

    written = set(re.findall(r'"(nigehban\.[a-z]+/[0-9]+)"', source)) - {"nigehban.bundle/1"}

    assert written == set(documented())
    assert len(written) > 10


def test_every_key_of_a_line_is_documented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Over the samples, each line has the keys that the document promises, and no others."""
    broken = tmp_path / "broken.yaml"
    shutil.copy(ROOT / "policies" / "default.yaml", broken)
    broken.write_text("version: 1\nrulez: []\n", encoding="utf-8")
    seen = set[str]()
    for command in COMMANDS:
        words = [word.format(broken=broken) for word in command.split()]
        run_command(["--home", str(tmp_path / "home"), *words, "--format", "ndjson"])
        for line in map(json.loads, capsys.readouterr().out.splitlines()):
            always, maybe = documented()[line["schema"]]
            keys = set(line) - {"schema"}
            seen.add(line["schema"])
            assert always <= keys, (command, always - keys)
            assert keys <= always | maybe, (command, keys - always - maybe)

    assert len(seen) == 12
