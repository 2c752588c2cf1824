"""What the documents point at is there: files, headings, and commands with their verbs and options."""

import re
import shlex
from pathlib import PurePosixPath

import pytest

from bots.arguments import parser
from core.errors import BadInput
from core.policy.refusals import forms
from tests.tree import ROOT, files, text

PAGES = sorted(path for path in files() if path.endswith(".md"))
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^(?:\.venv/bin/)?nigehban .*$", re.MULTILINE)
INLINE = re.compile(r"`(?:\.venv/bin/)?(nigehban [^`\n]*)`")
NOT_THERE = re.compile(r"argument (COMMAND|VERB): invalid choice|unrecognized arguments")


def prose(page: str) -> str:
    """Return a page without its blocks of code."""
    return FENCED.sub("", text(page))


def anchors(page: str) -> set[str]:
    """Return what links may name on a page: its headings, as hosts of repositories spell them."""
    heads = re.findall(r"^#{1,6} +(.*?) *$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def commands(page: str) -> list[str]:
    """Return every command of ours that a page shows, in blocks and in lines."""
    shown = [
        line
        for language, block in FENCED.findall(text(page))
        if language == "sh"
        for line in COMMAND.findall(block)
    ]
    return shown + INLINE.findall(prose(page))


def refused(command: str) -> str:
    """Return what the parser has against a command, or nothing; FILE and N stand for something."""
    for one in re.split(r" \| | && ", command):
        words = [part.split("|")[0] for part in shlex.split(one, comments=True) if part != "…"]
        words = ["3" if word == "N" else word for word in words]
        try:
            parser().parse_args(words[1:])
        except BadInput as error:
            if NOT_THERE.search(str(error)):
                return str(error)
        except SystemExit:
            continue
    return ""


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: str) -> None:
    """Whoever follows one stands where it says; addresses of other servers are not asked."""
    for target in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (ROOT / PurePosixPath(page).parent / path).resolve() if path else ROOT / page
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(str(there.relative_to(ROOT))), target


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_every_command_that_a_page_shows_is_one(page: str) -> None:
    """Its verb and its options are known to the program, so that nobody copies what cannot run."""
    assert [told for told in map(refused, commands(page)) if told] == []


def test_a_command_that_is_none_would_be_found() -> None:
    """The check sees verbs and options, and takes placeholders for what they stand for."""
    assert "VERB" in refused("nigehban policy chek kites.yaml")
    assert "--polcy" in refused("nigehban scan x --polcy strict")
    assert refused("nigehban policy restore N") == ""
    assert refused("nigehban bank set NAME --most warn # comment") == ""
    assert sum(len(commands(page)) for page in PAGES) > 60


def test_what_messages_point_at_is_a_heading() -> None:
    """A refused policy file names the place where its key is explained."""
    there = anchors("policies/README.md")

    assert {form.anchor for form in forms().values()} | {"durations", "the-file", "expressions"} <= there
