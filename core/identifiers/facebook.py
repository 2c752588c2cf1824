"""Facebook: pages and profiles (one kind: the address does not tell them apart), groups, Messenger names."""

import re
from typing import Final

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, words

_NAME: Final = re.compile(r"[\w.-]{2,100}")
_ID: Final = re.compile(r"[0-9]{4,20}")
_RESERVED: Final = words(
    "about ads business careers dialog events gaming groups hashtag help home legal login marketplace media "
    "messages notes pages people pg photo photos plugins policies policy privacy profile public reel reels "
    "search settings share sharer stories story terms tr video videos watch"
)
_SITE: Final = frozenset({"", "m", "mbasic", "web", "touch", "mobile", "d", "free", "p", "z-m-free"})
_LANGUAGE: Final = re.compile(r"[a-z]{2}-[a-z]{2}")
_REDIRECTORS: Final = frozenset({"l", "lm"})
_MESSENGER: Final = "m.me"
_SHORT: Final = "fb.me"
_PARENTS: Final = frozenset({"facebook.com", "fb.com"})


def identify(address: Address) -> str | Elsewhere | None:
    """Read an address of the site in any of its dresses, of Messenger, or of the link redirector."""
    if address.host in {_MESSENGER, _SHORT}:
        # Group calls and channels of Messenger (/j/…, /ch/…) carry nobody's name.
        return _page(address.segment(0)) if len(address.segments) == 1 else None
    dress = "" if address.host in _PARENTS else address.host.partition(".")[0]
    if dress in _REDIRECTORS:
        url = address.query.get("u", "")
        return Elsewhere(url) if url else None
    if dress in _SITE or _LANGUAGE.fullmatch(dress):
        return _on_site(address)
    return web.identify(address)


def named(handle: str, column: frozenset[str]) -> str | None:
    """Read a page's name or number; a group's where the list says that it is one."""
    return _group(handle) if column & {"group", "groups"} else _page(handle.removeprefix("@"))


def _on_site(address: Address) -> str | None:
    match address.segment(0).lower():
        case "profile.php" | "permalink.php" | "story.php":
            return _page(address.query.get("id", ""))
        case "groups":
            return _group(address.segment(1))
        case "pages" | "people":
            # /pages/Name/<id> and /people/Name/<id>: the name is decoration.
            number = address.segments[-1]
            return _page(number) if _ID.fullmatch(number) else None
        case "pg":
            return _page(address.segment(1))
        case "share":
            # Opaque, like a shortener's: only the address itself can be compared.
            return web.identify(address)
        case first:
            return _page(first)


def _page(name: str) -> str | None:
    folded = name.lower()
    if folded in _RESERVED or folded.endswith(".php") or not _NAME.fullmatch(folded):
        return None
    return f"facebook:page/{folded}"


def _group(slug: str) -> str | None:
    return f"facebook:group/{slug.lower()}" if _NAME.fullmatch(slug) else None


SERVICE: Final = Service(
    names=frozenset({"facebook", "fb", "messenger"}),
    hosts=_PARENTS | {_MESSENGER, _SHORT},
    parents=_PARENTS,
    identify=identify,
    named=named,
)
