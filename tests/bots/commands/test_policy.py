"""`policy check` and `policy test`: files, standard input, people and programs."""

import io
import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from bots.commands.policy import ALONE, STDIN, check, run_examples
from core.errors import BadInput

WRONG = "version: 1\nrules:\n  - {name: a, when: {match: {signal: lnk}}, do: []}\n"
RIGHT = """
version: 1
rules:
  - name: links
    when: {match: {signal: link}}
    do: [report]
    examples:
      must_match: [{finds: [{signal: link}]}]
      must_not_match: [{finds: [{signal: image}]}, {finds: [SECOND]}]
"""


def written(folder: Path, text: str, name: str = "p.yaml") -> Path:
    """Write a policy file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Read the NDJSON that was printed."""
    return [json.loads(row) for row in capsys.readouterr().out.splitlines()]


def test_many_files_are_checked_and_each_fault_has_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An editor gets line, column and width, counted from 1; a good file beside it stays good."""
    good = written(tmp_path, "version: 1\nrules: []\n", "good.yaml")

    code = check([good, written(tmp_path, WRONG)], "ndjson")

    first, second = lines(capsys)
    assert code == 1
    assert (first["fine"], second["fine"], "faults" in first) == (True, False, False)
    assert second["faults"] == [
        {
            "line": 3,
            "column": 38,
            "width": 3,
            "what": 'expected link, account, file, image, video, text, phrase or likeness, found "lnk"',
            "hint": 'did you mean "link"?',
            "remedy": "See policies/README.md#conditions",
        }
    ]


def test_standard_input_is_checked_as_what_is_not_saved_yet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file named - is read from standard input and told as stdin."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(WRONG.encode())))

    code = check([STDIN], "text")

    assert code == 1
    assert capsys.readouterr().err.startswith("stdin:3:38: expected link, ")


@pytest.mark.parametrize("verb", [check, run_examples])
def test_what_cannot_be_read_is_wrong_use_and_not_a_wrong_policy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verb: Callable[[list[Path], str], int]
) -> None:
    """A script that misspells a name must not take it for a failed check; a wrong one beside it is told."""
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"# caf\xe9\n")

    codes = [
        verb(paths, "text")
        for paths in ([tmp_path / "p.yml"], [tmp_path], [latin], [written(tmp_path, WRONG), tmp_path / "no"])
    ]

    said = capsys.readouterr().err
    assert codes == [2, 2, 2, 2]
    assert "p.yaml:3:38" in said
    assert [row.startswith("nigehban: ") for row in said.splitlines() if "Did" in row or "UTF" in row] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("second", "fine"), [("{signal: link}", False), ("{signal: phrase}", True), ("{signal: file}", True)]
)
def test_every_example_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], second: str, *, fine: bool
) -> None:
    """One example that does not hold fails the run; the others are told all the same."""
    path = written(tmp_path, RIGHT.replace("SECOND", second))

    code = run_examples([path], "ndjson")

    rows = lines(capsys)
    assert code == (0 if fine else 1)
    assert [(row["must_match"], row["fine"]) for row in rows] == [(True, True), (False, True), (False, fine)]
    assert {row["schema"] for row in rows} == {"nigehban.example/1"}


def test_people_get_a_table_and_a_closing_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The failing example is marked, and counted."""
    run_examples([written(tmp_path, RIGHT.replace("SECOND", "{signal: link}"))], "text")

    said = capsys.readouterr().out
    assert "✘  links" in said
    assert said.splitlines()[-1].endswith("p.yaml: 2 of 3 examples hold")


def test_a_file_without_examples_and_a_broken_file_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No examples are no failure; a file that cannot be used is one."""
    bare = written(tmp_path, "version: 1\nrules: []\n", "bare.yaml")

    assert run_examples([bare], "text") == 0
    assert run_examples([written(tmp_path, WRONG)], "text") == 1
    said = capsys.readouterr()
    assert "no examples" in said.out
    assert "p.yaml:3:38" in said.err


@pytest.mark.parametrize("person", [True, False])
def test_who_leaves_the_questions_gets_no_file_and_a_script_the_careful_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, person: bool
) -> None:
    """Ctrl-D is how a person leaves; an input that ends is one that had nothing to say."""
    stdin = io.StringIO("yes\n")
    monkeypatch.setattr(stdin, "isatty", lambda: person)
    monkeypatch.setattr("sys.stdin", stdin)
    path = tmp_path / "new.yaml"
    start = ALONE["new"]

    if person:
        with pytest.raises(BadInput, match="Nothing was written"):
            start(Namespace(path=path))
    else:
        assert start(Namespace(path=path)) == 0

    assert path.exists() is not person
