"""The sentence of a rule, for people, in each of its languages, with what was found set into its places."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from core.model import Match, Sentence
from core.policy.conditions import Facts, Finding

PLACEHOLDERS: Final = ("place", "signal", "label", "entity", "part")
"""What may stand in braces: what a card shows as well, and no secret of a list (no value, no distance)."""

_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_LONGEST: Final = 80
_UNKNOWN: Final = "unknown"
_TELLING: Final = 3
"""Values shorter than this stand in many words by chance."""


def wrong_placeholders(text: str) -> Iterator[str]:
    """Yield what stands in braces and is no placeholder, or a brace that is alone."""
    for found in _BRACES.finditer(text):
        if found[1] not in PLACEHOLDERS:
            yield found[0]
    yield from re.findall(r"[{}]", _BRACES.sub("", text))


def filled(sentences: Sequence[Sentence], facts: Facts, findings: Iterable[Finding]) -> tuple[Sentence, ...]:
    """Return the sentence in each of its languages, filled from the first finding that rests on a match."""
    match = next((f.match for f in findings if f.match), None)
    values = {"place": facts.message.place.name or facts.message.place.id, **(_named(match) if match else {})}
    said = {name: _short(value) for name, value in values.items()}
    return tuple(
        replace(one, text=_BRACES.sub(lambda found: said.get(found[1], _UNKNOWN), one.text))
        for one in sentences
    )


def _named(match: Match) -> dict[str, str]:
    """Return what may be named of a match; what is listed is not, even where its label repeats it."""
    label, value = match.entry.label, match.entry.value
    return {
        "signal": match.signal.subject,
        "label": "" if len(value) >= _TELLING and value in label else label,
        "entity": match.entry.entity,
        "part": match.signal.part,
    }


def _short(value: str) -> str:
    """Return a value that others wrote, on one line, cut to what a sentence bears, and isolated.

    Nothing is set into it again.
    """
    visible = "".join(c for c in value if c.isprintable())[:_LONGEST].strip()
    return f"\u2068{visible}\u2069" if visible else _UNKNOWN
