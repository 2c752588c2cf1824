"""The sentence of a rule, for people, in their language, with what was found set into its places."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.policy.conditions import Facts, Finding

PLACEHOLDERS: Final = ("place", "signal", "label", "entity", "part")
"""What may stand in braces: what a card shows as well, and no secret of a list (no value, no distance)."""

_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in one language (`en`, `ur`, …)."""

    language: str
    text: str


def wrong_placeholders(text: str) -> Iterator[str]:
    """Yield what stands in braces and is no placeholder, or a brace that is alone."""
    for found in _BRACES.finditer(text):
        if found[1] not in PLACEHOLDERS:
            yield found[0]
    yield from re.findall(r"[{}]", _BRACES.sub("", text))


def filled(
    sentences: Sequence[Sentence], facts: Facts, findings: Iterable[Finding], language: str = "en"
) -> Iterator[str]:
    """Yield the sentence in a language, or the first one there is, filled from the first finding."""
    if not sentences:
        return
    sentence = next((s for s in sentences if s.language == language), sentences[0])
    match = next((f.match for f in findings if f.match), None)
    values = {"place": facts.message.place.name or facts.message.place.id}
    if match:
        values |= {
            "signal": match.signal.subject,
            "label": match.entry.label,
            "entity": match.entry.entity,
            "part": match.signal.part,
        }
    yield _BRACES.sub(lambda found: _short(values.get(found[1], "")), sentence.text)


def _short(value: str) -> str:
    """Return a value that others wrote, cut to what a sentence bears; nothing is set into it again."""
    return value[:_LONGEST] or "unknown"
