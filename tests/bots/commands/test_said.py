"""What commands print for people: lines and cells in which nothing of others counts but its letters."""

import io
import json

import pytest
from rich.console import Console

from bots.commands.said import cell, line, say, table

STEERING = "\x1b[31mkites\x1b[0m\r\u202eevil\nmore"
"""Colours, the beginning of the line once more, another direction, another line."""


def test_a_line_for_people_cannot_be_steered(capsys: pytest.CaptureFixture[str]) -> None:
    """A list's row that is told as rejected stays one line, and moves no cursor."""
    say(f"  line 3 rejected: {STEERING}")

    assert capsys.readouterr().out == "  line 3 rejected: [31mkites[0mevilmore\n"


def test_a_line_for_programs_says_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has its own way to write what is no letter."""
    line({"text": STEERING})

    out = capsys.readouterr().out
    assert json.loads(out) == {"text": STEERING}
    assert "\x1b" not in out


def test_a_name_in_a_table_is_no_markup() -> None:
    """A bank may be called by what would be a colour."""
    made = table("bank", "entries")
    made.add_row(cell("[red]kites[/red]"), "1")
    made.add_row(cell(STEERING), "1,000")
    printed = io.StringIO()

    Console(file=printed, width=80).print(made)

    assert [row.split() for row in printed.getvalue().splitlines()] == [
        ["bank", "entries"],
        ["[red]kites[/red]", "1"],
        ["[31mkites[0mevilmore", "1,000"],
    ]
