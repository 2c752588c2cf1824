"""Telegram: public names, invite hashes, private chats, folders.

Names fold case, hashes never do. `telegram:id/<n>` is the number that stays when a name changes hands.
Source: tdlib/td, td/telegram/LinkManager.cpp.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, words

Query = Mapping[str, str]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{3,31}")
_HASH: Final = re.compile(r"[A-Za-z0-9_-]{10,64}")
_SLUG: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CHAT: Final = re.compile(r"-(?:100(?=[0-9]{10}))?([0-9]{1,19})")
_ID: Final = re.compile(r"[0-9]{1,19}")

_RESERVED: Final = words(
    "a addemoji addlist addstickers addstyle addtheme auction auth bg boost c call confirmphone contact "
    "emoji giftcode invoice iv joinchat k login m msg newbot nft proxy s setlanguage share socks web www z"
)
_WEB_CLIENT: Final = "web.telegram.org"
_NAMES_SHOP: Final = "fragment.com"


def identify(address: Address) -> str | Elsewhere | None:
    """Read an address of any of Telegram's hosts and schemes."""
    if address.scheme == "tg":
        return _app_link(address)
    if address.host == _WEB_CLIENT:
        return _web_client(address.fragment)
    if address.host == _NAMES_SHOP:
        return _user(address.segment(1)) if address.segment(0) == "username" else None
    name, _, parent = address.host.partition(".")
    if parent in _PARENTS:
        return _user(name)
    return _short_link(address)


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, a numeric id, a chat's negative id or `+hash`, as lists write them."""
    if handle.startswith("+"):
        return _invite(handle[1:])
    if chat := _CHAT.fullmatch(handle):
        return f"telegram:chat/{chat[1]}"
    return _account(handle) or _user(handle)


def _short_link(address: Address) -> str | Elsewhere | None:
    """Read `t.me/…`."""
    # The apps drop a leading /s/ (the web preview) as often as it stands there.
    at, last = 0, len(address.segments) - 1
    while at < last and address.segments[at].lower() == "s":
        at += 1
    first, second = address.segment(at), address.segment(at + 1)
    if first[:1] in {"+", " "}:
        return _invite(first[1:])
    read = _PATHS.get(first.lower())
    return read(second, address.query) if read else _user(first)


def _app_link(address: Address) -> str | Elsewhere | None:
    """Read `tg://…` and `tg:…`, where the verb stands in the host or at the path's beginning."""
    read = _VERBS.get(address.host or address.segment(0).lower())
    return read(address.query) if read else None


def _web_client(fragment: str) -> str | Elsewhere | None:
    """Read what follows `#` in the web clients: `@name`, `-100<id>`, `<id>`, `?tgaddr=<address>`."""
    if fragment.startswith("?tgaddr="):
        return Elsewhere(fragment.removeprefix("?tgaddr="))
    peer = fragment.partition("_")[0] if fragment.startswith("-") else fragment
    if chat := _CHAT.fullmatch(peer):
        return f"telegram:chat/{chat[1]}"
    return _account(peer) or _user(peer)


def _carried(query: Query) -> Elsewhere | None:
    url = query.get("url", "")
    return Elsewhere(url) if url else None


def _user(name: str) -> str | None:
    folded = name.removeprefix("@").lower()
    if folded in _RESERVED or not _NAME.fullmatch(folded):
        return None
    return f"telegram:user/{folded}"


def _invite(code: str) -> str | None:
    # Digits alone are a telephone number, which is no invitation.
    return f"telegram:invite/{code}" if _HASH.fullmatch(code) and not code.isdigit() else None


def _chat(number: str) -> str | None:
    return f"telegram:chat/{number}" if _ID.fullmatch(number) else None


def _account(number: str) -> str | None:
    return f"telegram:id/{number}" if _ID.fullmatch(number) else None


def _folder(slug: str) -> str | None:
    return f"telegram:addlist/{slug}" if _SLUG.fullmatch(slug) else None


_PATHS: Final[Mapping[str, Callable[[str, Query], str | Elsewhere | None]]] = {
    "joinchat": lambda part, _: _invite(part),
    "addlist": lambda part, _: _folder(part),
    "c": lambda part, _: _chat(part),
    "boost": lambda part, query: _user(part) or _chat(query.get("c", "")),
    "share": lambda _, query: _carried(query),
    "msg": lambda _, query: _carried(query),
    "iv": lambda _, query: _carried(query),
}
"""What the first part of a path says about the part behind it and the query; else it is a name."""

_VERBS: Final[Mapping[str, Callable[[Query], str | Elsewhere | None]]] = {
    "resolve": lambda query: _user(query.get("domain", "")),
    "join": lambda query: _invite(query.get("invite", "")),
    "privatepost": lambda query: _chat(query.get("channel", "")),
    "boost": lambda query: _user(query.get("domain", "")) or _chat(query.get("channel", "")),
    "addlist": lambda query: _folder(query.get("slug", "")),
    "user": lambda query: _account(query.get("id", "")),
    "msg_url": _carried,
    "msg": _carried,
    "share": _carried,
}
"""What the verb of an app's address says about its query."""

_PARENTS: Final = frozenset({"t.me"})

SERVICE: Final = Service(
    names=frozenset({"telegram", "tg"}),
    hosts=frozenset({"t.me", "telegram.me", "telegram.dog", _WEB_CLIENT, _NAMES_SHOP}),
    parents=_PARENTS,
    schemes=frozenset({"tg"}),
    openings=tuple(f"tg:{verb}?" for verb in _VERBS),
    identify=identify,
    named=named,
)
