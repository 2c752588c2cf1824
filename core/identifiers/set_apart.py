"""Hosts that say by themselves who is meant, spelled out: `name . t . me`, `name dot t dot me`, onion hosts.

Anchored at what every such host ends with, and read backwards from there. A name counts only where the same
sign stands before and behind what follows it: of `see the channel. t.me` the first dot is the sentence's. The
56 characters of an onion host are a sign of their own, however its dot is written.
"""

import re
from collections.abc import Iterator
from typing import Final

from core.identifiers.respelled import DOT, SAID_DOT, Respelled, behind, lowered

_ENDS: Final = ("t.me", "bsky.social")
"""Hosts of services whose accounts have a host of their own below them."""

_SIGNS: Final = (" t ", " t.", ".t ", ".t.", ",t,", "\u00b7t\u00b7", "bsky", "dot", "onion")
"""What a text in lower case holds at least where such a host is spelled out."""

_NAME: Final = (
    r"(?:(?<![a-z0-9@.\\'\u2019-])|(?<=[0-9]\.))(?<![a-z0-9]_)(?<![^/:]/)[a-z0-9][a-z0-9_-]{4,31}\Z"
)
_ONION: Final = rf"(?<![a-z0-9])([a-z2-7]{{56}}){DOT}\Z"
_LONGEST: Final = 80
"""Characters of a name, or of an onion's key, and of the dot behind it, with those before it."""

_BELOW: Final = tuple(
    (
        re.compile(rf"{first}(?P<dot>{SAID_DOT}){last}(?!_?[a-z0-9]|[.-][a-z0-9]|(?P=dot)[a-z0-9])"),
        f".{first}.{last}",
    )
    for first, last in (end.split(".") for end in _ENDS)
)
_LAST_NAME: Final = re.compile(_NAME)
_LAST_ONION: Final = re.compile(_ONION)
_ONION_END: Final = re.compile(r"onion(?![a-z0-9])")


def may_be_set_apart(low: str) -> bool:
    """Tell whether a text in lower case has a sign of such a host."""
    for sign in _SIGNS:  # noqa: SIM110  # a generator costs more than all the looks
        if sign in low:
            return True
    return False


def set_apart(text: str) -> Iterator[Respelled]:
    """Give the hosts that a text spells out, with what follows an onion's; plain ones are among them."""
    low = lowered(text)
    if not may_be_set_apart(low):
        return
    for end, host in _BELOW:
        for found in end.finditer(low):
            last = found.start() - len(found["dot"])
            if last > 0 and low.startswith(found["dot"], last) and (name := _before(_LAST_NAME, low, last)):
                yield Respelled(name[0] + host, name.start(), found.end())
    for found in _ONION_END.finditer(low):
        if key := _before(_LAST_ONION, low, found.start()):
            host, start = f"{key[1]}.onion", key.start()
            if low[start : found.end()] != host:
                yield Respelled(host, start, found.end())
            yield from behind(text, low, start, found.end(), host)


def _before(pattern: re.Pattern[str], low: str, end: int) -> re.Match[str] | None:
    """Find what ends at a place, and begins not far before it."""
    return pattern.search(low, max(end - _LONGEST, 0), end)
