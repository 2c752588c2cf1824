"""The sentence of a rule, for people, in each of its languages, with what was found set into its places."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from core.model import Match, Message, Sentence, spoken

_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_LONGEST: Final = 80
_UNKNOWN: Final = "unknown"
_REMEMBERED: Final = 64
"""Filled sentences of one template that are remembered: much the same is said of many messages."""

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
        before: What a card says before it.

    Attributes:
        card: Called with a message, and with the match on which the rule rests or None: the sentence for the
            moderators.
    """

    __slots__ = ("_each", "card")

    def __init__(self, sentences: Sequence[Sentence], before: str = "") -> None:
        self._each = [(one.language, _Template(one.text)) for one in sentences]
        self.card = _Template(spoken(sentences, "en"), before).filled

    def told(self, message: Message, match: Match | None) -> tuple[Sentence, ...]:
        """Return the sentence for the author, in every language, filled as the card's."""
        return tuple(Sentence(language, one.filled(message, match)) for language, one in self._each)


class _Template:
    """A text with places, and between its pieces what stands in each."""

    __slots__ = ("_known", "_pieces", "_values")

    def __init__(self, text: str, before: str = "") -> None:
        self._known: dict[tuple[str, ...], str] = {}
        pieces = _BRACES.split(text)
        self._pieces = (before + pieces[0], *pieces[2::2])
        self._values = tuple(_VALUES.get(name, _none) for name in pieces[1::2])

    def filled(self, message: Message, match: Match | None) -> str:
        values = tuple([value(message, match) for value in self._values])
        text = self._known.get(values)
        if text is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            between = (*map(_short, values), "")
            text = self._known[values] = "".join(map("".join, zip(self._pieces, between, strict=True)))
        return text


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
