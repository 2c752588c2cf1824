"""A policy that is tried without its lists says so: that nothing was hit is then no finding about it."""

import pytest

from bots.commands.absent_lists import absent, warn
from core.policy.loader import bundled, load_policy, read_policy

POLICY = read_policy(
    b"version: 1\nrules:\n  - {name: mine, when: {match: {bank: sampels}}, do: [report]}\n",
    name="p",
    where="p",
)


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ([], ["there is no list here, so nothing is found"]),
        (
            ["samples", "lamps"],
            ['asks for the list "sampels", and there is none of this name. Did you'],
        ),
        (["kites"], ["There are: kites."]),
        (["sampels", "kites"], []),
        (["Sampels"], ['Did you mean "Sampels"?']),
    ],
)
def test_what_is_absent_is_told_with_the_nearest_name(there: list[str], told: list[str]) -> None:
    """Names of lists are compared letter by letter, so that also a capital is worth a word."""
    sentences = list(absent(POLICY, there, anew=True))

    assert len(sentences) == len(told)
    assert all(words in sentence for words, sentence in zip(told, sentences, strict=True))


def test_it_is_told_beside_the_output_and_not_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output stays what programs read."""
    warn(POLICY, ["samples"], anew=False)

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith('nigehban: rule "mine" asks for the list "sampels"')
    assert said.err.count("\n") == 1


def test_what_is_stored_needs_no_list() -> None:
    """A stored case was recognised then: only the name that a rule asks for is worth a word."""
    assert [one.partition(" and ")[2] for one in absent(POLICY, [], anew=False)] == [
        "there is none of this name. There is none yet: import a list."
    ]
    assert list(absent(load_policy(bundled()), [], anew=False)) == []
