"""Rocket.Chat: rooms, accounts, invitations and whole servers. Anybody can run a server, under any host.

The links of `go.rocket.chat` and of the app name their server. A room's own address is taken for one only
where the host says what it is; elsewhere it stays a web address, and is a companion of the room's identifier.
Source: docs.rocket.chat, "Deep Links".
"""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service, exact, words

_HOST: Final = re.compile(
    r"(?:https?://)?([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?::[0-9]{1,5})?/?", re.IGNORECASE
)
_ROOM: Final = re.compile(r"[\w.-]{1,120}")
_CODE: Final = re.compile(r"[A-Za-z0-9]{4,40}")
_LABELS: Final = words("rocket rocketchat rocket-chat")
_ROOMS: Final = ("channel", "group")
_GO: Final = "go.rocket.chat"
_APP: Final = "rocketchat"


def identify(address: Address) -> str | None:
    """Read a link of the app, of `go.rocket.chat`, or of a server in the cloud."""
    if address.scheme != _APP and address.host != _GO:
        return _on(address.host, address.segments)
    found = _HOST.fullmatch(address.query.get("host", ""))
    if found is None:
        return None
    host = found[1].lower()
    path = tuple(filter(None, address.query.get("path", "").partition("?")[0].split("/")))
    return _on(host, path) or f"rocketchat:server/{host}"


def anywhere(address: Address) -> str | None:
    """Read a server whose host says what it is."""
    return _on(address.host, address.segments) if _LABELS & set(address.host.split(".")) else None


def companions(identifier: str) -> tuple[str, ...]:
    """Give the addresses that a room has on its server."""
    kind, _, place = identifier.partition("/")
    host, _, room = place.partition("/")
    return tuple(f"web:{host}/{path}/{room}" for path in _ROOMS) if kind == "rocketchat:room" else ()


def _on(host: str, path: tuple[str, ...]) -> str | None:
    match path:
        case [("channel" | "group"), name, *_] if _ROOM.fullmatch(name):
            return f"rocketchat:room/{host}/{name}"
        case ["direct", name, *_] if _ROOM.fullmatch(name):
            return f"rocketchat:user/{host}/{name.lower()}"
        case ["invite", code, *_] if _CODE.fullmatch(code):
            return f"rocketchat:invite/{host}/{code}"
    return None


SERVICE: Final = Service(
    names=frozenset({"rocketchat"}),
    kinds={
        "rocketchat:room": exact,
        "rocketchat:user": str.lower,
        "rocketchat:invite": exact,
        "rocketchat:server": str.lower,
    },
    hosts=frozenset({_GO}),
    parents=frozenset({"rocket.chat"}),
    schemes=frozenset({_APP}),
    identify=identify,
    anywhere=anywhere,
    companions=companions,
)
