"""Texts, whole: what known statements and phrases are looked for in.

The value of the signal is a digest of the text as it is written. The text itself goes along in memory as far
as the banks, which fold it where they hold anything to compare it with; what a case keeps of a text is what
was recognised in it.
"""

import re
from collections.abc import Iterable
from typing import Final

from core.model import Gap, Message, Signal, Text
from core.ports import Files
from core.text.prose import verbatim

_LETTER: Final = re.compile(r"[^\W_]")
MAX_CHARACTERS: Final = 100_000
"""Of one part; the longest text that a platform delivers has a few thousand."""


class Texts:
    """The source of `text` signals."""

    name = "texts"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:  # noqa: ARG002 - the port's shape
        """Return the same; nothing is waited for."""
        return self.at_once(message)

    def at_once(self, message: Message) -> Iterable[Signal | Gap]:
        """Return one signal for each text that has a letter or digit in it."""
        found: list[Signal | Gap] = []
        for part in message.parts:
            if not isinstance(part, Text):
                continue
            if len(part.text) > MAX_CHARACTERS:
                said = f"text of {len(part.text):,} characters, of which {MAX_CHARACTERS:,} were looked at"
                found.append(Gap(part=part.path, reason=said))
            text = part.text[:MAX_CHARACTERS]
            if _LETTER.search(text):
                value = verbatim(text)
                found.append(Signal(kind="text", value=value, part=part.path, hidden=part.hidden, text=text))
        return found
