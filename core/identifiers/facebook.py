"""Facebook: pages and profiles (one kind: the address does not tell them apart), groups, Messenger names.

A name keeps its dots, although the site does not mind them. Films, calls, share tokens and posts without
their author name nobody; share tokens and other opaque codes stay web addresses.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, words

_NAME: Final = re.compile(r"[\w.-]{2,100}")
_ID: Final = re.compile(r"[0-9]{4,20}")
_RESERVED: Final = words(
    "about ads bookmarks business careers checkpoint dialog directory events flx friends fundraisers "
    "gaming groups hashtag help home legal login marketplace media messages notes notifications pages "
    "people permalink pg photo photos plugins policies policy privacy profile public recover reel reels "
    "search settings share sharer stories story terms tr ufi v video videos watch"
)
_SITE: Final = frozenset(
    {"", "m", "mbasic", "web", "touch", "mobile", "d", "free", "p", "z-m-free", "0", "iphone"}
)
_LANGUAGE: Final = re.compile(r"[a-z]{2}-[a-z]{2}")
_REDIRECTORS: Final = frozenset({"l", "lm"})
_SHORT: Final = frozenset({"m.me", "fb.me"})
_MESSENGER: Final = frozenset({"messenger.com", "m.messenger.com"})
_ONION: Final = "facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion"
_PARENTS: Final = frozenset({"facebook.com", "fb.com", _ONION})
_APP: Final = "fb"


def identify(address: Address) -> str | Elsewhere | None:
    """Read an address of the site in any of its dresses, of Messenger, or of the link redirector."""
    if address.scheme == _APP:
        return _in_app(address)
    if address.host in _SHORT:
        # Group calls and channels of Messenger (/j/…, /ch/…) carry nobody's name.
        return _page(address.segment(0)) if len(address.segments) == 1 else web.identify(address)
    if address.host in _MESSENGER:
        return _page(address.segment(1)) if address.segment(0) == "t" else None
    dress = "" if address.host in _PARENTS else address.host.partition(".")[0]
    if dress in _REDIRECTORS:
        return carried(address.query.get("u", ""))
    if dress in _SITE or _LANGUAGE.fullmatch(dress):
        return _on_site(address)
    return web.identify(address)


def _in_app(address: Address) -> str | Elsewhere | None:
    """Read `fb://profile/<id>`, `fb://profile?id=<id>`, and the address that the app is to show."""
    if address.host == "facewebmodal":
        return carried(address.query.get("href", ""))
    if address.host not in {"group", "page", "profile"}:
        return None
    who = address.segment(0) or address.query.get("id", "")
    return _group(who) if address.host == "group" else _page(who)


def named(handle: str, column: frozenset[str]) -> str | None:
    """Read a page's name or number; a group's where the list says that it is one."""
    return _group(handle) if column & {"group", "groups"} else _page(handle.removeprefix("@"))


def _on_site(address: Address) -> str | Elsewhere | None:
    parts = address.segments
    if not parts and address.fragment.startswith("!/"):
        # The site of 2010 kept its paths behind the hash, and still follows them.
        parts = tuple(filter(None, address.fragment[2:].split("/")))
    if not parts:
        return None
    read = _PATHS.get(parts[0].lower())
    return read(parts[1:], address) if read else _page(parts[0].removeprefix("@"))


def _by_id(_parts: tuple[str, ...], address: Address) -> str | None:
    return _page(address.query.get("id", ""))


def _numbered(parts: tuple[str, ...], _address: Address) -> str | None:
    """Read /pages/Name/<id>, /people/Name/<id> and /pages/category/Kind/Name-<id>: the name is decoration."""
    number = parts[-1].rpartition("-")[2] if parts else ""
    return _page(number) if _ID.fullmatch(number) else None


def _first(parts: tuple[str, ...], _address: Address) -> str | None:
    return _page(parts[0]) if parts else None


def _conversation(parts: tuple[str, ...], _address: Address) -> str | None:
    return _page(parts[1]) if len(parts) > 1 and parts[0] == "t" else None


def _passed_on(_parts: tuple[str, ...], address: Address) -> Elsewhere | None:
    """Read what a share button, an embedded page or a warning is about."""
    return next(
        (found for key in ("u", "href", "link") if (found := carried(address.query.get(key, "")))), None
    )


_PATHS: Final[Mapping[str, Callable[[tuple[str, ...], Address], str | Elsewhere | None]]] = {
    **dict.fromkeys(("profile.php", "permalink.php", "story.php", "photo.php", "photo"), _by_id),
    **dict.fromkeys(("p", "pages", "people"), _numbered),
    "group.php": lambda _, address: _group(address.query.get("gid", "")),
    **dict.fromkeys(("pg", "profile", "stories"), _first),
    **dict.fromkeys(("l.php", "sharer", "sharer.php", "dialog", "plugins", "flx"), _passed_on),
    "messages": _conversation,
    "groups": lambda parts, _: _group(parts[0]) if parts else None,
    # Opaque, like a shortener's: only the address itself can be compared.
    "share": lambda parts, address: web.identify(address) if parts else _passed_on(parts, address),
}
"""What the first part of a path says about the parts behind it and the query; else it is a name."""


def _page(name: str) -> str | None:
    folded = name.lower()
    if folded in _RESERVED or folded.endswith(".php") or not _NAME.fullmatch(folded):
        return None
    return f"facebook:page/{folded}"


def _group(slug: str) -> str | None:
    return f"facebook:group/{slug.lower()}" if _NAME.fullmatch(slug) else None


SERVICE: Final = Service(
    names=frozenset({"facebook", "fb", "messenger"}),
    kinds={"facebook:page": str.lower, "facebook:group": str.lower},
    hosts=_PARENTS | _SHORT | _MESSENGER,
    parents=_PARENTS,
    schemes=frozenset({_APP}),
    identify=identify,
    named=named,
)
