"""Words that Discord shows with markup: what stands behind a masked link, and what its label says.

`[t.me/kites](https://elsewhere.example)` shows one address and opens another, so each is a part of its own:
the words as they were sent, the label where it looks like an address itself, and the hidden target.
"""

import re
from collections.abc import Iterator
from typing import Final

from core.model import Link, Part, Text

_MASKED: Final = re.compile(
    r"\[(?P<label>[^\[\]\n]{0,500}+)\]\(\s{0,9}+<?(?P<target>https?://[^\s<>()]++)", re.IGNORECASE
)
"""Discord masks addresses of these two schemes only. Lengths are bounded, so that no text makes it slow."""


def shown(words: str, path: str) -> Iterator[Part]:
    """Yield words with markup, and the links they hide.

    Args:
        words: As they were sent.
        path: Where they stood.
    """
    yield Text(text=words, path=path)
    for place, found in enumerate(_MASKED.finditer(words)):
        if "." in found["label"]:
            yield Text(text=found["label"], path=f"{path}.link[{place}].label")
        yield Link(url=found["target"], path=f"{path}.link[{place}]", hidden=True)
