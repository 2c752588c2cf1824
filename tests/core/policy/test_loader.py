"""Policy files are taken whole or refused whole, with the exact message an admin can mend them by."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.model import Action, ActionKind, Strength, Trust
from core.policy.conditions import AllOf, AnyOf, GapFound, MatchFound, Not
from core.policy.loader import load_policy, read_policy
from core.policy.policy import Policy, Rule

CASES = (Path(__file__).parent / "refused.txt").read_text(encoding="utf-8").split("#### ")[1:]
"""A title, a policy, and after a line of dashes the whole message."""

TOO_LARGE = (
    "p.yaml: larger than 256 kB. A policy is rules, not lists: "
    "put identifiers into a bank (nigehban bank import)."
)


def read(text: str | bytes, *, signals: tuple[str, ...] | None = None) -> Policy:
    """Read a policy as if it stood in a file `p.yaml`."""
    raw = text.encode() if isinstance(text, str) else text
    return read_policy(raw, name="p", where="p.yaml", **({"signals": signals} if signals else {}))


def refusal(text: str | bytes) -> str:
    """Return the message that a policy is refused with."""
    with pytest.raises(BadInput) as refused:
        read(text)
    return str(refused.value)


@pytest.mark.parametrize("case", CASES, ids=[case.partition("\n")[0] for case in CASES])
def test_a_wrong_policy_is_refused_with_the_exact_message(case: str) -> None:
    """Each mistake is told with its place, what was expected, the line and what is known."""
    text, _, message = case.partition("\n")[2].partition("\n----\n")

    assert refusal(text) == message.rstrip()


def test_there_is_a_case_for_every_kind_of_mistake() -> None:
    """The table of refusals was read whole."""
    assert len(CASES) == 47


@pytest.mark.parametrize(
    ("text", "first_line"),
    [
        ("", "p.yaml:1:1: expected a map of version and rules, found nothing"),
        (
            "version: 1\nrules: [\n",
            "p.yaml:2:9: not YAML: expected the node content, but found '<stream end>'",
        ),
        (
            "version: 1\nrules:\n\t- a\n",
            "p.yaml:3:1: not YAML: found character '\\t' that cannot start any token",
        ),
        ("version: 1\nrules: []\x07\n", "p.yaml:2:10: not YAML: a control character"),
        ('version: 1\nrules: []\n"\\0": 1\n', "p.yaml:3:1: a key must be text"),
        (b"version: 1\nrules: []\n# \xff\n", "p.yaml:3: not UTF-8. Save the file as UTF-8."),
        (
            b"#" * (256 * 1024 + 1),
            TOO_LARGE,
        ),
    ],
)
def test_what_is_no_yaml_is_refused(text: str | bytes, first_line: str) -> None:
    """Broken bytes, broken YAML and files that are too large are told by line, or in one line."""
    assert refusal(text).splitlines()[0] == first_line


def test_a_long_line_is_cut_around_the_mistake() -> None:
    """The message shows the place and not three hundred characters."""
    lines = refusal(f"version: 1\nrules: [{' ' * 150}nope{' ' * 150}]\n").splitlines()

    assert lines[2].removeprefix("2 | ").strip() == "nope"
    assert lines[3].index("^^^^") == lines[2].index("nope") == 54


def test_a_file_that_is_not_there_is_told_with_the_remedy(tmp_path: Path) -> None:
    """One line: which file, why, what to do."""
    with pytest.raises(BadInput) as refused:
        load_policy(tmp_path / "none.yaml")

    assert str(refused.value) == (
        f"cannot read {tmp_path}/none.yaml: no such file or directory. "
        "Name a policy file, or leave it out for the default policy."
    )


def test_a_policy_is_called_what_its_file_is_called(tmp_path: Path) -> None:
    """The name on cards is the file's; a byte order mark does no harm."""
    (tmp_path / "kites.yaml").write_bytes(b"\xef\xbb\xbfversion: 1\nrules: []\n")

    assert load_policy(tmp_path / "kites.yaml") == Policy(name="kites")


def test_every_key_becomes_what_it_says() -> None:
    """A policy that uses the whole language is read into conditions and actions."""
    text = """
    version: 1
    rules:
      - name: no                   # YAML 1.2: text, and not false
        when:
          all:
            - match: {signal: image, bank: b, label: l, entity: e, strength: strong,
                      distance: {max: 0x14}, trust: promoted, part: attachment}
            - any: [gap: {part: text}, gap: {}]
            - not: {match: {bank: c}}
        do: [report, delete, ban, mute: {for: 12h}]
    """
    wanted = MatchFound(
        signal="image",
        bank="b",
        label="l",
        entity="e",
        strength=Strength.STRONG,
        max_distance=20,
        trust=Trust.ACT,
        part="attachment",
    )

    assert read(text).rules == (
        Rule(
            name="no",
            when=AllOf((wanted, AnyOf((GapFound(part="text"), GapFound())), Not(MatchFound(bank="c")))),
            do=(
                Action(kind=ActionKind.REPORT),
                Action(kind=ActionKind.DELETE),
                Action(kind=ActionKind.BAN),
                Action(kind=ActionKind.MUTE, for_s=12 * 3600),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("time", "seconds"),
    [("1m", 60), ("30m", 1800), ("24h", 86400), ("7d", 604800), ("2w", 1209600), ("366d", 31622400)],
)
def test_times_have_units(time: str, seconds: int) -> None:
    """Minutes, hours, days and weeks, up to 366 days."""
    (rule,) = read(
        f"version: 1\nrules: [{{name: a, when: {{match: {{}}}}, do: [mute: {{for: {time}}}]}}]"
    ).rules

    assert rule.do == (Action(kind=ActionKind.MUTE, for_s=seconds),)


def test_an_extensions_signal_can_be_named() -> None:
    """What the host says there is on top of the built-in signals is taken, and nothing else."""
    text = "version: 1\nrules: [{name: a, when: {match: {signal: sticker}}, do: []}]"

    assert read(text, signals=("link", "sticker")).rules[0].when == MatchFound(signal="sticker")
    assert refusal(text).startswith(
        'p.yaml:2:42: expected link, account, file, image, video, text, phrase or likeness, found "sticker"'
    )


LINES = (
    "version: 1",
    "rules:",
    "  - name: a",
    "    when: {match: {}}",
    "    do: [report]",
    "%YAML 1.1",
    "---",
)
MARKS = (
    "&a",
    "*a",
    "!!str",
    "!<",
    "<<: ",
    "? ",
    "- ",
    "%",
    "...",
    *"{}[]'\"\t\n#\\@`,~",
    "  ",
    "|",
    "> ",
    "|+9",
    ": ",
)
ODD = ("\\0", "é", "\u202e", "\ufeff", "\x85", "\u2028", "\x07", "\r", "0x", "-.inf", "%TAG ! x", "9" * 5000)
FRAGMENTS = st.sampled_from(LINES + MARKS + ODD)


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60)
    | st.lists(FRAGMENTS, max_size=14).map(lambda some: "".join(some).encode())
    | st.lists(FRAGMENTS, max_size=14).map(lambda some: "\n".join(some).encode())
)
def test_no_bytes_bring_another_error(raw: bytes) -> None:
    """Whatever a file holds, it is a policy or it is refused; nothing else is raised."""
    try:
        read(raw)
    except BadInput as refused:
        assert str(refused).startswith("p.yaml:")  # noqa: PT017 - either outcome is right
