"""Archives of the web and of media: what they keep is meant, not they.

A page kept by the Wayback Machine or by archive.today stands for the page, where the address says which. An
item of archive.org has one form, whichever of its pages is linked; a file in it is its own, with the item
beside it.
"""

import re
from typing import Final
from urllib.parse import quote

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, rest, words

_ITEMS: Final = "archive.org"
_WAYBACK: Final = words("web.archive.org wayback.archive.org web-beta.archive.org")
_TODAY: Final = words("archive.ph archive.today archive.is archive.li archive.vn archive.fo archive.md")
_SHOWN: Final = "archive.ph"
"""Of the hosts of archive.today, the one that stands for all."""

_OF_ITEMS: Final = words("details embed stream metadata download compress")
_ITEM: Final = re.compile(r"[A-Za-z0-9@][A-Za-z0-9._@-]{1,100}")
_STAMP: Final = re.compile(r"(?:[0-9]{1,14}|\*|[0-9]{4}[0-9.*-]{0,16})(?:[a-z]{2}_)?")
_STAMPS: Final = 4
"""How many parts of a path may stand before the address; one or two do."""

_ADDRESS: Final = re.compile(r"(?:https?|ftp):|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:[:/?#]|$)", re.IGNORECASE)


def identify(address: Address) -> str | Elsewhere | None:
    """Read an item, a file or a kept page."""
    if address.host in _TODAY:
        return _today(address)
    if address.host in _WAYBACK:
        return _kept(address) or web.identify(address)
    return _item(address) or web.identify(address)


def companions(identifier: str) -> tuple[str, ...]:
    """Give the item that a file of archive.org belongs to."""
    found = re.match(r"web:archive\.org/download/([^/]+)/.", identifier)
    return (f"web:{_ITEMS}/details/{found[1]}",) if found else ()


def _item(address: Address) -> str | Elsewhere | None:
    """Read `/details/<item>` and its like, and the hosts that the files lie on."""
    parts = address.segments
    first = parts[0] if parts else ""
    if address.host != _ITEMS:
        # ia601234.us.archive.org/<disk>/items/<item>/<file>
        at = parts.index("items") + 1 if "items" in parts[:2] else len(parts)
    elif first in {"web", "wayback"}:
        return _kept(address)
    else:
        at = 1 if first in _OF_ITEMS else len(parts)
    if at >= len(parts) or not _ITEM.fullmatch(parts[at]):
        return None
    item, path = parts[at], parts[at + 1 :]
    if not path or first in {"metadata", "compress"}:
        return f"web:{_ITEMS}/details/{item}"
    return f"web:{_ITEMS}/download/{item}/{'/'.join(quote(part, safe='') for part in path)}"


def _kept(address: Address) -> Elsewhere | None:
    """Read the page that a snapshot is of."""
    if url := address.query.get("url", ""):
        return carried(url)
    at = 1 if address.segment(0) in {"web", "save", "wayback"} else 0
    while at < _STAMPS and (
        _STAMP.fullmatch(address.segment(at)) or address.segment(at) in {"_embed", "save"}
    ):
        at += 1
    return rest(address, at) if _begins(address.segment(at)) else None


def _begins(part: str) -> bool:
    """Tell whether an address begins with a part of the path."""
    found = carried(part)
    return found is not None and _ADDRESS.match(found.url) is not None


def _today(address: Address) -> str | Elsewhere | None:
    """Read a snapshot, by the page it is of or by its code."""
    if url := address.query.get("url", ""):
        return carried(url)
    at = {"newest": 1, "oldest": 1, "timegate": 1, "o": 2}.get(address.segment(0), 0)
    at += bool(_STAMP.fullmatch(address.segment(at)))
    if _begins(address.segment(at)):
        return rest(address, at)
    page = web.identify(address)
    return page and page.replace(f"web:{address.host}/", f"web:{_SHOWN}/", 1)


SERVICE: Final = Service(
    hosts=_WAYBACK | _TODAY | {_ITEMS},
    parents=frozenset({"us.archive.org", "eu.archive.org", "ca.archive.org"}),
    identify=identify,
    companions=companions,
)
