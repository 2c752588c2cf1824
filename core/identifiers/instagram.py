"""Instagram accounts, through whichever front end; a post's or reel's address alone names nobody."""

import re
from typing import Final

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, words

_NAME: Final = re.compile(r"[a-z0-9._]{1,30}")
_RESERVED: Final = words(
    "about accounts api ar archive challenge developer direct download emails explore graphql legal nametag "
    "oauth p popular press privacy reel reels s share stories terms threads tv web your_activity"
)
_REDIRECTOR: Final = "l.instagram.com"
_MESSAGES: Final = "ig.me"
_APP: Final = "instagram"
_FRONTS: Final = frozenset(
    {
        *("ddinstagram.com", "d.ddinstagram.com", "g.ddinstagram.com", "kkinstagram.com", "vxinstagram.com"),
        *("imginn.com", "picuki.com", "pixwox.com", "dumpor.com", "bibliogram.art"),
    }
)
"""Sites that show Instagram's accounts under its own paths or behind one of `_BEFORE`."""

_BEFORE: Final = frozenset({"_n", "_u", "n", "profile", "stories", "u", "v"})


def identify(address: Address) -> str | Elsewhere | None:
    """Read the account out of a profile's or a story's address."""
    first, second = address.segment(0).lower(), address.segment(1)
    if address.host == _REDIRECTOR:
        return carried(address.query.get("u", ""))
    if address.scheme == _APP:
        return _user(address.query.get("username", "")) if address.host == "user" else None
    if address.host == _MESSAGES:
        # A code that lets into a group chat (/j/…) can be compared, and names nobody.
        return _user(second) if first == "m" else web.identify(address) if first == "j" else None
    if first == "accounts" and second.lower() == "login":
        after = address.query.get("next", "").partition("?")[0].strip("/").split("/")
        return _user(after[0]) if after[0] else None
    if first in _BEFORE and second:
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
    kinds={"instagram:user": str.lower},
    hosts=_FRONTS | {"instagram.com", "m.instagram.com", "instagr.am", _MESSAGES, _REDIRECTOR},
    schemes=frozenset({_APP}),
    identify=identify,
    named=named,
)
