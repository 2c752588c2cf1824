"""X, formerly Twitter, and the front ends that show it.

A post counts as its account, which its address names. A post whose address leaves the account out
(`/i/status/…`) names nobody. `x:id/<n>` is the number that stays when a name changes.
"""

import re
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, exact, words

_NAME: Final = re.compile(r"[a-z0-9_]{1,15}")
_FROM: Final = re.compile(r"(?:^|[\s(])from:@?(\w{1,15})(?!\w)")
"""A search for what one account wrote shows that account, also where its page is avoided."""

_ID: Final = re.compile(r"[0-9]{1,20}")
_RESERVED: Final = words(
    "about account bookmarks compose download explore follower_requests hashtag help home i intent jobs "
    "login logout messages notifications oauth personalization pic privacy search sessions settings share "
    "signin signup statuses tos who_to_follow widgets"
)
_ONION: Final = "twitter3e4tixl4xyajtrzo62zg5vztmjuricljdp2c5kshju4avyoid.onion"
_SHOWN_BY: Final = words(
    "fxtwitter.com vxtwitter.com fixupx.com fixvx.com twittpr.com girlcockx.com stupidpenisx.com cunnyx.com"
)
"""Sites that show X's posts in chats, under its paths; their sub-domains choose what is shown."""

_HOSTS: Final = words(
    "x.com mobile.x.com m.x.com twitter.com mobile.twitter.com m.twitter.com xcancel.com twiiit.com "
    "sotwe.com twstalker.com lightbrd.com"
)
_APP: Final = "twitter"
_FRONT: Final = "nitter"
"""Instances of this front end come and go; most are called by its name."""


def identify(address: Address) -> str | Elsewhere | None:
    """Read the account out of a profile's, a post's or an intent's address."""
    parts = address.segments
    if not parts and address.fragment.startswith("!/"):
        # The site of 2010 kept its paths behind the hash, and still follows them.
        parts = tuple(filter(None, address.fragment[2:].split("/")))
    if address.scheme == _APP:
        return _asked(address)
    match [part.lower() for part in parts[:3]]:
        case ["intent" | "account" | "messages" | "share" | "safety", *_]:
            return _asked(address)
        case ["search"]:
            said = _FROM.search(address.query.get("q", ""))
            return _user(said[1]) if said else None
        case ["i", "user", _]:
            return _account(parts[2])
        case ["i", "communities" | "lists" as kind, _]:
            number = _ID.fullmatch(parts[2])
            return f"x:{'list' if kind == 'lists' else 'community'}/{parts[2]}" if number else None
    return _user(parts[0]) if parts else None


def anywhere(address: Address) -> str | Elsewhere | None:
    """Read an instance of the front end, which its host names."""
    return identify(address) if address.host.startswith(_FRONT + ".") and address.segments else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, with or without its `@`."""
    return _user(handle)


def _asked(address: Address) -> str | Elsewhere | None:
    """Read whom an intent's query names, or the address that it shares."""
    query = address.query
    who = _user(query.get("screen_name", "")) or next(
        (found for key in ("user_id", "id", "recipient_id") if (found := _account(query.get(key, "")))), None
    )
    return who or carried(query.get("url", "") or query.get("unsafe_link", ""))


def _user(name: str) -> str | None:
    folded = name.removeprefix("@").lower()
    if folded in _RESERVED or not _NAME.fullmatch(folded):
        return None
    return f"x:user/{folded}"


def _account(number: str) -> str | None:
    return f"x:id/{number}" if _ID.fullmatch(number) else None


SERVICE: Final = Service(
    names=frozenset({"x", "twitter"}),
    kinds={"x:user": str.lower, "x:id": exact, "x:community": exact, "x:list": exact},
    hosts=_HOSTS | _SHOWN_BY | {_ONION},
    parents=_SHOWN_BY,
    schemes=frozenset({_APP}),
    identify=identify,
    named=named,
    anywhere=anywhere,
)
