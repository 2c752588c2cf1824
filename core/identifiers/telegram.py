"""Telegram: public names, invite hashes, private chats, folders, telephone numbers, calls.

Names fold case, hashes never do. `telegram:id/<n>` is the number that stays when a name changes hands.
`t.me/+<digits>` is a telephone number, as in the apps, and becomes `telegram:number/<digits>`: lists name
accounts by it. Tokens of temporary profiles (`/contact/`), sticker sets, gifts and proxies name nobody.
Source: tdlib/td, td/telegram/LinkManager.cpp.
"""

import base64
import re
import struct
from collections.abc import Callable, Mapping
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, exact, words

Query = Mapping[str, str]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{3,31}")
_HASH: Final = re.compile(r"[A-Za-z0-9_-]{10,64}")
_SLUG: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CHAT: Final = re.compile(r"-(?:100(?=[0-9]{10}))?([0-9]{1,19})")
_ID: Final = re.compile(r"[0-9]{1,19}")
_NUMBER: Final = re.compile(r"[0-9]{7,15}")
_OLD_INVITE: Final = re.compile(r"telegram:invite/(?:([A-Za-z0-9_-]{21}[AQgw])|([0-9a-f]{32}|[0-9A-F]{32}))")
_FIRST_CHANNEL: Final = 1_000_000_000
"""Channels and supergroups count from here; groups of the old kind, in the same years, stayed below."""

_RESERVED: Final = words(
    "a addemoji addlist addstickers addstyle addtheme auction auth bg boost c call confirmphone contact "
    "emoji giftcode invoice iv joinchat k login m msg newbot nft proxy s setlanguage share socks web www z"
)
_WEB_CLIENTS: Final = words("web.telegram.org weba.telegram.org webk.telegram.org webz.telegram.org")
_OLD_PEER: Final = re.compile(
    r"/?im\?(?:.*&)?p=(?:@([A-Za-z]\w{3,31})|[cgs]([0-9]{1,19})|u([0-9]{1,19}))(?![^_&])"
)
"""What the first web client wrote behind `#`: a name, or the number of a channel, group or user."""

_NAMES_SHOP: Final = "fragment.com"


def identify(address: Address) -> str | Elsewhere | None:
    """Read an address of any of Telegram's hosts and schemes."""
    if address.scheme == "tg":
        return _app_link(address)
    if address.host in _WEB_CLIENTS:
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
        return _joined(handle[1:])
    if chat := _CHAT.fullmatch(handle):
        return f"telegram:chat/{chat[1]}"
    return _account(handle) or _user(handle)


def companions(identifier: str) -> tuple[str, ...]:
    """Give the chat that an invitation of the old kind contains.

    Its 16 bytes are the creator (0 for a channel), the chat and a random number. They were also written in
    hexadecimal digits; Telegram itself shows the other form. A group that became a supergroup has another id.
    Source: Telethon, telethon/utils.py, `resolve_invite_link`.
    """
    found = _OLD_INVITE.fullmatch(identifier)
    if found is None:
        return ()
    content = base64.urlsafe_b64decode(found[1] + "==") if found[1] else bytes.fromhex(found[2])
    creator, chat = struct.unpack(">LL8x", content)
    if not chat or (creator == 0) != (chat >= _FIRST_CHANNEL):
        return ()
    shown = base64.urlsafe_b64encode(content).decode().rstrip("=")
    return (f"telegram:chat/{chat}", *((f"telegram:invite/{shown}",) if found[2] else ()))


def _short_link(address: Address) -> str | Elsewhere | None:
    """Read `t.me/…`."""
    # The apps drop a leading /s/ (the web preview) as often as it stands there.
    at, last = 0, len(address.segments) - 1
    while at < last and address.segments[at].lower() == "s":
        at += 1
    first, second = address.segment(at), address.segment(at + 1)
    if first[:1] in {"+", " "}:
        return _joined(first[1:])
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
    if old := _OLD_PEER.match(fragment):
        return _user(old[1] or "") or _chat(old[2] or "") or _account(old[3] or "")
    peer = fragment.partition("_")[0] if fragment.startswith("-") else fragment
    if chat := _CHAT.fullmatch(peer):
        return f"telegram:chat/{chat[1]}"
    return _account(peer) or _user(peer)


def _carried(query: Query) -> Elsewhere | None:
    return carried(query.get("url", ""))


def _user(name: str) -> str | None:
    folded = name.removeprefix("@").lower()
    if folded in _RESERVED or not _NAME.fullmatch(folded):
        return None
    return f"telegram:user/{folded}"


def _joined(code: str) -> str | None:
    """Read what stands behind a plus sign: a telephone number where it can be one, else an invitation."""
    return _number(code) or _invite(code)


def _invite(code: str) -> str | None:
    return f"telegram:invite/{code}" if _HASH.fullmatch(code) and not code.isdigit() else None


def _number(digits: str) -> str | None:
    return f"telegram:number/{digits}" if _NUMBER.fullmatch(digits) else None


def _chat(number: str) -> str | None:
    return f"telegram:chat/{number}" if _ID.fullmatch(number) else None


def _account(number: str) -> str | None:
    return f"telegram:id/{number}" if _ID.fullmatch(number) else None


def _folder(slug: str) -> str | None:
    return f"telegram:addlist/{slug}" if _SLUG.fullmatch(slug) else None


def _call(slug: str) -> str | None:
    return f"telegram:call/{slug}" if _SLUG.fullmatch(slug) else None


def _business(slug: str) -> str | None:
    """Read the link that opens a chat with a business; only its owner knows whose it is."""
    return f"telegram:message/{slug}" if _SLUG.fullmatch(slug) else None


_PATHS: Final[Mapping[str, Callable[[str, Query], str | Elsewhere | None]]] = {
    "joinchat": lambda part, _: _invite(part),
    "addlist": lambda part, _: _folder(part),
    "c": lambda part, _: _chat(part),
    "call": lambda part, _: _call(part),
    "m": lambda part, _: _business(part),
    "boost": lambda part, query: _user(part) or _chat(query.get("c", "")),
    "share": lambda _, query: _carried(query),
    "msg": lambda _, query: _carried(query),
    "iv": lambda _, query: _carried(query),
}
"""What the first part of a path says about the part behind it and the query; else it is a name."""

_VERBS: Final[Mapping[str, Callable[[Query], str | Elsewhere | None]]] = {
    "resolve": lambda query: (
        _user(query.get("domain", "")) or _number(query.get("phone", "").strip().lstrip("+"))
    ),
    "join": lambda query: _invite(query.get("invite", "")),
    "privatepost": lambda query: _chat(query.get("channel", "")),
    "boost": lambda query: _user(query.get("domain", "")) or _chat(query.get("channel", "")),
    "addlist": lambda query: _folder(query.get("slug", "")),
    "call": lambda query: _call(query.get("slug", "")),
    "message": lambda query: _business(query.get("slug", "")),
    "openmessage": lambda query: _account(query.get("user_id", "")) or _chat(query.get("chat_id", "")),
    "user": lambda query: _account(query.get("id", "")),
    "msg_url": _carried,
    "msg": _carried,
    "share": _carried,
}
"""What the verb of an app's address says about its query."""

_PARENTS: Final = frozenset({"t.me"})

SERVICE: Final = Service(
    names=frozenset({"telegram", "tg"}),
    kinds={
        "telegram:user": str.lower,
        "telegram:id": exact,
        "telegram:chat": exact,
        "telegram:invite": exact,
        "telegram:addlist": exact,
        "telegram:number": exact,
        "telegram:call": exact,
        "telegram:message": exact,
    },
    hosts=frozenset({"t.me", "telegram.me", "telegram.dog", _NAMES_SHOP}) | _WEB_CLIENTS,
    parents=_PARENTS,
    schemes=frozenset({"tg"}),
    openings=tuple(f"tg:{verb}?" for verb in _VERBS),
    identify=identify,
    named=named,
    companions=companions,
)
