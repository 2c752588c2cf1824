"""`nigehban policy new`: five questions, and a policy file with comments that says what was answered.

Nothing is overwritten, and what is written has been loaded first.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bots.commands.said import say
from core.errors import BadInput
from core.policy.loader import read_policy

QUESTIONS: Final = (
    ("delete", "Delete at once what a list that you promoted surely knows? (yes/no) [no] ", ("yes", "no")),
    ("gaps", "A card for each file that could not be looked at? (yes/no) [no] ", ("yes", "no")),
    (
        "newcomers",
        "Be told of new members who resemble a listed account? (yes/no) [yes] ",
        ("yes", "no"),
    ),
    ("lane", "Id or name of a newsroom or research place that is never acted in? (empty for none) ", ()),
    ("quiet", "Hours when nobody is awake to undo a mistake, such as 23:00-07:00? (empty for none) ", ()),
)
"""What is asked: the answer's name, the question, and the answers there are; without any, all text is one."""

_DEFAULTS: Final = {"delete": "no", "gaps": "no", "newcomers": "yes", "lane": "", "quiet": ""}
_TRIES: Final = 3


def new(path: Path, *, ask: Callable[[str], str]) -> int:
    """Ask, and write the file.

    Args:
        path: Where to; nothing may be there yet.
        ask: Shows a question and returns the answer.

    Raises:
        BadInput: The file is there already or cannot be written, or the answers make no policy.
    """
    if path.exists():
        raise BadInput(f"{path} is there already. Name another file, or remove it first.")
    answers = {name: _answer(question, known, _DEFAULTS[name], ask) for name, question, known in QUESTIONS}
    text = written(path.stem, answers)
    read_policy(text.encode(), name=path.stem, where=str(path))
    _write(path, text)
    say(f"✔ {path} written. Next: nigehban policy test {path}")
    return 0


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: half of one would be in the way of the next try."""
    began = False
    try:
        with path.open("x", encoding="utf-8") as file:
            began = True
            file.write(text)
    except OSError as error:
        if began:
            path.unlink(missing_ok=True)
        remedy = "Free some space, or name a file in a folder that you may write to."
        raise BadInput(f"cannot write {path}: {(error.strerror or str(error)).lower()}. {remedy}") from error


def _answer(question: str, known: tuple[str, ...], default: str, ask: Callable[[str], str]) -> str:
    for _ in range(_TRIES):
        try:
            said = ask(question).strip() or default
        except EOFError:
            return default
        found = [word for word in known if word.startswith(said.lower())]
        if not known or found:
            return found[0] if found else said
    raise BadInput(f"expected {' or '.join(known)}. Run it again.")


def written(name: str, answers: dict[str, str]) -> str:
    """Return the text of a policy file that says what was answered."""
    return "\n".join(_lines(name, answers)) + "\n"


def _lines(name: str, answers: dict[str, str]) -> Iterator[str]:
    yield "# yaml-language-server: $schema=policy.schema.json"
    yield f"# {_plain(name)}: written from five answers; every key is explained in policies/README.md."
    yield from ("", "version: 1", "")
    if answers["lane"]:
        yield "# Context lanes: what is found here is shown to moderators, and nothing is removed."
        yield from (f"lanes: [{{name: context, places: [{_quoted(answers['lane'])}]}}]", "")
    if answers["quiet"]:
        start, _, end = answers["quiet"].partition("-")
        yield "# Quiet hours, in UTC; add zone: Asia/Karachi or yours. In them nothing is done but reporting."
        yield from (f"quiet: {{from: {_quoted(start.strip())}, to: {_quoted(end.strip())}}}", "")
    yield "rules:"
    if answers["delete"] == "yes":
        yield from _SURE
    if answers["newcomers"] == "yes":
        yield from _RESEMBLES
    if answers["gaps"] == "yes":
        yield from _GAPS
    yield from _KNOWN


_SURE: Final = (
    "  # Only lists that you promoted (nigehban bank promote), only what is surely the same thing.",
    "  # It starts in shadow: change the stage to enforce once nigehban policy backtest shows no mistakes.",
    "  - id: surely-listed",
    "    name: surely listed",
    "    stage: shadow",
    "    when: {match: {trust: act, strength: strong, distance: {max: 20}}}",
    "    do: [report, delete]",
    "    examples:",
    "      must_match:",
    "        - finds: [{signal: link, trust: act}]",
    "      must_not_match:",
    "        - finds: [{signal: link, trust: trial}]",
    "        - finds: [{signal: image, trust: act, strength: strong, distance: 21}]",
    "",
)
_RESEMBLES: Final = (
    "  # An account that resembles a listed one is a guess about somebody who is on no list: people compare.",
    "  - id: resembles",
    "    name: resembles a listed account",
    "    when: {match: {signal: likeness}}",
    "    do: [report]",
    "    examples:",
    "      must_match: [{finds: [{signal: likeness, strength: weak}], happening: joined}]",
    "      must_not_match: [{finds: [{signal: link}]}]",
    "",
)
_GAPS: Final = (
    "  # What could not be looked at: too large, broken, encrypted.",
    "  - id: not-looked-at",
    "    name: not looked at",
    "    when: {gap: {}}",
    "    do: [report]",
    "    examples:",
    '      must_match: [{gaps: ["attachment[0]"]}]',
    "      must_not_match: [{finds: [{signal: link}]}]",
    "",
)
_KNOWN: Final = (
    "  # Whatever a list knows comes before your moderators.",
    "  - id: known-material",
    "    name: known material",
    "    when: {match: {}}",
    "    do: [report]",
    "    examples:",
    "      must_match: [{finds: [{signal: link, trust: trial}]}]",
    "      must_not_match: [{finds: []}]",
)


def _quoted(text: str) -> str:
    """Return an answer as a YAML text that is nothing but text."""
    return "'" + _plain(text).replace("'", "''") + "'"


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable())
