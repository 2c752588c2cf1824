"""The values that entries are recognised by, in the one form that signals have."""

import re
from collections.abc import Mapping
from typing import Final

from core.errors import BadInput
from core.identifiers import canonical, named, written
from core.identifiers.found import found_in

DIGESTS: Final[Mapping[str, re.Pattern[str]]] = {
    "sha256": re.compile(r"[0-9a-fA-F]{64}"),
    "sha1": re.compile(r"[0-9a-fA-F]{40}"),
    "md5": re.compile(r"[0-9a-fA-F]{32}"),
    "pdq": re.compile(r"[0-9a-fA-F]{64}"),
}
"""Kinds of entry whose value is a hash, and how it is written."""

_DIGITS: Final = {"sha256": 64, "sha1": 40, "md5": 32, "pdq": 64}
_ADDRESS: Final = re.compile(r"<?[a-z][a-z0-9+.-]*://?\S+|<?@\w{3,}>?|<?[\w-]+(\.[\w-]+)+/\S*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?|0x[0-9a-f]+", re.IGNORECASE)
_SEVERAL: Final = re.compile(r"[\s,;|<>()\"=]")
"""What stands in a cell that holds more than one address or name."""

_REMARK: Final = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]\Z")
_LABEL: Final = re.compile(r"\A[^\W\d_]{2,20}(?: [^\W\d_]{1,20})?\s?:\s+")
_ANYBODY: Final = ("@some_body", "+442079460000")
"""A name and a number that any platform with names or numbers takes."""


def digest(kind: str, value: str) -> str:
    """Return a hash in its one form.

    Raises:
        BadInput: It is none of this kind.
    """
    if not DIGESTS[kind].fullmatch(value):
        raise BadInput(f"{kind} must be {_DIGITS[kind]} hex digits")
    return value.lower()


def identifier(value: str) -> str | None:
    """Return a canonical identifier that is written as one, or None; names lose their case."""
    return written(value)


def address(value: str, platform: str = "") -> str | None:
    """Return the canonical identifier of whatever a list writes for an account or an invitation, or None.

    A number alone is none, although a browser would read it as the address of a machine.
    """
    if found := identifier(value) or (named(platform, value) if platform else None):
        return found
    return None if _NUMBER.fullmatch(value.strip()) else canonical(value)


def addresses(value: str, platform: str = "") -> tuple[str, ...]:
    """Return the canonical identifiers of all that one cell of a list names, or none.

    People write several addresses into a cell, remarks behind one, a word before it; and they take the link
    out of it, so that nobody taps it.
    """
    text = value.strip()
    alone = _SEVERAL.search(text) is None
    if alone and (found := address(text, platform)):
        return (found,)
    several = (one.identifier for one in found_in(text, "telegram" if is_telegram(platform) else ""))
    if known := tuple(dict.fromkeys(one for one in several if not one.startswith("web:"))):
        return known
    bare = _REMARK.sub("", _LABEL.sub("", text)).strip()
    found = address(text, platform) or address(bare, platform)
    return (found,) if found else ()


def is_telegram(platform: str) -> bool:
    """Tell whether a list's word for a platform means Telegram."""
    return (named(platform, _ANYBODY[0]) or "").startswith("telegram:")


def is_identifier(cell: str) -> bool:
    """Tell whether a cell holds a canonical identifier."""
    return identifier(cell.strip()) is not None


def looks_like_address(cell: str) -> bool:
    """Tell whether a cell holds an address or an @name; an address need not lead anywhere we know."""
    return _ADDRESS.fullmatch(cell.strip().strip("\"'")) is not None


def is_platform(cell: str) -> bool:
    """Tell whether a cell is somebody's word for a platform."""
    return any(named(cell, anybody) for anybody in _ANYBODY)
