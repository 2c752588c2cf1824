"""What moderators are told of why a case was judged as it was."""

from dataclasses import replace
from datetime import UTC

from bots.policies.why import why
from bots.policies.words import Button, Said, Step, pages
from core.model import Sharing
from core.policy.loader import policy_of
from core.policy.policy import Policy
from tests import make


def policy(*rules: str) -> Policy:
    """Give a policy of rules, each a line of YAML."""
    text = "version: 1\nrules:\n" + "".join(f"  - {rule}\n" for rule in rules)
    return policy_of((("kites.yaml", text),))


def test_each_rule_says_what_it_rests_on_or_what_failed_first() -> None:
    """Those that held come first; then one notch, then the details with the normalised form."""
    both = policy(
        "{name: pictures, when: {match: {signal: image}}, do: [report]}",
        "{name: links, when: {match: {signal: link, strength: same}}, do: [report]}",
    )

    told = why(make.case(), both, holds=True, zone=UTC)

    assert told[0] == "Case 7K3, rule by rule, by the policy “\u2068kites\u2069”."
    assert told[2:4] == (
        "✔ \u2068links\u2069 (enforce): \u2068the text links to it\u2069",
        "✘ \u2068pictures\u2069 (enforce): \u2068match: signal asks for image, found link\u2069",
    )
    assert "one grade weaker: \u2068no rule\u2069" in told
    assert any("as link \u2068telegram:user/bluelantern\u2069" in line for line in told)


def test_that_it_held_then_is_said() -> None:
    """Whoever looks for the rule in today's file must not search in vain."""
    told = why(make.case(), policy("{name: links, when: {match: {}}, do: [report]}"), holds=False, zone=UTC)

    assert told[0].endswith("by the policy “\u2068kites\u2069”, which does not hold there any more.")


def test_hundreds_of_rules_that_failed_are_counted() -> None:
    """What held is never cut."""
    many = policy(*(f"{{name: r{n}, when: {{match: {{signal: image}}}}, do: [report]}}" for n in range(50)))
    held = policy(*(f"{{name: r{n}, when: {{match: {{signal: link}}}}, do: [report]}}" for n in range(50)))

    failed = why(make.case(), many, holds=True, zone=UTC)
    all_held = why(make.case(), held, holds=True, zone=UTC)

    assert sum(line.startswith("✘") for line in failed) == 30
    assert "… and 20 more rules did not hold (nigehban policy explain tells all)" in failed
    assert sum(line.startswith("✔") for line in all_held) == 50


def test_what_is_sealed_is_not_told() -> None:
    """Neither by a rule that held on it nor by the details."""
    case = make.case()
    match = case.verdict.matches[0]
    sealed = replace(
        match,
        bank=replace(match.bank, sharing=Sharing.SEALED),
        because=f"links to {match.entry.value}",
    )
    case = replace(case, verdict=replace(case.verdict, matches=(sealed,)))

    told = "\n".join(
        why(case, policy("{name: links, when: {match: {}}, do: [report]}"), holds=True, zone=UTC)
    )

    assert "bluelantern" not in told
    assert "✔ \u2068links\u2069 (enforce): \u2068links to sealed\u2069" in told


def test_a_long_answer_is_told_in_pieces() -> None:
    """No line is lost; block and buttons stand under the last."""
    button = Button(label="Leave it", step=Step.LEAVE, numbers=(1,))
    lines = tuple(f"{n:03}" + "x" * 97 for n in range(50))

    told = list(pages(Said(lines=lines, block="block", buttons=(button,)), 1_000))

    assert tuple(line for one in told for line in one.lines) == lines
    assert all(len("\n".join(one.lines)) <= 1_000 for one in told)
    assert [(one.block, one.buttons) for one in told[:-1]] == [("", ())] * (len(told) - 1)
    assert (told[-1].block, told[-1].buttons) == ("block", (button,))
