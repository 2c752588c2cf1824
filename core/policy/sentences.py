"""The sentence of a rule, for people, in their language, with what was found set into its places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.model import Match
from core.policy.conditions import Facts

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


def filled(sentences: Sequence[Sentence], facts: Facts, match: Match | None, language: str = "en") -> str:
    """Return the sentence in a language, or the first one there is, filled from a match, if there is one."""
    sentence = sentences[0]
    for one in sentences:
        if one.language == language:
            sentence = one
            break
    pieces = _pieces(sentence.text)
    return "".join([_short(_value(one, facts, match)) if odd else one for odd, one in pieces])


@lru_cache(maxsize=1_024)
def _pieces(text: str) -> tuple[tuple[int, str], ...]:
    """Cut a sentence into texts (0) and what stands in braces between them (1)."""
    return tuple((place % 2, piece) for place, piece in enumerate(_BRACES.split(text)))


def _value(name: str, facts: Facts, match: Match | None) -> str:
    if name == "place":
        return facts.message.place.name or facts.message.place.id
    if match is None:
        return ""
    if name == "entity":
        return match.entry.entity
    if name == "label":
        return match.entry.label
    if name == "signal":
        return match.signal.subject
    return match.signal.part if name == "part" else ""


def _short(value: str) -> str:
    """Return a value that others wrote, cut to what a sentence bears; nothing is set into it again."""
    return value[:_LONGEST] or "unknown"
