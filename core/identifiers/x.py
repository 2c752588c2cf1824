"""X, formerly Twitter, and the front ends that show it."""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service, words

_NAME: Final = re.compile(r"[a-z0-9_]{1,15}")
_RESERVED: Final = words(
    "about compose download explore hashtag help home i intent jobs login logout messages notifications "
    "privacy search settings share signup tos"
)


def identify(address: Address) -> str | None:
    """Read the account out of a profile's, a post's or an intent's address."""
    first = address.segment(0)
    if first.lower() == "intent":
        return _user(address.query.get("screen_name", ""))
    return _user(first)


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, with or without its `@`."""
    return _user(handle)


def _user(name: str) -> str | None:
    folded = name.removeprefix("@").lower()
    if folded in _RESERVED or not _NAME.fullmatch(folded):
        return None
    return f"x:user/{folded}"


SERVICE: Final = Service(
    names=frozenset({"x", "twitter"}),
    hosts=frozenset(
        {
            *("x.com", "mobile.x.com", "twitter.com", "mobile.twitter.com", "m.twitter.com"),
            *("fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "girlcockx.com", "xcancel.com"),
            *("nitter.net", "nitter.poast.org", "nitter.privacydev.net", "nitter.space", "twiiit.com"),
        }
    ),
    identify=identify,
    named=named,
)
