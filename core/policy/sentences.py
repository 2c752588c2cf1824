"""The sentence of a rule, for people, in each of its languages, with what was found set into its places."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from core.model import Match, Message, Sentence, spoken

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


class Wording:
    """A rule's sentence in each of its languages, cut at its braces once and filled at each message.

    Args:
        sentences: One at least; the card has it in English, or in the first language there is.
    """

    __slots__ = ("_card", "_each")

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._each = [(one.language, _Template(one.text)) for one in sentences]
        self._card = _Template(spoken(sentences, "en"))

    def card(self, message: Message, match: Match | None) -> str:
        """Return the sentence for the moderators, filled from a match where the rule rests on one."""
        return self._card.filled(message, match)

    def told(self, message: Message, match: Match | None) -> tuple[Sentence, ...]:
        """Return the sentence for the author, in every language."""
        return tuple(Sentence(language, one.filled(message, match)) for language, one in self._each)


class _Template:
    __slots__ = ("_pieces", "_values")

    def __init__(self, text: str) -> None:
        self._pieces = _BRACES.split(text)  # texts, and between them what stands in braces
        self._values = [(at, _VALUES.get(self._pieces[at], _none)) for at in range(1, len(self._pieces), 2)]

    def filled(self, message: Message, match: Match | None) -> str:
        pieces = self._pieces.copy()
        for at, value in self._values:
            pieces[at] = _short(value(message, match))
        return "".join(pieces)


@lru_cache(maxsize=1_024)
def _short(value: str) -> str:
    """Return a value that others wrote, on one line, cut to what a sentence bears, and isolated.

    Nothing is set into it again.
    """
    if not value.isprintable():
        value = "".join(c for c in value if c.isprintable())
    visible = value[:_LONGEST].strip()
    return f"\u2068{visible}\u2069" if visible else _UNKNOWN


def _none(_message: Message, _match: Match | None) -> str:
    return ""


def _label(_message: Message, match: Match | None) -> str:
    """Return the label; what is listed is not named, even where its label repeats it."""
    if match is None:
        return ""
    label, value = match.entry.label, match.entry.value
    return "" if len(value) >= _TELLING and value in label else label


_VALUES: Final[Mapping[str, Callable[[Message, Match | None], str]]] = {
    "place": lambda message, _: message.place.name or message.place.id,
    "signal": lambda _, match: match.signal.subject if match else "",
    "label": _label,
    "entity": lambda _, match: match.entry.entity if match else "",
    "part": lambda _, match: match.signal.part if match else "",
}

PLACEHOLDERS: Final = tuple(_VALUES)
"""What may stand in braces: what a card shows as well, and no secret of a list (no value, no distance)."""
