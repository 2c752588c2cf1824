"""Where a file is no YAML, what a person typed is told, at its place, with what to type instead."""

import pytest

from core.policy.faults import WrongPolicy
from core.policy.loader import read_policy

RIGHT = """version: 1
rules:
  - id: known-links
    name: known links
    when: {match: {signal: link}}
    do: [report]
"""


def refusal(text: str) -> list[str]:
    """Return what a file is refused with: the first fault's first line, and the line of its carets."""
    with pytest.raises(WrongPolicy) as refused:
        read_policy(text.encode(), name="p", where="p.yaml")
    lines = str(refused.value).splitlines()
    return [lines[0].removeprefix("p.yaml:"), lines[3].partition("|")[2]]


@pytest.mark.parametrize(
    ("right", "typed", "told", "carets"),
    [
        ("    name:", "\tname:", "4:1: not YAML: a tab", " ^ use spaces"),
        ("name: ", "name:\t", "4:10: not YAML: a tab", "          ^ use spaces"),
        ("name: ", "name：", "4:9: not YAML: a colon of another script", "         ^^ type : and a space"),
        (
            "version: ",
            "version：",
            "1:8: not YAML: a colon of another script",
            "        ^^ type : and a space",
        ),
        (
            "name: ",
            "name:\u00a0",
            "4:10: not YAML: a space that YAML does not know (U+00A0)",
            "          ^ type a plain space",
        ),
        (
            "    name:",
            "\u00a0\u00a0\u00a0\u00a0name:",
            "4:1: a space that YAML does not know (U+00A0) in a key",
            " ^ type a plain space",
        ),
        (
            "do:",
            "\u200fdo:",
            "6:5: a character that cannot be seen (U+200F) in a key",
            "     ^ take it out, or type the line anew",
        ),
        ("- id", "– id", "3:3: not YAML: a sign that is no hyphen", "   ^ type - and a space"),
        ("- id", "• id", "3:3: not YAML: a sign that is no hyphen", "   ^ type - and a space"),
        ("- id", "-id", "3:3: not YAML: no space after the hyphen", "   ^ type - and a space"),
        ("name: ", "name:", "4:5: not YAML: no space after the colon", "     ^^^^^ type : and a space"),
        (
            "    when",
            "   when",
            "5:4: not YAML: this line begins under no other",
            '    ^^^^ begin it under "name", in column 5',
        ),
        (
            "    when",
            "     when",
            "5:6: not YAML: this line begins under no other",
            '      ^^^^ begin it under "name", in column 5',
        ),
        ("link}}", "link}", "5:11: not YAML: nothing closes this {", "           ^ close it with }"),
        ("[report]", "[report", "6:9: not YAML: nothing closes this [", "         ^ close it with ]"),
        (
            "known links",
            '"known links',
            '4:11: not YAML: nothing closes this "',
            '           ^ close it with "',
        ),
        (
            "known links",
            "links: known",
            "4:16: not YAML: a colon within a text",
            '                ^ put the text into quotes: "…"',
        ),
        (
            "known links",
            "'Amina's links'",
            "4:17: not YAML: a quote that ends too soon",
            "                 ^ use \" around a text that has ' in it",
        ),
        (
            "signal: link",
            "bank: @mine",
            "5:26: not YAML: a sign that no text begins with",
            '                          ^^^^^ put the text into quotes: "…"',
        ),
        (
            "version: 1",
            "```yaml\nversion: 1",
            "1:1: not YAML: a fence of a code block",
            " ^^^ leave this line out, and the one that closes it",
        ),
    ],
)
def test_a_slip_is_told_where_it_was_made(right: str, typed: str, told: str, carets: str) -> None:
    """Not where the parser stopped, which may be the line below, and not in the parser's words."""
    assert right in RIGHT

    assert refusal(RIGHT.replace(right, typed, 1)) == [told, f" {carets.removeprefix(' ')}"]


@pytest.mark.parametrize(
    "name",
    [
        '"a: b"',
        "'it''s – a tab'",
        "https://a.example/x",
        "a\u00a0b – c • d",
        "“links”",
        "\u0646\u06af\u06c1\u200c\u0628\u0627\u0646：",
        "50 % of @all",
    ],
)
def test_what_can_be_read_is_no_slip(name: str) -> None:
    """A sign in a text is only a sign: a file that is right is not looked at for slips."""
    text = RIGHT.replace("known links", name)

    assert read_policy(text.encode(), name="p", where="p.yaml").rules


def test_signs_in_quotes_and_comments_are_not_taken_for_the_slip() -> None:
    """The bracket that is open is told, and not the tab of a comment or the colon of a text beside it."""
    broken = RIGHT.replace("known links", '"a:\tb"  # –\t').replace("link}}", "link}")

    assert refusal(broken)[0] == "5:11: not YAML: nothing closes this {"


def test_a_file_of_nothing_but_open_quotes_is_looked_at_in_no_time() -> None:
    """Only the beginning of a line is looked at, so that no line can make the look a long one."""
    text = "rules: [" + '\\"' * 100_000

    assert "not YAML" in refusal(text)[0]


def test_a_key_with_an_unseen_character_is_read_all_the_same() -> None:
    """One fault for one slip: the key is there, so none is told to be missing."""
    with pytest.raises(WrongPolicy) as refused:
        read_policy(RIGHT.replace("do:", "\u200fdo:").encode(), name="p", where="p")

    assert len(refused.value.faults) == 1


def test_lines_that_only_seem_to_be_indented_are_told_and_nothing_that_follows_from_them() -> None:
    """Pages on the web pad so: three lines, three faults, and no key is told to be missing."""
    with pytest.raises(WrongPolicy) as refused:
        read_policy(RIGHT.replace("    ", "\u00a0" * 4).encode(), name="p", where="p")

    assert [(fault.spot.line, fault.hint) for fault in refused.value.faults] == [
        (line, "type a plain space") for line in (3, 4, 5)
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("bank: “samples”", ['use plain quotes: "samples"']),
        ("place: [‘Kite Flyers’, Desk]", ['use plain quotes: "Kite Flyers"']),
        ("bank: '“samples”'", []),
        ("bank: the “samples”", []),
    ],
)
def test_quotes_of_a_word_processor_do_not_become_part_of_a_name(text: str, faults: list[str]) -> None:
    """A rule for the list “samples” would never meet the list samples; in plain quotes it is meant so."""
    when = f"{{all: [match: {{}}, {text}]}}" if text.startswith("place") else f"{{match: {{{text}}}}}"
    policy = RIGHT.replace("{match: {signal: link}}", when).replace("known links", "“known links”")

    try:
        read_policy(policy.encode(), name="p", where="p.yaml")
        told = []
    except WrongPolicy as wrong:
        told = [fault.hint for fault in wrong.faults]

    assert told == faults
