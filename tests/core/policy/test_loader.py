"""Policy files are taken whole or refused whole, with the exact message an admin can mend them by."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.model import Action, ActionKind, Happening, Strength, Trust
from core.policy.circumstances import AtHours, ByAuthor, Counted, Happened, InCrisis, InPlace
from core.policy.conditions import AllOf, AnyOf, GapFound, MatchFound, Not
from core.policy.expression import Expression
from core.policy.limits import Crisis, Hours, Lane, Limits, Quiet
from core.policy.loader import load_policy, read_policy
from core.policy.policy import Policy, Rule, Stage, Steps

CASES = (Path(__file__).parent / "refused.txt").read_text(encoding="utf-8").split("#### ")[1:]
"""A title, a policy, and after a line of dashes the whole message."""

TOO_LARGE = (
    "p.yaml: larger than 256 kB. A policy is rules, not lists: "
    "put identifiers into a bank (nigehban bank import)."
)


def read(text: str | bytes) -> Policy:
    """Read a policy as if it stood in a file `p.yaml`."""
    raw = text.encode() if isinstance(text, str) else text
    return read_policy(raw, name="p", where="p.yaml")


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
    assert len(CASES) == 79


@pytest.mark.parametrize(
    ("text", "first_line"),
    [
        ("", "p.yaml:1:1: expected a map of version and rules, found nothing"),
        (
            "version: 1\nrules: [\n",
            "p.yaml:2:8: not YAML: nothing closes this [",
        ),
        (
            "version: 1\nrules:\n\t- a\n",
            "p.yaml:3:1: not YAML: a tab",
        ),
        ("version: 1\nrules: []\x07\n", "p.yaml:2:10: not YAML: a control character"),
        ('version: 1\nrules: []\n"\\0": 1\n', "p.yaml:3:1: a key must be text"),
        (b"version: 1\nrules: []\n# \xff\n", "p.yaml:3: not UTF-8. Save the file as plain text in UTF-8."),
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


@pytest.mark.parametrize(
    ("written", "meant"),
    [("kites", "kites.yaml"), ("kites.yml", "kites.yaml"), ("stric", "strict"), ("papers", "")],
)
def test_the_policy_that_was_meant_is_named(tmp_path: Path, written: str, meant: str) -> None:
    """A file of another ending beside it, or one that ships under nearly that name."""
    (tmp_path / "kites.yaml").write_text("version: 1\nrules: []\n", encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load_policy(tmp_path / written)

    told = str(refused.value)
    assert ("Did you mean " in told) == bool(meant)
    assert told.endswith(f"{meant}?" if meant else "high-risk-event).")


def test_a_file_that_is_not_there_is_told_with_the_remedy(tmp_path: Path) -> None:
    """One line: which file, why, what to do."""
    with pytest.raises(BadInput) as refused:
        load_policy(tmp_path / "none.yaml")

    assert str(refused.value) == (
        f"cannot read {tmp_path}/none.yaml: no such file or directory. "
        "Name a policy file, or a policy that ships (default, observe, strict, newsroom, high-risk-event)."
    )


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("", "."),
        (f"{'x' * 300}.yml", f"{'x' * 300}.yml"),
        ("a\nb.yaml", "a·b.yaml"),
        ("\x1b[2J\udcff.yaml", "·[2J·.yaml"),
    ],
)
def test_whatever_a_path_is_it_is_refused_in_one_line(name: str, called: str) -> None:
    """A name may be none, too long for a disk, or made to move the cursor of who reads the refusal."""
    with pytest.raises(BadInput) as refused:
        load_policy(Path(name))

    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"cannot read {called}: ")
    assert line.isprintable()


def test_a_file_s_name_moves_no_cursor_where_its_faults_are_told(tmp_path: Path) -> None:
    """A check runs over whatever files somebody sent in."""
    path = tmp_path / "a\x1b[2J\nb.yaml"
    path.write_text("version: 2\nrules: []\n", encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load_policy(path)

    assert str(refused.value).splitlines()[0].startswith(f"{tmp_path}/a·[2J·b.yaml:1:10: ")


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


def test_a_folded_text_is_one_line() -> None:
    """Without the parser's own marks of where it was folded."""
    (rule,) = read(
        """
        version: 1
        rules:
          - name: a
            when:
              cel: >-
                found > 1
                && sure > 0
            because: >
              It was
              found.
            do: [report]
        """
    ).rules

    assert rule.when == Expression("found > 1 && sure > 0")
    assert [said.text for said in rule.because] == ["It was found.\n"]


def test_every_newer_key_becomes_what_it_says() -> None:
    """Stages, sentences, ladders, circumstances and bounds are read into values."""
    text = """
    version: 1
    exempt: [Newsroom]
    lanes: [{name: desk, places: ["discord:7"]}]
    quiet: {from: "22:00", to: "06:30", zone: Asia/Karachi, most: delete}
    crisis: {from: "2026-03-01T08:00+05:00", until: "2026-03-02T08:00+05:00"}
    rules:
      - id: first
        name: a
        stage: shadow
        because: {en: "{entity} in {place}", ur: "ملا"}
        when:
          all:
            - match: {hidden: true, carried: own}
            - place: [Kites]
            - author: {joined_within: 3d, role: helper}
            - happening: [joined, profile]
            - hours: {from: "08:00", to: "09:00"}
            - crisis: {}
            - count: {at_least: 3, within: 10m}
        do: [report]
        ladder: {within: 7d, second: [delete]}
    """
    policy = read(text)
    (rule,) = policy.rules

    assert policy.limits == Limits(
        exempt=frozenset({"newsroom"}),
        lanes=(Lane(name="desk", places=("discord:7",)),),
        quiet=Quiet(
            hours=Hours(start_min=1320, end_min=390, zone=ZoneInfo("Asia/Karachi")), most=ActionKind.DELETE
        ),
        crisis=Crisis(start=datetime(2026, 3, 1, 3, tzinfo=UTC), until=datetime(2026, 3, 2, 3, tzinfo=UTC)),
    )
    assert (rule.id, rule.stage) == ("first", Stage.SHADOW)
    assert [s.language for s in rule.because] == ["en", "ur"]
    assert rule.ladder == Steps(within_s=604800, second=(Action(kind=ActionKind.DELETE),))
    assert rule.when == AllOf(
        (
            MatchFound(hidden=True, carried="own"),
            InPlace(("Kites",)),
            ByAuthor(newcomer_s=259200, role="helper"),
            Happened((Happening.JOINED, Happening.PROFILE)),
            AtHours(Hours(start_min=480, end_min=540, zone=UTC)),
            InCrisis(),
            Counted(at_least=3, within_s=600),
        )
    )


BASE = """
version: 1
exempt: [newsroom]
rules:
  - {id: all, name: all of it, when: {match: {}}, do: [report]}
  - {name: links, when: {match: {signal: link}}, do: [report, delete]}
"""


def test_a_file_is_laid_over_the_one_it_extends(tmp_path: Path) -> None:
    """A rule takes the place of its namesake, new ones come last, a bound that is not named stays."""
    (tmp_path / "house.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "kites.yaml").write_text(
        "version: 1\nextends: house.yaml\nrules:\n"
        "  - {name: links, stage: draft, when: {match: {signal: link}}, do: []}\n"
        "  - {name: more, when: {gap: {}}, do: [report]}\n",
        encoding="utf-8",
    )

    policy = load_policy(tmp_path / "kites.yaml")

    assert policy.name == "kites"
    assert [(rule.key, rule.stage) for rule in policy.rules] == [
        ("all", Stage.ENFORCE),
        ("links", Stage.DRAFT),
        ("more", Stage.ENFORCE),
    ]
    assert policy.limits.exempt == {"newsroom"}


@pytest.mark.parametrize(
    ("extended", "remedy"),
    [
        ("kites.yaml", "more than 4 in a row, or a circle"),
        ("gone.yaml", "no such file"),
        ("defalt", "There is: default, observe, strict"),
        ("../secret.yaml", "expected a policy that ships"),
    ],
)
def test_what_cannot_be_extended_is_refused_at_its_place(tmp_path: Path, extended: str, remedy: str) -> None:
    """Circles, missing files, unknown names and ways out of the folder are told with line and column."""
    path = tmp_path / "kites.yaml"
    path.write_text(f"version: 1\nextends: {extended}\nrules: []\n", encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        load_policy(path)

    assert str(refused.value).startswith(f"{path}:2:")
    assert remedy in str(refused.value)


def test_bytes_that_came_from_nowhere_extend_only_what_ships() -> None:
    """A policy that somebody sent never reads the disk of whoever checks it."""
    assert "house.yaml" in refusal("version: 1\nextends: house.yaml\nrules: []\n")
    assert read("version: 1\nextends: default\nrules: []\n").rules


@pytest.mark.parametrize(
    ("time", "seconds"),
    [("1m", 60), ("30m", 1800), ("24h", 86400), ("7d", 604800), ("2w", 1209600), ("366d", 31622400)],
)
def test_times_have_units(time: str, seconds: int) -> None:
    """Minutes, hours, days and weeks, up to 366 days."""
    (rule,) = read(
        "version: 1\nrules: [{name: a, when: {match: {}}, "
        f"do: [mute: {{for: {time}}}, no_media: {{for: {time}}}]}}]"
    ).rules

    assert rule.do == (
        Action(kind=ActionKind.MUTE, for_s=seconds),
        Action(kind=ActionKind.NO_MEDIA, for_s=seconds),
    )


def test_a_signal_that_nothing_gives_cannot_be_named() -> None:
    """It would never match, and nobody would notice."""
    text = "version: 1\nrules: [{name: a, when: {match: {signal: sticker}}, do: []}]"

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
