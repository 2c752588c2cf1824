"""Instagram accounts; a post's or reel's address alone does not name its account."""

import re
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, words

_NAME: Final = re.compile(r"[a-z0-9._]{1,30}")
_RESERVED: Final = words(
    "about accounts api ar challenge developer direct download emails explore graphql legal oauth p privacy "
    "reel reels s share stories terms tv web"
)
_REDIRECTOR: Final = "l.instagram.com"
_MESSAGES: Final = "ig.me"


def identify(address: Address) -> str | Elsewhere | None:
    """Read the account out of a profile's or a story's address."""
    first, second = address.segment(0).lower(), address.segment(1)
    if address.host == _REDIRECTOR:
        url = address.query.get("u", "")
        return Elsewhere(url) if url else None
    if address.host == _MESSAGES:
        return _user(second) if first == "m" else None
    if first in {"stories", "_u"}:
        return None if second == "highlights" else _user(second)
    return _user(first)


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, with or without its `@`."""
    return _user(handle)


def _user(name: str) -> str | None:
    folded = name.removeprefix("@").lower()
    if folded in _RESERVED or folded.endswith(".php") or not _NAME.fullmatch(folded):
        return None
    return f"instagram:user/{folded}"


SERVICE: Final = Service(
    names=frozenset({"instagram", "insta", "ig"}),
    hosts=frozenset({"instagram.com", "m.instagram.com", "instagr.am", _MESSAGES, _REDIRECTOR}),
    identify=identify,
    named=named,
)
