"""Matrix rooms and accounts, `#alias:server`, `!id:server` and `@name:server`."""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service, words

_WHO: Final = re.compile(
    r"(?P<sigil>[#!@])(?P<name>[^\s:/]{1,200})(?::(?P<server>[A-Za-z0-9.:\[\]-]{1,255}))?"
)
_SIGILS: Final = {"r": "#", "roomid": "!", "u": "@"}
_OLD_SIGILS: Final = {"room": "#", "user": "@"}
"""As the first draft of the scheme wrote them; some programs still do. Source: MSC2312."""

_HOSTS: Final = words(
    "matrix.to app.element.io mobile.element.io develop.element.io staging.element.io app.schildi.chat "
    "riot.im"
)
_ARCHIVES: Final = words("view.matrix.org archive.matrix.org")
_APP: Final = "element"
_BEFORE: Final = frozenset({"home", "room", "rooms", "user"})


def identify(address: Address) -> str | None:
    """Read what stands behind `#` on matrix.to and Element, after `matrix:`, or in an archive's path."""
    if address.scheme == "matrix":
        parts = ((address.host,) if address.host else ()) + address.segments
        sigil = (_SIGILS | _OLD_SIGILS).get(parts[0], "") if len(parts) > 1 else ""
        return _who(sigil + parts[1]) if sigil else None
    if address.host in _ARCHIVES:
        sigil = _SIGILS.get(address.segment(0), "")
        return _who(address.segment(1)) or (_who(sigil + address.segment(1)) if sigil else None)
    return _behind_hash(address.fragment)


def anywhere(address: Address) -> str | None:
    """Read a client on somebody's own host: its paths stand behind `#`, and the full name leaves no doubt."""
    path = address.fragment.lstrip("/")
    return _behind_hash(path) if path.partition("/")[0] in _BEFORE else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a room's or an account's full name."""
    return _who(handle)


def _behind_hash(fragment: str) -> str | None:
    parts = fragment.partition("?")[0].strip("/").split("/")
    return _who(parts[1] if parts[0] in _BEFORE and len(parts) > 1 else parts[0])


def _who(text: str) -> str | None:
    found = _WHO.fullmatch(text)
    # Rooms of version 12 and later have ids without a server; nothing else may lack it.
    if found is None or (found["server"] is None and found["sigil"] != "!"):
        return None
    kind = "user" if found["sigil"] == "@" else "room"
    return f"matrix:{kind}/{_folded(text)}"


def _folded(who: str) -> str:
    """Fold the case of the server; what stands before it is case-sensitive."""
    name, colon, server = who.partition(":")
    return name + colon + server.lower()


SERVICE: Final = Service(
    names=frozenset({"matrix", "element"}),
    kinds={"matrix:room": _folded, "matrix:user": _folded},
    hosts=_HOSTS | _ARCHIVES,
    schemes=frozenset({"matrix", _APP}),
    openings=tuple(f"matrix:{kind}/" for kind in _SIGILS | _OLD_SIGILS),
    identify=identify,
    named=named,
    anywhere=anywhere,
)
