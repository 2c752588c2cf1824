"""Matrix rooms and accounts, `#alias:server`, `!id:server` and `@name:server`."""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service

_WHO: Final = re.compile(
    r"(?P<sigil>[#!@])(?P<name>[^\s:/]{1,200})(?::(?P<server>[A-Za-z0-9.:\[\]-]{1,255}))?"
)
_SIGILS: Final = {"r": "#", "roomid": "!", "u": "@"}


def identify(address: Address) -> str | None:
    """Read what stands behind `#` on matrix.to and Element, or after `matrix:`."""
    if address.scheme == "matrix":
        sigil = _SIGILS.get(address.segment(0), "")
        return _who(sigil + address.segment(1)) if sigil else None
    parts = address.fragment.partition("?")[0].strip("/").split("/")
    return _who(parts[1] if parts[0] in {"room", "user"} and len(parts) > 1 else parts[0])


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a room's or an account's full name."""
    return _who(handle)


def _who(text: str) -> str | None:
    found = _WHO.fullmatch(text)
    # Rooms of version 12 and later have ids without a server; nothing else may lack it.
    if found is None or (found["server"] is None and found["sigil"] != "!"):
        return None
    kind = "user" if found["sigil"] == "@" else "room"
    server = f":{found['server'].lower()}" if found["server"] else ""
    return f"matrix:{kind}/{found['sigil']}{found['name']}{server}"


SERVICE: Final = Service(
    names=frozenset({"matrix", "element"}),
    hosts=frozenset({"matrix.to", "app.element.io", "mobile.element.io"}),
    schemes=frozenset({"matrix"}),
    openings=tuple(f"matrix:{kind}/" for kind in _SIGILS),
    identify=identify,
    named=named,
)
