"""Addresses of no service that is known by name: the host and the path are all there is to compare."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes

from core.identifiers.address import Address

_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SLASHES: Final = re.compile("//+")
_ENCODED: Final = re.compile(r"%[0-9A-Fa-f]{2}")


def identify(address: Address) -> str | None:
    """Give `web:host/path`; None where there is no host, or one that cannot be on the Internet.

    Several slashes in a row are one, as nearly every server reads them.
    Source: RFC 3986, section 6.2.2: what need not be percent-encoded is decoded, the rest in upper case.
    """
    if "." not in address.host:
        return None
    path = _SLASHES.sub("/", _ENCODED.sub(_shortest, address.path)).rstrip("/") or "/"
    return f"web:{address.host}{path}"


def _shortest(encoded: re.Match[str]) -> str:
    byte = unquote_to_bytes(encoded[0])
    return byte.decode() if byte[0] in _UNRESERVED else encoded[0].upper()
