"""WhatsApp: group and community invitations, channels, telephone numbers."""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service

_CODE: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")
_CHANNEL: Final = re.compile(r"0029[A-Za-z0-9]{10,28}")
_NUMBER: Final = re.compile(r"\+?[0-9](?:[ ().-]{0,2}[0-9]){6,14}")
_INVITES: Final = "chat.whatsapp.com"
_SHORT: Final = "wa.me"


def identify(address: Address) -> str | None:
    """Read an address of the invitation host, the site or the app."""
    first, query = address.segment(0), address.query
    if address.host == _INVITES:
        return _invite(address.segment(1) if first == "invite" else first)
    if address.host == _SHORT:
        return _number(first)
    verb = address.host if address.scheme == "whatsapp" else first
    match verb:
        case "channel":
            return _channel(address.segment(1))
        case "chat" | "accept":
            return _invite(query.get("code", ""))
        case "send":
            # A plus sign in a query stands for a space; only the digits count.
            return _number(query.get("phone", "").strip())
    return None


def named(handle: str, column: frozenset[str]) -> str | None:
    """Read a number, an invitation's code or a channel's id, as lists write them."""
    if _NUMBER.fullmatch(handle):
        return _number(handle)
    return _channel(handle) or (None if "channel" in column else _invite(handle))


def _invite(code: str) -> str | None:
    return f"whatsapp:invite/{code}" if _CODE.fullmatch(code) else None


def _channel(number: str) -> str | None:
    return f"whatsapp:channel/{number}" if _CHANNEL.fullmatch(number) else None


def _number(text: str) -> str | None:
    digits = "".join(filter(str.isdigit, text)) if text.isascii() and _NUMBER.fullmatch(text) else ""
    return f"whatsapp:number/{digits}" if digits else None


SERVICE: Final = Service(
    names=frozenset({"whatsapp", "wa"}),
    hosts=frozenset({_INVITES, _SHORT, "whatsapp.com", "api.whatsapp.com", "web.whatsapp.com"}),
    schemes=frozenset({"whatsapp"}),
    identify=identify,
    named=named,
)
