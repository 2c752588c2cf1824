"""What moderators are told of why a case was judged as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bots.commands.policy_explain import Explaining
from bots.policies.why import why
from bots.policies.words import Button, Said, Step, pages
from core.history import Before, History
from core.keeping import Version
from core.model import Sharing
from core.policy.loader import policy_of
from core.policy.policy import Policy
from tests import make
from tests.bots.policies.kites import Policies
from tests.fake_banks import MemoryBanks
from tests.fake_platform import KnownWords
from tests.fake_policies import MemoryPolicies
from tests.fake_prints import MemoryPrints
from tests.fakes import MemoryNotes, MemoryStore

REPEATS = """version: 1
rules:
  - name: again
    when: {all: [{match: {}}, {count: {at_least: 3, within: 1d}}]}
    do: [report, delete]
  - {name: links, when: {match: {}}, do: [report], ladder: {within: 1d, second: [delete]}}
"""


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


def test_what_the_author_did_before_counts_and_is_told() -> None:
    """How many finds; and where not all cases were looked at, back to when, and who looks at all of them."""
    twice = policy("{name: again, when: {count: {at_least: 2, within: 1d}}, do: [report]}")
    case = make.case()
    hour = timedelta(hours=1)
    once = Before(message=case.message, earlier=(make.NOON - hour,), since=make.NOON - 2 * hour)

    unknown = why(case, twice, holds=True, zone=UTC)
    never = why(case, twice, Before(message=case.message), holds=True, zone=UTC)
    told = why(case, twice, once, holds=True, zone=UTC)

    assert unknown[1].endswith("not what the message said, nor what its author did before.")
    assert never[1].endswith("not what the message said.")
    assert never[2].startswith("✘ \u2068again\u2069")
    assert told[1:4] == (
        "Judged again from what the case keeps: not what the message said.",
        "1 earlier find of this author here.",
        (
            "The author's earlier finds were looked for back to 2026-03-01 10:00 UTC only: "
            "there are many cases here (nigehban policy explain --case 7K3 looks at all)."
        ),
    )
    assert told[4].startswith("✔ \u2068again\u2069")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
async def test_the_chat_and_the_command_line_give_the_same_answer(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a count and of a ladder: the same rules hold, for the same reasons, after as many finds."""
    store = MemoryStore()
    for n in range(4):
        at = make.NOON + timedelta(minutes=n)
        await store.open(make.message(message_id=f"fake:room:{n}", at=at), make.verdict(), at=at)
    history = History(cases=store, prints=MemoryPrints(), banks=KnownWords(), lists=MemoryBanks(), salted=str)
    house = Version(number=1, name="kites", files=(("kites.yaml", REPEATS),), how="", at=make.NOON)
    policies = Policies(store, MemoryNotes(), {}, lambda: make.NOON, MemoryPolicies([house]), history=history)
    await policies.in_force.refresh()
    case = store.cases[f"00{number}"]

    in_the_chat = await policies.desk.why(case)
    past = await history.case(case.id)
    assert past is not None
    explaining = Explaining(policy=policies.in_force.of("fake:room"))
    explaining.stored("store", case.id, past, await history.before(past))

    told, said = map(facts, (in_the_chat, capsys.readouterr().out.splitlines()))
    assert told == said
    assert any(line.startswith("✔ again") for line in told) == (number > 2)
    assert any("earlier find" in line for line in told) == (number > 1)


def facts(lines: Sequence[str]) -> list[str]:
    """Give of an answer what each rule did and how many finds counted, without its form, in one order."""
    plain = [line.translate({0x2068: None, 0x2069: None}).strip(" .") for line in lines]
    return sorted(line for line in plain if line.startswith(("✔", "✘")) or "earlier find" in line)


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
