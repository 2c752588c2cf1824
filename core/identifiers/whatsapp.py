"""WhatsApp: group and community invitations, channels, telephone numbers.

A call's link ends with the call and names nobody. Codes that open a chat with a business (`/message/`,
`/qr/`) hide its number; they stay web addresses.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, exact

_CODE: Final = re.compile(r"[A-Za-z0-9_-]{16,32}")
_CHANNEL: Final = re.compile(r"0029[A-Za-z0-9]{10,28}")
_NUMBER: Final = re.compile(r"\+?[0-9](?:[ ().-]{0,2}[0-9]){6,14}")
_LONGEST: Final = 64
_INVITES: Final = "chat.whatsapp.com"
_SHORT: Final = "wa.me"
_REDIRECTOR: Final = "l.wl.co"
_CALLS: Final = "call.whatsapp.com"
_APP: Final = "whatsapp"


def identify(address: Address) -> str | Elsewhere | None:
    """Read an address of the invitation host, the site or the app."""
    first, second = address.segment(0), address.segment(1)
    if address.host == _INVITES:
        return _invite(second if first == "invite" else first)
    if address.host in {_REDIRECTOR, _CALLS}:
        return carried(address.query.get("u", ""))
    if address.scheme == _APP:
        first, second = address.host, first
    if read := _PATHS.get(first):
        return read(second, address)
    return (_number(first) or _sent("", address)) if address.host == _SHORT else None


def named(handle: str, column: frozenset[str]) -> str | None:
    """Read a number, an invitation's code or a channel's id, as lists write them."""
    if _NUMBER.fullmatch(handle):
        return _number(handle)
    return _channel(handle) or (None if "channel" in column else _invite(handle))


def _sent(_part: str, address: Address) -> str | Elsewhere | None:
    """Read whom a message is meant for; one that is meant for nobody yet may be an address and no more."""
    # A plus sign in a query stands for a space; only the digits count.
    number = _number(address.query.get("phone", "").strip())
    return number or carried(address.query.get("text", "").strip())


def _invited(_part: str, address: Address) -> str | None:
    return _invite(address.query.get("code", ""))


def _shop(_part: str, address: Address) -> str | None:
    """Read /c/<number>, and /p/<product>/<number>."""
    return _number(address.segments[-1]) if address.segments else None


def _opaque(part: str, address: Address) -> str | None:
    return web.identify(address) if part else None


def _invite(code: str) -> str | None:
    return f"whatsapp:invite/{code}" if _CODE.fullmatch(code) else None


def _channel(number: str) -> str | None:
    return f"whatsapp:channel/{number}" if _CHANNEL.fullmatch(number) else None


def _number(text: str) -> str | None:
    """Read a telephone number with its country; 00 stands for the plus, a single 0 for no country."""
    # Digits of every script are digits; a phone shows the same account for both.
    plain = "".join(str(unicodedata.digit(c, c)) for c in text[:_LONGEST])
    digits = "".join(filter(str.isdigit, plain)) if plain.isascii() and _NUMBER.fullmatch(plain) else ""
    digits = digits.removeprefix("00")
    return f"whatsapp:number/{digits}" if digits and digits[0] != "0" else None


_PATHS: Final[Mapping[str, Callable[[str, Address], str | Elsewhere | None]]] = {
    "channel": lambda part, _: _channel(part),
    "send": _sent,
    **dict.fromkeys(("chat", "accept"), _invited),
    **dict.fromkeys(("c", "catalog", "p"), _shop),
    **dict.fromkeys(("message", "qr"), _opaque),
}
"""What the first part of a path, or the verb of the app, says about the part behind it and the query."""

SERVICE: Final = Service(
    names=frozenset({"whatsapp", "wa"}),
    kinds={"whatsapp:invite": exact, "whatsapp:channel": exact, "whatsapp:number": exact},
    hosts=frozenset(
        {
            *(_INVITES, _SHORT, _CALLS, _REDIRECTOR),
            *("whatsapp.com", "api.whatsapp.com", "web.whatsapp.com", "m.whatsapp.com"),
        }
    ),
    schemes=frozenset({_APP}),
    identify=identify,
    named=named,
)
