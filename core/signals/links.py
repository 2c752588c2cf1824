"""Links and handles, as canonical identifiers, from texts and from what the platform marks as an address.

Looks at what is written, in whatever disguise, and not at what it means: whether a link is known is for the
banks to say.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from core.identifiers import companions, named
from core.identifiers.found import Found, found_in
from core.model import Link, Message, Signal, Text
from core.ports import Files

_HANDLES: Final = frozenset({"telegram"})
"""Platforms on which `@name` in a text names an account; elsewhere it is only a word."""

_NUMBERS: Final = "contact.phone"
"""Where a text is a telephone number and nothing else: WhatsApp, Signal and Viber accounts are numbers."""

_SEEN: Final = 80
"""Characters of a disguised address that are kept, for the moderators to see what was seen."""


class Links:
    """The source of `link` signals."""

    name = "links"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal]:  # noqa: ARG002 - the port's shape
        """Return the same; nothing is waited for."""
        return self.at_once(message)

    def at_once(self, message: Message) -> Iterable[Signal]:
        """Return each identifier once for each part it stands in."""
        found: dict[tuple[str, str], Signal] = {}
        for part in message.parts:
            if isinstance(part, Text | Link):
                for signal in _signals(part, message.place.platform):
                    found.setdefault((signal.value, signal.part), signal)
        return found.values()


def in_text(text: str, platform: str) -> Iterable[str]:
    """Give the canonical identifiers of a text, repeated if they are."""
    return (found.identifier for found in _found(text, platform))


def _signals(part: Text | Link, platform: str) -> Iterator[Signal]:
    text = part.text if isinstance(part, Text) else part.url
    for found in _found(text, platform if isinstance(part, Text) else ""):
        seen = text[found.start : found.end][:_SEEN] if found.disguised else ""
        for value in (found.identifier, *companions(found.identifier)):
            yield Signal(kind="link", value=value, part=part.path, hidden=part.hidden, seen=seen)
    if part.path.endswith(_NUMBERS) and (number := named("whatsapp", text)):
        yield Signal(kind="link", value=number, part=part.path, hidden=part.hidden)


def _found(text: str, platform: str) -> Iterable[Found]:
    return found_in(text, platform if platform in _HANDLES else "")
