"""VK: names, accounts and communities by their number, invitations to chats.

A community is one number, whatever it calls itself (`club`, `public`, `event`) and in whatever is on its
wall, where the number is negative. Short links (`vk.cc`) say nothing offline and stay web addresses.
"""

import re
from typing import Final

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service, carried, exact, words

_HOSTS: Final = "vk.com m.vk.com vk.ru m.vk.ru vkontakte.ru vk.me"
_THINGS: Final = "wall|photos?|videos?|clips?|topic|albums?|market|audios?|docs?|story|article|board"
_NAME: Final = re.compile(r"[a-z][a-z0-9_.]{1,31}")
_RESERVED: Final = words(
    "about ads al_feed.php app apps audio audios away away.php blog bugs clips discover doc docs fave "
    "feed friends groups help im images invite join jobs legal live login market menu music notifications "
    "page photo photos privacy promo search settings share share.php story terms topic video videos wall "
    "widgets"
)
_KINDS: Final = {"vk:user": str.lower, "vk:id": exact, "vk:group": exact, "vk:invite": exact}
_FORMS: Final = (
    Form(_HOSTS, r"/join/([\w/+=-]{10,80})", "vk:invite/{0}"),
    Form(_HOSTS, r"/(?:club|public|event)([0-9]{1,12})", "vk:group/{0}"),
    Form(_HOSTS, rf"/(?:{_THINGS})-([0-9]{{1,12}})(?:_[0-9]{{1,12}})*(?:_[0-9a-z]{{1,32}})?", "vk:group/{0}"),
    Form(_HOSTS, r"/(?:id|write)([0-9]{1,12})", "vk:id/{0}"),
    Form(_HOSTS, rf"/(?:{_THINGS})([0-9]{{1,12}})(?:_[0-9]{{1,12}})*(?:_[0-9a-z]{{1,32}})?", "vk:id/{0}"),
)


def identify(address: Address) -> str | Elsewhere | None:
    """Read an address of the site or of its messenger, or the target of a link that leads away."""
    first = address.segment(0).lower()
    if first in {"away.php", "away"}:
        return carried(address.query.get("to", ""))
    if first == "share.php":
        return carried(address.query.get("url", ""))
    return _numbered(address)


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, with or without its `@`, or `club123` and `id123`."""
    name = handle.removeprefix("@").lower()
    numbered = re.fullmatch(r"(club|public|event|id)([0-9]{1,12})", name)
    if numbered:
        return f"vk:{'id' if numbered[1] == 'id' else 'group'}/{numbered[2]}"
    return _user(name)


def _page(address: Address) -> str | None:
    first = address.segment(0)
    return _user(first) if len(address.segments) == 1 else web.identify(address) if first else None


def _user(name: str) -> str | None:
    folded = name.lower()
    return f"vk:user/{folded}" if folded not in _RESERVED and _NAME.fullmatch(folded) else None


_numbered: Final = reading(_FORMS, _KINDS, otherwise=_page)

SERVICE: Final = Service(
    names=frozenset({"vk", "vkontakte"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS) | {"away.vk.com"},
    identify=identify,
    named=named,
)
