"""What a policy costs: judging, beside the parsing of the update it came from; loading, beside the YAML.

A policy of 200 rules, of every kind of condition, judges ten matches; python-telegram-bot's `Update.de_json`
parses the updates they came from: messages with ten buttons, a match in each. A line tells what an update
with text alone costs it. The file of the same 200 rules is loaded, and ruamel.yaml parses it.

Every message has ten matches of its own, drawn from 1,000 entries of 25 lists, so that no verdict can be
remembered; some three rules fire at each, and their sentences are filled. What a policy remembers of a kind
of match it has after the first messages, as in a community; one line is without it: every match there is of
a kind that was not seen before.

Reached is a tenth of that parsing where kinds of match are known, and a quarter where all are new (a fifth
and half of the parsing of text alone). Of 16 µs, 4 go into looking up ten matches, 4 into asking the
conditions that may hold, 5 into what three rules propose and say, and the rest into the verdict and memory
that was not at hand.
"""

import random
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Final

from rich.console import Console
from rich.table import Table
from ruamel.yaml import YAML
from telegram import Update

from benchmarks.rounds import interleaved
from benchmarks.updates import updates
from bots.telegram.messages import messages_of
from core.model import Bank, Entry, Match, Message, Signal, Strength, Trust
from core.policy.loader import read_policy
from core.policy.policy import Policy

RULES: Final = 200
MATCHES: Final = 10
ENTRIES: Final = 1_000
COUNT: Final = 400
LOADS: Final = 1
ROUNDS: Final = 9
AIM_JUDGE: Final = 0.1
AIM_LOAD: Final = 20.0

_KINDS: Final = ("link", "account", "sha256", "pdq", "text")
_BANKS: Final = tuple(Bank(name=f"list-{n}", trust=Trust.ACT) for n in range(0, RULES, 8))
_LABELS: Final = tuple(f"label {n}" for n in range(RULES))
_ENTITIES: Final = tuple(f"Organisation {n}" for n in range(RULES))
_CONDITIONS: Final = (
    "match: {{signal: link, bank: list-{n}, trust: act}}",
    "match: {{signal: image, distance: {{max: 20}}, label: label {n}}}",
    "match: {{entity: Organisation {n}, strength: strong, carried: own}}",
    "all: [{{match: {{signal: file, trust: act}}}}, {{author: {{joined_within: 3d}}}}]",
    "any: [{{match: {{signal: account, bank: list-{n}}}}}, {{gap: {{part: attachment}}}}]",
    'all: [{{hours: {{from: "22:00", to: "07:00"}}}}, {{match: {{label: label {n}}}}}]',
    "all: [{{match: {{sources: 2, bank: list-{n}}}}}, {{not: {{match: {{signal: phrase}}}}}}]",
    "match: {{part: 'button[{n}]', hidden: true}}",
)


def main() -> None:
    """Measure and print."""
    text = policy_text()
    policy, other = (read_policy(text.encode(), name="bench", where="bench") for _ in range(2))
    plain = updates(COUNT)
    raw = [_with_buttons(update) for update in plain]
    messages = [message for update in raw for message in messages_of(update)]
    found = _found(len(messages))
    strange = iter([_found(len(messages), strange=f" {number}") for number in range(ROUNDS)])
    nothing = [()] * len(messages)
    judging = interleaved(
        {
            "python-telegram-bot, Update.de_json": lambda: _parse(raw),
            "the same, of text alone": lambda: _parse(plain),
            f"nigehban, {RULES} rules on {MATCHES} matches": lambda: _judge(policy, messages, found),
            "the same, all of them of a new kind": lambda: _judge(other, messages, next(strange)),
            f"nigehban, {RULES} rules on no match": lambda: _judge(policy, messages, nothing),
        },
        rounds=ROUNDS,
    )
    loading = interleaved(
        {
            "ruamel.yaml, load": lambda: _yaml(text),
            "nigehban, read_policy": lambda: _load(text),
        },
        rounds=ROUNDS,
    )
    console = Console()
    _show(console, judging, len(messages), f"a message judged ({AIM_JUDGE:g} of the parsing or less)")
    _show(console, loading, LOADS, f"a file of {RULES} rules loaded ({AIM_LOAD:g} times the YAML or less)")


def policy_text() -> str:
    """Return a policy file of 200 rules."""
    rules = (
        f"  - name: rule {n}\n"
        f"    when: {{{_CONDITIONS[n % len(_CONDITIONS)].format(n=n)}}}\n"
        "    do: [report]\n"
        '    because: {en: "found {entity} in {place}"}\n'
        for n in range(RULES)
    )
    return "version: 1\nrules:\n" + "".join(rules)


def _found(count: int, *, strange: str = "") -> list[tuple[Match, ...]]:
    """Give ten matches for each message; with `strange`, each has a label that no other has."""
    chance = random.Random(481)  # noqa: S311  # repeatable, not secret
    entries = [_match(number, chance) for number in range(ENTRIES)]
    if not strange:
        return [_in_buttons(chance.sample(entries, MATCHES)) for _ in range(count)]
    return [
        _in_buttons(
            replace(one, entry=replace(one.entry, label=f"{one.entry.label}{strange}-{at}-{place}"))
            for place, one in enumerate(chance.sample(entries, MATCHES))
        )
        for at in range(count)
    ]


def _in_buttons(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Put each match into a button of its own."""
    return tuple(
        replace(one, signal=replace(one.signal, part=f"button[{place}]")) for place, one in enumerate(matches)
    )


def _with_buttons(update: dict[str, object]) -> dict[str, object]:
    """Give an update's message ten buttons, each with a link."""
    message = update["message"]
    rows = [[{"text": f"Join {n}", "url": f"https://t.me/lantern_{n}"}] for n in range(MATCHES)]
    return {**update, "message": {**message, "reply_markup": {"inline_keyboard": rows}}}  # type: ignore[dict-item]  # an update's message is a map


def _match(number: int, chance: random.Random) -> Match:
    """Give a match with an entry; its list, its label and its organisation are among those of the rules."""
    value = f"telegram:user/lantern_{number}"
    return Match(
        signal=Signal(kind=chance.choice(_KINDS), value=value, part="button"),
        bank=chance.choice(_BANKS),
        entry=Entry(
            kind="link",
            value=value,
            label=chance.choice(_LABELS),
            entity=chance.choice(_ENTITIES),
        ),
        strength=Strength.STRONG,
        distance=chance.randrange(32),
        because="it is on the list",
    )


def _parse(raw: list[dict[str, object]]) -> None:
    for update in raw:
        Update.de_json(update, None)


def _judge(policy: Policy, messages: list[Message], found: Sequence[tuple[Match, ...]]) -> None:
    earlier = (messages[0].at - timedelta(minutes=1),)
    for message, matches in zip(messages, found, strict=True):
        policy.judge(message, matches, (), earlier)


def _yaml(text: str) -> None:
    for _ in range(LOADS):
        YAML(typ="rt", pure=True).load(StringIO(text))


def _load(text: str) -> None:
    for _ in range(LOADS):
        read_policy(text.encode(), name="bench", where="bench")


def _show(console: Console, spent: Mapping[str, list[float]], count: int, what: str) -> None:
    floor = statistics.median(next(iter(spent.values())))
    table = Table(title=f"{what}, CPU time, median of {ROUNDS} interleaved rounds")
    for head in ("who", "µs each", "min to max", "ratio"):
        table.add_column(head, justify="left" if head == "who" else "right")
    for name, found in spent.items():
        each = [took / count * 1e6 for took in (statistics.median(found), min(found), max(found))]
        ratio = statistics.median(found) / floor
        table.add_row(name, f"{each[0]:,.1f}", f"{each[1]:,.1f} to {each[2]:,.1f}", f"{ratio:.2f}")
    console.print(table)
