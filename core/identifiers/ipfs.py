"""IPFS: a file's identifier is computed from its content, so every gateway shows the same under the same one.

The form is `web:ipfs.io/ipfs/<id>/<path>`, with ids of the first version (`Qm…`) in the form of the second.
Source: github.com/multiformats/cid, "How does it work?"; RFC 4648, section 6 (base32).
"""

import base64
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from core.identifiers.address import Address
from core.identifiers.service import Service

_OLD: Final = re.compile(r"Qm[1-9A-HJ-NP-Za-km-z]{44}")
_NEW: Final = re.compile(r"b[a-z2-7]{57,110}")
_NAMED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{2,120}")
_BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_SHOWN: Final = "ipfs.io"
_VERSION_1_OF_FILES: Final = b"\x01\x70"
_SHA2_256: Final = b"\x12\x20"
_PIECES: Final = ("ipfs", "ipns")


def identify(address: Address) -> str | None:
    """Read `ipfs://<id>/…`, whose host is the id, and `ipns://<name>/…`."""
    return _content(address.scheme, (address.host, *address.segments))


def anywhere(address: Address) -> str | None:
    """Read a gateway: `/ipfs/<id>/…` on any host, or `<id>.ipfs.<host>`."""
    label, _, parent = address.host.partition(".")
    kind = parent.partition(".")[0]
    if kind in _PIECES and (_NEW.fullmatch(label) or kind == "ipns"):
        return _content(kind, (label, *address.segments))
    return _content(address.segment(0), address.segments[1:])


def companions(identifier: str) -> tuple[str, ...]:
    """Give the folder that a file was linked in; it is its own identifier."""
    found = re.match(r"(web:ipfs\.io/ip[fn]s/[^/]+)/", identifier)
    return (found[1],) if found else ()


def _content(kind: str, parts: Sequence[str]) -> str | None:
    if kind not in _PIECES or not parts:
        return None
    who = parts[0]
    number = (who if _NAMED.fullmatch(who) else None) if kind == "ipns" else _one_form(who)
    if number is None:
        return None
    return "/".join((f"web:{_SHOWN}", kind, number, *(quote(part, safe="") for part in parts[1:])))


def _one_form(number: str) -> str | None:
    """Bring an id into base32 of version 1."""
    if _NEW.fullmatch(number.lower()):
        return number.lower()
    if not _OLD.fullmatch(number):
        return None
    value = 0
    for digit in number:
        value = value * 58 + _BASE58.index(digit)
    hashed = value.to_bytes(35, "big").removeprefix(b"\0")
    if not hashed.startswith(_SHA2_256):
        return None
    return "b" + base64.b32encode(_VERSION_1_OF_FILES + hashed).decode().lower().rstrip("=")


SERVICE: Final = Service(
    schemes=frozenset(_PIECES),
    identify=identify,
    anywhere=anywhere,
    companions=companions,
)
