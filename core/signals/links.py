"""Links and handles, as canonical identifiers, from texts and from what the platform marks as an address.

Looks at what is written, not at what it means: whether a link is known is for the banks to say.
"""

from collections.abc import Iterable
from typing import Final

from core.identifiers import canonical, named
from core.identifiers.candidates import candidates
from core.model import Link, Message, Signal, Text
from core.ports import Files

_HANDLES: Final = frozenset({"telegram"})
"""Platforms on which `@name` in a text names an account; elsewhere it is only a word."""


class Links:
    """The source of `link` signals."""

    name = "links"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal]:  # noqa: ARG002 - the port's shape
        """Return each identifier once for each part it stands in, in order of appearance."""
        found: dict[tuple[str, str], Signal] = {}
        platform = message.place.platform
        for part in message.parts:
            if isinstance(part, Text):
                values = in_text(part.text, platform)
            elif isinstance(part, Link):
                values = filter(None, (canonical(part.url),))
            else:
                continue
            for value in values:
                signal = Signal(kind="link", value=value, part=part.path, hidden=part.hidden)
                found.setdefault((value, part.path), signal)
        return found.values()


def in_text(text: str, platform: str) -> Iterable[str]:
    """Give the canonical identifiers of a text, in order of appearance, repeated if they are."""
    for candidate in candidates(text):
        if not candidate.text.startswith("@"):
            value = canonical(candidate.text)
        elif platform in _HANDLES:
            value = named(platform, candidate.text)
        else:
            continue
        if value:
            yield value
