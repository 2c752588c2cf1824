"""Rules that cannot do what they say are refused, and rules that only look like them are not."""

import pytest

from core.errors import BadInput
from core.policy.loader import read_policy

NEVER = "rule can never match"
GROUNDLESS = "more than a report"


def refusal(when: str, do: str = "[report]") -> str:
    """Return the first line that a rule is refused with, or ""."""
    text = f"version: 1\nrules: [{{name: a, when: {when}, do: {do}}}]\n"
    try:
        read_policy(text.encode(), name="p", where="p")
    except BadInput as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize(
    ("never", "near_miss"),
    [
        (
            "{all: [match: {signal: link}, not: {match: {}}]}",
            "{all: [match: {}, not: {match: {signal: link}}]}",
        ),
        (
            "{all: [match: {label: Banned}, not: {match: {label: bAnned}}]}",
            "{all: [match: {label: Banned}, not: {match: {label: ban}}]}",
        ),
        (
            "{all: [match: {strength: same}, not: {match: {strength: strong}}]}",
            "{all: [match: {strength: strong}, not: {match: {strength: same}}]}",
        ),
        (
            "{all: [match: {distance: {max: 9}}, not: {match: {distance: {max: 20}}}]}",
            "{all: [match: {distance: {max: 20}}, not: {match: {distance: {max: 9}}}]}",
        ),
        (
            "{all: [match: {sources: 3}, not: {match: {sources: 2}}]}",
            "{all: [match: {sources: 2}, not: {match: {sources: 3}}]}",
        ),
        (
            "{all: [match: {part: 'button[1]'}, not: {match: {part: button}}]}",
            "{all: [match: {part: button}, not: {match: {part: 'button[1]'}}]}",
        ),
        ("{all: [gap: {part: text}, not: {gap: {}}]}", "{all: [gap: {}, not: {gap: {part: text}}]}"),
        (
            "{all: [match: {}, {happening: [joined]}, {happening: [posted]}]}",
            "{all: [match: {}, {happening: [joined, posted]}, {happening: [posted]}]}",
        ),
        (
            "{all: [{all: [match: {}]}, not: {any: [gap: {}, match: {}]}]}",
            "{all: [{any: [match: {}]}, not: {all: [gap: {}, match: {}]}]}",
        ),
        (
            "{any: [all: [match: {}, not: {match: {}}]]}",
            "{any: [{all: [match: {}, not: {match: {}}]}, match: {}]}",
        ),
        (
            "{all: [match: {}, {happening: [joined]}, not: {happening: [joined, posted]}]}",
            "{all: [match: {}, {happening: [joined, posted]}, not: {happening: [joined]}]}",
        ),
        (
            "{all: [gap: {}, match: {}, {happening: [joined]}, not: {gap: {}}]}",
            "{all: [match: {}, {happening: [joined]}, not: {gap: {}}]}",
        ),
        (
            "{all: [match: {hidden: true}, not: {match: {hidden: true}}]}",
            "{all: [match: {hidden: true}, not: {match: {hidden: false}}]}",
        ),
    ],
)
def test_a_rule_that_can_never_match_is_refused_and_its_like_is_taken(never: str, near_miss: str) -> None:
    """What asks for a thing and excludes it holds for no message; the other way round it may."""
    assert NEVER in refusal(never)
    assert refusal(near_miss) == ""


@pytest.mark.parametrize(
    ("when", "do", "refused"),
    [
        ("{match: {signal: phrase}}", "[report]", False),
        ("{match: {signal: phrase}}", "[]", False),
        ("{match: {signal: phrase}}", "[mute: {for: 1h}]", True),
        ("{any: [match: {signal: phrase, bank: a}, match: {signal: phrase, bank: b}]}", "[delete]", True),
        ("{any: [match: {signal: phrase}, match: {signal: link}]}", "[delete]", False),
        ("{all: [match: {signal: phrase}, not: {match: {signal: link}}]}", "[delete]", True),
        ("{all: [match: {signal: phrase}, gap: {}]}", "[delete]", True),
        ("{match: {}}", "[delete]", False),
        ("{gap: {}}", "[delete]", False),
        ("{happening: [joined]}", "[ban]", True),
        ("{happening: [joined]}", "[report]", False),
    ],
)
def test_more_than_a_report_needs_something_that_a_list_knows(when: str, do: str, *, refused: bool) -> None:
    """Phrases and circumstances are a reason to look; a rule on gaps is old, and only reports."""
    assert (GROUNDLESS in refusal(when, do)) is refused
    assert bool(refusal(when, do)) is refused
