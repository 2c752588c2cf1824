"""`policy new`: whatever is answered, what is written is a policy whose examples hold."""

import resource
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from bots.commands.policy import run_examples
from bots.commands.policy_new import QUESTIONS, new
from core.errors import BadInput
from core.policy.loader import load_policy

PLACES = ("", "It's: {a}", "telegram:-1")


def answering(*answers: str) -> Callable[[str], str]:
    """Give somebody who answers in this order, and then leaves."""
    left = list(answers)

    def ask(question: str) -> str:
        assert question.endswith(" ")
        if not left:
            raise EOFError
        return left.pop(0)

    return ask


@pytest.mark.parametrize(
    "answers", list(product(("yes", "no"), ("y", "n"), ("", "NO"), ("", "It's: {a}", "telegram:-1")))
)
def test_every_combination_of_answers_makes_a_policy(tmp_path: Path, answers: tuple[str, ...]) -> None:
    """Names with quotes and braces stay text; every example of what was written holds."""
    path = tmp_path / "kites.yaml"

    assert new(path, ask=answering(*answers, "23:00-07:00")) == 0

    policy = load_policy(path)
    assert [lane.places for lane in policy.limits.lanes] == ([(answers[3],)] if answers[3] else [])
    assert policy.limits.quiet is not None
    assert run_examples([path], "text") == 0


def test_whoever_answers_nothing_gets_the_careful_policy(tmp_path: Path) -> None:
    """Every default reports, and only reports."""
    path = tmp_path / "kites.yaml"

    new(path, ask=answering())

    policy = load_policy(path)
    assert len(QUESTIONS) == 5
    assert {action.kind for rule in policy.rules for action in rule.do} == {"report"}


def test_an_answer_that_is_none_is_asked_for_again(tmp_path: Path) -> None:
    """Three tries, then the command gives up and writes nothing."""
    new(tmp_path / "a.yaml", ask=answering("perhaps", "yes"))

    with pytest.raises(BadInput, match="expected yes or no"):
        new(tmp_path / "b.yaml", ask=answering("perhaps", "maybe", "hm"))

    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_hours_that_are_none_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    """The refusal names the place in what would have been written."""
    with pytest.raises(BadInput, match="a time of day"):
        new(tmp_path / "a.yaml", ask=answering("", "", "", "", "at night"))

    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there stays as it is."""
    path = tmp_path / "a.yaml"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(BadInput, match="is there already"):
        new(path, ask=answering())

    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_that_cannot_be_written_whole_is_not_left_behind(tmp_path: Path) -> None:
    """On a full disk the next try is not told that something is there already."""
    path = tmp_path / "kites.yaml"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(BadInput, match=r"cannot write .*kites\.yaml: .*\. Free some space"):
            new(path, ask=answering())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert not path.exists()
    assert new(path, ask=answering()) == 0
