"""What a person finds who asks a command for --help."""

import re
import shlex
from collections.abc import Iterator

import pytest

from bots.arguments import parser
from core.errors import BadInput

WIDTHS = (80, 100)


def page(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> str:
    """Return what `--help` prints after some words."""
    with pytest.raises(SystemExit) as left:
        parser().parse_args([*words, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


def pages(capsys: pytest.CaptureFixture[str], words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command and of its verbs, as their help pages name them."""
    yield words
    listed = page(capsys, words).partition("\n  COMMAND\n" if not words else "\n  VERB\n")[2]
    for name in re.findall(r"^    ([a-z]+)", listed.partition("\n\n")[0], re.MULTILINE):
        yield from pages(capsys, (*words, name))


@pytest.fixture
def at_width(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> int:
    """Give the terminal a width."""
    width = int(request.param)
    monkeypatch.setenv("COLUMNS", str(width))
    return width


@pytest.mark.parametrize("at_width", WIDTHS, indirect=True)
def test_every_page_of_help_fits_and_says_what_the_command_does(
    capsys: pytest.CaptureFixture[str], at_width: int
) -> None:
    """No line is longer than the terminal, and between usage and words stands what it is for."""
    every = list(pages(capsys))

    assert len(every) > 40
    for words in every:
        told = page(capsys, words)
        assert max(len(line) for line in told.splitlines()) <= at_width, told
        assert not told.split("\n\n")[1].startswith(("positional arguments", "options")), told


@pytest.mark.parametrize("at_width", WIDTHS[:1], indirect=True)
def test_every_page_of_help_has_an_example_that_is_understood(
    capsys: pytest.CaptureFixture[str], at_width: int
) -> None:
    """It is of that very command, and the parser takes it as it stands."""
    every = list(pages(capsys))

    assert len(every) > 40
    for words in every:
        example = " ".join(page(capsys, words).partition("Example: ")[2].split())
        program, *given = shlex.split(example)
        assert program == "nigehban"
        assert tuple(given[: len(words)]) == words
        assert parser().parse_args(given).command, (example, at_width)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("policy restore x", "'x' is no whole number, such as 3"),
        ("policy history --show ۳", "'۳' is no whole number, such as 3"),
        ("policy hits --days soon", "'soon' is no whole number, such as 3"),
        ("policy hits --days " + "9" * 5000, "is no whole number, such as 3"),
        ("policy backtest --days 0", "'0' is no whole number from 1 on, such as 30"),
        ("exchange add kites list.csv --every daily", "'daily' is no number of hours from 0.25 to 720"),
        ("exchange add kites list.csv --every nan", "'nan' is no number of hours from 0.25 to 720"),
        ("exchange add kites list.csv --every 1000", "'1000' is no number of hours from 0.25 to 720"),
    ],
)
def test_a_number_that_is_none_is_refused_in_words(words: str, told: str) -> None:
    """With an example of one that would do, and no name of a function of ours."""
    with pytest.raises(BadInput) as refused:
        parser().parse_args(words.split())

    assert told in str(refused.value)
    assert "invalid" not in str(refused.value)
