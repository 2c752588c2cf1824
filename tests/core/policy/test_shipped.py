"""The policies that ship do what their first line says, and everything in their language is documented."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from core.model import ActionKind, Gap, Happening, Match, Outcome, Strength, Trust
from core.policy.loader import SHIPPED, bundled, load_policy, read_policy
from core.policy.refusals import FORMS
from core.policy.schema import policy_schema
from tests import make

FOLDER = bundled().parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")
NAMES = list(SHIPPED)
REPORT, DELETE = ActionKind.REPORT, ActionKind.DELETE


LIKENESS = make.match("Blue Lantern", kind="profile", strength=Strength.STRONG, trust=Trust.ACT)


def picture(distance: int, trust: Trust = Trust.ACT) -> Match:
    """Give a match of a picture so far from the listed one."""
    strength = Strength.SAME if distance <= 10 else Strength.STRONG
    return replace(make.match("0f" * 32, kind="pdq", strength=strength, trust=trust), distance=distance)


@pytest.mark.parametrize(
    ("name", "match", "expected"),
    [
        ("default", make.match(trust=Trust.ACT), [REPORT]),
        ("default", make.match(), [REPORT]),
        ("observe", make.match(trust=Trust.ACT), []),
        ("strict", make.match(trust=Trust.ACT), [REPORT, DELETE]),
        ("strict", make.match(trust=Trust.TRIAL), [REPORT]),
        ("strict", make.match(trust=Trust.ACT, strength=Strength.WEAK), [REPORT]),
        ("strict", picture(9), [REPORT, DELETE]),
        ("strict", picture(20), [REPORT, DELETE]),
        ("strict", picture(21), [REPORT]),
        ("strict", picture(0, Trust.TRIAL), [REPORT]),
        ("default", LIKENESS, [REPORT]),
        ("observe", LIKENESS, []),
        ("strict", LIKENESS, [REPORT]),
        ("newsroom", make.match(trust=Trust.ACT), [REPORT]),
        ("newsroom", make.match(trust=Trust.ACT, strength=Strength.WEAK), []),
        ("newsroom", picture(0), [REPORT]),
        ("high-risk-event", make.match(trust=Trust.ACT), [REPORT]),
        ("high-risk-event", LIKENESS, [REPORT]),
    ],
)
def test_a_shipped_policy_does_what_it_says(name: str, match: Match, expected: list[ActionKind]) -> None:
    """`default` reports, `observe` records, `strict` deletes what promoted lists surely know."""
    verdict = load_policy(bundled(name)).judge(make.message(), (match,), ())

    assert verdict.policy == name
    assert [a.kind for a in verdict.actions] == expected
    assert verdict.rules


@pytest.mark.parametrize("name", NAMES)
def test_every_example_of_a_shipped_policy_holds(name: str) -> None:
    """Each rule has what it must match and what it must not, and does so."""
    policy = load_policy(bundled(name))

    for rule in policy.rules:
        assert {example.must_match for example in rule.examples} == {True, False}, rule.name
        for example in rule.examples:
            assert example.holds(rule.when, policy.limits), (rule.name, example.told())


def test_every_policy_file_of_the_folder_ships_by_its_name() -> None:
    """What lies in `policies/` can be named on the command line, and the README tells of it."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(SHIPPED)
    assert all(f"[{name}.yaml]({name}.yaml)" in README and f"- `{name}` " in README for name in SHIPPED)


IN_CRISIS = datetime(2026, 6, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("joined", "earlier", "roles", "expected"),
    [
        (1, 0, (), [REPORT, DELETE]),
        (1, 1, (), [REPORT, DELETE, ActionKind.MUTE]),
        (30, 1, (), [REPORT]),
        (30, 2, (), [REPORT, DELETE, ActionKind.MUTE]),
        (1, 2, ("Newsroom",), [REPORT]),
    ],
)
def test_a_high_risk_event_acts_on_newcomers_and_waves_and_spares_exempt_roles(
    joined: int, earlier: int, roles: tuple[str, ...], expected: list[ActionKind]
) -> None:
    """While its crisis lasts; outside of it, it is the default."""
    policy = load_policy(bundled("high-risk-event"))
    author = replace(make.account(), since=IN_CRISIS - timedelta(days=joined), roles=roles)

    def does(at: datetime) -> list[ActionKind]:
        message = make.message(author=author, at=at)
        verdict = policy.judge(message, (make.match(trust=Trust.ACT),), (), [at] * earlier)
        return [action.kind for action in verdict.actions]

    assert does(IN_CRISIS) == expected
    assert does(IN_CRISIS + timedelta(days=30)) == [REPORT]


@pytest.mark.parametrize("carried", ["forward.origin", "quote.text"])
def test_a_newsroom_shows_no_card_for_a_forward_or_a_quotation(carried: str) -> None:
    """It is recorded: those who write about listed groups quote them."""
    match = make.match(trust=Trust.ACT)
    quoted = replace(match, signal=replace(match.signal, part=carried))

    verdict = load_policy(bundled("newsroom")).judge(make.message(), (quoted,), ())

    assert (verdict.actions, verdict.rules) == ((), ("recorded",))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("strength", list(Strength))
@pytest.mark.parametrize("happening", [Happening.JOINED, Happening.PROFILE])
def test_no_shipped_policy_acts_on_a_likeness(name: str, strength: Strength, happening: Happening) -> None:
    """However sure it is and whoever's list it is from: people compare the two accounts."""
    likeness = replace(make.match("Blue Lantem", kind="profile", strength=strength, trust=Trust.ACT))

    verdict = load_policy(bundled(name)).judge(make.message(happening=happening), (likeness,), ())

    assert {a.kind for a in verdict.actions} <= {REPORT}


@pytest.mark.parametrize("name", NAMES)
def test_a_gap_alone_makes_no_card(name: str) -> None:
    """A group that posts large videos does not drown its moderators, and a gap is no `allow`."""
    verdict = load_policy(bundled(name)).judge(
        make.message(), (), (Gap(part="attachment[0]", reason="too large"),)
    )

    assert (verdict.actions, verdict.outcome) == ((), Outcome.REVIEW)


def test_the_rule_for_gaps_that_is_offered_works() -> None:
    """Whoever takes the # away gets a card for what could not be looked at."""
    text = bundled().read_text(encoding="utf-8")
    start = text.index("  # - name: not looked at")
    taken = text[:start] + text[start:].replace("  # ", "  ")

    verdict = read_policy(taken.encode(), name="mine", where="mine.yaml").judge(
        make.message(), (), (Gap(part="attachment[0]", reason="too large"),)
    )

    assert [a.kind for a in verdict.actions] == [REPORT]


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_policy_shows_a_members_report(name: str) -> None:
    """A report gets a card under each of them."""
    verdict = load_policy(bundled(name)).judge(make.message(happening=Happening.REPORTED), (), ())

    assert [a.kind for a in verdict.actions] == [REPORT]


def test_the_shipped_schema_is_up_to_date() -> None:
    """`policies/policy.schema.json` is what the program makes of its own form."""
    assert (FOLDER / "policy.schema.json").read_text(encoding="utf-8") == policy_schema()


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_finds_no_fault_with_a_shipped_policy(name: str) -> None:
    """The schema that ships is a valid JSON Schema, and accepts the policies that ship."""
    schema = json.loads(policy_schema())
    Draft202012Validator.check_schema(schema)

    Draft202012Validator(schema).validate(YAML(typ="safe", pure=True).load(bundled(name)))


@pytest.mark.parametrize("rule", ["{name: a, when: {}, do: []}", "{name: a, when: {match: }, do: [mute]}"])
def test_an_editor_finds_the_faults_that_the_program_finds(rule: str) -> None:
    """The schema refuses an empty condition, a key without a value and a mute without a time."""
    parsed = YAML(typ="safe", pure=True).load(f"version: 1\nrules: [{rule}]")

    assert not Draft202012Validator(json.loads(policy_schema())).is_valid(parsed)


def keys_and_words(schema: object) -> Iterator[str]:
    """Yield every key and every fixed word of a JSON Schema."""
    if isinstance(schema, Mapping):
        properties = schema.get("properties", {})
        yield from properties if isinstance(properties, Mapping) else ()
        yield from (str(word) for word in schema.get("enum", ()))
        for inner in schema.values():
            yield from keys_and_words(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keys_and_words(inner)


def test_every_key_and_word_of_the_language_is_documented() -> None:
    """The README has each key of the schema in code, each fixed word, and each key in an example."""
    found = set(keys_and_words(json.loads(policy_schema())))
    examples = "\n".join(re.findall(r"```yaml\n(.*?)```", README, re.DOTALL))

    assert {"version", "distance", "promoted", "for", "report"} <= found
    for word in found:
        assert re.search(rf"\b{word}\b", README), word
    for key in {key for form in FORMS.values() for key in form.fields}:
        assert f"`{key}`" in README, key
        assert re.search(rf"\b{key}\b", examples), key


OTHER = b"version: 1\nrules: []\n"
"""A file in the same folder, which an example may name."""


def test_every_example_of_the_documentation_is_taken() -> None:
    """What an admin copies out of the README works: whole files, and parts set into one."""
    examples = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert len(examples) == 12

    for example in examples:
        text = example
        if not text.startswith(("version", "rules")):
            parts = {"when": "when: {match: {}}\n", "do": "do: []\n"}
            parts[text.split(":", 1)[0]] = text
            body = "".join(parts.values()).replace("\n", "\n    ")
            text = f"rules:\n  - name: a\n    {body}"
        if text.startswith("rules"):
            text = f"version: 1\n{text}"
        assert read_policy(text.encode(), name="example", where="README.md", beside=lambda _: OTHER).rules


def test_every_anchor_that_a_message_links_to_is_a_heading() -> None:
    """`policies/README.md#conditions` and the like lead somewhere."""
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"^## (.*)$", README, re.MULTILINE)}
    source = "".join(p.read_text(encoding="utf-8") for p in (FOLDER.parent / "core" / "policy").glob("*.py"))
    anchors = set(re.findall(r"README\.md#([a-z-]+)", source)) | {f.anchor for f in FORMS.values()}

    assert anchors | {"actions", "durations"} <= headings
