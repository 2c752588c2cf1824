"""What the documents on policies show works: the tutorial runs, recipes hold, the reference is complete."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from core.policy.limits import UNBOUND
from core.policy.loader import read_policy
from core.policy.reference import reference
from core.policy.refusals import FORMS

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(name: str) -> list[tuple[str, str]]:
    """Return the language and the text of every block of a document."""
    return BLOCK.findall((DOCS / name).read_text(encoding="utf-8"))


def nigehban(folder: Path, words: str) -> str:
    """Run a command in a folder with a home of its own; returns all that it said."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("NIGEHBAN_")}
    done = subprocess.run(
        [sys.executable, "-m", "bots", "--home", "home", *words.split()[1:]],
        cwd=folder,
        env={**bare, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    """Its commands, in its order, with its files, say what the page says that they say."""
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    said, checked = "", 0

    for language, text in blocks("policy.md"):
        if language == "yaml":
            (tmp_path / "kites.yaml").write_text(text, encoding="utf-8")
        elif language == "sh":
            said = "".join(nigehban(tmp_path, line) for line in text.splitlines())
        else:
            for line in text.splitlines():
                assert line.strip() in said, said
                checked += 1

    assert checked == 12


RECIPES = [text for language, text in blocks("policy-cookbook.md") if language == "yaml"]


@pytest.mark.parametrize("recipe", RECIPES, ids=[text.splitlines()[0] for text in RECIPES])
def test_every_recipe_of_the_cookbook_holds(recipe: str) -> None:
    """It is taken as it stands, and its examples, of both kinds, hold."""
    indented = recipe.replace("\n", "\n  ")
    policy = read_policy(f"version: 1\nrules:\n  {indented}".encode(), name="c", where="c")

    (rule,) = policy.rules
    assert {example.must_match for example in rule.examples} == {True, False}
    for example in rule.examples:
        assert example.holds(rule.when, UNBOUND), example.told()


def test_there_are_twelve_recipes() -> None:
    """One under each heading; the eighth has a second way to write it."""
    page = (DOCS / "policy-cookbook.md").read_text(encoding="utf-8")

    assert len(re.findall(r"^## \d+\. ", page, re.MULTILINE)) == 12
    assert len(RECIPES) == 13


def test_what_the_page_on_migration_shows_is_taken() -> None:
    """A policy that came from elsewhere works as it is shown."""
    (example,) = (text for language, text in blocks("policy-migration.md") if language == "yaml")

    assert read_policy(example.encode(), name="m", where="m").rules


def test_the_reference_is_up_to_date_and_complete() -> None:
    """`docs/policy-reference.md` is what the program makes, with every key of every map."""
    page = (DOCS / "policy-reference.md").read_text(encoding="utf-8")

    assert page == reference()
    for form in FORMS.values():
        assert f"## {form.noun}\n" in page
        assert all(f"| `{key}` |" in page for key in form.fields)
