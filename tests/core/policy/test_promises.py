"""What no policy file can bring about, whatever stands in it: seeded files of every key, and their verdicts.

Written against the files and the verdicts alone, and not against how either is worked out.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random
from typing import Final

from core.errors import BadInput
from core.model import (
    ActionKind,
    Bank,
    Entry,
    Gap,
    Happening,
    Match,
    Message,
    Place,
    Signal,
    Strength,
    Trust,
)
from core.policy.loader import Files, policy_of
from core.policy.policy import Policy
from tests import make

FILES: Final = 80
RULES: Final = 40
KINDS: Final = {"link": "link", "image": "pdq", "account": "account", "file": "sha256"}
PHRASE, LIKENESS = "phrase", "profile"
ACTIONS: Final = ("report", "notify", "warn", "delete", "kick", "ban", "{mute: {for: 1h}}")
CIRCUMSTANCES: Final = (
    "{gap: {}}",
    "{author: {joined_within: 3d}}",
    "{author: {role: member}}",
    "{happening: [posted, edited]}",
    "{place: ['fake:room']}",
    "{hours: {from: '00:00', to: '23:59'}}",
    "{count: {at_least: 2, within: 1d}}",
    "{cel: 'found >= 0'}",
    "{cel: 'gaps > 0 || author.days < 9'}",
)
BOUNDS: Final = (
    "exempt: [Press]",
    "lanes: [{name: research, places: ['fake:desk']}]",
    "quiet: {from: '20:00', to: '20:30', most: report}",
    "quotas: {delete: {hour: 1000, day: 9000}}",
)


def some_match(chance: Random) -> str:
    """Give a condition on a match."""
    keys = {
        "signal": [*KINDS, "phrase", "likeness"],
        "strength": ["weak", "strong", "same"],
        "trust": ["trial", "flag", "act"],
        "bank": ["a"],
        "part": ["text"],
        "sources": ["1"],
        "carried": ["own"],
    }
    named = [f"{key}: {chance.choice(values)}" for key, values in keys.items() if chance.random() < 0.2]
    return f"{{match: {{{', '.join(named)}}}}}"


def some_condition(chance: Random, depth: int = 3) -> str:
    """Give a condition, at most so deep."""
    roll = chance.random()
    if depth and roll < 0.35:
        inner = ", ".join(some_condition(chance, depth - 1) for _ in range(chance.randint(1, 3)))
        return f"{{{chance.choice(['all', 'any'])}: [{inner}]}}"
    if depth and roll < 0.5:
        return f"{{not: {some_condition(chance, depth - 1)}}}"
    return some_match(chance) if roll < 0.8 else chance.choice(CIRCUMSTANCES)


def some_actions(chance: Random) -> str:
    """Give what a rule does."""
    return f"[{', '.join(chance.sample(ACTIONS, chance.randint(1, 3)))}]"


def some_rule(chance: Random, name: str, stage: str = "") -> str:
    """Give a rule, of a stage or of any."""
    keys = [f"name: {name}", f"when: {some_condition(chance)}", f"do: {some_actions(chance)}"]
    if stage or chance.random() < 0.3:
        keys.append(f"stage: {stage or chance.choice(['draft', 'shadow', 'notify', 'enforce'])}")
    if chance.random() < 0.3:
        second, third = some_actions(chance), some_actions(chance)
        keys.append(f"ladder: {{within: 1d, second: {second}, third: {third}}}")
    return f"  - {{{', '.join(keys)}}}\n"


@cache
def usable(stage: str) -> tuple[str, ...]:
    """Give rules that a file may have; what is refused when it is loaded is no promise of the verdict."""
    chance, rules = Random(1947), list[str]()  # noqa: S311  # repeatable, not secret
    while len(rules) < RULES:
        rule = some_rule(chance, f"r{len(rules)}", stage)
        with suppress(BadInput):
            policy_of((("one.yaml", f"version: 1\nrules:\n{rule}"),))
            rules.append(rule)
    return tuple(rules)


def some_file(chance: Random, *, extends: str = "", stage: str = "", bounds: Sequence[str] = ()) -> str:
    """Give a policy of a few rules."""
    head = "version: 1\n" + (f"extends: {extends}\n" if extends else "")
    rules = chance.sample(usable(stage), 4)
    return head + "".join(f"{bound}\n" for bound in bounds) + "rules:\n" + "".join(rules)


def some_policies(
    chance: Random, *, stage: str = "", bounds: Sequence[str] = ()
) -> Iterator[tuple[str, Policy]]:
    """Give files of every way to take up another one, with all that their rules could be made of."""
    for _ in range(FILES // 4):
        base = some_file(chance, stage=stage, bounds=bounds)
        for extends in ("", "base.yaml", "house"):
            text = some_file(chance, extends=extends, stage=stage, bounds=bounds)
            files: Files = (("own.yaml", text), ("base.yaml", base))
            yield text + base, policy_of(files, house=(("house.yaml", base),))
        yield (
            base,
            policy_of(
                (
                    (
                        "g.yaml",
                        "version: 1\ngroups: [{places: ['fake:room'], policy: base.yaml}]\nrules: []\n",
                    ),
                    ("base.yaml", base),
                )
            ),
        )


def some_message(chance: Random) -> Message:
    """Give a message of any kind but a member's report."""
    happening = chance.choice([one for one in Happening if one is not Happening.REPORTED])
    message = make.message(happening=happening)
    since = chance.choice([None, message.at - timedelta(days=1)])
    return replace(message, author=replace(message.author, since=since, roles=("member",)))


def found(kind: str, *, trust: Trust = Trust.ACT, strength: Strength = Strength.SAME) -> Match:
    """Give something that a list knows."""
    return Match(
        signal=Signal(kind=kind, value="x", part="text"),
        bank=Bank(name="a", trust=trust),
        entry=Entry(kind=kind, value="x"),
        strength=strength,
        because="the test says so",
    )


def does(policy: Policy, message: Message, matches: Sequence[Match], chance: Random) -> set[ActionKind]:
    """Give what a policy does about a message by whoever was found before, perhaps with a gap."""
    gaps = (Gap(part="attachment[0]", reason="too large"),) * chance.randint(0, 1)
    earlier = tuple(message.at - timedelta(hours=n + 1) for n in range(chance.randint(0, 3)))
    return {action.kind for action in policy.judge(message, matches, gaps, earlier).actions}


NO_GROUND: Final = (
    found(PHRASE),
    *(found(kind, trust=trust) for kind in KINDS.values() for trust in (Trust.TRIAL, Trust.FLAG)),
    *(found(kind, strength=Strength.WEAK) for kind in (*KINDS.values(), LIKENESS)),
)
SURE: Final = tuple(found(kind) for kind in KINDS.values())
REPORT_ONLY: Final = {ActionKind.REPORT}


def test_nothing_uncertain_leads_to_more_than_a_report() -> None:
    """Words, lists on trial, weak matches, gaps and circumstances, alone and all together, in any file."""
    chance = Random(1948)  # noqa: S311  # repeatable, not secret
    reported = acted = 0
    for text, policy in some_policies(chance):
        for matches in ((), *((one,) for one in NO_GROUND), NO_GROUND):
            did = does(policy, some_message(chance), matches, chance)

            assert did <= REPORT_ONLY, text
            reported += bool(did)
        acted += bool(does(policy, make.message(), SURE, chance) - REPORT_ONLY)
    assert reported > FILES
    assert acted > FILES // 8


def test_a_likeness_leads_to_more_only_where_a_rule_names_it() -> None:
    """A rule for whatever is found must not act upon somebody who is on no list."""
    chance = Random(1949)  # noqa: S311
    acted = 0
    for text, policy in some_policies(chance):
        did = does(policy, some_message(chance), (found(LIKENESS), found(PHRASE)), chance)

        assert did <= REPORT_ONLY or "signal: likeness" in text, text
        acted += bool(did - REPORT_ONLY)
    assert acted


def test_whom_and_what_a_policy_spares_it_does_not_touch() -> None:
    """Exempt roles, lanes and quiet hours, however sure the finds are; for others the same files act."""
    chance = Random(1950)  # noqa: S311
    acted = 0
    for text, policy in some_policies(chance, bounds=BOUNDS):
        message = some_message(chance)
        spared = (
            replace(message, author=replace(message.author, roles=("member", "pRess"))),
            replace(message, place=Place(id="fake:desk")),
            replace(message, id="fake:desk/1"),
            replace(message, at=message.at.replace(hour=20, minute=10)),
        )
        for one in spared:
            assert does(policy, one, SURE, chance) <= REPORT_ONLY, text
        acted += bool(does(policy, message, SURE, chance) - REPORT_ONLY)
    assert acted > FILES // 8


def test_a_rule_that_is_not_trusted_yet_touches_nobody() -> None:
    """Drafts do nothing, shadows are noted, `notify` reports: whatever a ladder says beside it."""
    for stage, may in (("draft", set[ActionKind]()), ("shadow", set[ActionKind]()), ("notify", REPORT_ONLY)):
        chance = Random(1951)  # noqa: S311
        noted = 0
        for text, policy in some_policies(chance, stage=stage):
            assert does(policy, some_message(chance), SURE, chance) <= may, text
            noted += len(policy.judge(make.message(), SURE, ()).shadows)
        assert (noted > 0) is (stage == "shadow")
