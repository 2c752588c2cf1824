"""SimpleX addresses and invitations of groups and people.

A short link is known by its key: the letter before it changed between versions, and servers may be named or
not. A long one is known by its server and the queue there; the keys around them change nothing.
Source: simplex-chat/simplexmq, src/Simplex/Messaging/Agent/Protocol.hs.
"""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service, exact, words

_KEY: Final = re.compile(r"(?:[^/?&]{1,300}[@/]){0,2}([A-Za-z0-9_-]{43})=?(?:[/?&].*)?", re.DOTALL)
_QUEUE: Final = re.compile(
    r"smp://[A-Za-z0-9_=:-]{20,120}@([a-z0-9.-]{3,250})(?:[,:][a-z0-9.,:-]{0,250})?/([A-Za-z0-9_-]{16,64}=?)",
    re.IGNORECASE,
)
_SHORT: Final = words("a c g i r")
_LONG: Final = words("contact invitation")
_APP: Final = "simplex"


def identify(address: Address) -> str | None:
    """Read a link of either kind, on any of the servers of the project or in the app."""
    kind = address.segment(0) or address.host
    if kind in _SHORT:
        found = _KEY.fullmatch(address.fragment)
        return f"simplex:address/{found[1]}" if found else None
    queue = _QUEUE.search(address.fragment) if kind in _LONG else None
    return f"simplex:address/{queue[1].lower()}/{queue[2].rstrip('=')}" if queue else None


SERVICE: Final = Service(
    names=frozenset({"simplex"}),
    kinds={"simplex:address": exact},
    hosts=frozenset({"simplex.chat"}),
    parents=frozenset({"simplex.im", "simplexonflux.com"}),
    schemes=frozenset({_APP}),
    openings=tuple(f"simplex:/{kind}" for kind in sorted(_SHORT | _LONG)),
    identify=identify,
)
